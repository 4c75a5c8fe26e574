//! The headers that requests of all protocols have. Signatures cover them, except for those that
//! [`sigv4`](crate::auth) excludes.

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

/// The header with the trace of the current invocation of a Lambda function.
pub(crate) const TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// The value of `x-amzn-trace-id`: in a Lambda function, the trace of the current invocation.
pub(crate) fn trace_id() -> Option<HeaderValue> {
    environment::variable("AWS_LAMBDA_FUNCTION_NAME")?;
    HeaderValue::from_str(&environment::text("_X_AMZN_TRACE_ID")?).ok()
}
