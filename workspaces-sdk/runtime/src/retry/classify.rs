//! Which failures are retried: by status, by error code and by the kind of the failure.
//!
//! The tables are those of the official SDKs. A new rule is a row of a table, or an arm of [`classify`].

use std::error::Error;
use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::ErrorKind;

use crate::auth::Reading;
use crate::error::Failure;
use crate::transport::Incomplete;

/// The statuses that are retried if the error code is not in [`CODES`].
const STATUSES: [(u16, ErrorKind); 6] = [
    (408, ErrorKind::TransientError),
    (429, ErrorKind::ThrottlingError),
    (500, ErrorKind::TransientError),
    (502, ErrorKind::TransientError),
    (503, ErrorKind::TransientError),
    (504, ErrorKind::TransientError),
];

/// The error codes that are retried.
const CODES: [(&str, ErrorKind); 16] = [
    ("BandwidthLimitExceeded", ErrorKind::ThrottlingError),
    ("EC2ThrottledException", ErrorKind::ThrottlingError),
    ("LimitExceededException", ErrorKind::ThrottlingError),
    ("PriorRequestNotComplete", ErrorKind::ThrottlingError),
    (
        "ProvisionedThroughputExceededException",
        ErrorKind::ThrottlingError,
    ),
    ("RequestLimitExceeded", ErrorKind::ThrottlingError),
    ("RequestThrottled", ErrorKind::ThrottlingError),
    ("RequestThrottledException", ErrorKind::ThrottlingError),
    ("RequestTimeout", ErrorKind::TransientError),
    ("RequestTimeoutException", ErrorKind::TransientError),
    ("SlowDown", ErrorKind::ThrottlingError),
    ("ThrottledException", ErrorKind::ThrottlingError),
    ("Throttling", ErrorKind::ThrottlingError),
    ("ThrottlingException", ErrorKind::ThrottlingError),
    ("TooManyRequestsException", ErrorKind::ThrottlingError),
    ("TransactionInProgressException", ErrorKind::ThrottlingError),
];

