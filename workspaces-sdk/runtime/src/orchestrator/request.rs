//! The HTTP request of an attempt.

use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::body::SdkBody;
use http::header::{CONTENT_LENGTH, USER_AGENT};

use super::Call;
use crate::endpoint::Endpoint;
use crate::error::{Failure, not_sent};
use crate::handle::Handle;
use crate::headers::{AMZ_USER_AGENT, TRACE_ID, set_header, trace_id};
use crate::protocol::SerializedRequest;

/// What the URI of a request starts with.
#[derive(Clone, Copy, Debug)]
pub(super) enum Base<'a> {
    /// The endpoint, and the identity that the user agent describes.
    Endpoint(&'a Endpoint, Option<&'a Identity>),
    /// They are added later, with [`add_endpoint`] and [`add_user_agent`].
    Root,
}

/// Builds the HTTP request of an attempt, without the headers that differ between attempts. Sending consumes it.
pub(super) fn http_request(
    handle: &Handle,
    call: &Call,
    base: Base<'_>,
) -> Result<HttpRequest, Failure> {
    let message = &call.message;
    let body = message.body.for_attempt().ok_or_else(|| {
        SdkError::construction_failure("the body is a stream that cannot be sent again")
    })?;
    let length = body.content_length();
    #[cfg(feature = "checksums")]
    let (body, length) = match &call.trailer {
        Some(trailer) => {
            let (trailer, length) = (*trailer, trailer.encoded_length());
            (body.map(move |body| trailer.encode(body)), Some(length))
        }
        None => (body, length),
    };
    let url = match base {
        Base::Endpoint(endpoint, _) => endpoint.url(),
        Base::Root => "/",
    };
    let mut request = request_to(url, message, body)?;
    let headers = request.headers_mut();
    (call.add_headers)(headers, call.operation, handle.service)
        .map_err(SdkError::construction_failure)?;
    // A request without a body announces its length only if its method has a meaning for bodies.
    let has_body = ["POST", "PUT", "PATCH"].contains(&message.method);
    if let Some(length) = length.filter(|length| *length > 0 || has_body) {
        headers.insert(CONTENT_LENGTH, length.to_string());
    }
    for (name, value) in &message.headers {
        set_header(headers, name, value).map_err(SdkError::construction_failure)?;
    }
    for (name, value) in call.headers {
        let added = headers.try_insert(*name, *value);
        added.map_err(SdkError::construction_failure)?;
    }
    if let Base::Endpoint(endpoint, identity) = base {
        endpoint.add_headers(headers)?;
        add_user_agent(handle, call, identity, headers);
    }
    if handle.is_lambda_function
        && let Some(trace_id) = trace_id()
    {
        headers.insert(TRACE_ID, trace_id);
    }
    Ok(request)
}

/// Adds the user agent of a call that is made with an identity.
pub(super) fn add_user_agent(
    handle: &Handle,
    call: &Call,
    identity: Option<&Identity>,
    headers: &mut Headers,
) {
    let agent = handle.user_agent.of_call(&call.features, identity);
    headers.insert(USER_AGENT, agent.clone());
    headers.insert(AMZ_USER_AGENT, agent);
}

/// Puts an endpoint before the path of a request, and adds the headers of the endpoint.
#[inline]
pub(crate) fn add_endpoint(request: &mut HttpRequest, endpoint: &Endpoint) -> Result<(), Failure> {
    let uri = request.uri_mut().set_endpoint(endpoint.url());
    uri.map_err(|error| not_sent(error.into()))?;
    endpoint.add_headers(request.headers_mut())
}

/// Builds a request with the method of a message and its path below `url`, and without headers.
pub(crate) fn request_to(
    url: &str,
    message: &SerializedRequest,
    body: SdkBody,
) -> Result<HttpRequest, Failure> {
    let mut request = HttpRequest::new(body);
    request
        .set_method(message.method)
        .map_err(SdkError::construction_failure)?;
    let uri = match &*message.uri {
        "" => request.set_uri(url),
        uri => request.set_uri([url, uri].concat()),
    };
    uri.map_err(|error| not_sent(error.into()))?;
    Ok(request)
}
