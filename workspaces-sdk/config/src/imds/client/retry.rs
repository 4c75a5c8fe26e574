//! Which requests to IMDS are repeated.

use aws_smithy_runtime_api::client::interceptors::context::{
    Error, Input, InterceptorContext, Output,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, SharedRetryClassifier,
};

use aws_smithy_types::body::SdkBody;

use super::error::{TokenError, TokenErrorKind};
use crate::http::Failure;

/// Repeats requests after the statuses 401, which means that the token has expired, and 500 to 599.
///
/// By default, it does not repeat a request that has no response, because programs that do not run on an instance would wait.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ImdsResponseRetryClassifier {
    retry_connect_timeouts: bool,
}

impl ImdsResponseRetryClassifier {
    /// Sets whether a request is repeated that has no response, for instance because connecting took too long.
    pub fn with_retry_connect_timeouts(mut self, retry_connect_timeouts: bool) -> Self {
        self.retry_connect_timeouts = retry_connect_timeouts;
        self
    }
}

impl ClassifyRetry for ImdsResponseRetryClassifier {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let is_retried = match context.response().map(|response| response.status()) {
            Some(status) => status.is_server_error() || status.as_u16() == 401,
            None => self.retry_connect_timeouts,
        };
        match is_retried {
            true => RetryAction::server_error(),
            false => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "ImdsResponseRetryClassifier"
    }
}

/// Asks a classifier about a response, and returns the response.
pub(super) fn classify_response(
    classifier: &SharedRetryClassifier,
    response: HttpResponse,
) -> (HttpResponse, RetryAction) {
    let status = response.status();
    let outcome = match status.is_success() {
        true => Ok(Output::erase(())),
        false => {
            let error = TokenError::from(TokenErrorKind::UnexpectedStatus(status.as_u16()));
            Err(OrchestratorError::operation(Error::erase(error)))
        }
    };
    let mut context = InterceptorContext::new(Input::erase(()));
    context.set_response(response);
    context.set_output_or_error(outcome);
    let action = classifier.classify_retry_v2(&context, &RetryAction::NoActionIndicated);
    let (_, _, _, response) = context.into_parts();
    // It is the response that has been put in.
    let response = response.unwrap_or_else(|| HttpResponse::new(status, SdkBody::empty()));
    (response, action)
}

/// Asks a classifier about a request that has no response.
pub(super) fn classify_failure(
    classifier: &SharedRetryClassifier,
    failure: &Failure,
) -> RetryAction {
    // The context owns its error, so it has one of the same kind.
    let text = failure.to_string();
    let error = match failure {
        SdkError::TimeoutError(_) => OrchestratorError::timeout(text.into()),
        SdkError::ResponseError(_) => OrchestratorError::response(text.into()),
        SdkError::DispatchFailure(failure) => {
            OrchestratorError::connector(match failure.as_connector_error() {
                Some(error) if error.is_timeout() => ConnectorError::timeout(text.into()),
                Some(error) if error.is_io() => ConnectorError::io(text.into()),
                Some(error) if error.is_user() => ConnectorError::user(text.into()),
                error => {
                    let kind = error.and_then(ConnectorError::as_other);
                    ConnectorError::other(text.into(), kind)
                }
            })
        }
        _ => OrchestratorError::other(text),
    };
    let mut context = InterceptorContext::new(Input::erase(()));
    context.set_output_or_error(Err(error));
    classifier.classify_retry_v2(&context, &RetryAction::NoActionIndicated)
}

#[cfg(test)]
#[cfg(all(feature = "default-https-client", feature = "rt-tokio"))]
mod tests;
