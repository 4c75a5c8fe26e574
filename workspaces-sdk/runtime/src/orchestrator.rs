//! The lifecycle of a request, from an input to an output.
//!
//! [`send`] runs it. The first and the last step, [`prepare`] and [`finish`], are compiled for each operation. The step
//! between them, [`exchange`], is compiled once: it handles bytes, and uses the protocol only through two functions that
//! [`Call`] contains.
//!
//! ```text
//! send ── settings ── prepare ── exchange ─────────────────────────────────────────────────── finish
//!                                └─ attempts: endpoint, hash of a stream, retries, rate limit, backoff
//!                                   └─ attempt: identity, headers, customization, signature, attempt number, transport, check
//! ```
//!
//! A call with interceptors or retry classifiers takes these steps with their hooks in between, and resolves the endpoint in each
//! attempt, because a hook can change its parameters: see [`intercepted`].

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_async::rt::sleep::AsyncSleep;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_types::retry::ErrorKind;
use tracing::{Instrument, debug};

use crate::auth::AuthScheme;
#[cfg(feature = "checksums")]
use crate::checksum;
use crate::customize::Customization;
use crate::endpoint::Context;
use crate::error::Failure;
use crate::error::modeled::OperationError;
#[cfg(feature = "extended-request-id")]
use crate::extended_request_id::RequestIdExt;
use crate::handle::Handle;
use crate::headers::CONTENT_MD5;
use crate::operation::{Operation, Output, ProtocolOf, Service};
use crate::protocol::{Protocol, RequestBody, SerializedRequest};
use crate::required_members::MissingMembers;
use crate::retry::{self, RetryClassification};
use crate::service_metadata::ServiceMetadata;
use crate::timeout::within;
use crate::user_agent::feature;

mod attempt;
pub(crate) mod intercepted;
mod pace;
mod request;
mod response;
mod route;
mod spans;
mod stream;

use attempt::{Attempt, attempt};
use pace::acquire_send_token;
#[cfg(feature = "presigning")]
pub(crate) use request::{add_endpoint, request_to};
use response::{hide_body, learn_skew, response_of};
use route::{Route, choose, resolve};
use spans::{attempt_span, call_span, record};
use stream::prepare_stream;

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
    /// The codes in the user agent of features that this call uses.
    features: Vec<&'static str>,
    host_prefix: Option<String>,
    endpoint_context: Context,
    message: SerializedRequest,
    /// What a stream was prepared for: whether the request is signed, and whether it is sent over plain HTTP.
    #[cfg(feature = "streams")]
    prepared: Option<[bool; 2]>,
    customization: Customization,
    add_headers: AddHeaders,
    read_metadata: ReadMetadata,
    /// See [`Protocol::is_error`]. `None` if responses with a successful status contain no errors.
    is_error: Option<IsError>,
    /// Whether a failed response without an error code is a response error.
    requires_code: bool,
    /// See [`Service::EMPTY_NOT_FOUND`].
    empty_not_found: bool,
    /// See [`Service::HEADERS`].
    headers: &'static [(&'static str, &'static str)],
    /// See [`Service::RETRYABLE`].
    retryable: &'static [(&'static str, ErrorKind)],
    #[cfg(feature = "tree-hash")]
    tree_hash: bool,
    /// See [`Operation::LONG_POLLING`].
    long_polling: bool,
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
    let handle = &*customization.overridden(handle);

    if I::Service::IS_EXTENSIBLE
        && let Some(run) = customization.run(handle)
    {
        let request = intercepted::Request::new(input, customization);
        return intercepted::restore::<I>(run(handle, request).await);
    }
    let mut call = prepare(handle, input, customization).map_err(SdkError::construction_failure)?;
    finish::<I>(exchange(handle, &mut call).await)
}

