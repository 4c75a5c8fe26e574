//! Presigned requests: requests that can be sent without credentials for a limited time.
//!
//! The method `presigned` of an operation's builder signs a request in place of sending it. Operations that support this
//! have the method.

use std::borrow::Cow;
use std::fmt;

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::body::SdkBody;
use http::HeaderName;
use http::header::CONTENT_TYPE;
use http::request::Parts;

use crate::auth::AuthScheme;
use crate::codegen::REDACTED;
use crate::customize::{BoxFuture, Customization};
use crate::endpoint::{Context, Endpoint, SIGV4};
use crate::error::modeled::OperationError;
use crate::error::{Failure, not_sent};
use crate::handle::Handle;
use crate::headers::set_header;
use crate::operation::{Operation, ProtocolOf, Service};
use crate::orchestrator::{complete, context_of, request_to};
use crate::protocol::{Protocol, SerializedRequest};
use crate::request::Request;

mod config;
pub(crate) mod intercepted;
mod macros;

pub use config::{PresigningConfig, PresigningConfigBuilder, PresigningConfigError};

/// A request with a signature in its query: the method, the URI and the headers. Whoever has the URI can send it.
#[derive(Clone)]
#[non_exhaustive]
pub struct PresignedRequest {
    uri: String,
    parts: Parts,
}

impl PresignedRequest {
    fn new(request: HttpRequest) -> Result<Self, BoxError> {
        let uri = request.uri().to_owned();
        let (parts, _) = request.try_into_http1x()?.into_parts();
        Ok(Self { uri, parts })
    }

    /// The method.
    pub fn method(&self) -> &str {
        self.parts.method.as_str()
    }

    /// The URI, which contains the signature.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// The headers that must be sent. `host`, which an HTTP client takes from the URI, is not among them.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.parts.headers.iter();
        headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// Creates an HTTP request with this body.
    pub fn make_http_1x_request<B>(&self, body: B) -> http::Request<B> {
        self.clone().into_http_1x_request(body)
    }

    /// Converts this into an HTTP request with this body.
    pub fn into_http_1x_request<B>(self, body: B) -> http::Request<B> {
        http::Request::from_parts(self.parts, body)
    }
}

/// Shows neither the query, which contains the signature, nor the values of headers.
impl fmt::Debug for PresignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (url, _) = self.uri.split_once('?').unwrap_or((&self.uri, ""));
        let names: Vec<_> = self.parts.headers.keys().collect();
        f.debug_struct("PresignedRequest")
            .field("method", &self.method())
            .field("uri", &format_args!("{url}?{REDACTED}"))
            .field("headers", &names)
            .finish()
    }
}

/// An operation whose requests can be presigned, implemented for its input type.
#[doc(hidden)]
pub trait Presign: Operation {
    /// Serializes the request that is presigned, which has no body.
    ///
    /// # Errors
    /// When the input lacks a member that the request needs, such as a part of the path.
    fn serialize_presigned(self) -> Result<SerializedRequest, BoxError> {
        let message = self.into_message(Self::Service::METADATA)?;
        ProtocolOf::<Self>::without_body(message)
    }
}

/// The result of presigning a request.
pub type PresignedResult<E> = Result<PresignedRequest, SdkError<E, HttpResponse>>;

/// A request that can be presigned with a customization.
pub trait CustomizablePresigned<E>: Send + Sync {
    /// Presigns the request.
    fn presign(
        self,
        customization: Customization,
        config: PresigningConfig,
    ) -> BoxFuture<PresignedResult<E>>;
}

