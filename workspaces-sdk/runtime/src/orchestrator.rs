//! The lifecycle of a request, from an input to an output.
//!
//! [`send`] runs it. The first and the last step, [`prepare`] and [`finish`], are compiled for each operation. The step
//! between them, [`exchange`], is compiled once: it handles bytes, and uses the protocol only through two functions that
//! [`Call`] contains.
//!
//! ```text
//! send ── settings ── prepare ── exchange ─────────────────────────────────────────────────── finish
//!                                └─ attempts: endpoint, retries, backoff
//!                                   └─ attempt: headers, edits, signature, transport, check
//! ```

use std::pin::{Pin, pin};
use std::sync::Arc;

use aws_smithy_async::rt::sleep::AsyncSleep;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_types::retry::ErrorKind;
use tracing::field::Empty;
use tracing::{Instrument, debug, debug_span};

use crate::auth::{self, AuthScheme, Reading, Skew};
#[cfg(feature = "checksums")]
use crate::checksum;
use crate::customize::Customization;
use crate::endpoint::{Context, Endpoint};
use crate::error::modeled::OperationError;
use crate::error::{Failure, not_sent};
#[cfg(feature = "extended-request-id")]
use crate::extended_request_id::RequestIdExt;
use crate::handle::Handle;
use crate::headers::{ATTEMPT_INFO, CONTENT_MD5, INVOCATION_ID, set_header};
use crate::operation::{Operation, Output, Service};
use crate::protocol::{Messages, Protocol, RequestBody, SerializedRequest};
use crate::required_members::MissingMembers;
use crate::retry::{self, RetryClassification};
use crate::service_metadata::ServiceMetadata;
use crate::timeout::within;
use crate::transport::{self, SizeLimit};
#[cfg(feature = "streams")]
use crate::transport::{download, upload};

mod request;
mod response;

use request::http_request;
#[cfg(feature = "presigning")]
pub(crate) use request::request_to;
use response::{check, has_body, hide_body, learn_skew, record};

/// The protocol of an operation.
type ProtocolOf<I> = <<I as Operation>::Service as Service>::Protocol;

/// See [`Protocol::add_headers`].
type AddHeaders = fn(&mut Headers, &'static str, &ServiceMetadata) -> Result<(), BoxError>;

/// See [`Protocol::is_error`].
type IsError = fn(&HttpResponse) -> bool;

/// See [`Protocol::error_metadata`].
type ReadMetadata = fn(&HttpResponse, &ServiceMetadata) -> ErrorMetadata;

/// A call, without the types of its operation.
#[derive(Debug)]
struct Call {
    operation: &'static str,
    auth: &'static [AuthScheme],
    unsigned_payload: bool,
    /// See [`Service::CONTENT_SHA256`].
    content_sha256: bool,
    /// The algorithm of the checksum of a stream.
    #[cfg(feature = "checksums")]
    checksum: Option<checksum::Algorithm>,
    /// The trailer with the checksum of a stream.
    #[cfg(feature = "checksums")]
    trailer: Option<checksum::chunked::Trailer>,
    /// The checksums of a response that is validated.
    #[cfg(feature = "checksums")]
    response_checksum: Option<&'static checksum::ResponseChecksum>,
    #[cfg(feature = "streams")]
    streams_output: bool,
    host_prefix: Option<String>,
    endpoint_context: Context,
    message: SerializedRequest,
    customization: Customization,
    add_headers: AddHeaders,
    read_metadata: ReadMetadata,
    /// See [`Protocol::is_error`]. `None` if responses with a successful status contain no errors.
    is_error: Option<IsError>,
    /// Whether the operation models an error.
    models_errors: bool,
    /// See [`Service::HEADERS`].
    headers: &'static [(&'static str, &'static str)],
    /// See [`Service::RETRYABLE`].
    retryable: &'static [(&'static str, ErrorKind)],
    #[cfg(feature = "tree-hash")]
    tree_hash: bool,
}

/// Sends a request and waits for the response.
///
/// # Errors
/// Any failure of the call.
pub(crate) async fn send<I: Operation>(
    handle: Arc<Handle>,
    input: I,
    mut customization: Customization,
) -> Result<I::Output, SdkError<I::Error, HttpResponse>> {
    let overridden = customization.overridden(&handle);
    let handle = overridden.as_deref().unwrap_or(&handle);

    let mut call = prepare(handle, input, customization).map_err(SdkError::construction_failure)?;
    finish::<I>(exchange(handle, &mut call).await)
}

