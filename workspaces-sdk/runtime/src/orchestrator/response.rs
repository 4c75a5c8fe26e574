//! What a response is, a success or which failure, and what else it shows.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_types::request_id::RequestId;

use super::Call;
use crate::auth::{Reading, Skew};
use crate::error::Failure;
use crate::handle::Handle;
use crate::retry;
use crate::service_metadata::ServiceMetadata;

/// Checks whether a response is a success.
///
/// # Errors
/// A service error with the metadata of the response; a response error when the call [requires](Call::requires_code) an error code
/// and the response has none, although it has a body by the rules of HTTP.
pub(super) fn check(
    response: &mut HttpResponse,
    service: &ServiceMetadata,
    call: &Call,
) -> Result<(), Failure> {
    let is_error = call.is_error.is_some_and(|is_error| is_error(response));
    if response.status().is_success() && !is_error {
        return Ok(());
    }
    let mut response = take(response);
    let meta = (call.read_metadata)(&response, service);
    #[cfg(feature = "extended-request-id")]
    let meta = crate::extended_request_id::add(meta, &response);
    let has_body = has_body(call, &response);
    let is_empty = response.body().bytes().is_some_and(<[u8]>::is_empty);
    let meta = match has_body && !(is_empty && call.empty_not_found) {
        true => meta,
        false => without_body(meta, &response),
    };
    hide_body(&mut response);
    if meta.code().is_some() || !call.requires_code || !has_body {
        return Err(SdkError::service_error(meta, response));
    }
    let status = response.status();
    let description = match meta.message() {
        Some(message) => format!("the response has status {status} and no error code: {message}"),
        None => format!("the response has status {status} and no error code"),
    };
    Err(SdkError::response_error(description, response))
}

/// The status of the response to a `GET` without a body, because the caller has the resource already.
const NOT_MODIFIED: u16 = 304;

/// Whether a response can have a body, by the rules of HTTP.
///
/// [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5) defines the status 304 for `GET` and `HEAD` only. As the response
/// to another request, it has a body with an error code or is malformed, like any other.
pub(super) fn has_body(call: &Call, response: &HttpResponse) -> bool {
    match call.message.method {
        "HEAD" => false,
        "GET" => response.status().as_u16() != NOT_MODIFIED,
        _ => true,
    }
}

/// The metadata of a response that cannot have a body with a code, so that only its status describes the error.
fn without_body(meta: ErrorMetadata, response: &HttpResponse) -> ErrorMetadata {
    match (meta.code(), response.status().as_u16()) {
        (None, 404) => meta.into_builder().code("NotFound").build(),
        _ => meta,
    }
}

/// Takes a response out of its place, where only its status is left.
pub(super) fn take(response: &mut HttpResponse) -> HttpResponse {
    let gone = HttpResponse::new(response.status(), SdkBody::empty());
    std::mem::replace(response, gone)
}

/// Hides the body of a response from `Debug`, which would print all of it. It can still be read.
pub(super) fn hide_body(response: &mut HttpResponse) {
    let body = response.take_body();
    *response.body_mut() = body.map_preserve_contents(SdkBody::from_body_1_x);
}

/// A response that is a success, or the failure, which may contain a response.
pub(super) type Received<'a> = Result<&'a HttpResponse, &'a Failure>;

/// Learns the clock skew from a response, if it came from the service. Returns the skew that the response shows.
///
/// Only the service knows a request id. Gateways and proxies have none.
pub(super) fn learn_skew(handle: &Handle, outcome: Received<'_>) -> Option<Skew> {
    let response = response_of(outcome)?;
    let reading = response.extension::<Reading>()?;
    let rejected = outcome.is_err_and(retry::may_be_skewed);
    if rejected || response.request_id().is_some() {
        handle.clock.learn(reading, !rejected);
    }
    Some(reading.measured)
}

/// The response of an attempt, or of the call.
pub(super) fn response_of(outcome: Received<'_>) -> Option<&HttpResponse> {
    match outcome {
        Ok(response) => Some(response),
        Err(failure) => failure.raw_response(),
    }
}
