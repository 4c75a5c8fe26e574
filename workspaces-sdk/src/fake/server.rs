//! The offline service on a socket, for any SDK or command line.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use aws_smithy_async::rt::sleep::AsyncSleep;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, ToSocketAddrs};
use tokio::task::{JoinHandle, JoinSet};

use super::Fake;
use crate::generated::service::SERVICE;

/// The most bytes that a request may have.
const MAX_BODY: usize = 4 * 1024 * 1024;

/// How long a connection may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(60);

/// A server of an offline service; it stops when it is dropped.
#[derive(Debug)]
#[must_use = "a server stops when it is dropped"]
pub struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Fake {
    /// Answers requests at an address, as `127.0.0.1:8080`, or at a free port with `127.0.0.1:0`.
    ///
    /// Requests need no valid signature. Anyone who reaches the address can use the service, so keep
    /// it to loopback. It runs on the current tokio runtime.
    ///
    /// # Errors
    /// When the address cannot be listened at.
    pub async fn serve(&self, address: impl ToSocketAddrs) -> io::Result<Server> {
        let listener = TcpListener::bind(address).await?;
        Ok(Server {
            address: listener.local_addr()?,
            task: tokio::spawn(accept(self.clone(), listener)),
        })
    }
}

impl Server {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The endpoint URL for clients, as `http://127.0.0.1:8080`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until it ends, which by itself it does not.
    pub async fn wait(mut self) {
        // A task that was stopped or that panicked has ended, too.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(fake: Fake, listener: TcpListener) {
    // Dropped with this task, and with it all connections.
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, for one: it may go better in a moment.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let fake = fake.clone();
        connections.spawn(async move {
            let handler = service_fn(|request| respond(&fake, request));
            let mut server = http1::Builder::new();
            server
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIMEOUT);
            // A client that goes away in the middle is no fault of the service.
            let _ = server.serve_connection(TokioIo::new(stream), handler).await;
        });
    }
}

async fn respond(
    fake: &Fake,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    if request.method() != Method::POST {
        let text = "This is an offline Amazon WorkSpaces: send it POST requests of awsJson 1.1.\n";
        return Ok(plain(StatusCode::METHOD_NOT_ALLOWED, text));
    }
    let target = request.headers().get("x-amz-target");
    let target = target.and_then(|target| target.to_str().ok());
    let target = target.unwrap_or_default().to_owned();
    let Some(body) = read(request.into_body()).await else {
        return Ok(plain(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The request is too long or broke off.\n",
        ));
    };
    let answer = fake.answer(&target, &body);
    if answer.delay > Duration::ZERO {
        fake.clock.sleep(answer.delay).await;
    }
    let mut response = Response::new(Full::from(answer.body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(SERVICE.content_type),
    );
    if let Ok(id) = HeaderValue::try_from(answer.request_id) {
        headers.insert("x-amzn-requestid", id);
    }
    Ok(response)
}

fn plain(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status;
    response
}

/// The whole of a body; `None` when it is too long or breaks off.
async fn read(body: Incoming) -> Option<Bytes> {
    let body = Limited::new(body, MAX_BODY).collect().await.ok()?;
    Some(body.to_bytes())
}
