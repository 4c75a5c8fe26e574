//! What the servers on the loopback interface share.

use std::io::BufRead;
use std::net::{TcpListener, TcpStream};
use std::thread;

use anyhow::Result;

/// Listens as long as this program runs, with a thread for each connection. Returns the port.
pub fn listen(serve: impl Fn(TcpStream) -> Result<()> + Clone + Send + 'static) -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            let serve = serve.clone();
            // A client may close the connection at any time.
            thread::spawn(move || drop(serve(socket)));
        }
    });
    Ok(port)
}

/// The part of a request before its body.
pub struct Head {
    /// The first line: the method, the path and the version.
    pub line: String,
    /// The length of the body.
    pub length: u64,
    /// Whether the client waits for the status 100 before it sends the body.
    pub waits: bool,
}

/// Reads the head of the next request; `None` at the end of the connection.
pub fn read_head(reader: &mut impl BufRead) -> Result<Option<Head>> {
    let mut head = Head {
        line: String::new(),
        length: 0,
        waits: false,
    };
    if reader.read_line(&mut head.line)? == 0 {
        return Ok(None);
    }
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line)?;
        let header = line.to_ascii_lowercase();
        if let Some(value) = header.strip_prefix("content-length:") {
            head.length = value.trim().parse()?;
        }
        head.waits |= header.starts_with("expect:");
    }
    Ok(Some(head))
}
