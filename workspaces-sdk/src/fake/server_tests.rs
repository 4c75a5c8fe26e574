//! Clients that send too much, too slowly, or do not read.

use std::time::Instant;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use super::*;

/// Limits that a test reaches in a short time.
const SHORT: Duration = Duration::from_millis(300);

fn limits() -> Limits {
    Limits {
        connections: 2,
        body: 1000,
        large_body: 5000,
        large_bodies: 1,
        header_time: SHORT,
        body_time: SHORT,
        read_time: SHORT,
    }
}

const HEADERS: &str =
    "POST / HTTP/1.1\r\nHost: a\r\nX-Amz-Target: WorkspacesService.DescribeWorkspaces\r\n";

const BRANDING: &str =
    "POST / HTTP/1.1\r\nHost: a\r\nX-Amz-Target: WorkspacesService.ImportClientBranding\r\n";

async fn start() -> (Fake, Server) {
    let fake = Fake::builder()
        .directory("d-906700000a", [""; 0])
        .fleet("d-906700000a", 25)
        .build();
    let server = fake.serve_within("127.0.0.1:0", limits()).await.unwrap();
    (fake, server)
}

/// Sends a text, and returns what the server sends until it closes the connection, and the time until then.
async fn exchange(server: &Server, sent: &str) -> (String, Duration) {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let start = Instant::now();
    stream.write_all(sent.as_bytes()).await.unwrap();
    let mut received = Vec::new();
    // A connection that is closed before everything is read can be reset.
    let _ = stream.read_to_end(&mut received).await;
    let received = String::from_utf8_lossy(&received).into_owned();
    (received, start.elapsed())
}

#[tokio::test]
async fn the_size_and_the_time_of_requests_are_bounded() {
    let (_fake, server) = start().await;
    let chunk = format!("{:x}\r\n{}\r\n", 600, "x".repeat(600));
    let rows = [
        // Nothing, and a part of the headers.
        (String::new(), ""),
        ("POST / HTTP/1.1\r\nHost:".to_owned(), ""),
        // A request, and then nothing.
        (
            format!("{HEADERS}Content-Length: 2\r\n\r\n{{}}"),
            "HTTP/1.1 200 OK",
        ),
        // A part of the body, and bodies that are too large.
        (
            format!("{HEADERS}Content-Length: 900\r\n\r\n{{"),
            "HTTP/1.1 408 Request Timeout",
        ),
        (
            format!("{HEADERS}Content-Length: 9000\r\n\r\n{{"),
            "HTTP/1.1 413 Payload Too Large",
        ),
        (
            format!(
                "{HEADERS}Content-Length: 4000\r\n\r\n{{}}{}",
                " ".repeat(3998)
            ),
            "HTTP/1.1 413 Payload Too Large",
        ),
        // An import of branding can be larger.
        (
            format!(
                "{BRANDING}Content-Length: 4000\r\n\r\n{{}}{}",
                " ".repeat(3998)
            ),
            "HTTP/1.1 400 Bad Request",
        ),
        (
            format!("{BRANDING}Content-Length: 5001\r\n\r\n{{"),
            "HTTP/1.1 413 Payload Too Large",
        ),
        (
            format!("{HEADERS}Transfer-Encoding: chunked\r\n\r\n{chunk}{chunk}"),
            "HTTP/1.1 413 Payload Too Large",
        ),
        (
            format!("{HEADERS}X-Long: {}\r\n\r\n", "x".repeat(2 * MAX_HEADERS)),
            "HTTP/1.1 431 Request Header Fields Too Large",
        ),
        (
            "PUT / HTTP/1.1\r\nContent-Length: 9000\r\n\r\n".to_owned(),
            "HTTP/1.1 405 Method Not Allowed",
        ),
    ];
    for (sent, expected) in rows {
        let (received, time) = exchange(&server, &sent).await;
        let status = received.lines().next().unwrap_or_default();
        assert_eq!(status, expected, "{sent:.200}");
        assert!(time < 20 * SHORT, "{time:?}: {sent:.200}");
    }
}

/// Connections beyond the limit wait until idle ones are closed, and are served then.
#[tokio::test]
async fn the_number_of_connections_is_bounded() {
    let (_fake, server) = start().await;
    let connect = || TcpStream::connect(server.address());
    let mut idle = Vec::new();
    for _ in 0..4 {
        idle.push(connect().await.unwrap());
    }
    let request = format!("{HEADERS}Connection: close\r\nContent-Length: 2\r\n\r\n{{}}");
    let (received, time) = exchange(&server, &request).await;
    assert!(received.starts_with("HTTP/1.1 200 OK"), "{received}");
    // Two times two idle connections are before it.
    assert!(time > SHORT, "{time:?}");
}

/// A large body waits while another one is read, which the time limit ends.
#[tokio::test]
async fn the_number_of_large_bodies_is_bounded() {
    let (_fake, server) = start().await;
    let part = format!("{BRANDING}Content-Length: 4000\r\n\r\n{{");
    let mut slow = TcpStream::connect(server.address()).await.unwrap();
    slow.write_all(part.as_bytes()).await.unwrap();
    tokio::time::sleep(SHORT / 3).await;
    let whole = format!("{part}}}{}", " ".repeat(3998));
    let (received, time) = exchange(&server, &whole).await;
    assert!(
        received.starts_with("HTTP/1.1 400 Bad Request"),
        "{received}"
    );
    assert!(time > SHORT / 2, "{time:?}");
}

/// A client that sends requests and reads no response does not keep its connection.
#[tokio::test]
async fn the_time_of_a_write_is_bounded() {
    let (fake, server) = start().await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = socket.connect(server.address()).await.unwrap();
    let request = format!("{HEADERS}Content-Length: 2\r\n\r\n{{}}");
    let sending = async {
        // Fails as soon as the server has closed the connection.
        while stream.write_all(request.as_bytes()).await.is_ok() {}
    };
    tokio::time::timeout(Duration::from_secs(60), sending)
        .await
        .unwrap();
    assert!(fake.calls().len() > 1);
}

#[tokio::test]
async fn recorded_names_are_bounded() {
    let fake = Fake::new();
    fake.handle(&"x".repeat(100_000), Ok(b"{}"));
    assert_eq!(fake.calls()[0].operation.len(), 128);
}