/// Checks and serializes the input.
fn prepare<I: Operation>(
    handle: &Handle,
    mut input: I,
    customization: Customization,
) -> Result<Call, BoxError> {
    complete(handle, &mut input)?;
    let (host_prefix, endpoint_context) = (input.host_prefix()?, context_of(handle, &input));
    let mut message = ProtocolOf::<I>::serialize(input, I::NAME, handle.service)?;
    if I::REQUIRES_LENGTH && message.body.content_length().is_none() {
        return Err("the service requires the length of the stream, which is unknown; send a file, bytes, or a stream with an exact size hint".into());
    }
    if let Some(compress) = I::COMPRESS
        && let RequestBody::Bytes(body) = &message.body
        && (handle.settings.service_specific).compresses(body.len())
    {
        message.body = compress(body)?.into();
        message.add_encoding("gzip");
    }
    if let Some(content_md5) = I::CONTENT_MD5
        && let RequestBody::Bytes(body) = &message.body
    {
        let value = content_md5(body);
        message.headers.push((CONTENT_MD5, value.into()));
    }
    #[cfg(feature = "checksums")]
    let (checksum, response_checksum) = checksum::plan_call::<I>(handle, &mut message)?;
    Ok(Call {
        operation: I::NAME,
        auth: I::AUTH,
        unsigned_payload: I::UNSIGNED_PAYLOAD,
        content_sha256: I::Service::CONTENT_SHA256,
        #[cfg(feature = "checksums")]
        checksum,
        #[cfg(feature = "checksums")]
        trailer: None,
        #[cfg(feature = "checksums")]
        response_checksum,
        #[cfg(feature = "streams")]
        streams_output: I::STREAMS_OUTPUT,
        host_prefix,
        endpoint_context,
        message,
        customization,
        add_headers: ProtocolOf::<I>::add_headers,
        read_metadata: ProtocolOf::<I>::error_metadata,
        is_error: I::Service::ERRORS_IN_SUCCESS.then_some(ProtocolOf::<I>::is_error as IsError),
        models_errors: I::Error::IS_MODELED,
        headers: I::Service::HEADERS,
        retryable: I::Service::RETRYABLE,
        #[cfg(feature = "tree-hash")]
        tree_hash: I::TREE_HASH,
    })
}

/// The parameters of the endpoint rules that the operation and the settings of the service set.
#[cfg(feature = "client-context")]
pub(crate) fn context_of<I: Operation>(handle: &Handle, input: &I) -> Context {
    let settings = &handle.settings.service_specific.client_context;
    input.endpoint_context().or(settings)
}

/// The parameters of the endpoint rules that the operation sets.
#[cfg(not(feature = "client-context"))]
pub(crate) fn context_of<I: Operation>(_: &Handle, input: &I) -> Context {
    input.endpoint_context()
}

/// Adds the idempotency token and the defaults to an input and checks its required members.
///
/// # Errors
/// When a required member is not set and the settings forbid this.
pub(crate) fn complete<I: Operation>(handle: &Handle, input: &mut I) -> Result<(), BoxError> {
    let specific = &handle.settings.service_specific;
    input.set_idempotency_token(&|| specific.idempotency_token());
    input.set_defaults();
    let mut missing = MissingMembers::new(I::NAME);
    input.check_required(&mut missing);
    missing.report(handle.settings.check_required.unwrap_or_default())?;
    Ok(())
}

/// Deserializes the output, or the error that the operation models.
fn finish<I: Operation>(
    outcome: Result<HttpResponse, Failure>,
) -> Result<I::Output, SdkError<I::Error, HttpResponse>> {
    match outcome {
        Ok(mut response) => match ProtocolOf::<I>::deserialize(&mut response, I::NAME) {
            Ok(mut output) => {
                output.set_request_id(ProtocolOf::<I>::request_id(&response));
                #[cfg(feature = "extended-request-id")]
                output.set_extended_request_id(response.extended_request_id());
                Ok(output)
            }
            Err(source) => Err(SdkError::response_error(source, hide_body(response))),
        },
        Err(SdkError::ServiceError(context)) => {
            let meta = context.err().clone();
            let mut response = context.into_raw();
            match ProtocolOf::<I>::deserialize_error(meta, &mut response) {
                Ok(error) => Err(SdkError::service_error(error, response)),
                Err(source) => Err(SdkError::response_error(source, response)),
            }
        }
        // The failure is not a service error: only its type changes.
        Err(failure) => Err(failure.map_service_error(I::Error::generic)),
    }
}

