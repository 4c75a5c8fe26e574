//! The default HTTP client: HTTP/1.1 over pooled connections, and TLS by rustls with the root certificates of the system.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::body::SdkBody;
use http::header::PROXY_AUTHORIZATION;
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};

use crate::timeout::Elapsed;
use connect::Connect;
use failure::{RequestBody, connector_error};
use pool::Pool;
use proxies::Proxies;

mod connect;
mod failure;
mod pool;
pub(crate) mod proxies;

/// The number of connect timeouts whose connections are kept. When there is one more, those of the first are closed.
const MAX_POOLS: usize = 16;

/// The default client. It reads no files and opens no connections before the first request.
///
/// There is a pool for each connect timeout, because the timeout is a property of the connector of a pool.
#[derive(Clone, Debug, Default)]
pub(super) struct DefaultClient {
    pools: Arc<Mutex<Vec<Arc<Pool>>>>,
    /// Whether the proxies of the environment are ignored.
    ignores_proxies: bool,
}

impl DefaultClient {
    /// Creates a client that ignores the proxies of the environment.
    pub(super) fn without_proxies() -> Self {
        Self {
            ignores_proxies: true,
            ..Self::default()
        }
    }

    fn pool(&self, connect_timeout: Option<Duration>) -> Arc<Pool> {
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pool) = pools
            .iter()
            .find(|pool| pool.connect.timeout() == connect_timeout)
        {
            return pool.clone();
        }
        if pools.len() == MAX_POOLS {
            pools.remove(0);
        }
        let connect = match pools.first() {
            Some(pool) => pool.connect.with_timeout(connect_timeout),
            None if self.ignores_proxies => Connect::new(connect_timeout, Proxies::none()),
            None => Connect::new(connect_timeout, Proxies::from_env()),
        };
        let pool = Arc::new(Pool::new(connect));
        pools.push(pool.clone());
        pool
    }
}

/// Whether the environment selects a proxy for requests to `uri`.
#[cfg(feature = "bearer")]
pub(super) fn is_proxied(uri: &http::Uri) -> bool {
    !matches!(Proxies::from_env().of(uri), Ok(None))
}

impl HttpClient for DefaultClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let pool = self.pool(settings.connect_timeout());
        Connector {
            pool,
            read_timeout: settings.read_timeout(),
        }
        .into_shared()
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        Some(ConnectorMetadata::new("hyper", Some("1.x".into())))
    }
}

#[derive(Debug)]
struct Connector {
    pool: Arc<Pool>,
    read_timeout: Option<Duration>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self { pool, read_timeout } = self;
        let (pool, limit) = (pool.clone(), *read_timeout);
        HttpConnectorFuture::new(async move {
            let smithy_connection = request.extension::<CaptureSmithyConnection>().cloned();
            let mut request = request
                .try_into_http1x()
                .map_err(|error| ConnectorError::user(error.into()))?
                .map(RequestBody);
            if let Some(smithy_connection) = smithy_connection {
                let connection = capture_connection(&mut request);
                smithy_connection.set_connection_retriever(move || metadata(&connection));
            }
            if let Some(authorization) = pool.connect.proxy_authorization(request.uri()) {
                request
                    .headers_mut()
                    .insert(PROXY_AUTHORIZATION, authorization);
            }
            let response = pool
                .request(request)
                .map_err(|error| ConnectorError::user(error.into()))?;
            let response = match limit {
                Some(limit) => tokio::time::timeout(limit, response).await.map_err(|_| {
                    ConnectorError::timeout(Elapsed::new("waiting for the response", limit).into())
                })?,
                None => response.await,
            };
            let response = response.map_err(connector_error)?;
            HttpResponse::try_from(response.map(SdkBody::from_body_1_x))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// Returns the metadata of the connection of a request, once it has one. They can poison the connection, which keeps it from
/// being used again.
fn metadata(connection: &CaptureConnection) -> Option<ConnectionMetadata> {
    let proxied = connection.connection_metadata().as_ref()?.is_proxied();
    let connection = connection.clone();
    let poison = move || {
        if let Some(connected) = connection.connection_metadata().as_ref() {
            connected.poison();
        }
    };
    Some(
        ConnectionMetadata::builder()
            .proxied(proxied)
            .poison_fn(poison)
            .build(),
    )
}

/// The error of a local configuration with which no connection can be made.
#[derive(Clone, Debug)]
struct Misconfigured(Arc<str>);

impl fmt::Display for Misconfigured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Misconfigured {}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program can set another timeout for each call.
    #[test]
    fn the_number_of_pools_is_limited() {
        let client = DefaultClient::without_proxies();
        for milliseconds in 0..100 {
            let timeout = Some(Duration::from_millis(milliseconds));
            let pool = client.pool(timeout);
            assert_eq!(pool.connect.timeout(), timeout);
            assert!(Arc::ptr_eq(&pool, &client.pool(timeout)));
        }
        assert_eq!(client.pools.lock().unwrap().len(), MAX_POOLS);
    }
}
