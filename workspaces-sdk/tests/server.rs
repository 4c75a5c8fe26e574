//! A server on the loopback interface that sends the bytes that a test defines.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use workspaces_sdk::Config;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::{Builder, Credentials, Intercept, Region};

/// An interceptor that does nothing.
#[derive(Debug)]
struct Observer;

impl Intercept for Observer {
    fn name(&self) -> &'static str {
        "Observer"
    }
}

/// Adds an interceptor that does nothing if the environment has the variable `OBSERVED`. Calls with hooks take another way
/// through the client, on which all tests must pass as well.
fn observed(config: Builder) -> Builder {
    match std::env::var_os("OBSERVED") {
        Some(_) => config.interceptor(Observer),
        None => config,
    }
}

/// A step of the server on a connection.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Waits.
    Wait(Duration),
    /// Closes the connection.
    Close,
    /// Resets the connection.
    Reset,
}

/// A request that was received.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Request {
    /// The number of its connection, starting at 0.
    pub(crate) connection: usize,
    /// The first line.
    pub(crate) line: String,
    /// The headers, with names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The name of the operation.
    pub(crate) fn operation(&self) -> &str {
        self.header("x-amz-target")
            .unwrap()
            .split_once('.')
            .unwrap()
            .1
    }
}

/// A running server, which stops when this is dropped.
pub(crate) struct Server {
    number: usize,
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    listening: JoinHandle<()>,
}

impl Server {
    /// Starts a server. `respond` gets the number of a request, starting at 0, and the request.
    pub(crate) async fn start<F>(respond: F) -> Self
    where
        F: Fn(usize, &Request) -> Vec<Step> + Send + Sync + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, respond) = (requests.clone(), Arc::new(respond));
        let listening = tokio::spawn(async move {
            for connection in 0.. {
                let (socket, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(connection, socket, seen.clone(), respond.clone()));
            }
        });
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        Self {
            number: STARTED.fetch_add(1, Ordering::Relaxed),
            address,
            requests,
            listening,
        }
    }

    /// Starts a server that takes the same steps for every request.
    pub(crate) async fn always(steps: Vec<Step>) -> Self {
        Self::start(move |_, _| steps.clone()).await
    }

    /// A configuration for this server, without retries. No other server of the process has the same Region, so it has a
    /// separate retry quota even if another server had the same port.
    pub(crate) fn config(&self) -> Builder {
        observed(Config::builder())
            .behavior_version_latest()
            .region(Region::new(format!("test-{}", self.number)))
            .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
            .retry_config(RetryConfig::disabled())
            .endpoint_url(self.url())
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// All requests received so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The request with this number, starting at 0.
    pub(crate) fn request_at(&self, number: usize) -> Request {
        self.requests()[number].clone()
    }

    /// The only request. Panics if there are none or several.
    pub(crate) fn request(&self) -> Request {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0].clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn serve<F>(
    connection: usize,
    mut socket: TcpStream,
    seen: Arc<Mutex<Vec<Request>>>,
    respond: Arc<F>,
) where
    F: Fn(usize, &Request) -> Vec<Step>,
{
    while let Some(request) = read(connection, &mut socket).await {
        let number = {
            let mut seen = seen.lock().unwrap();
            seen.push(request.clone());
            seen.len() - 1
        };
        for step in respond(number, &request) {
            match step {
                // The client may have closed the connection already.
                Step::Send(bytes) => drop(socket.write_all(&bytes).await),
                Step::Wait(time) => tokio::time::sleep(time).await,
                Step::Close => return,
                Step::Reset => {
                    socket.set_zero_linger().unwrap();
                    return;
                }
            }
        }
    }
}

async fn read(connection: usize, socket: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).unwrap();
    let mut lines = text.lines();
    let line = lines.next().unwrap().to_owned();
    let headers: Vec<_> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = bytes.split_off(head + 4);
    while body.len() < length {
        if socket.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(Request {
        connection,
        line,
        headers,
        body: String::from_utf8(body).unwrap(),
    })
}

/// A complete response.
pub(crate) fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Vec<Step> {
    let mut text = format!(
        "HTTP/1.1 {status} Status\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    vec![Step::Send(format!("{text}\r\n{body}").into_bytes())]
}
