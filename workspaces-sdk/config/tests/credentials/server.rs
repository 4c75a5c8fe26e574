//! A server on the loopback interface that takes the part of STS and of the services in [`identity`].

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::case::Reply;
use super::identity;

/// A running server, which stops when this is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    listening: JoinHandle<()>,
}

#[derive(Default)]
struct Seen {
    requests: Vec<String>,
    /// The IDs of the proofs of possession.
    proofs: Vec<String>,
    /// A folder that the next request removes.
    removed: Option<PathBuf>,
}

impl Server {
    /// Starts a server that sends these replies, one after the other.
    pub(crate) async fn start(script: &'static [(&'static str, Reply)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::<Mutex<Seen>>::default();
        let shared = seen.clone();
        let listening = tokio::spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(socket, shared.clone(), script));
            }
        });
        Self {
            address,
            seen,
            listening,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Removes a folder when the next request arrives.
    pub(crate) fn remove(&self, folder: PathBuf) {
        self.seen.lock().unwrap().removed = Some(folder);
    }

    /// Returns the requests that were received.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().requests.clone()
    }

    /// Checks that these requests were received.
    pub(crate) fn check(&self, expected: &[&str]) -> Result<(), String> {
        let requests = self.requests();
        let matches = requests.len() == expected.len()
            && requests
                .iter()
                .zip(expected)
                .all(|(found, expected)| is_like(found, expected));
        match matches {
            true => Ok(()),
            false => Err(format!("   found {requests:#?}\nexpected {expected:#?}")),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Whether two requests are the same, word for word. A word that ends with `*` matches one with digits there.
fn is_like(found: &str, expected: &str) -> bool {
    let (found, expected) = (found.split(' '), expected.split(' '));
    found.clone().count() == expected.clone().count()
        && found.zip(expected).all(|(found, expected)| {
            let digits = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
            match expected.strip_suffix('*') {
                Some(beginning) => found.strip_prefix(beginning).is_some_and(digits),
                None => found == expected,
            }
        })
}

async fn serve(
    mut socket: TcpStream,
    seen: Arc<Mutex<Seen>>,
    script: &'static [(&'static str, Reply)],
) {
    while let Some(request) = read(&mut socket).await {
        let (number, description) = {
            let mut seen = seen.lock().unwrap();
            let description = describe(&request, &mut seen.proofs);
            seen.requests.push(description.clone());
            if let Some(folder) = seen.removed.take() {
                std::fs::remove_dir_all(folder).unwrap();
            }
            (seen.requests.len() - 1, description)
        };
        let unexpected = Reply::Error(400, "NotInTheScript", "the request is not expected");
        let reply = script.get(number).map_or(unexpected, |(_, reply)| *reply);
        let (status, kind, body) = match request.path() {
            "/" => respond(&description, reply),
            path => identity::respond(path, reply),
        };
        let length = body.len();
        let response = format!(
            "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nx-amzn-errortype: {kind}\r\n\r\n{body}"
        );
        socket.write_all(response.as_bytes()).await.unwrap();
    }
}

/// A request, as it was received.
struct Request {
    head: String,
    body: String,
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// Returns the method and the target.
    fn line(&self) -> (&str, &str) {
        let mut words = self.head.split(' ');
        (words.next().unwrap(), words.next().unwrap())
    }

    fn path(&self) -> &str {
        self.line().1.split('?').next().unwrap()
    }
}

/// Reads a request.
async fn read(socket: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let mut body = bytes.split_off(end);
    let mut request = Request {
        head: String::from_utf8(bytes).unwrap(),
        body: String::new(),
    };
    let length = request.header("content-length");
    let length = length.map_or(0, |value| value.parse().unwrap());
    while body.len() < length {
        if socket.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    request.body = String::from_utf8(body).unwrap();
    Some(request)
}

/// Describes a request as [`Case::server`](super::Case::server) does.
fn describe(request: &Request, proofs: &mut Vec<String>) -> String {
    let header = |name: &str| request.header(name);
    let signer = match header("authorization").and_then(|value| value.split_once("Credential=")) {
        Some((_, credential)) => credential.split('/').next(),
        None => Some("unsigned"),
    };
    let signer = signer.map(str::to_owned);
    let token = header("x-amz-security-token").map(|token| format!("+{token}"));
    let (method, target) = request.line();
    if request.path() != "/" {
        let rest = identity::describe(method, target, header, &request.body, proofs);
        let words: Vec<_> = signer.into_iter().chain(token).chain([rest]).collect();
        return words.join(" ");
    }
    let parameters = request.body.split('&').map(decode);
    let parameters = parameters.filter_map(|parameter| match parameter.split_once('=') {
        Some(("Version", _)) => None,
        Some(("Action", action)) => Some(action.to_owned()),
        _ => Some(parameter),
    });
    let words: Vec<_> = signer.into_iter().chain(token).chain(parameters).collect();
    words.join(" ")
}

/// Returns the status, no type of an error, and the body of a response of STS.
fn respond(request: &str, reply: Reply) -> (u16, String, String) {
    let mut words = request.split(' ');
    let action = words.find(|word| word.starts_with("AssumeRole"));
    let (status, body) = match reply {
        Reply::Keys(id) => (200, keys(action.unwrap_or_default(), id)),
        Reply::Error(status, code, message) => (status, error(code, message)),
        Reply::Body(body) => (200, body.to_owned()),
    };
    (status, String::new(), body)
}

/// Decodes percent-encoding.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let hex = [bytes.next().unwrap(), bytes.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    String::from_utf8(decoded).unwrap()
}

fn keys(action: &str, id: &str) -> String {
    format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result>\
         <Credentials><AccessKeyId>{id}</AccessKeyId><SecretAccessKey>SECRET-{id}</SecretAccessKey>\
         <SessionToken>SECRET-TOKEN-{id}</SessionToken><Expiration>2035-01-02T03:04:05Z</Expiration></Credentials>\
         <AssumedRoleUser><AssumedRoleId>AROA:session</AssumedRoleId>\
         <Arn>arn:aws:sts::111122223333:assumed-role/role/session</Arn></AssumedRoleUser>\
         </{action}Result></{action}Response>"
    )
}

fn error(code: &str, message: &str) -> String {
    format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
         <RequestId>id</RequestId></ErrorResponse>"
    )
}
