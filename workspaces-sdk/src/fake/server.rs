//! The offline service as an HTTP server, for any SDK or command-line tool.

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
use lean_aws_runtime::codegen::AwsJson1_1;

/// The maximum size of a request body, in bytes.
const MAX_BODY: usize = 4 * 1024 * 1024;

/// The time within which a client must send the headers of a request.
const HEADER_TIMEOUT: Duration = Duration::from_secs(60);

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
    /// # Errors
    /// Returns an error if the server cannot listen on the address.
    pub async fn serve(&self, address: impl ToSocketAddrs) -> io::Result<Server> {
        let listener = TcpListener::bind(address).await?;
        Ok(Server {
            address: listener.local_addr()?,
            task: tokio::spawn(accept(self.clone(), listener)),
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

async fn accept(fake: Fake, listener: TcpListener) {
    // Aborting this task drops the set, which closes all connections.
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            // The error can be temporary, such as too many open files.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let fake = fake.clone();
        connections.spawn(async move {
            let handler = service_fn(|request| respond(&fake, request));
            let mut server = http1::Builder::new();
            server
                .timer(TokioTimer::new())
                .header_read_timeout(HEADER_TIMEOUT);
            // A client that disconnects is not an error of the service.
            let _ = server.serve_connection(TokioIo::new(stream), handler).await;
        });
    }
}

async fn respond(
    fake: &Fake,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    if request.method() != Method::POST {
        let message =
            "This offline Amazon WorkSpaces accepts POST requests of the awsJson 1.1 protocol.\n";
        return Ok(plain_text(StatusCode::METHOD_NOT_ALLOWED, message));
    }
    let target = request.headers().get("x-amz-target");
    let target = target.and_then(|target| target.to_str().ok());
    let target = target.unwrap_or_default().to_owned();
    let Some(body) = read_body(request.into_body()).await else {
        return Ok(plain_text(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The request body is too large or incomplete.\n",
        ));
    };
    let handled = fake.handle(&target, &body);
    if handled.delay > Duration::ZERO {
        fake.clock.sleep(handled.delay).await;
    }
    let mut response = Response::new(Full::from(handled.body));
    *response.status_mut() =
        StatusCode::from_u16(handled.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(AwsJson1_1::CONTENT_TYPE),
    );
    if let Ok(id) = HeaderValue::try_from(handled.request_id) {
        headers.insert("x-amzn-requestid", id);
    }
    Ok(response)
}

fn plain_text(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status;
    response
}

/// Reads a whole body. Returns `None` if it is too large or incomplete.
async fn read_body(body: Incoming) -> Option<Bytes> {
    let body = Limited::new(body, MAX_BODY).collect().await.ok()?;
    Some(body.to_bytes())
}