/// Sends a call and receives its response, in as many attempts as necessary.
///
/// The box is what compiles this once. The code of a future belongs to the crate that awaits it, which would be each program.
fn exchange<'a>(
    handle: &'a Handle,
    call: &'a mut Call,
) -> Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + 'a>> {
    Box::pin(async move {
        let span = debug_span!(
            "call",
            rpc.system = "aws-api",
            rpc.service = handle.service.id,
            rpc.method = call.operation,
            http.status_code = Empty,
            aws.request_id = Empty,
        );
        let limit = handle.timeouts.operation_timeout();
        // Futures of this size are pinned where they are created, which saves moving them.
        let attempts = pin!(attempts(handle, call));
        let all = "the call with all its attempts";
        let outcome = within(limit, all, handle.sleep()?, attempts)
            .instrument(span.clone())
            .await;
        record(&span, &outcome);
        outcome
    })
}

/// Makes attempts until one succeeds or no retry is allowed.
async fn attempts(handle: &Handle, call: &mut Call) -> Result<HttpResponse, Failure> {
    #[cfg(feature = "tree-hash")]
    if call.tree_hash {
        let added = crate::tree_hash::add_headers(&mut call.message).await;
        added.map_err(SdkError::construction_failure)?;
    }
    let chosen = match &handle.settings.custom_auth {
        None => None,
        Some(custom) => {
            let (name, schemes) = (call.operation, call.auth);
            Some(
                custom
                    .choose(handle, auth::Operation { name, schemes })
                    .await?,
            )
        }
    };
    let scheme = match &chosen {
        None => AuthScheme::choose(call.auth, &handle.settings)?,
        Some(chosen) => chosen.scheme,
    };
    let account_id = match handle.service.needs_account_id && scheme == AuthScheme::SigV4 {
        true => auth::account_id(&handle.credentials().await?),
        false => None,
    };
    let endpoint = handle.endpoint(
        &call.endpoint_context,
        call.host_prefix.as_deref(),
        account_id.as_deref(),
        chosen.as_ref().map_or(scheme.name(), |it| it.id.inner()),
    );
    let endpoint = endpoint.await?;
    #[cfg(feature = "checksums")]
    if let Some(algorithm) = call.checksum {
        let prepared = checksum::prepare_stream(&mut call.message, algorithm, endpoint.is_plain());
        call.trailer = prepared.await.map_err(SdkError::construction_failure)?;
    }
    #[cfg(feature = "streams")]
    if scheme == AuthScheme::SigV4
        && !call.unsigned_payload
        && (!call.content_sha256 || endpoint.is_plain())
    {
        auth::add_content_sha256(&mut call.message).await?;
    }
    let sleep = handle.sleep()?;
    let call_id = handle.invocation_id()?;
    let mut retries = handle.retry.start();
    let mut last_skew = None;
    loop {
        let number = retries.attempt();
        acquire_send_token(handle, number).await?;
        let span = debug_span!(
            "attempt",
            number,
            http.status_code = Empty,
            aws.request_id = Empty
        );
        let limit = handle.timeouts.operation_attempt_timeout();
        let connection = CaptureSmithyConnection::new();
        let attempt = pin!(attempt(
            handle,
            call,
            Attempt {
                number,
                call_id: call_id.as_deref(),
                scheme,
                chosen: chosen.as_ref(),
                endpoint: &endpoint,
                connection: &connection,
                last_skew,
            },
        ));
        let outcome = within(limit, "the attempt", sleep, attempt)
            .instrument(span.clone())
            .await;
        record(&span, &outcome);
        last_skew = learn_skew(handle, &outcome).or(last_skew);
        let failure = match outcome {
            Ok(response) => {
                retries.succeeded(|| handle.now());
                return Ok(response);
            }
            Err(failure) => failure,
        };
        let classification = retry::classify(&failure, call.retryable);
        if handle.retry.reconnects()
            && classification
                .as_ref()
                .is_some_and(RetryClassification::is_transient)
            && let Some(connection) = connection.get()
        {
            connection.poison();
        }
        let is_repeatable = call.message.body.is_repeatable();
        let delay = retries.failed(classification.as_ref(), is_repeatable, handle.now());
        let Some(delay) = delay else {
            return Err(failure);
        };
        debug!(
            attempt = number,
            ?classification,
            ?delay,
            "the attempt failed and will be retried"
        );
        sleep.sleep(delay).await;
    }
}

