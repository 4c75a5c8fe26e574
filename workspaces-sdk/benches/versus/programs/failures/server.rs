//! A server on the loopback interface that sends the bytes of a fault.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A step of the server on a connection.
#[derive(Clone)]
pub enum Step {
    Send(Vec<u8>),
    Wait(Duration),
    Close,
    Reset,
}

/// The numbers of requests that the server received, by their path without slashes at the ends.
#[derive(Clone, Default)]
pub struct Requests(Arc<Mutex<HashMap<String, usize>>>);

impl Requests {
    pub fn count(&self, path: &str) -> usize {
        let counts = self.0.lock().expect("no other holder panics");
        counts.get(path).copied().unwrap_or_default()
    }

    fn add(&self, path: &str) {
        let mut counts = self.0.lock().expect("no other holder panics");
        *counts.entry(path.to_owned()).or_default() += 1;
    }
}

/// Starts a server and returns its port. The steps depend on the path; without a path, they are taken before a request is
/// read.
pub async fn start<F>(requests: Requests, reads: bool, steps: F) -> u16
where
    F: Fn(&str) -> Vec<Step> + Send + Sync + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let steps = Arc::new(steps);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let (requests, steps) = (requests.clone(), steps.clone());
            tokio::spawn(async move { serve(socket, &requests, reads, &*steps).await });
        }
    });
    port
}

/// Serves a connection until a step or the client closes it.
async fn serve(
    mut socket: TcpStream,
    requests: &Requests,
    reads: bool,
    steps: &(dyn Fn(&str) -> Vec<Step> + Sync),
) -> Option<()> {
    loop {
        let mut path = String::new();
        if reads {
            path = read_request(&mut socket).await?;
            requests.add(&path);
        }
        for step in steps(&path) {
            match step {
                Step::Send(bytes) => socket.write_all(&bytes).await.ok()?,
                Step::Wait(time) => tokio::time::sleep(time).await,
                Step::Close => return None,
                Step::Reset => {
                    socket.set_zero_linger().ok()?;
                    return None;
                }
            }
        }
    }
}

/// Reads a request and returns its path, which is that of the URL if a proxy reads the request.
async fn read_request(socket: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let head = loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            break String::from_utf8_lossy(&bytes[..end]).into_owned();
        }
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, length)| length.trim().parse().ok())
        .unwrap_or(0);
    while bytes.len() < head.len() + 4 + length {
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let url = head.split(' ').nth(1)?;
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').unwrap_or_default().1,
        None => url,
    };
    Some(path.trim_matches('/').to_owned())
}
