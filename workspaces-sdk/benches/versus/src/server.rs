//! The service: a server on the loopback interface, whose responses depend only on the path of the request.

use std::io::{BufReader, Read, Write, copy, sink};
use std::net::TcpStream;

use anyhow::Result;

use crate::cbor;
use crate::loopback::{listen, read_head};

#[path = "../programs/bodies.rs"]
mod bodies;

/// Starts a server that runs as long as this program, and returns its URL.
pub fn start() -> Result<String> {
    Ok(format!("http://127.0.0.1:{}", listen(serve)?))
}

fn serve(socket: TcpStream) -> Result<()> {
    socket.set_nodelay(true)?;
    let mut reader = BufReader::new(&socket);
    let mut cached = (String::new(), Vec::new());
    while let Some(head) = read_head(&mut reader)? {
        let path = head.line.split(' ').nth(1).unwrap_or_default();
        let path = path.trim_matches('/').to_owned();
        copy(&mut reader.by_ref().take(head.length), &mut sink())?;
        if cached.0 != path {
            let response = match path.split_once('/') {
                Some((scenario, _)) => cbor_response(scenario)?,
                None => response(&path),
            };
            cached = (path, response);
        }
        (&socket).write_all(&cached.1)?;
    }
    Ok(())
}

/// The same response over CBOR. The path of a request contains the operation there.
fn cbor_response(scenario: &str) -> Result<Vec<u8>> {
    let (status, body) = bodies::response(scenario);
    let mut content = Vec::new();
    cbor::encode(&serde_json::from_str(&body)?, &mut content);
    let length = content.len();
    let head = format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/cbor\r\nsmithy-protocol: rpc-v2-cbor\r\n\
         x-amzn-requestid: 01234567-89ab-4cde-8f01-23456789abcd\r\ndate: Sun, 22 Nov 2026 00:00:00 GMT\r\n\
         content-length: {length}\r\n\r\n"
    );
    Ok([head.into_bytes(), content].concat())
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
