//! A server on the loopback interface that sends objects with their checksums and discards what it receives, over HTTPS.

use std::fs;
use std::io::{BufReader, Read, Write, copy, sink};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::loopback::{listen, read_head};

/// The bytes that are written at once.
const PIECE: usize = 64 * 1024;

/// A server that runs as long as this program.
pub struct Server {
    pub url: String,
    /// The certificate that clients must trust.
    pub certificate: PathBuf,
}

/// Starts the server.
///
/// The first number in the path of a GET request is the size of the object.
pub fn start() -> Result<Server> {
    let issued = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    let certificate = Path::new("target").join("certificate.pem");
    fs::write(&certificate, issued.cert.pem())?;
    let key = PrivatePkcs8KeyDer::from(issued.signing_key.serialize_der());
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![issued.cert.der().clone()], key.into())?;
    let config = Arc::new(config);
    let port = listen(move |socket| serve(socket, config.clone()))?;
    Ok(Server {
        url: format!("https://localhost:{port}"),
        certificate,
    })
}

fn serve(socket: TcpStream, config: Arc<ServerConfig>) -> Result<()> {
    socket.set_nodelay(true)?;
    let stream = StreamOwned::new(ServerConnection::new(config)?, socket);
    let mut reader = BufReader::with_capacity(PIECE, stream);
    let piece = [b'x'; PIECE];
    let mut known = (usize::MAX, String::new());
    while let Some(head) = read_head(&mut reader)? {
        if head.waits {
            reader
                .get_mut()
                .write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        copy(&mut reader.by_ref().take(head.length), &mut sink())?;
        let size = match head.line.starts_with("GET ") {
            true => size(&head.line),
            false => 0,
        };
        if known.0 != size {
            known = (size, response_head(size, &piece));
        }
        let socket = reader.get_mut();
        socket.write_all(known.1.as_bytes())?;
        let mut left = size;
        while left > 0 {
            let next = left.min(PIECE);
            socket.write_all(&piece[..next])?;
            left -= next;
        }
        socket.flush()?;
    }
    Ok(())
}

/// Returns the first number between slashes.
fn size(request: &str) -> usize {
    let mut parts = request.split('/');
    parts.find_map(|part| part.parse().ok()).unwrap_or_default()
}

/// Returns the status line and the headers of a response with an object of this size.
fn response_head(size: usize, piece: &[u8]) -> String {
    let mut hasher = crc32fast::Hasher::new();
    let mut left = size;
    while left > 0 {
        let next = left.min(PIECE);
        hasher.update(&piece[..next]);
        left -= next;
    }
    let checksum = BASE64_STANDARD.encode(hasher.finalize().to_be_bytes());
    format!(
        "HTTP/1.1 200 OK\r\nx-amz-request-id: 0123456789ABCDEF\r\nx-amz-id-2: abcdefghijklmnopqrstuvwxyz0123456789=\r\n\
         date: Sun, 22 Nov 2026 00:00:00 GMT\r\netag: \"0123456789abcdef0123456789abcdef\"\r\n\
         x-amz-checksum-crc32: {checksum}\r\nx-amz-checksum-type: FULL_OBJECT\r\n\
         content-type: binary/octet-stream\r\ncontent-length: {size}\r\n\r\n"
    )
}
