//! The headers that requests of all protocols have. Signatures cover them, except for those that
//! [`sigv4`](crate::auth) excludes, and for those that are added to a signed request: the invocation ID and the attempt.

use std::fmt;

use aws_smithy_runtime_api::http::{Headers, HttpError};
use http::{HeaderName, HeaderValue};

use crate::environment;

/// The header with an identifier that all attempts of a call share.
pub(crate) const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");

/// The header with the number of the attempt; its value is
/// [`Handle::attempt_info`](crate::handle::Handle::attempt_info).
pub(crate) const ATTEMPT_INFO: HeaderName = HeaderName::from_static("amz-sdk-request");

/// The user agent, for browsers, which do not let programs set `user-agent`; the value of both is
/// [`user_agent`](crate::user_agent::user_agent).
pub(crate) const AMZ_USER_AGENT: HeaderName = HeaderName::from_static("x-amz-user-agent");

/// The header with the MD5 checksum of the body, in base64.
pub(crate) const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

/// The header with the SHA-256 hash of the body, in hexadecimal digits.
pub(crate) const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// The header that asks for the error codes of the query protocol.
#[cfg(any(feature = "aws-json", feature = "rpc-v2-cbor"))]
pub(crate) const QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");

/// The header with the trace of the current invocation of a Lambda function.
pub(crate) const TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// Whether this process runs a Lambda function. That does not change, unlike the trace of its invocations.
pub(crate) fn is_lambda_function() -> bool {
    environment::variable("AWS_LAMBDA_FUNCTION_NAME").is_some()
}

/// The value of `x-amzn-trace-id` in a Lambda function: the trace of the current invocation.
#[cold]
pub(crate) fn trace_id() -> Option<HeaderValue> {
    HeaderValue::from_str(&environment::text("_X_AMZN_TRACE_ID")?).ok()
}

/// Sets a header.
///
/// # Errors
/// When the value contains a character that HTTP does not allow. The error names the header and does not contain the value,
/// which may be secret.
pub(crate) fn set_header(
    headers: &mut Headers,
    name: &HeaderName,
    value: &str,
) -> Result<(), InvalidValue> {
    match headers.try_insert(name.clone(), value.to_owned()) {
        Ok(_) => Ok(()),
        Err(source) => Err(InvalidValue {
            name: name.clone(),
            source,
        }),
    }
}

/// The error of a header whose value cannot be sent.
#[derive(Debug)]
pub(crate) struct InvalidValue {
    name: HeaderName,
    source: HttpError,
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        write!(
            f,
            "the value of the header `{name}` contains a character that HTTP does not allow"
        )
    }
}

impl std::error::Error for InvalidValue {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
