//! The offline service as an HTTP server, for any SDK or command-line tool.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_async::rt::sleep::AsyncSleep;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, ToSocketAddrs};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::{JoinHandle, JoinSet};

use super::Fake;
use super::server_io::WriteTimeout;
use super::wire;

/// The limits of a server, which keep one client from using all of its memory or connections.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// The maximum number of connections. More wait until one of them is closed.
    connections: usize,
    /// The maximum size of a request body, in bytes.
    body: usize,
    /// The maximum size of the body of [`LARGE`], if the headers declare the size.
    large_body: usize,
    /// The maximum number of bodies of more than `body` that are read and handled at a time. More wait.
    large_bodies: usize,
    /// The time within which a client must send the headers of a request. A connection without a request is closed after it.
    header_time: Duration,
    /// The time within which a client must send the body of a request.
    body_time: Duration,
    /// The time within which a client must read a part of a response.
    read_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let time = Duration::from_secs(30);
        Self {
            connections: 256,
            body: 1024 * 1024,
            // The logos have up to 6 MB, and base64 needs a third more.
            large_body: 9 * 1024 * 1024,
            large_bodies: 4,
            header_time: time,
            body_time: time,
            read_time: time,
        }
    }
}

/// The operation whose requests contain images.
const LARGE: &str = "ImportClientBranding";

/// The maximum size of the headers of a request, in bytes.
const MAX_HEADERS: usize = 64 * 1024;

/// An HTTP server for an offline service. It stops when it is dropped.
#[derive(Debug)]
#[must_use = "a server stops when it is dropped"]
pub struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Fake {
    /// Starts an HTTP server at an address such as `127.0.0.1:8080`. With `127.0.0.1:0` it listens on a
    /// free port.
    ///
    /// The server does not verify signatures, and anyone who can reach the address can use it. Bind it
    /// to the loopback interface only. It runs on the current Tokio runtime.
    ///
    /// The server has at most 256 connections at a time; more wait. It closes a connection that has no request for 30 seconds,
    /// and one on which a request or the reading of a response makes no progress for that time. It responds with the status 413
    /// to a request of more than 1 MiB, and with 408 to one whose body takes longer than 30 seconds. A request of
    /// `ImportClientBranding` with the header `Content-Length` can have 9 MiB; at most four of them are read at a time.
    ///
    /// # Errors
    /// Returns an error if the server cannot listen on the address.
    pub async fn serve(&self, address: impl ToSocketAddrs) -> io::Result<Server> {
        self.serve_within(address, Limits::default()).await
    }

    async fn serve_within(
        &self,
        address: impl ToSocketAddrs,
        limits: Limits,
    ) -> io::Result<Server> {
        let listener = TcpListener::bind(address).await?;
        Ok(Server {
            address: listener.local_addr()?,
            task: tokio::spawn(accept(self.clone(), listener, limits)),
        })
    }
}

impl Server {
    /// Returns the address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the endpoint URL for clients, such as `http://127.0.0.1:8080`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Runs the server until the returned future is dropped.
    pub async fn wait(mut self) {
        // The only error is that the task was aborted or panicked, which ends the server as well.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(fake: Fake, listener: TcpListener, limits: Limits) {
    // Aborting this task drops the set, which closes all connections.
    let mut connections = JoinSet::new();
    let large_bodies = Arc::new(Semaphore::new(limits.large_bodies));
    loop {
        while connections.try_join_next().is_some() {}
        if connections.len() >= limits.connections {
            connections.join_next().await;
            continue;
        }
        let Ok((stream, _)) = listener.accept().await else {
            // The error can be temporary, such as too many open files.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (fake, large_bodies) = (fake.clone(), large_bodies.clone());
        connections.spawn(async move {
            let handler = service_fn(|request| respond(&fake, request, &limits, &large_bodies));
            let mut server = http1::Builder::new();
            server
                .timer(TokioTimer::new())
                .max_buf_size(MAX_HEADERS)
                .header_read_timeout(limits.header_time);
            let stream = WriteTimeout::new(TokioIo::new(stream), limits.read_time);
            // A client that disconnects is not an error of the service.
            let _ = server.serve_connection(stream, handler).await;
        });
    }
}

async fn respond(
    fake: &Fake,
    request: Request<Incoming>,
    limits: &Limits,
    large_bodies: &Semaphore,
) -> Result<Response<Full<Bytes>>, Infallible> {
    if request.method() != Method::POST {
        let message = "This offline Amazon WorkSpaces accepts POST requests of the protocols awsJson 1.1 and rpcv2Cbor.\n";
        return Ok(plain_text(StatusCode::METHOD_NOT_ALLOWED, message));
    }
    let (parts, body) = request.into_parts();
    let header = |name| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let names = [header("x-amz-target").unwrap_or_default(), parts.uri.path()];
    let max = match names.iter().any(|name| name.ends_with(LARGE)) {
        true => limits.large_body,
        false => limits.body,
    };
    let (body, permit) = match read_body(body, max, limits, large_bodies).await {
        Ok(read) => read,
        Err(response) => return Ok(response),
    };
    let (handled, wire) = fake.respond(&wire::Request {
        path: parts.uri.path(),
        target: header("x-amz-target"),
        protocol: header("smithy-protocol"),
        body: &body,
    });
    drop((body, permit));
    if handled.delay > Duration::ZERO {
        fake.clock.sleep(handled.delay).await;
    }
    let mut response = Response::new(Full::from(handled.body));
    *response.status_mut() =
        StatusCode::from_u16(handled.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    for (name, value) in wire {
        headers.insert(*name, HeaderValue::from_static(value));
    }
    if let Ok(id) = HeaderValue::try_from(handled.request_id) {
        headers.insert("x-amzn-requestid", id);
    }
    Ok(response)
}

/// Reads a whole body, and returns it with the permit that a large one needs.
///
/// # Errors
/// Returns the response if the body is too large or incomplete, or takes too long.
async fn read_body<'a>(
    body: Incoming,
    max: usize,
    limits: &Limits,
    large_bodies: &'a Semaphore,
) -> Result<(Bytes, Option<SemaphorePermit<'a>>), Response<Full<Bytes>>> {
    let too_large = || {
        let message = "The request body is too large or incomplete.\n";
        plain_text(StatusCode::PAYLOAD_TOO_LARGE, message)
    };
    // A length that the headers declare need not be read.
    let declared = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if declared > max {
        return Err(too_large());
    }
    let is_large = declared > limits.body;
    let read = async {
        let permit = match is_large {
            true => large_bodies.acquire().await.ok(),
            false => None,
        };
        let body = Limited::new(body, limits.body.max(declared)).collect();
        let body = body.await.map_err(|_| too_large())?;
        Ok((body.to_bytes(), permit))
    };
    match tokio::time::timeout(limits.body_time, read).await {
        Ok(read) => read,
        Err(_) => {
            let message = "The request body took too long.\n";
            Err(plain_text(StatusCode::REQUEST_TIMEOUT, message))
        }
    }
}

/// A response that closes the connection, whose request may not have been read completely.
fn plain_text(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
