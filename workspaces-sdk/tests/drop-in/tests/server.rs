//! A server on the loopback interface that responds to each request with the next row of a table.

use std::sync::{Arc, Mutex};

use aws_sdk_workspaces::Client;
use drop_in::settings;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A status, the error type or an empty string, and a body. With status 0, the server does not respond.
pub(crate) type Response = (u16, &'static str, &'static str);

/// The requests so far: the operation, all headers as a string, and the body.
pub(crate) type Seen = Arc<Mutex<Vec<(String, String, String)>>>;

/// Starts a server that runs as long as the test, and returns its URL and its requests.
pub(crate) async fn start(responses: &'static [Response]) -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = Seen::default();
    let requests = seen.clone();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(serve(BufReader::new(socket), responses, requests.clone()));
        }
    });
    (url, seen)
}

/// A client of a server with these responses.
pub(crate) async fn client(responses: &'static [Response]) -> (Client, Seen) {
    let (url, seen) = start(responses).await;
    let shared = settings::shared_at(url).await;
    (Client::from_conf(settings::patient(&shared).unwrap()), seen)
}

/// A request in the form that [`bodies`] returns.
pub(crate) fn sent(operation: &str, body: &str) -> (String, String) {
    (operation.to_owned(), body.to_owned())
}

/// The operations and bodies of the requests so far.
pub(crate) fn bodies(seen: &Seen) -> Vec<(String, String)> {
    let seen = seen.lock().unwrap();
    seen.iter()
        .map(|(operation, _, body)| (operation.clone(), body.clone()))
        .collect()
}

async fn serve(mut socket: BufReader<TcpStream>, responses: &[Response], seen: Seen) {
    while let Some(request) = read(&mut socket).await {
        let number = seen.lock().unwrap().len();
        seen.lock().unwrap().push(request);
        let &(status, error, body) = responses
            .get(number)
            .unwrap_or(&(500, "TooManyRequests", ""));
        if status == 0 {
            std::future::pending::<()>().await;
        }
        let mut response = format!(
            "HTTP/1.1 {status} Status\r\nx-amzn-requestid: id-{number}\r\ncontent-length: {}\r\n",
            body.len()
        );
        if !error.is_empty() {
            response += &format!("x-amzn-errortype: {error}\r\n");
        }
        response += &format!("\r\n{body}");
        socket.write_all(response.as_bytes()).await.unwrap();
    }
}

async fn read(socket: &mut BufReader<TcpStream>) -> Option<(String, String, String)> {
    let mut headers = String::new();
    while !headers.ends_with("\r\n\r\n") {
        if socket.read_line(&mut headers).await.ok()? == 0 {
            return None;
        }
    }
    let header = |name: &str| {
        headers.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then(|| value.to_owned())
        })
    };
    let operation = header("x-amz-target").unwrap();
    let operation = operation
        .strip_prefix("WorkspacesService.")
        .unwrap()
        .to_owned();
    let mut body = vec![0; header("content-length").map_or(0, |length| length.parse().unwrap())];
    socket.read_exact(&mut body).await.ok()?;
    Some((operation, headers, String::from_utf8(body).unwrap()))
}
