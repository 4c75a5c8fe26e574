//! A server on loopback that acts out what a test wants of the service.
#![allow(dead_code, reason = "no test program uses all of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use streams::Client;
use streams::config::{Builder, Config, Credentials, Region, Intercept};

/// What the server does with the next request.
pub(crate) enum Act {
    /// Reads the request and sends these bytes.
    Respond(Vec<u8>),
    /// Reads the head of the request only, and sends these bytes.
    Reject(Vec<u8>),
    /// Reads the head of the request, and nothing more.
    Ignore,
    /// Reads the request and sends these parts, with a pause after each, and then closes the connection.
    Trickle(Vec<Vec<u8>>, Duration),
    /// Reads the request and sends so many bytes.
    Flood(u64),
    /// Sends these bytes before the request has been read, and reads it slowly with a pause after each read.
    Sip(Duration, Vec<u8>),
}

/// A request as the server received it, or the beginning of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Received {
    pub(crate) head: String,
    pub(crate) len: u64,
    /// The beginning of the body, without the framing of chunks.
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

pub(crate) struct Server {
    port: u16,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// Starts a server that acts once on each request, in this order. The last act is repeated.
    pub(crate) fn new(acts: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let received = Arc::<Mutex<Vec<Received>>>::default();
        let log = received.clone();
        let acts = Arc::new(acts);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (log, acts) = (log.clone(), acts.clone());
                thread::spawn(move || serve(&stream.unwrap(), &log, &acts));
            }
        });
        Self { port, received }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    pub(crate) fn config(&self) -> Builder {
        observed(Config::builder())
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
            .endpoint_url(format!("http://127.0.0.1:{}", self.port))
    }

    pub(crate) fn client(&self) -> Client {
        Client::from_conf(self.config().build())
    }
}

/// A response with this status and body.
pub(crate) fn response(status: u16, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{headers}\r\n{body}").into()
}

fn serve(stream: &TcpStream, log: &Mutex<Vec<Received>>, acts: &[Act]) {
    let mut reader = BufReader::with_capacity(64 * 1024, stream);
    loop {
        let mut request = Received::default();
        while !request.head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut request.head).unwrap_or(0) == 0 {
                return;
            }
        }
        let number = {
            let mut log = log.lock().unwrap();
            log.push(request.clone());
            log.len() - 1
        };
        let act = acts.get(number).or(acts.last()).unwrap();
        let mut writer = stream;
        match act {
            Act::Respond(bytes) => {
                if read_body(&mut reader, &mut request, Duration::ZERO).is_none() {
                    return;
                }
                log.lock().unwrap()[number] = request;
                writer.write_all(bytes).unwrap();
            }
            Act::Sip(pause, bytes) => {
                if read_body(&mut reader, &mut request, *pause).is_none() {
                    return;
                }
                log.lock().unwrap()[number] = request;
                writer.write_all(bytes).unwrap();
            }
            Act::Reject(bytes) => {
                writer.write_all(bytes).unwrap();
                thread::sleep(Duration::from_secs(1));
                return;
            }
            Act::Ignore => {
                thread::sleep(Duration::from_secs(60));
                return;
            }
            Act::Trickle(parts, pause) => {
                read_body(&mut reader, &mut request, Duration::ZERO);
                for part in parts {
                    if writer.write_all(part).is_err() {
                        return;
                    }
                    thread::sleep(*pause);
                }
                return;
            }
            Act::Flood(len) => {
                read_body(&mut reader, &mut request, Duration::ZERO);
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {len}\r\n\r\n");
                writer.write_all(head.as_bytes()).unwrap();
                let part = vec![b'x'; 64 * 1024];
                let mut left = *len;
                while left > 0 {
                    let now = part.len().min(left as usize);
                    if writer.write_all(&part[..now]).is_err() {
                        return;
                    }
                    left -= now as u64;
                }
            }
        }
    }
}

/// Reads the body of a request. Returns `None` if the connection ends before it does.
fn read_body(reader: &mut impl BufRead, request: &mut Received, pause: Duration) -> Option<()> {
    if request.header("transfer-encoding") != Some("chunked") {
        let length = request.header("content-length").unwrap_or("0");
        return read(reader, request, length.parse().unwrap(), pause);
    }
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let length = u64::from_str_radix(line.trim(), 16).ok()?;
        read(reader, request, length, pause)?;
        reader.read_line(&mut String::new()).ok()?;
        if length == 0 {
            return Some(());
        }
    }
}

fn read(
    reader: &mut impl Read,
    request: &mut Received,
    length: u64,
    pause: Duration,
) -> Option<()> {
    let mut buffer = vec![0; 64 * 1024];
    let mut left = length;
    while left > 0 {
        let room = buffer.len().min(left as usize);
        let count = reader.read(&mut buffer[..room]).ok().filter(|it| *it > 0)?;
        left -= count as u64;
        request.len += count as u64;
        if request.body.len() < 1000 {
            request.body.extend(&buffer[..count]);
        }
        thread::sleep(pause);
    }
    Some(())
}

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
