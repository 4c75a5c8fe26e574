//! The rules for retries as classifiers, so that those of a program can run before and after them.
//!
//! Each is [`retry::classify`](crate::retry::classify) for one kind of failure, with the priority that this kind has in the
//! official crates.

use std::error::Error as _;

use aws_smithy_runtime_api::client::interceptors::context::{Error, InterceptorContext};
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority,
};
use aws_smithy_types::retry::ErrorKind;

use crate::retry;

/// Classifies by the status of the response, even if an interceptor has replaced the error by an output, as the official crates
/// do.
#[derive(Debug)]
pub(super) struct ByStatus;

impl ClassifyRetry for ByStatus {
    #[inline]
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        action(context, context.response().and_then(retry::status_kind))
    }

    #[inline]
    fn name(&self) -> &'static str {
        "HTTP status"
    }

    #[inline]
    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::http_status_code_classifier()
    }
}

/// Classifies by the code of the error.
#[derive(Debug)]
pub(super) struct ByCode {
    /// Returns the code of an error of the operation.
    pub(super) code: fn(&Error) -> Option<&str>,
    /// See [`Service::RETRYABLE`](crate::operation::Service::RETRYABLE).
    pub(super) modeled: &'static [(&'static str, ErrorKind)],
}

impl ClassifyRetry for ByCode {
    #[inline]
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let code = failure_of(context)
            .and_then(OrchestratorError::as_operation_error)
            .and_then(self.code);
        let kind = code
            .zip(context.response())
            .and_then(|(code, response)| retry::code_kind(code, self.modeled, response));
        action(context, kind)
    }

    #[inline]
    fn name(&self) -> &'static str {
        "error code"
    }

    #[inline]
    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::modeled_as_retryable_classifier()
    }
}

/// Classifies failures of the connection, timeouts and responses that ended early.
#[derive(Debug)]
pub(super) struct ByFailure;

impl ClassifyRetry for ByFailure {
    #[inline]
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let kind = failure_of(context).and_then(|error| {
            if error.is_timeout_error() {
                return Some(ErrorKind::TransientError);
            }
            match error.as_connector_error() {
                Some(error) => retry::connector_kind(error),
                None => retry::is_incomplete(error.source()?).then_some(ErrorKind::TransientError),
            }
        });
        action(context, kind)
    }

    #[inline]
    fn name(&self) -> &'static str {
        "connection"
    }

    #[inline]
    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::transient_error_classifier()
    }
}

#[inline]
fn failure_of(context: &InterceptorContext) -> Option<&OrchestratorError<Error>> {
    context.output_or_error()?.err()
}

/// The action for an error, with the delay that the service asks for.
#[inline]
fn action(context: &InterceptorContext, kind: Option<ErrorKind>) -> RetryAction {
    let Some(kind) = kind else {
        return RetryAction::NoActionIndicated;
    };
    match context.response().and_then(retry::retry_after) {
        Some(after) => RetryAction::retryable_error_with_explicit_delay(kind, after),
        None => RetryAction::retryable_error(kind),
    }
}
