//! Sending a request and receiving a response, over any HTTP client.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::timeout::TimeoutConfig;

use crate::error::{Failure, not_sent};
use crate::settings::Settings;

mod collect;
mod components;
#[cfg(feature = "streams")]
pub(crate) mod download;
#[cfg(feature = "default-https-client")]
mod https;
mod plain;
mod stall;
#[cfg(feature = "streams")]
pub(crate) mod upload;

pub(crate) use collect::{SizeLimit, collect};
pub(crate) use stall::{Stall, WINDOW};

#[cfg(all(feature = "test-util", feature = "default-https-client"))]
pub use https::proxies::proxy_for;
pub use plain::{Attempts, PlainClient};

/// The HTTP client of a client, and the components that it needs.
pub(crate) struct Transport {
    client: Option<SharedHttpClient>,
    components: Result<RuntimeComponents, Arc<str>>,
}

impl Transport {
    /// Uses the HTTP client of the settings, or the default one.
    pub(crate) fn new(settings: &Settings) -> Self {
        let components = components::build(settings).map_err(|error| error.to_string().into());
        Self {
            client: settings.http_client.clone().or_else(default_client),
            components,
        }
    }

    /// The transport for other settings, with another client if there is one.
    #[inline]
    pub(crate) fn with(&self, settings: &Settings, client: Option<SharedHttpClient>) -> Self {
        let components = components::build(settings).map_err(|error| error.to_string().into());
        Self {
            client: client.or_else(|| self.client.clone()),
            components,
        }
    }

    /// The HTTP client, if there is one.
    pub(crate) fn client(&self) -> Option<SharedHttpClient> {
        self.client.clone()
    }

    /// What the HTTP client says about itself.
    pub(crate) fn metadata(&self) -> Option<ConnectorMetadata> {
        self.client.as_ref()?.connector_metadata()
    }

    /// The runtime components for HTTP clients and identity caches.
    pub(crate) fn components(&self) -> Result<&RuntimeComponents, Failure> {
        self.components
            .as_ref()
            .map_err(|why| SdkError::construction_failure(why.to_string()))
    }

    /// Sends a request. The body of the response that the future returns has not been read yet.
    ///
    /// # Errors
    /// A dispatch failure when there is no HTTP client.
    pub(crate) fn send(
        &self,
        request: HttpRequest,
        timeouts: &TimeoutConfig,
    ) -> Result<HttpConnectorFuture, Failure> {
        let client = self.client.as_ref().ok_or_else(|| {
            not_sent(
                "no HTTP client is available; enable the feature `default-https-client` or set `http_client` on the configuration".into(),
            )
        })?;
        let mut settings = HttpConnectorSettings::builder();
        settings
            .set_connect_timeout(timeouts.connect_timeout())
            .set_read_timeout(timeouts.read_timeout());
        let connector = client.http_connector(&settings.build(), self.components()?);
        Ok(connector.call(request))
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}

/// Whether the default HTTPS client sends requests to `uri` by a proxy.
#[cfg(all(feature = "bearer", feature = "default-https-client"))]
pub(crate) fn is_proxied(uri: &http::Uri) -> bool {
    https::is_proxied(uri)
}

/// Without the default HTTPS client, it is not known.
#[cfg(all(feature = "bearer", not(feature = "default-https-client")))]
pub(crate) fn is_proxied(_: &http::Uri) -> bool {
    false
}

/// The length of the body that a response announces.
///
/// [RFC 9112](https://www.rfc-editor.org/rfc/rfc9112#section-6.3) ignores the length of a response with `transfer-encoding` or one of
/// these statuses, whose body is empty.
fn announced_length(response: &HttpResponse) -> Option<u64> {
    let headers = response.headers();
    if matches!(response.status().as_u16(), 204 | 304) || headers.contains_key("transfer-encoding")
    {
        return None;
    }
    headers.get("content-length")?.parse().ok()
}

/// Checks that a body has the length that the response announced.
fn check_length(received: u64, length: Option<u64>) -> Result<(), Incomplete> {
    match length {
        Some(length) if length != received => Err(Incomplete(
            format!("received {received} of {length} bytes").into(),
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::body::SdkBody;

    use super::*;

    #[test]
    fn not_every_length_is_that_of_the_body() {
        for (status, headers, expected) in [
            (200, &[("content-length", "5")][..], Some(5)),
            (200, &[("content-length", "x")], None),
            (200, &[], None),
            (204, &[("content-length", "5")], None),
            (304, &[("content-length", "5")], None),
            (
                200,
                &[("content-length", "5"), ("transfer-encoding", "chunked")],
                None,
            ),
        ] {
            let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::empty());
            for (name, value) in headers {
                response.headers_mut().insert(*name, *value);
            }
            assert_eq!(
                announced_length(&response),
                expected,
                "{status} {headers:?}"
            );
        }
    }
}

/// The error of a body that ended early. The service may have processed the request nevertheless.
#[derive(Debug)]
pub(crate) struct Incomplete(BoxError);

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the response is incomplete")
    }
}

impl std::error::Error for Incomplete {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

/// Returns the default client. All clients with this one share its connections.
#[doc(hidden)]
#[cfg(feature = "default-https-client")]
pub fn default_client() -> Option<SharedHttpClient> {
    Some(SharedHttpClient::new(https::DefaultClient::default()))
}

#[doc(hidden)]
#[cfg(not(feature = "default-https-client"))]
pub fn default_client() -> Option<SharedHttpClient> {
    None
}

/// Returns the default client, which ignores the proxies of the environment.
#[cfg(feature = "default-https-client")]
fn direct_client() -> Option<SharedHttpClient> {
    Some(SharedHttpClient::new(
        https::DefaultClient::without_proxies(),
    ))
}

#[cfg(not(feature = "default-https-client"))]
fn direct_client() -> Option<SharedHttpClient> {
    None
}
