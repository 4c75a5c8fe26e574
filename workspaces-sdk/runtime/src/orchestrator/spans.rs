//! The spans of calls and attempts.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_types::request_id::RequestId;
use tracing::field::Empty;
use tracing::{Span, debug_span};

use crate::handle::Handle;

/// The span of a call. The status and the request id of the last response are recorded later.
pub(super) fn call_span(handle: &Handle, operation: &'static str) -> Span {
    debug_span!(
        "call",
        rpc.system = "aws-api",
        rpc.service = handle.service.id,
        rpc.method = operation,
        http.status_code = Empty,
        aws.request_id = Empty,
    )
}

/// The span of an attempt.
pub(super) fn attempt_span(number: u32) -> Span {
    debug_span!(
        "attempt",
        number,
        http.status_code = Empty,
        aws.request_id = Empty
    )
}

/// Records the status and the request id of a response in a span, if there is a response.
pub(super) fn record(span: &Span, response: Option<&HttpResponse>) {
    if let Some(response) = response
        && !span.is_disabled()
    {
        span.record("http.status_code", response.status().as_u16());
        span.record("aws.request_id", response.request_id());
    }
}