/// Waits until the client-side rate limit of the adaptive retry mode admits an attempt.
async fn acquire_send_token(handle: &Handle, number: u32) -> Result<(), Failure> {
    if !handle.retry.limits_rate() {
        return Ok(());
    }
    let mut now = handle.now();
    while let Some(wait) = handle.retry.acquire_send_token(number, now) {
        handle.sleep()?.sleep(wait).await;
        let before = std::mem::replace(&mut now, handle.now());
        if now <= before {
            break; // With a clock that stands still, the loop would never end.
        }
    }
    Ok(())
}

/// What an attempt has besides the call.
#[derive(Debug)]
struct Attempt<'a> {
    /// Its number, from 1.
    number: u32,
    call_id: Option<&'a str>,
    scheme: AuthScheme,
    /// The scheme, if the settings of the program have chosen it.
    chosen: Option<&'a auth::Chosen>,
    endpoint: &'a Endpoint,
    connection: &'a CaptureSmithyConnection,
    /// The clock skew that the last attempt showed.
    last_skew: Option<Skew>,
}

/// Makes one attempt: a request, signed now, and its response.
async fn attempt(
    handle: &Handle,
    call: &Call,
    attempt: Attempt<'_>,
) -> Result<HttpResponse, Failure> {
    let Attempt {
        scheme,
        chosen,
        endpoint,
        ..
    } = attempt;
    let mut request = http_request(handle, call, endpoint)?;
    let headers = request.headers_mut();
    if let Some(id) = attempt.call_id {
        set_header(headers, &INVOCATION_ID, id).map_err(SdkError::construction_failure)?;
    }
    headers.insert(ATTEMPT_INFO, handle.attempt_info(attempt.number));
    call.customization.apply(&mut request).map_err(not_sent)?;

    let identity = handle.identity(scheme).await?;
    let (sent, skew) = (handle.now(), handle.skew());
    if let Some(identity) = identity {
        let authenticated = match scheme {
            #[cfg(feature = "bearer")]
            AuthScheme::Bearer => auth::add_token(&mut request, &identity),
            _ => {
                let mut scope = endpoint.scope(handle.service.signing_name);
                scope.hash_header = call.content_sha256;
                if let Some(chosen) = chosen {
                    chosen.change(&mut scope, endpoint);
                }
                let (signer, time) = (&handle.signer, skew.apply(sent));
                signer.sign(&mut request, &identity, &scope, time, call.unsigned_payload)
            }
        };
        authenticated.map_err(not_sent)?;
    }

    if let (Some(chosen), Some(custom)) = (chosen, &handle.settings.custom_auth)
        && scheme == AuthScheme::Custom
    {
        let request = &mut request;
        let operation = call.operation;
        let signable = auth::Signable {
            handle,
            operation,
            chosen,
            endpoint,
            request,
        };
        custom.sign(signable).await?;
    }

    request.add_extension(attempt.connection.clone());
    #[cfg(feature = "streams")]
    let (request, watch) = upload::watch(request, handle.watch_upload()?);
    let response = handle.transport.send(request, &handle.timeouts);
    #[cfg(feature = "streams")]
    let response = watch.guard(response);
    let mut response = response.await?;
    if scheme == AuthScheme::SigV4
        && !handle.ignores_clock_skew()
        && let Some(reading) = Reading::of(&response, sent, handle.now(), skew, attempt.last_skew)
    {
        response.add_extension(reading);
    }
    #[cfg(feature = "streams")]
    if call.streams_output && response.status().is_success() {
        let response = download::watch(response, handle.watch_download()?)?;
        #[cfg(feature = "checksums")]
        if let Some(expected) = call.response_checksum {
            return Ok(checksum::validate(response, expected));
        }
        return Ok(response);
    }
    let stall = handle.watch_response()?;
    let limit = SizeLimit {
        bytes: handle.max_response_size,
        setting: Some("max_response_size_bytes"),
    };
    let response = match has_body(call, &response) {
        true => transport::collect(response, limit, stall).await?,
        // Its length may be announced, but it is not sent.
        false => response.map(|_| SdkBody::empty()),
    };
    check(response, handle.service, call)
}
