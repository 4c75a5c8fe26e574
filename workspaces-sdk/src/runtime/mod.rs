//! What every operation goes through on its way to the service and back; it knows no service.
//!
//! What macros make for each type and operation is `#[inline]`: it is compiled where it is used, and of
//! many operations a program uses a few. That takes two thirds off the build of this crate.
//!
//! [`send`] is the whole way. Its middle, [`exchange`], is the same for all operations and sees bytes
//! only; what depends on the operation, the first and the last step, is [`prepare`] and [`finish`].

use std::pin::pin;

use aws_smithy_async::rt::sleep::AsyncSleep;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_types::request_id::RequestId;
use bytes::Bytes;
use tracing::field::Empty;
use tracing::{Instrument, Span, debug, debug_span};

use endpoint::{Context, Endpoint};
use error::OperationError;
use handle::Handle;
use operation::{Customization, Operation, Output, Request};
use required::Required;
use timeout::within;

pub(crate) mod builder;
mod clock;
pub(crate) mod endpoint;
pub(crate) mod enumeration;
pub(crate) mod error;
pub(crate) mod handle;
mod hex;
mod identity;
pub(crate) mod json;
pub(crate) mod operation;
pub(crate) mod own;
pub(crate) mod pagination;
pub(crate) mod required;
mod retry;
pub(crate) mod schema;
mod sign;
mod timeout;
mod transport;
mod user_agent;
mod uuid;
pub(crate) mod waiter;

/// What stands for a value that must not be shown.
#[allow(dead_code, reason = "a model may have no such member")]
pub(crate) const REDACTED: &str = "*** redacted ***";

/// A call without its types.
#[derive(Debug)]
struct Call {
    operation: &'static str,
    host_prefix: Option<String>,
    /// What it says to endpoint rules.
    context: Context,
    body: Bytes,
    /// How the body is compressed, if it is.
    encoding: Option<&'static str>,
    signed: bool,
    customization: Customization,
}

/// What an exchange ends with where it fails; of an answer that is an error, only the metadata is read.
type Failure = SdkError<ErrorMetadata, HttpResponse>;

/// Sends a request and waits for the answer.
pub(crate) async fn send<I: Operation>(
    request: Request<I>,
) -> Result<I::Output, SdkError<I::Error, HttpResponse>> {
    let Request {
        handle,
        input,
        customization,
    } = request;
    let call = prepare(&handle, input, customization).map_err(SdkError::construction_failure)?;
    // Not boxed: an allocation of this size each time takes longer than all of this function.
    let exchange = pin!(exchange(&handle, call));
    finish::<I>(exchange.await)
}

/// Checks and encodes the input.
fn prepare<I: Operation>(
    handle: &Handle,
    mut input: I,
    customization: Customization,
) -> Result<Call, BoxError> {
    input.set_idempotency_token(&|| handle.own(&customization).token());
    let mut required = Required::default();
    input.required(&mut required);
    required.check(I::NAME)?;
    let host_prefix = input.host_prefix()?;
    let (mut body, mut encoding) = (json::encode(&input), None);
    if let Some(compress) = I::COMPRESS
        && handle.own(&customization).compresses(body.len())
    {
        (body, encoding) = (compress(&body)?, Some("gzip"));
    }
    Ok(Call {
        operation: I::NAME,
        host_prefix,
        context: input.endpoint_context(),
        body: Bytes::from(body),
        encoding,
        signed: I::SIGNED,
        customization,
    })
}

/// Decodes the output, or the error that the operation models.
fn finish<I: Operation>(
    outcome: Result<HttpResponse, Failure>,
) -> Result<I::Output, SdkError<I::Error, HttpResponse>> {
    match outcome {
        Ok(response) => match json::decode::<I::Output>(error::body_of(&response)) {
            Ok(mut output) => {
                output.set_request_id(response.request_id().map(str::to_owned));
                Ok(output)
            }
            Err(source) => Err(SdkError::response_error(source, response)),
        },
        Err(SdkError::ServiceError(refusal)) => {
            let meta = refusal.err().clone();
            let response = refusal.into_raw();
            match I::Error::from_response(meta, error::body_of(&response)) {
                Ok(error) => Err(SdkError::service_error(error, response)),
                Err(source) => Err(SdkError::response_error(source, response)),
            }
        }
        Err(failure) => Err(failure.map_service_error(I::Error::generic)),
    }
}

/// Carries a call to the service and back, in as many attempts as it takes.
async fn exchange(handle: &Handle, call: Call) -> Result<HttpResponse, Failure> {
    let overridden = call
        .customization
        .config
        .as_ref()
        .map(|overrides| Box::new(handle.with(overrides)));
    let handle = overridden.as_deref().unwrap_or(handle);
    let span = debug_span!(
        "call",
        rpc.system = "aws-api",
        rpc.service = handle.service.id,
        rpc.method = call.operation,
        http.status_code = Empty,
        aws.request_id = Empty,
    );
    let limit = handle.timeouts.operation_timeout();
    // Futures of this size are pinned where they are made, lest they be copied from hand to hand.
    let attempts = pin!(attempts(handle, &call));
    let all = "the call with all its attempts";
    let outcome = within(limit, all, handle.sleep()?, attempts)
        .instrument(span.clone())
        .await;
    record(&span, &outcome);
    outcome
}