/// Checks and serializes the input.
#[inline(never)]
fn prepare<I: Operation>(
    handle: &Handle,
    mut input: I,
    customization: Customization,
) -> Result<Call, BoxError> {
    complete(handle, &mut input)?;
    let (host_prefix, endpoint_context) = (input.host_prefix()?, context_of(handle, &input));
    let mut message = input.into_message(handle.service)?;
    let mut features = Vec::new();
    features.extend(ProtocolOf::<I>::FEATURE);
    features.extend(customization.feature);
    if I::REQUIRES_LENGTH && message.body.content_length().is_none() {
        return Err("the service requires the length of the stream, which is unknown; send a file, bytes, or a stream with an exact size hint".into());
    }
    if let Some(compress) = I::COMPRESS
        && let RequestBody::Bytes(body) = &message.body
        && (handle.settings.service_specific).compresses(body.len())
    {
        message.body = compress(body)?.into();
        features.push(feature::GZIP);
        message.add_encoding("gzip");
    }
    if let Some(content_md5) = I::CONTENT_MD5
        && let RequestBody::Bytes(body) = &message.body
    {
        let value = content_md5(body);
        message.headers.push((CONTENT_MD5, value.into()));
    }
    #[cfg(feature = "checksums")]
    let (checksum, response_checksum) =
        checksum::plan_call::<I>(handle, &mut message, &mut features)?;
    Ok(Call {
        operation: I::NAME,
        auth: I::AUTH,
        unsigned_payload: I::UNSIGNED_PAYLOAD || customization.unsigned_payload,
        content_sha256: I::Service::CONTENT_SHA256,
        #[cfg(feature = "checksums")]
        checksum,
        #[cfg(feature = "checksums")]
        trailer: None,
        #[cfg(feature = "checksums")]
        response_checksum,
        #[cfg(feature = "streams")]
        streams_output: I::STREAMS_OUTPUT,
        features,
        host_prefix,
        endpoint_context,
        message,
        #[cfg(feature = "streams")]
        prepared: None,
        customization,
        add_headers: ProtocolOf::<I>::add_headers,
        read_metadata: ProtocolOf::<I>::error_metadata,
        is_error: I::Service::ERRORS_IN_SUCCESS.then_some(ProtocolOf::<I>::is_error as IsError),
        requires_code: I::Error::IS_MODELED && I::Service::REQUIRES_ERROR_CODE,
        empty_not_found: I::Service::EMPTY_NOT_FOUND,
        headers: I::Service::HEADERS,
        retryable: I::Service::RETRYABLE,
        #[cfg(feature = "tree-hash")]
        tree_hash: I::TREE_HASH,
        long_polling: I::LONG_POLLING,
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
        Ok(mut response) => deserialize::<I>(&mut response).map_err(|source| {
            hide_body(&mut response);
            SdkError::response_error(source, response)
        }),
        Err(SdkError::ServiceError(context)) => {
            let meta = context.err().clone();
            let mut response = context.into_raw();
            match I::read_error(meta, &mut response) {
                Ok(error) => Err(SdkError::service_error(error, response)),
                Err(source) => Err(SdkError::response_error(source, response)),
            }
        }
        // The failure is not a service error: only its type changes.
        Err(failure) => Err(failure.map_service_error(I::Error::generic)),
    }
}

/// Deserializes the output.
#[inline(never)]
fn deserialize<I: Operation>(response: &mut HttpResponse) -> Result<I::Output, BoxError> {
    let mut output = I::read_output(response)?;
    output.set_request_id(ProtocolOf::<I>::request_id(response));
    #[cfg(feature = "extended-request-id")]
    output.set_extended_request_id(response.extended_request_id());
    Ok(output)
}

/// Sends a call and receives its response, in as many attempts as necessary.
///
/// The future is boxed so that it is compiled once, in this crate. Otherwise, each program that awaits it would compile it again.
fn exchange<'a>(
    handle: &'a Handle,
    call: &'a mut Call,
) -> Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + 'a>> {
    Box::pin(async move {
        let span = call_span(handle, call.operation);
        let limit = handle.timeouts.operation_timeout();
        // Futures of this size are pinned where they are created, which saves moving them.
        let attempts = pin!(attempts(handle, call));
        let outcome = within(limit, ALL_ATTEMPTS, handle.sleep()?, attempts)
            .instrument(span.clone())
            .await;
        record(&span, response_of(outcome.as_ref()));
        outcome
    })
}

/// What the timeout of an operation limits.
const ALL_ATTEMPTS: &str = "the call with all its attempts";

/// What the timeout of an attempt limits.
const ONE_ATTEMPT: &str = "the attempt";

/// Makes attempts until one succeeds or no retry is allowed.
async fn attempts(handle: &Handle, call: &mut Call) -> Result<HttpResponse, Failure> {
    let route = resolve(handle, call).await?;
    prepare_stream(call, &route).await?;
    let sleep = handle.sleep()?;
    let call_id = handle.invocation_id()?;
    let mut retries = handle.retry.start(call.long_polling);
    let mut last_skew = None;
    loop {
        let number = retries.attempt();
        acquire_send_token(handle, number).await?;
        let span = attempt_span(number);
        let limit = handle.timeouts.operation_attempt_timeout();
        let connection = CaptureSmithyConnection::new();
        let details = Attempt {
            number,
            call_id: call_id.as_deref(),
            connection: &connection,
            last_skew,
        };
        let outcome = {
            let attempt = pin!(attempt(handle, call, &route, details));
            let attempt = within(limit, ONE_ATTEMPT, sleep, attempt);
            attempt.instrument(span.clone()).await
        };
        record(&span, response_of(outcome.as_ref()));
        last_skew = learn_skew(handle, outcome.as_ref()).or(last_skew);
        let failure = match outcome {
            Ok(response) => {
                retries.succeeded(|| handle.now());
                return Ok(response);
            }
            Err(failure) => failure,
        };
        let classification = retry::classify(&failure, call.retryable);
        poison(handle, classification.as_ref(), &connection);
        let is_repeatable = call.message.body.is_repeatable();
        let delay = retries.failed(classification.as_ref(), is_repeatable, handle.now());
        let Some(delay) = delay else {
            return Err(failure);
        };
        log_delay(number, classification.as_ref(), delay);
        sleep.sleep(delay).await;
        // Without a token of the quota, some operations wait and fail: see `Retries::failed`.
        if retries.attempt() == number {
            return Err(failure);
        }
    }
}

/// Closes the connection of an attempt if it may be the cause of the failure.
fn poison(
    handle: &Handle,
    classification: Option<&RetryClassification>,
    connection: &CaptureSmithyConnection,
) {
    if handle.retry.reconnects()
        && classification.is_some_and(RetryClassification::is_transient)
        && let Some(connection) = connection.get()
    {
        connection.poison();
    }
}

fn log_delay(attempt: u32, classification: Option<&RetryClassification>, delay: Duration) {
    debug!(
        attempt,
        ?classification,
        ?delay,
        "the attempt failed; backing off"
    );
}
