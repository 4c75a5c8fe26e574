//! One attempt: a request, signed now, and its response.

use std::time::SystemTime;

use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;

use super::request::{Base, http_request};
use super::response::{check, has_body, take};
use super::{Call, Route};
use crate::auth::{self, AuthScheme, Reading, Skew};
#[cfg(feature = "checksums")]
use crate::checksum;
use crate::error::{Failure, not_sent};
use crate::handle::Handle;
use crate::headers::{ATTEMPT_INFO, INVOCATION_ID, set_header};
use crate::transport::{self, SizeLimit};
#[cfg(feature = "streams")]
use crate::transport::{download, upload};

/// What an attempt has besides the call.
#[derive(Debug)]
pub(super) struct Attempt<'a> {
    /// Its number, from 1.
    pub(super) number: u32,
    /// The ID that all attempts of the call have.
    pub(super) call_id: Option<&'a str>,
    pub(super) connection: &'a CaptureSmithyConnection,
    /// The clock skew that the last attempt showed.
    pub(super) last_skew: Option<Skew>,
}

/// Makes one attempt: a request, signed now, and its response.
pub(super) async fn attempt(
    handle: &Handle,
    call: &Call,
    route: &Route<'_>,
    attempt: Attempt<'_>,
) -> Result<HttpResponse, Failure> {
    // The block keeps the request out of the states of the future that follow.
    let response = {
        let identity = handle.identity(route.scheme).await?;
        let base = Base::Endpoint(&route.endpoint, identity.as_ref());
        let mut request = http_request(handle, call, base)?;
        call.customization.apply(&mut request).map_err(not_sent)?;
        let signed = sign(handle, call, route, identity.as_ref(), &mut request)?;
        if route.scheme == AuthScheme::Custom {
            sign_by_custom_scheme(handle, call, route, &mut request, None).await?;
        }
        add_attempt(handle, &attempt, request.headers_mut())?;
        transmit(handle, route.scheme, &attempt, request, signed)?
    };
    let mut response = response.await?;
    receive(handle, call, &mut response).await?;
    Ok(response)
}

/// Adds the number of the attempt and the ID of the call, if there is one. No signature covers them, as in the official crates.
pub(super) fn add_attempt(
    handle: &Handle,
    attempt: &Attempt<'_>,
    headers: &mut Headers,
) -> Result<(), Failure> {
    headers.insert(ATTEMPT_INFO, handle.attempt_info(attempt.number));
    let Some(id) = attempt.call_id else {
        return Ok(());
    };
    set_header(headers, &INVOCATION_ID, id).map_err(SdkError::construction_failure)
}

/// When a request was signed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signed {
    time: SystemTime,
    /// The skew that the signature corrects.
    skew: Skew,
}

/// Signs a request with an identity, or adds its token.
pub(super) fn sign(
    handle: &Handle,
    call: &Call,
    route: &Route<'_>,
    identity: Option<&Identity>,
    request: &mut HttpRequest,
) -> Result<Signed, Failure> {
    let signed = Signed {
        time: handle.now(),
        skew: handle.skew(),
    };
    let Some(identity) = identity else {
        return Ok(signed);
    };
    let authenticated = match route.scheme {
        #[cfg(feature = "bearer")]
        AuthScheme::Bearer => auth::add_token(request, identity),
        _ => {
            let mut scope = route.endpoint.scope(handle.service.signing_name);
            scope.hash_header = call.content_sha256;
            if let Some(chosen) = &route.chosen {
                chosen.change(&mut scope, &route.endpoint);
            }
            let (signer, time) = (&handle.signer, signed.skew.apply(signed.time));
            signer.sign(request, identity, &scope, time, call.unsigned_payload)
        }
    };
    authenticated.map_err(not_sent)?;
    Ok(signed)
}

/// Signs a request by a scheme of the program, if it has chosen one. `bag` is that of a call with interceptors.
#[inline]
pub(super) async fn sign_by_custom_scheme(
    handle: &Handle,
    call: &Call,
    route: &Route<'_>,
    request: &mut HttpRequest,
    bag: Option<&ConfigBag>,
) -> Result<(), Failure> {
    let (Some(chosen), Some(custom)) = (&route.chosen, handle.settings.custom_auth.get()) else {
        return Ok(());
    };
    let signable = auth::Signable {
        handle,
        operation: call.operation,
        chosen,
        endpoint: &route.endpoint,
        request,
        bag,
    };
    custom.sign(signable).await
}

/// Sends a request. The body of the response that the future returns has not been read yet.
pub(super) fn transmit(
    handle: &Handle,
    scheme: AuthScheme,
    attempt: &Attempt<'_>,
    mut request: HttpRequest,
    signed: Signed,
) -> Result<impl Future<Output = Result<HttpResponse, Failure>>, Failure> {
    request.add_extension(attempt.connection.clone());
    #[cfg(feature = "streams")]
    let (request, watch) = upload::watch(request, handle.watch_upload()?);
    let response = handle.transport.send(request, &handle.timeouts)?;
    #[cfg(feature = "streams")]
    let response = watch.guard(response);
    let Signed { time, skew } = signed;
    Ok(async move {
        let mut response = response.await.map_err(SdkError::dispatch_failure)?;
        if scheme == AuthScheme::SigV4
            && !handle.ignores_clock_skew()
            && let Some(reading) =
                Reading::of(&response, time, handle.now(), skew, attempt.last_skew)
        {
            response.add_extension(reading);
        }
        Ok(response)
    })
}

/// Receives the body of a response, unless the caller reads it as a stream, and checks whether it is a success.
///
/// # Errors
/// A failure with the response. Its place has only the status then.
pub(super) async fn receive(
    handle: &Handle,
    call: &Call,
    response: &mut HttpResponse,
) -> Result<(), Failure> {
    #[cfg(feature = "streams")]
    if call.streams_output && response.status().is_success() {
        if let Err(error) = download::watch(response, handle.watch_download()?) {
            return Err(SdkError::response_error(error, take(response)));
        }
        #[cfg(feature = "checksums")]
        if let Some(expected) = call.response_checksum {
            checksum::validate(response, expected);
        }
        return Ok(());
    }
    let stall = handle.watch_response()?;
    let limit = SizeLimit {
        bytes: handle.max_response_size,
        setting: Some("max_response_size_bytes"),
    };
    if has_body(call, response) {
        if let Err(error) = transport::collect(response, limit, stall).await {
            return Err(SdkError::response_error(error, take(response)));
        }
    } else {
        // Its length may be announced, but it is not sent.
        *response.body_mut() = SdkBody::empty();
    }
    check(response, handle.service, call)
}