/// Makes attempts until one succeeds or there is no reason for another.
async fn attempts(handle: &Handle, call: &Call) -> Result<HttpResponse, Failure> {
    let account_id = match handle.service.account_id && call.signed {
        true => identity::account_id(&handle.identity().await?),
        false => None,
    };
    let endpoint = Endpoint::of(handle, call, account_id.as_deref())
        .map_err(SdkError::construction_failure)?;
    let sleep = handle.sleep()?;
    let call_id = uuid::v4();
    let mut retries = handle.retry.start();
    loop {
        let number = retries.attempt();
        hold_back(handle, number).await?;
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
            &endpoint,
            &call_id,
            number,
            &connection
        ));
        let outcome = within(limit, "the attempt", sleep, attempt)
            .instrument(span.clone())
            .await;
        record(&span, &outcome);
        let failure = match outcome {
            Ok(response) => {
                retries.succeeded(|| handle.now());
                return Ok(response);
            }
            Err(failure) => failure,
        };
        let verdict = retry::verdict(&failure);
        if handle.retry.reconnects()
            && verdict.as_ref().is_some_and(retry::Verdict::is_transient)
            && let Some(connection) = connection.get()
        {
            connection.poison();
        }
        let Some(delay) = retries.failed(verdict.as_ref(), handle.now()) else {
            return Err(failure);
        };
        debug!(
            attempt = number,
            ?verdict,
            ?delay,
            "the attempt failed; there will be another"
        );
        sleep.sleep(delay).await;
    }
}

/// Waits as long as the client itself wants attempts to be fewer.
async fn hold_back(handle: &Handle, number: u32) -> Result<(), Failure> {
    if !handle.retry.holds_back() {
        return Ok(());
    }
    let mut now = handle.now();
    while let Some(wait) = handle.retry.hold_back(number, now) {
        handle.sleep()?.sleep(wait).await;
        let before = std::mem::replace(&mut now, handle.now());
        if now <= before {
            break; // by a clock that stands still this would never end
        }
    }
    Ok(())
}

/// Makes one attempt: a request, signed now, and its response.
async fn attempt(
    handle: &Handle,
    call: &Call,
    endpoint: &Endpoint,
    call_id: &str,
    number: u32,
    connection: &CaptureSmithyConnection,
) -> Result<HttpResponse, Failure> {
    let mut request =
        http_request(handle, call, endpoint).map_err(SdkError::construction_failure)?;
    let headers = request.headers_mut();
    headers.insert("amz-sdk-invocation-id", call_id.to_owned());
    headers.insert("amz-sdk-request", handle.attempt_info(number));
    call.customization.apply(&mut request).map_err(not_sent)?;

    let identity = match call.signed {
        true => Some(handle.identity().await?),
        false => None,
    };
    let sent = handle.now();
    if let Some(identity) = identity {
        let (scope, time) = (endpoint.scope(handle.service), handle.time_there(sent));
        handle
            .signer
            .sign(&mut request, &identity, &scope, time)
            .map_err(not_sent)?;
    }

    request.add_extension(connection.clone());
    let mut response = handle.transport.send(request, &handle.timeouts).await?;
    if !handle.ignores_skew() {
        handle.clock.learn(&mut response, sent, handle.now());
    }
    let response = transport::collect(response, handle.stall, handle.sleep()?).await?;
    error::check(response, handle.service.query_compatible)
}

/// The request of an attempt, as far as all attempts have it in common.
fn http_request(
    handle: &Handle,
    call: &Call,
    endpoint: &Endpoint,
) -> Result<HttpRequest, BoxError> {
    let service = handle.service;
    let mut request = HttpRequest::new(SdkBody::from(call.body.clone()));
    request.set_method("POST")?;
    request.set_uri(endpoint.url())?;
    let headers = request.headers_mut();
    headers.insert("content-type", service.content_type);
    headers.insert("content-length", call.body.len().to_string());
    headers.insert(
        "x-amz-target",
        [service.target_prefix, call.operation].join("."),
    );
    if let Some(encoding) = call.encoding {
        headers.insert("content-encoding", encoding);
    }
    if service.query_compatible {
        headers.insert("x-amzn-query-mode", "true");
    }
    headers.insert("user-agent", handle.user_agent.clone());
    headers.insert("x-amz-user-agent", handle.user_agent.clone());
    if let Some(trace_id) = user_agent::trace_id() {
        headers.insert("x-amzn-trace-id", trace_id);
    }
    Ok(request)
}

/// A failure between the request and the wire.
fn not_sent(source: BoxError) -> Failure {
    SdkError::dispatch_failure(ConnectorError::other(source, None))
}

/// Notes in a span what is known of the response.
fn record(span: &Span, outcome: &Result<HttpResponse, Failure>) {
    let response = match outcome {
        Ok(response) => Some(response),
        Err(failure) => failure.raw_response(),
    };
    if let Some(response) = response
        && !span.is_disabled()
    {
        span.record("http.status_code", response.status().as_u16());
        span.record("aws.request_id", response.request_id());
    }
}
