//! A server on the loopback interface, and an HTTP client that sends all requests to it.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::{Reply, Rules};

/// A running server, which stops when this is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    state: Arc<State>,
    listening: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    rules: Mutex<Rules>,
    requests: Mutex<Vec<String>>,
    counts: Mutex<HashMap<String, usize>>,
}

impl Server {
    pub(crate) async fn start(rules: Rules) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::<State>::default();
        *state.rules.lock().unwrap() = rules;
        let shared = state.clone();
        let listening = tokio::spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(socket, address, shared.clone()));
            }
        });
        Self {
            address,
            state,
            listening,
        }
    }

    /// The text with addresses in place of `{server}` and `{closed}`.
    pub(crate) fn fill_in(&self, text: &str) -> String {
        let text = text.replace("{server}", &self.address.to_string());
        text.replace("{closed}", "127.0.0.1:1")
    }

    /// The pairs with addresses in place of `{server}` and `{closed}`.
    pub(crate) fn fill_in_all(&self, pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), self.fill_in(value)))
            .collect()
    }

    /// Replaces the rules.
    pub(crate) fn set_rules(&self, rules: Rules) {
        *self.state.rules.lock().unwrap() = rules;
        self.state.counts.lock().unwrap().clear();
    }

    /// Returns the requests since the last call.
    pub(crate) fn take_requests(&self) -> Vec<String> {
        std::mem::take(&mut self.state.requests.lock().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl State {
    /// Records a request and returns the reply.
    fn reply(&self, head: &str, address: SocketAddr) -> Reply {
        let mut lines = head.lines();
        let mut words = lines.next().unwrap_or_default().split(' ');
        let (method, path) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        let header = |name: &str| {
            let mut headers = lines.clone().filter_map(|line| line.split_once(": "));
            let found = headers.find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.to_owned())
        };
        let host = match header("host") {
            Some(host) if host != address.to_string() => format!("http://{host}"),
            _ => String::new(),
        };
        let tokens = [
            "x-aws-ec2-metadata-token",
            "x-aws-ec2-metadata-token-ttl-seconds",
            "authorization",
        ];
        let token = tokens.into_iter().find_map(header);
        let token = token.map_or(String::new(), |token| format!(" {token}"));
        let mut requests = self.requests.lock().unwrap();
        requests.push(format!("{method} {host}{path}{token}"));

        let request = format!("{method} {path}");
        let rules = self.rules.lock().unwrap();
        let rule = rules.iter().find(|(expected, _)| **expected == request);
        let replies = rule.map_or(&[] as &[Reply], |(_, replies)| replies);
        let mut counts = self.counts.lock().unwrap();
        let count = counts.entry(request).or_default();
        let reply = replies.get(*count).or(replies.last());
        *count += 1;
        reply.copied().unwrap_or(Reply::Status(404, "no rule"))
    }
}

async fn serve(mut socket: TcpStream, address: SocketAddr, state: Arc<State>) -> io::Result<()> {
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(socket.read_u8().await?);
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let (status, header, body) = match state.reply(&head, address) {
            Reply::Status(status, body) => (status, String::new(), body),
            Reply::Token(token, ttl) => {
                let header = format!("x-aws-ec2-metadata-token-ttl-seconds: {ttl}\r\n");
                (200, header, token)
            }
            Reply::Bytes(bytes) => return socket.write_all(bytes).await,
            Reply::Endless(bytes) => {
                socket.write_all(bytes).await?;
                return std::future::pending().await;
            }
            Reply::Silence => return std::future::pending().await,
        };
        let length = body.len();
        let response =
            format!("HTTP/1.1 {status} Status\r\n{header}content-length: {length}\r\n\r\n{body}");
        socket.write_all(response.as_bytes()).await?;
        if head.contains("connection: close") {
            return Ok(());
        }
    }
}

/// An HTTP client that sends all requests to one address, whatever their URLs are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Redirect(pub(crate) SocketAddr);

impl HttpClient for Redirect {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(*self)
    }
}

impl HttpConnector for Redirect {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let exchange = exchange(self.0, request);
        HttpConnectorFuture::new(async {
            let (status, headers, body) = exchange
                .await
                .map_err(|error| ConnectorError::io(error.into()))?;
            let mut response = http::Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            let response = response.body(SdkBody::from(body)).unwrap();
            Ok(HttpResponse::try_from(response).unwrap())
        })
    }
}

type Response = (u16, Vec<(String, String)>, Vec<u8>);

async fn exchange(address: SocketAddr, request: HttpRequest) -> io::Result<Response> {
    let uri: http::Uri = request.uri().parse().unwrap();
    let path = uri.path_and_query().unwrap();
    let host = uri.authority().unwrap();
    let mut head = format!("{} {path} HTTP/1.1\r\nhost: {host}\r\n", request.method());
    for (name, value) in request.headers() {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("connection: close\r\n\r\n");
    let mut socket = TcpStream::connect(address).await?;
    socket.write_all(head.as_bytes()).await?;
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes).await?;

    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.ok_or(io::ErrorKind::UnexpectedEof)?;
    let body = bytes.split_off(end + 4);
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.get(9..12)?.parse().ok());
    let status = status.ok_or(io::ErrorKind::InvalidData)?;
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Ok((status, headers.collect(), body))
}
