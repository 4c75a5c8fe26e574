//! The connector: it opens connections directly or through a proxy, with or without TLS.

use std::fmt;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use http::{HeaderValue, Uri};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{ConfigBuilderExt, HttpsConnector};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use rustls::ClientConfig;
use tower_service::Service;

use super::Misconfigured;
use super::proxies::Proxies;
use crate::timeout::Elapsed;

/// Opens the connections of a pool.
#[derive(Clone)]
pub(super) struct Connect {
    tcp: HttpConnector,
    proxies: Arc<Proxies>,
    tls: Arc<OnceLock<Arc<ClientConfig>>>,
    timeout: Option<Duration>,
}

impl Connect {
    pub(super) fn new(timeout: Option<Duration>, proxies: Proxies) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Self {
            tcp,
            proxies: Arc::new(proxies),
            tls: Arc::default(),
            timeout,
        }
    }

    /// Returns a connector with the same proxies and TLS configuration and another timeout.
    pub(super) fn with_timeout(&self, timeout: Option<Duration>) -> Self {
        Self {
            timeout,
            ..self.clone()
        }
    }

    /// The limit on the time to connect, including the proxy and the TLS handshake.
    pub(super) fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Returns the authorization that the proxy requires in a request to `uri`, if the proxy reads the request.
    pub(super) fn proxy_authorization(&self, uri: &Uri) -> Option<HeaderValue> {
        if is_https(uri) {
            return None; // The request goes through a tunnel, which was authorized when it was opened.
        }
        // Connecting reports a proxy that cannot be used.
        self.proxies.of(uri).ok()??.basic_auth().cloned()
    }

    /// Opens a connection for requests to `uri`.
    async fn connect(mut self, uri: Uri) -> Result<Stream, BoxError> {
        let Some(proxy) = self.proxies.of(&uri)?.cloned() else {
            let stream = self.open(uri.clone()).await?;
            return self.secure(stream, uri).await;
        };
        let stream = self.open(proxy.uri().clone()).await?;
        let stream = self.secure(stream, proxy.uri().clone()).await?;
        if !is_https(&uri) {
            return Ok(Stream {
                proxied: true,
                ..stream
            });
        }
        let mut tunnel = Tunnel::new(proxy.uri().clone(), Opened(Some(stream)));
        if let Some(authorization) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(authorization.clone());
        }
        let stream = tunnel.call(uri.clone()).await?;
        self.secure(stream, uri).await
    }

    async fn open(&mut self, uri: Uri) -> Result<Stream, BoxError> {
        let io = Box::new(self.tcp.call(uri).await?);
        Ok(Stream { io, proxied: false })
    }

    /// Adds TLS to a connection if the scheme of `uri` is `https`.
    async fn secure(&self, stream: Stream, uri: Uri) -> Result<Stream, BoxError> {
        if !is_https(&uri) {
            return Ok(stream);
        }
        let io = HttpsConnector::from((Opened(Some(stream)), self.tls()?))
            .call(uri)
            .await?;
        Ok(Stream {
            io: Box::new(io),
            proxied: false,
        })
    }

    /// Returns the TLS configuration, which the first connection that needs it creates. After a failure, such as for want of file
    /// descriptors, the next one tries again.
    fn tls(&self) -> Result<Arc<ClientConfig>, Misconfigured> {
        if let Some(config) = self.tls.get() {
            return Ok(config.clone());
        }
        let config = client_config()
            .map_err(|error| Misconfigured(format!("TLS cannot be set up: {error}").into()))?;
        Ok(self.tls.get_or_init(|| Arc::new(config)).clone())
    }
}

fn client_config() -> Result<ClientConfig, BoxError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_native_roots()?
        .with_no_client_auth();
    Ok(config)
}

fn is_https(uri: &Uri) -> bool {
    uri.scheme_str() == Some("https")
}

impl fmt::Debug for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connect")
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

impl Service<Uri> for Connect {
    type Response = Stream;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let this = self.clone();
        Box::pin(async move {
            let Some(limit) = this.timeout else {
                return this.connect(uri).await;
            };
            let result = tokio::time::timeout(limit, this.connect(uri)).await;
            result.unwrap_or_else(|_| Err(Elapsed::new("connecting", limit).into()))
        })
    }
}

/// A connector that returns a connection that is already open.
///
/// With it, tunnels and TLS are compiled once, and not once for each connector below them.
struct Opened(Option<Stream>);

impl Service<Uri> for Opened {
    type Response = Stream;
    type Error = io::Error;
    type Future = std::future::Ready<io::Result<Stream>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        std::future::ready(
            self.0
                .take()
                .ok_or_else(|| io::ErrorKind::NotConnected.into()),
        )
    }
}

/// A stream of bytes in both directions.
trait Io: Read + Write + Send + Unpin + 'static {}

impl<T: Read + Write + Send + Unpin + 'static> Io for T {}

/// A connection: direct, through a proxy, or with TLS.
pub(super) struct Stream {
    io: Box<dyn Io>,
    /// Whether a proxy reads the requests, which then contain the whole URL.
    proxied: bool,
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        Connected::new().proxy(self.proxied)
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(cx, buffer)
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(cx, slices)
    }
}
