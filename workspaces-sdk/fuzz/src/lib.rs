//! A client whose answers never come from a socket, for targets that see the public interface only.

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

/// What the service is made to answer.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The HTTP status; one that is none is taken for 200.
    pub status: u16,
    /// Names and values; a value that no header can have is left out.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A client, and the answer that its next call gets.
#[derive(Debug)]
pub struct Service {
    /// The client.
    pub client: Client,
    /// What its calls run on.
    pub runtime: Runtime,
    answer: Arc<Mutex<Answer>>,
}

impl Service {
    /// Makes a client that tries once.
    pub fn new() -> Self {
        let answer = Arc::default();
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
            .http_client(Canned(Arc::clone(&answer)))
            .build();
        Self {
            client: Client::from_conf(config),
            runtime: Builder::new_current_thread()
                .enable_time()
                .build()
                .expect("a runtime"),
            answer,
        }
    }

    /// Sets what the next call gets.
    pub fn answer(&self, answer: Answer) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    }
}

impl Default for Service {
    fn default() -> Self {
        Self::new()
    }
}

/// Gives the answer that is set.
#[derive(Clone, Debug)]
struct Canned(Arc<Mutex<Answer>>);

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let answer = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let status = StatusCode::try_from(answer.status)
            .unwrap_or_else(|_| StatusCode::try_from(200).expect("200"));
        let mut response = HttpResponse::new(status, SdkBody::from(answer.body));
        for (name, value) in answer.headers {
            drop(response.headers_mut().try_insert(name, value));
        }
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
