//! The default HTTP client: HTTP/1.1 over pooled connections, TLS by rustls with the system's roots.

use std::error::Error as StdError;
use std::io;
use std::sync::{Arc, OnceLock};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::body::SdkBody;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector as TcpConnector;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};

type Pool = Client<HttpsConnector<TcpConnector>, SdkBody>;

/// The default client. Nothing is read or opened before its first request.
#[derive(Clone, Debug, Default)]
pub(crate) struct DefaultClient {
    pool: Arc<OnceLock<Result<Pool, Arc<io::Error>>>>,
}

impl HttpClient for DefaultClient {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        self.clone().into_shared()
    }
}

impl HttpConnector for DefaultClient {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let pool = self.pool.get_or_init(|| pool().map_err(Arc::new)).clone();
        HttpConnectorFuture::new(async move {
            let pool = pool.map_err(|error| ConnectorError::other(error.into(), None))?;
            let request = request
                .try_into_http1x()
                .map_err(|error| ConnectorError::user(error.into()))?;
            let response = pool.request(request).await.map_err(connector_error)?;
            HttpResponse::try_from(response.map(SdkBody::from_body_1_x))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// # Errors
/// When the system has no root certificates that can be read.
fn pool() -> io::Result<Pool> {
    let mut tcp = TcpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    let connector = HttpsConnectorBuilder::new()
        .with_provider_and_native_roots(rustls::crypto::ring::default_provider())?
        .https_or_http()
        .enable_http1()
        .wrap_connector(tcp);
    Ok(Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .build(connector))
}

/// An error of the network may be gone with the next attempt; any other will not.
fn connector_error(error: Error) -> ConnectorError {
    if error.is_connect() || find::<io::Error>(&error).is_some() {
        return ConnectorError::io(error.into());
    }
    ConnectorError::other(error.into(), None)
}

/// The first error of type `E` in a chain of sources.
fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    std::iter::successors(Some(error), |&error| error.source())
        .find_map(|error| error.downcast_ref())
}
