//! Getting a request out and a whole response back, over any HTTP client.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorSettings, SharedHttpClient,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use http_body_util::{BodyExt, Limited};

use super::Failure;
use crate::config::Config;

mod components;
#[cfg(feature = "default-https-client")]
mod https;

/// The most bytes that the body of a response may have; a longer one is an error.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// What carries requests.
pub(crate) struct Transport {
    client: Option<SharedHttpClient>,
    components: Result<RuntimeComponents, Arc<str>>,
}

impl Transport {
    /// The HTTP client of the configuration, else the default one.
    pub(crate) fn new(config: &Config) -> Self {
        let components = components::build(config).map_err(|error| error.to_string().into());
        Self {
            client: config.http_client().or_else(default_client),
            components,
        }
    }

    /// Sends a request and collects the response.
    ///
    /// # Errors
    /// A dispatch failure when there is no response, a response error when its body is cut short or
    /// too long, a construction failure when there is nothing to send with.
    pub(crate) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        let client = self.client.as_ref().ok_or_else(|| {
            SdkError::construction_failure(
                "there is no HTTP client; enable the feature `default-https-client` or set `http_client` on the configuration",
            )
        })?;
        let components = self
            .components
            .as_ref()
            .map_err(|why| SdkError::construction_failure(why.to_string()))?;
        let connector = client.http_connector(&HttpConnectorSettings::default(), components);
        let response = connector
            .call(request)
            .await
            .map_err(SdkError::dispatch_failure)?;
        collect(response).await
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}

/// Reads the body into memory. The response that an error carries has an empty body.
async fn collect(mut response: HttpResponse) -> Result<HttpResponse, Failure> {
    let body = std::mem::replace(response.body_mut(), SdkBody::empty());
    match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => {
            *response.body_mut() = SdkBody::from(body.to_bytes());
            Ok(response)
        }
        Err(error) => Err(SdkError::response_error(error, response)),
    }
}

#[cfg(feature = "default-https-client")]
fn default_client() -> Option<SharedHttpClient> {
    Some(SharedHttpClient::new(https::DefaultClient::default()))
}

#[cfg(not(feature = "default-https-client"))]
fn default_client() -> Option<SharedHttpClient> {
    None
}