/// Error codes that clock skew may cause.
const SKEW_CODES: [&str; 5] = [
    "AccessDeniedException",
    "AuthFailure",
    "InvalidSignatureException",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// The reason why a failed attempt may be retried.
#[derive(Debug, PartialEq)]
pub(crate) struct RetryClassification {
    pub(super) kind: ErrorKind,
    /// The delay that the service asks for.
    pub(super) after: Option<Duration>,
}

impl RetryClassification {
    pub(crate) fn new(kind: ErrorKind, after: Option<Duration>) -> Self {
        Self { kind, after }
    }

    /// Whether the connection may be the cause.
    pub(crate) fn is_transient(&self) -> bool {
        self.kind == ErrorKind::TransientError
    }
}

/// Whether the same request may succeed later: it is not one that the service or the client rejects.
pub(crate) fn may_pass<E>(error: &SdkError<E, HttpResponse>, modeled: &[(&str, ErrorKind)]) -> bool
where
    E: ProvideErrorMetadata,
{
    match error {
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | SdkError::ResponseError(_) => {
            true
        }
        SdkError::ServiceError(error) => {
            response_kind(error.err().code(), modeled, error.raw()).is_some()
        }
        _ => false,
    }
}

/// Whether an item failed with this code because there were too many requests.
pub(crate) fn is_throttling_code(code: &str) -> bool {
    CODES.contains(&(code, ErrorKind::ThrottlingError))
}

/// Whether an error is the response to too many requests.
pub(crate) fn is_throttling<E>(error: &SdkError<E, HttpResponse>) -> bool
where
    E: ProvideErrorMetadata,
{
    let kind = match error {
        SdkError::ServiceError(error) => response_kind(error.err().code(), &[], error.raw()),
        SdkError::ResponseError(error) => status_kind(error.raw()),
        _ => None,
    };
    kind == Some(ErrorKind::ThrottlingError)
}

/// Classifies a failure. `None` means that it is not retried. `modeled` are the codes of errors that the model of the service
/// marks as retryable.
pub(crate) fn classify(
    failure: &Failure,
    modeled: &[(&str, ErrorKind)],
) -> Option<RetryClassification> {
    let kind = match failure {
        SdkError::TimeoutError(_) => Some(ErrorKind::TransientError),
        SdkError::DispatchFailure(failure) => failure.as_connector_error().and_then(connector_kind),
        SdkError::ResponseError(_) if failure.source().is_some_and(is_incomplete) => {
            Some(ErrorKind::TransientError)
        }
        SdkError::ResponseError(error) => status_kind(error.raw()),
        SdkError::ServiceError(error) => response_kind(error.err().code(), modeled, error.raw()),
        _ => None,
    };
    let after = failure.raw_response().and_then(retry_after);
    kind.map(|kind| RetryClassification { kind, after })
}

/// The reason to retry a failure of the connection.
pub(crate) fn connector_kind(error: &ConnectorError) -> Option<ErrorKind> {
    if error.is_io() || error.is_timeout() {
        return Some(ErrorKind::TransientError);
    }
    error.as_other()
}

/// The reason to retry an error response: its code, or else its status.
fn response_kind(
    code: Option<&str>,
    modeled: &[(&str, ErrorKind)],
    response: &HttpResponse,
) -> Option<ErrorKind> {
    code.and_then(|code| code_kind(code, modeled, response))
        .or_else(|| status_kind(response))
}

/// The reason to retry an error with this code. `modeled` are the codes that the model of the service marks as retryable.
pub(crate) fn code_kind(
    code: &str,
    modeled: &[(&str, ErrorKind)],
    response: &HttpResponse,
) -> Option<ErrorKind> {
    let find = |table: &[(&str, ErrorKind)]| {
        let found = table.iter().find(|(known, _)| *known == code);
        found.map(|(_, kind)| *kind)
    };
    let skewed = || {
        let reading = response.extension::<Reading>()?;
        (SKEW_CODES.contains(&code) && reading.explains_rejection())
            .then_some(ErrorKind::ServerError)
    };
    find(&CODES).or_else(skewed).or_else(|| find(modeled))
}

/// Whether the service rejected a request with an error that clock skew can cause.
pub(crate) fn may_be_skewed(failure: &Failure) -> bool {
    matches!(failure, SdkError::ServiceError(error)
        if error.err().code().is_some_and(|code| SKEW_CODES.contains(&code)))
}

/// The reason to retry a response with this status.
pub(crate) fn status_kind(response: &HttpResponse) -> Option<ErrorKind> {
    let status = response.status().as_u16();
    STATUSES
        .iter()
        .find(|(known, _)| *known == status)
        .map(|(_, kind)| *kind)
}

/// Whether a failure is a response that ended early.
pub(crate) fn is_incomplete(source: &(dyn Error + 'static)) -> bool {
    source.is::<Incomplete>()
}

/// The delay that the service asks for, in milliseconds in the header.
pub(crate) fn retry_after(response: &HttpResponse) -> Option<Duration> {
    let header = response.headers().get("x-amz-retry-after")?;
    header.trim().parse().ok().map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::error::metadata::ErrorMetadata;

    use super::*;

    #[test]
    fn codes_of_the_model_are_retried() {
        let modeled = [
            ("Busy", ErrorKind::ServerError),
            ("Slow", ErrorKind::ThrottlingError),
            ("Throttling", ErrorKind::ServerError),
        ];
        for (code, status, kind) in [
            ("Busy", 400, Some(ErrorKind::ServerError)),
            ("Slow", 400, Some(ErrorKind::ThrottlingError)),
            ("Busy", 503, Some(ErrorKind::ServerError)),
            // A code that all services have keeps its meaning.
            ("Throttling", 400, Some(ErrorKind::ThrottlingError)),
            ("Other", 400, None),
            ("Other", 503, Some(ErrorKind::TransientError)),
        ] {
            let meta = ErrorMetadata::builder().code(code).build();
            let status = status.try_into().unwrap();
            let response = HttpResponse::new(status, SdkBody::empty());
            let failure = SdkError::service_error(meta, response);
            let found = classify(&failure, &modeled).map(|it| it.kind);
            assert_eq!(found, kind, "{code} {status:?}");
        }
    }
}
