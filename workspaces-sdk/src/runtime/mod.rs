//! What every operation goes through on its way to the service and back; it knows no service.
//!
//! [`send`] is the whole way. Its middle, [`exchange`], is the same for all operations and sees bytes
//! only; what depends on the operation, the first and the last step, is [`prepare`] and [`finish`].

use std::time::SystemTime;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_types::request_id::RequestId;
use bytes::Bytes;

use crate::config::Config;
use endpoint::Endpoint;
use error::OperationError;
use identity::Credentials;
use operation::{Customization, Operation, Output, Request, Required, Service};
use transport::Transport;

pub(crate) mod builder;
pub(crate) mod endpoint;
pub(crate) mod enumeration;
pub(crate) mod error;
pub(crate) mod identity;
pub(crate) mod json;
pub(crate) mod operation;
pub(crate) mod pagination;
pub(crate) mod sign;
pub(crate) mod transport;
pub(crate) mod uuid;

/// What stands for a value that must not be shown.
#[allow(dead_code, reason = "a model may have no such member")]
pub(crate) const REDACTED: &str = "*** redacted ***";

/// What the calls of one client share.
#[derive(Debug)]
pub(crate) struct Handle {
    service: &'static Service,
    config: Config,
    credentials: Credentials,
    transport: Transport,
}

impl Handle {
    pub(crate) fn new(service: &'static Service, config: Config) -> Self {
        let credentials = Credentials::new(config.settings.credentials_provider.clone());
        let transport = Transport::new(&config);
        Self {
            service,
            config,
            credentials,
            transport,
        }
    }

    /// The handle for a single call with other settings.
    fn with(&self, overrides: &crate::config::Builder) -> Self {
        Self::new(self.service, self.config.with(overrides))
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    fn now(&self) -> SystemTime {
        self.config.time_source().unwrap_or_default().now()
    }
}

/// A call without its types.
#[derive(Debug)]
struct Call {
    operation: &'static str,
    host_prefix: Option<String>,
    body: Bytes,
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
    let call = prepare(input, customization).map_err(SdkError::construction_failure)?;
    // Boxed, lest the state of the exchange be a part of every operation's future.
    finish::<I>(Box::pin(exchange(&handle, call)).await)
}

/// Checks and encodes the input.
fn prepare<I: Operation>(mut input: I, customization: Customization) -> Result<Call, BoxError> {
    let mut required = Required::default();
    input.required(&mut required);
    required.check(I::NAME)?;
    input.set_idempotency_token(&uuid::v4);
    let host_prefix = input.host_prefix()?;
    let body = Bytes::from(json::encode(&input));
    Ok(Call {
        operation: I::NAME,
        host_prefix,
        body,
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

/// Carries a call to the service and back.
async fn exchange(handle: &Handle, call: Call) -> Result<HttpResponse, Failure> {
    let overridden = call
        .customization
        .config
        .as_ref()
        .map(|overrides| handle.with(overrides));
    let handle = overridden.as_ref().unwrap_or(handle);

    let endpoint = Endpoint::resolve(&handle.config, call.host_prefix.as_deref())
        .map_err(Failure::construction_failure)?;
    attempt(handle, &call, &endpoint).await
}

/// Makes one attempt: a request, signed now, and its response.
async fn attempt(
    handle: &Handle,
    call: &Call,
    endpoint: &Endpoint,
) -> Result<HttpResponse, Failure> {
    let mut request =
        http_request(handle.service, call, endpoint).map_err(Failure::construction_failure)?;
    call.customization.apply(&mut request).map_err(not_sent)?;
    let identity = handle.credentials.get().await?;
    sign::sign(
        &mut request,
        &identity,
        &endpoint.scope(handle.service),
        handle.now(),
    )
    .map_err(not_sent)?;
    let response = handle.transport.send(request).await?;
    error::check(response)
}

/// The request of an attempt, not signed yet.
fn http_request(
    service: &Service,
    call: &Call,
    endpoint: &Endpoint,
) -> Result<HttpRequest, BoxError> {
    let length = call.body.len().to_string();
    let target = format!("{}.{}", service.target_prefix, call.operation);
    let mut request = HttpRequest::new(SdkBody::from(call.body.clone()));
    request.set_method("POST")?;
    request.set_uri(endpoint.url())?;
    let headers = request.headers_mut();
    headers.try_insert("content-type", service.content_type)?;
    headers.try_insert("content-length", length)?;
    headers.try_insert("x-amz-target", target)?;
    Ok(request)
}

/// A failure between the request and the wire.
fn not_sent(source: BoxError) -> Failure {
    SdkError::dispatch_failure(ConnectorError::other(source, None))
}
