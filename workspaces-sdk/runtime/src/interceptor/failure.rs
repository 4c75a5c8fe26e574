//! The failures of the runtime as errors that hooks see, and back.

use std::error::Error as _;
use std::fmt;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{Error, InterceptorContext, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ErrorMetadata;

use super::execution::ErrorReader;
use crate::error::Failure;

/// Stores a failure as the error that hooks see, together with its response.
#[inline]
pub(super) fn store(context: &mut InterceptorContext, failure: Failure, read: ErrorReader) {
    let error = match failure {
        SdkError::ServiceError(service_error) => {
            let meta = service_error.err().clone();
            let mut response = service_error.into_raw();
            let error = match read(meta, &mut response) {
                Ok(error) => OrchestratorError::operation(error),
                Err(source) => OrchestratorError::response(source),
            };
            context.set_response(response);
            error
        }
        SdkError::ResponseError(response_error) => {
            context.set_response(copy_of(response_error.raw()));
            OrchestratorError::response(source_of(SdkError::ResponseError(response_error)))
        }
        SdkError::DispatchFailure(_) => match source_of(failure).downcast::<ConnectorError>() {
            Ok(source) => OrchestratorError::connector(*source),
            Err(source) => OrchestratorError::other(source),
        },
        SdkError::TimeoutError(_) => OrchestratorError::timeout(source_of(failure)),
        SdkError::ConstructionFailure(_) => {
            OrchestratorError::other(ConstructionFailed(source_of(failure)))
        }
        other => OrchestratorError::other(source_of(other)),
    };
    context.fail(error);
}

#[inline]
fn source_of(failure: Failure) -> BoxError {
    failure
        .into_source()
        .unwrap_or_else(|failure| failure.to_string().into())
}

/// Copies a response. Its body is in memory, or gone.
#[inline]
fn copy_of(response: &HttpResponse) -> HttpResponse {
    let body = response.body().try_clone().unwrap_or_else(SdkBody::empty);
    let mut copy = HttpResponse::new(response.status(), body);
    *copy.headers_mut() = response.headers().clone();
    copy
}

/// The outcome of a call, without the types of its operation.
#[derive(Debug)]
pub(crate) enum Outcome {
    Output(Output),
    ServiceError(Error, HttpResponse),
    /// A failure that is no service error.
    Failure(Failure),
}

/// The outcome of a call, after the last hook.
#[inline]
pub(super) fn outcome_of(mut context: InterceptorContext) -> Outcome {
    let error = match context.take_output_or_error() {
        Some(Ok(output)) => return Outcome::Output(output),
        Some(Err(error)) => error,
        None => OrchestratorError::other("an interceptor removed the output"),
    };
    if context.response().is_none() && error.is_response_error() {
        context.set_response(no_response());
    }
    if !error.is_operation_error() {
        context.set_output_or_error(Err(error));
        return match context.finalize() {
            Ok(output) => Outcome::Output(output),
            Err(error) => {
                let meta = |_| ErrorMetadata::builder().build();
                Outcome::Failure(restore(error.map_service_error(meta)))
            }
        };
    }
    let mut service_error = None;
    let _: OrchestratorError<()> = error.map_operation_error(|it| service_error = Some(it));
    let (_, _, _, response) = context.into_parts();
    match service_error {
        Some(error) => Outcome::ServiceError(error, response.unwrap_or_else(no_response)),
        None => Outcome::Failure(SdkError::construction_failure("the error has been lost")),
    }
}

/// The response of an error that an interceptor made without one.
#[inline]
fn no_response() -> HttpResponse {
    let status = StatusCode::from(http::StatusCode::INTERNAL_SERVER_ERROR);
    HttpResponse::new(status, SdkBody::empty())
}

/// Restores a construction failure, which the official types take for a dispatch failure once there is a request.
#[inline]
fn restore(error: Failure) -> Failure {
    let sources = std::iter::successors(error.source(), |&source| source.source());
    if !sources
        .take(2)
        .any(|source| source.is::<ConstructionFailed>())
    {
        return error;
    }
    let source = match error.into_source() {
        Ok(source) => source,
        Err(error) => return error,
    };
    let source = source
        .downcast::<ConnectorError>()
        .map_or_else(|source| source, |dispatch| dispatch.into_source());
    let source = source
        .downcast::<ConstructionFailed>()
        .map_or_else(|source| source, |marked| marked.0);
    SdkError::construction_failure(source)
}

/// Marks the source of a construction failure.
#[derive(Debug)]
struct ConstructionFailed(BoxError);

impl fmt::Display for ConstructionFailed {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for ConstructionFailed {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_runtime_api::client::interceptors::context::Input;

    use super::*;

    fn read(meta: ErrorMetadata, _: &mut HttpResponse) -> Result<Error, BoxError> {
        #[derive(Debug)]
        struct Modeled(ErrorMetadata);
        impl fmt::Display for Modeled {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0.code().unwrap_or_default())
            }
        }
        impl std::error::Error for Modeled {}
        match meta.code() {
            Some(_) => Ok(Error::erase(Modeled(meta))),
            None => Err("unreadable".into()),
        }
    }

    fn response(status: u16) -> HttpResponse {
        HttpResponse::new(status.try_into().unwrap(), SdkBody::from("body"))
    }

    /// A context whose request has been built.
    fn context() -> InterceptorContext {
        let mut context = InterceptorContext::new(Input::erase(()));
        context.enter_serialization_phase();
        context.take_input().unwrap();
        context.set_request(aws_smithy_runtime_api::client::orchestrator::HttpRequest::empty());
        context.enter_before_transmit_phase();
        context
    }

    #[test]
    fn a_failure_survives_the_hooks() {
        let coded = ErrorMetadata::builder().code("Busy").build();
        for (failure, expected) in [
            (SdkError::construction_failure("a"), "ConstructionFailure"),
            (SdkError::timeout_error("b"), "TimeoutError"),
            (crate::error::not_sent("c".into()), "DispatchFailure"),
            (
                SdkError::response_error("d", response(200)),
                "ResponseError",
            ),
            (
                SdkError::service_error(coded, response(400)),
                "ServiceError",
            ),
            (
                SdkError::service_error(ErrorMetadata::builder().build(), response(400)),
                "ResponseError",
            ),
        ] as [(Failure, &str); 6]
        {
            let source = std::error::Error::source(&failure).unwrap().to_string();
            let mut context = context();
            store(&mut context, failure, read);
            let error = match outcome_of(context) {
                Outcome::Failure(failure) => failure,
                Outcome::ServiceError(error, response) => {
                    let meta = ErrorMetadata::builder().code(error.to_string());
                    SdkError::service_error(meta.build(), response)
                }
                output => panic!("{output:?}"),
            };
            assert!(format!("{error:?}").starts_with(expected), "{error:?}");
            let found = error.raw_response().map(|it| it.body().bytes().unwrap());
            assert!(found.is_none_or(|body| body == b"body"));
            let found = error.into_source().unwrap().to_string();
            assert!(
                found == source || found.contains("Busy") || found == "unreadable",
                "{found}"
            );
        }
    }

    #[test]
    fn errors_that_interceptors_make_need_no_response() {
        for error in [
            OrchestratorError::operation(Error::erase(std::fmt::Error)),
            OrchestratorError::response("a".into()),
            OrchestratorError::other("b"),
            OrchestratorError::timeout("c".into()),
        ] {
            let mut context = InterceptorContext::new(Input::erase(()));
            context.set_output_or_error(Err(error));
            assert!(!matches!(outcome_of(context), Outcome::Output(_)));
        }
        let context = InterceptorContext::new(Input::erase(()));
        assert!(matches!(outcome_of(context), Outcome::Failure(_)));
    }
}