/// Presigns a request.
///
/// # Errors
/// The errors of sending a request that do not come from the service.
#[doc(hidden)]
pub async fn presign<I: Presign>(
    request: Request<I>,
    config: PresigningConfig,
) -> PresignedResult<I::Error> {
    let Request {
        handle,
        input,
        mut customization,
    } = request;
    let handle = &*customization.overridden(handle);
    if I::Service::IS_EXTENSIBLE
        && let Some(run) = customization.presign(handle)
    {
        let request = intercepted::Request::new(input, customization);
        return match run(handle, request, &config).await {
            Ok(presigned) => Ok(presigned),
            Err(outcome) => Err(intercepted::restore::<I>(outcome)),
        };
    }
    let signed = match signable(handle, input) {
        Ok(call) => sign(handle, call, &customization, &config).await,
        Err(error) => Err(SdkError::construction_failure(error)),
    };
    signed.map_err(|failure| failure.map_service_error(I::Error::generic))
}

/// A call that is presigned, without the types of its operation.
#[derive(Debug)]
struct Signable {
    host_prefix: Option<String>,
    endpoint_context: Context,
    /// See [`Service::CONTENT_SHA256`].
    content_sha256: bool,
    message: SerializedRequest,
}

fn signable<I: Presign>(handle: &Handle, mut input: I) -> Result<Signable, BoxError> {
    complete(handle, &mut input)?;
    Ok(Signable {
        host_prefix: input.host_prefix()?,
        endpoint_context: context_of(handle, &input),
        content_sha256: I::Service::CONTENT_SHA256,
        message: without_default_type(input.serialize_presigned()?),
    })
}

/// Removes the content type, unless the caller set it: whoever sends the request chooses the body and its type.
fn without_default_type(mut message: SerializedRequest) -> SerializedRequest {
    // Only a value of the caller is owned.
    let is_default = |(name, value): &(HeaderName, Cow<'static, str>)| {
        *name == CONTENT_TYPE && matches!(value, Cow::Borrowed(_))
    };
    message.headers.retain(|header| !is_default(header));
    message
}

async fn sign(
    handle: &Handle,
    call: Signable,
    customization: &Customization,
    config: &PresigningConfig,
) -> Result<PresignedRequest, Failure> {
    let (identity, endpoint) = resolve(handle, &call).await?;
    let mut request = build(endpoint.url(), &call.message)?;
    endpoint.add_headers(request.headers_mut())?;
    customization.apply(&mut request).map_err(not_sent)?;
    add_signature(handle, &call, &identity, &endpoint, config, &mut request)?;
    PresignedRequest::new(request).map_err(SdkError::construction_failure)
}

/// Returns the credentials and the endpoint of a call.
async fn resolve<'a>(
    handle: &'a Handle,
    call: &Signable,
) -> Result<(Identity, Cow<'a, Endpoint>), Failure> {
    let identity = handle.credentials().await?;
    let account_id = handle.account_id(AuthScheme::SigV4, Some(&identity));
    let endpoint = handle.endpoint(
        &call.endpoint_context,
        call.host_prefix.as_deref(),
        account_id.as_deref(),
        SIGV4,
    );
    Ok((identity, endpoint.await?))
}

/// Builds a request below `url`, with the headers that depend on the input.
fn build(url: &str, message: &SerializedRequest) -> Result<HttpRequest, Failure> {
    let mut request = request_to(url, message, SdkBody::empty())?;
    let headers = request.headers_mut();
    for (name, value) in &message.headers {
        set_header(headers, name, value).map_err(SdkError::construction_failure)?;
    }
    Ok(request)
}

/// Adds the signature to the query of a request.
fn add_signature(
    handle: &Handle,
    call: &Signable,
    identity: &Identity,
    endpoint: &Endpoint,
    config: &PresigningConfig,
    request: &mut HttpRequest,
) -> Result<(), Failure> {
    let ends_early = identity
        .data::<Credentials>()
        .and_then(Credentials::expiry)
        .is_some_and(|expiry| Some(expiry) < config.end());
    if ends_early {
        tracing::warn!(
            "the credentials expire before the presigned request, which is then invalid"
        );
    }
    let mut scope = endpoint.scope(handle.service.signing_name);
    scope.hash_header = call.content_sha256;
    let (start, valid) = (config.start_time(), config.expires());
    let presigned = handle
        .signer
        .presign(request, identity, &scope, start, valid);
    presigned.map_err(not_sent)
}
