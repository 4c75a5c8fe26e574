//! A client with canned responses, for fuzz targets that use only the public interface.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame};
use tokio::runtime::{Builder, Runtime};
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::{Credentials, Region};
use workspaces_sdk::{Client, Config};

/// The secret key that requests are signed with.
pub const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// The session token that requests carry.
pub const SESSION_TOKEN: &str = "IQoJb3JpZ2luX2VjEXAMPLETOKEN";

/// The maximum size of a response, in bytes.
pub const MAX_RESPONSE_SIZE: usize = 1_000_000;

/// The response of the service.
#[derive(Clone, Debug, Default)]
pub struct CannedResponse {
    /// The HTTP status. An invalid one becomes 200.
    pub status: u16,
    /// The names and values of headers. Headers with invalid values are left out.
    pub headers: Vec<(&'static str, Vec<u8>)>,
    /// The body.
    pub body: Bytes,
    /// Whether the body arrives in parts, as it does from a server.
    pub in_parts: bool,
}

/// A client, and the response of its next call.
#[derive(Debug)]
pub struct Service {
    /// The client.
    pub client: Client,
    /// The runtime for its calls.
    pub runtime: Runtime,
    canned: Canned,
}

impl Service {
    /// Creates a client that does not retry.
    pub fn new() -> Self {
        let canned = Canned::default();
        let config = Config::builder()
            .behavior_version_latest()
            .region(Region::from_static("eu-west-1"))
            .credentials_provider(Credentials::new(
                "AKIDEXAMPLE",
                SECRET_KEY,
                Some(SESSION_TOKEN.to_owned()),
                None,
                "fuzz",
            ))
            .retry_config(RetryConfig::disabled())
            .http_client(canned.clone())
            .max_response_size_bytes(MAX_RESPONSE_SIZE)
            .build();
        Self {
            client: Client::from_conf(config),
            runtime: Builder::new_current_thread()
                .enable_time()
                .build()
                .expect("a runtime"),
            canned,
        }
    }

    /// Sets the response of the next call.
    pub fn set_response(&self, response: CannedResponse) {
        self.canned.lock().0 = response;
    }

    /// The value of `x-amz-date` in the last request.
    pub fn signed_at(&self) -> String {
        self.canned.lock().1.clone()
    }
}

impl Default for Service {
    fn default() -> Self {
        Self::new()
    }
}

/// An HTTP client that returns the current response, and keeps the time at which a request was signed.
#[derive(Clone, Debug, Default)]
struct Canned(Arc<Mutex<(CannedResponse, String)>>);

impl Canned {
    fn lock(&self) -> std::sync::MutexGuard<'_, (CannedResponse, String)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut canned = self.lock();
        canned.1 = request
            .headers()
            .get("x-amz-date")
            .unwrap_or_default()
            .to_owned();
        let canned = canned.0.clone();
        let mut response = http::Response::builder().status(canned.status);
        if let Some(headers) = response.headers_mut() {
            for (name, value) in canned.headers {
                if let Ok(value) = http::HeaderValue::from_bytes(&value) {
                    headers.insert(name, value);
                }
            }
        }
        let body = match canned.in_parts {
            false => SdkBody::from(canned.body),
            true => SdkBody::from_body_1_x(Parts::of(canned.body)),
        };
        let response = response.body(body).expect("valid headers and status");
        let response = HttpResponse::try_from(response).expect("any response");
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl HttpClient for Canned {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

/// A body that arrives in parts of different lengths.
struct Parts(VecDeque<Bytes>);

impl Parts {
    fn of(mut body: Bytes) -> Self {
        let mut parts = VecDeque::new();
        while body.len() > 2 {
            parts.push_back(body.split_to(body.len() / 2));
        }
        parts.push_back(body);
        Self(parts)
    }
}

impl Body for Parts {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|part| Ok(Frame::data(part))))
    }
}
