//! The service: a server on the loopback interface, whose responses depend only on the path of the request.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use anyhow::Result;

#[path = "../programs/bodies.rs"]
mod bodies;

/// Starts a server that runs as long as this program, and returns its URL.
pub fn start() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            // A client may close the connection at any time.
            thread::spawn(move || drop(serve(&socket)));
        }
    });
    Ok(url)
}

fn serve(mut socket: &TcpStream) -> Result<()> {
    socket.set_nodelay(true)?;
    let mut reader = BufReader::new(socket);
    let mut cached = (String::new(), Vec::new());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let path = line
            .split(' ')
            .nth(1)
            .unwrap_or_default()
            .trim_matches('/')
            .to_owned();
        let mut length = 0;
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line)?;
            let header = line.to_ascii_lowercase();
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
        }
        reader.read_exact(&mut vec![0; length])?;
        if cached.0 != path {
            cached = (path.clone(), response(&path));
        }
        socket.write_all(&cached.1)?;
    }
}

fn response(path: &str) -> Vec<u8> {
    let (status, body) = bodies::response(path);
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/x-amz-json-1.1\r\n\
         x-amzn-requestid: 01234567-89ab-4cde-8f01-23456789abcd\r\ndate: Sun, 22 Nov 2026 00:00:00 GMT\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}
