//! A client with canned responses, for fuzz targets that use only the public interface.

use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use tokio::runtime::{Builder, Runtime};
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::{Credentials, Region};
use workspaces_sdk::{Client, Config};

/// The secret key that requests are signed with.
pub const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// The session token that requests carry.
pub const SESSION_TOKEN: &str = "IQoJb3JpZ2luX2VjEXAMPLETOKEN";

/// The response of the service.
#[derive(Clone, Debug, Default)]
pub struct CannedResponse {
    /// The HTTP status. An invalid one becomes 200.
    pub status: u16,
    /// The names and values of headers. Headers with invalid values are left out.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A client, and the response of its next call.
#[derive(Debug)]
pub struct Service {
    /// The client.
    pub client: Client,
    /// The runtime for its calls.
    pub runtime: Runtime,
    response: Arc<Mutex<CannedResponse>>,
}

impl Service {
    /// Creates a client that does not retry.
    pub fn new() -> Self {
        let response = Arc::default();
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
            .http_client(CannedClient(Arc::clone(&response)))
            .build();
        Self {
            client: Client::from_conf(config),
            runtime: Builder::new_current_thread()
                .enable_time()
                .build()
                .expect("a runtime"),
            response,
        }
    }

    /// Sets the response of the next call.
    pub fn set_response(&self, response: CannedResponse) {
        *self.response.lock().unwrap_or_else(PoisonError::into_inner) = response;
    }
}

impl Default for Service {
    fn default() -> Self {
        Self::new()
    }
}

/// An HTTP client that returns the current response.
#[derive(Clone, Debug)]
struct CannedClient(Arc<Mutex<CannedResponse>>);

impl HttpConnector for CannedClient {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let canned = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let status = StatusCode::try_from(canned.status)
            .unwrap_or_else(|_| StatusCode::try_from(200).expect("200"));
        let mut response = HttpResponse::new(status, SdkBody::from(canned.body));
        for (name, value) in canned.headers {
            drop(response.headers_mut().try_insert(name, value));
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl HttpClient for CannedClient {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}
