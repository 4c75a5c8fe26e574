//! Requests that are sent as streams.

use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use aws_smithy_types::error::display::DisplayErrorContext;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use streams::config::StalledStreamProtectionConfig;
use streams::config::retry::RetryConfig;
use streams::error::SdkError;
use streams::operation::upload_archive::UploadArchiveInput;
use streams::primitives::{ByteStream, SdkBody};
use tokio::time::Sleep;

use crate::server::{Act, Server, response};

/// A time that is short, but longer than a call takes.
const SOON: Duration = Duration::from_millis(200);

/// The SHA-256 hash of `hello`.
const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

fn created() -> Act {
    Act::Respond(response(201, "x-amz-archive-id: a1\r\n", ""))
}

fn unavailable() -> Act {
    Act::Respond(response(503, "", "{}"))
}

fn quick_retries() -> RetryConfig {
    RetryConfig::standard().with_initial_backoff(Duration::from_millis(1))
}

fn text(error: &(impl Error + Send + Sync)) -> String {
    DisplayErrorContext(error).to_string()
}

/// A stream of parts with a pause before each.
struct Parts {
    parts: Vec<&'static str>,
    pause: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
    /// The length that it claims to have.
    length: Option<u64>,
}

impl Body for Parts {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if self.parts.is_empty() {
            return Poll::Ready(None);
        }
        if !self.pause.is_zero() {
            let pause = self.pause;
            let sleep = self
                .sleep
                .get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
            std::task::ready!(sleep.as_mut().poll(cx));
            self.sleep = None;
        }
        let part = match self.parts.remove(0) {
            "fail" => Err(std::io::Error::other("the disk is gone")),
            part => Ok(Frame::data(Bytes::from_static(part.as_bytes()))),
        };
        Poll::Ready(Some(part))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map(SizeHint::with_exact).unwrap_or_default()
    }
}

/// A stream that can be read once.
fn once(parts: &[&'static str], pause: Duration, length: Option<u64>) -> ByteStream {
    ByteStream::from_body_1_x(Parts {
        parts: parts.to_vec(),
        pause,
        sleep: None,
        length,
    })
}

/// A file of zeros, which is deleted in the end.
struct Zeros(std::path::PathBuf);

impl Zeros {
    fn new(name: &str, length: u64) -> Self {
        let path = std::env::temp_dir().join(format!("streams-{}-{name}", std::process::id()));
        std::fs::File::create(&path)
            .unwrap()
            .set_len(length)
            .unwrap();
        Self(path)
    }
}

impl Drop for Zeros {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).unwrap();
    }
}

/// A builder can lack a stream, whereas an input has an empty one then.
#[tokio::test]
async fn builders_return_their_stream() {
    let server = Server::new(vec![created(), created()]);
    let request = server.client().upload_archive().vault_name("v");
    assert!(request.get_body().is_none());
    assert!(request.as_input().get_body().is_none());
    let request = request.body(ByteStream::from_static(b"hello"));
    let bytes = |stream: &Option<ByteStream>| stream.as_ref().and_then(|it| it.bytes().map(<[u8]>::to_vec));
    assert_eq!(bytes(request.get_body()).unwrap(), b"hello");
    assert_eq!(bytes(request.as_input().get_body()).unwrap(), b"hello");
    let shown = format!("{request:?}");
    assert!(!shown.contains("hello") && !shown.contains("104, 101"), "{shown}");
    let request = request.set_body(None);
    assert!(request.get_body().is_none());
    request.send().await.unwrap();

    let builder = UploadArchiveInput::builder().vault_name("v");
    let input = builder.build().unwrap();
    assert_eq!(input.body().bytes(), Some(&[][..]));
    let builder = UploadArchiveInput::builder().vault_name("v");
    let builder = builder.set_body(Some(ByteStream::from_static(b"hello")));
    builder.send_with(&server.client()).await.unwrap();
    let received = server.received();
    assert_eq!(received[0].body, b"");
    assert_eq!(received[1].body, b"hello");
}

#[tokio::test]
async fn bytes_are_sent_with_their_length_and_hash() {
    for stream in [
        ByteStream::from_static(b"hello"),
        ByteStream::from(b"hello".to_vec()),
        ByteStream::new(SdkBody::retryable(|| {
            let parts = vec!["hel", "lo"];
            SdkBody::from_body_1_x(Parts {
                parts,
                pause: Duration::ZERO,
                sleep: None,
                length: Some(5),
            })
        })),
    ] {
        let in_memory = stream.bytes().is_some();
        let server = Server::new(vec![created()]);
        let output = server
            .client()
            .upload_archive()
            .vault_name("v")
            .body(stream)
            .send()
            .await
            .unwrap();
        assert_eq!(output.archive_id(), Some("a1"));
        let received = &server.received()[0];
        assert_eq!(received.body, b"hello");
        assert_eq!(received.header("content-length"), Some("5"));
        assert_eq!(
            received.header("content-type"),
            Some("application/octet-stream")
        );
        // The hash of a body in memory is not a header, but a part of what is signed.
        assert_eq!(
            received.header("x-amz-content-sha256"),
            (!in_memory).then_some(HELLO)
        );
        let authorization = received.header("authorization").unwrap();
        assert_eq!(authorization.contains("x-amz-content-sha256"), !in_memory);
    }
}

#[tokio::test]
async fn the_hash_that_the_caller_sets_is_sent() {
    let server = Server::new(vec![created()]);
    let stream = ByteStream::new(SdkBody::retryable(|| {
        SdkBody::from_body_1_x(SdkBody::from("hello"))
    }));
    let call = server
        .client()
        .upload_archive()
        .vault_name("v")
        .checksum("c")
        .body(stream);
    call.send().await.unwrap();
    assert_eq!(
        server.received()[0].header("x-amz-content-sha256"),
        Some("c")
    );
}

#[tokio::test]
async fn a_payload_that_the_model_does_not_sign_is_not_read_before() {
    let server = Server::new(vec![created()]);
    let file = Zeros::new("unsigned", 100_000);
    let stream = ByteStream::from_path(&file.0).await.unwrap();
    server
        .client()
        .upload_part()
        .part(stream)
        .send()
        .await
        .unwrap();
    let received = &server.received()[0];
    assert_eq!(received.header("x-amz-content-sha256"), None);
    assert_eq!(received.len, 100_000);
}

#[tokio::test]
async fn a_file_is_sent_again() {
    let file = Zeros::new("again", 100_000);
    let server = Server::new(vec![unavailable(), created()]);
    let client = streams::Client::from_conf(server.config().retry_config(quick_retries()).build());
    let stream = ByteStream::from_path(&file.0).await.unwrap();
    let output = client
        .upload_archive()
        .vault_name("v")
        .body(stream)
        .send()
        .await
        .unwrap();
    assert_eq!(output.archive_id(), Some("a1"));
    let received = server.received();
    assert_eq!(received.len(), 2);
    for request in received {
        assert_eq!(request.len, 100_000);
        assert_eq!(request.header("content-length"), Some("100000"));
        assert_eq!(request.header("transfer-encoding"), None);
    }
}

/// A stream of unknown length is sent in chunks.
#[tokio::test]
async fn a_stream_that_can_be_read_once_is_sent_once() {
    for (length, header) in [(None, None), (Some(5), Some("5"))] {
        let server = Server::new(vec![unavailable(), created()]);
        let client =
            streams::Client::from_conf(server.config().retry_config(quick_retries()).build());
        let stream = once(&["hel", "lo"], Duration::ZERO, length);
        let error = client
            .upload_archive()
            .vault_name("v")
            .body(stream)
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.raw_response().unwrap().status().as_u16(), 503);
        assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
        let [received] = &*server.received() else {
            panic!("it was sent again")
        };
        assert_eq!(received.body, b"hello");
        assert_eq!(received.header("content-length"), header);
        let chunked = header.is_none().then_some("chunked");
        assert_eq!(received.header("transfer-encoding"), chunked);
        // What cannot be read twice cannot be hashed before it is sent.
        assert_eq!(received.header("x-amz-content-sha256"), None);
    }
}

#[tokio::test]
async fn an_error_response_is_read_while_the_stream_is_sent() {
    let body = r#"{"__type": "ResourceNotFoundException", "message": "no such vault"}"#;
    let server = Server::new(vec![Act::Reject(response(
        404,
        "connection: close\r\n",
        body,
    ))]);
    let stream = once(&["a", "b", "c"], Duration::from_millis(100), None);
    let error = server
        .client()
        .upload_archive()
        .vault_name("v")
        .body(stream)
        .send()
        .await
        .unwrap_err();
    assert!(error.into_service_error().is_resource_not_found_exception());
}

#[tokio::test]
async fn a_stream_of_another_length_is_an_error() {
    for (parts, length, message) in [
        (&["hel"][..], 5, "the stream ended after 3 of 5 bytes"),
        (&[], 5, "the stream ended after 0 of 5 bytes"),
        (
            &["hel", "lo, world"],
            5,
            "the stream has more than the 5 bytes",
        ),
        (
            &["hel", "lo", "!"],
            5,
            "the stream has more than the 5 bytes",
        ),
        (&["hel", "fail"], 5, "the disk is gone"),
    ] {
        let server = Server::new(vec![created()]);
        let stream = once(parts, Duration::ZERO, Some(length));
        let error = server
            .client()
            .upload_archive()
            .vault_name("v")
            .body(stream)
            .send()
            .await
            .unwrap_err();
        assert!(
            matches!(&error, SdkError::DispatchFailure(failure) if failure.is_user()),
            "{error:?}"
        );
        assert!(text(&error).contains(message), "{}", text(&error));
    }
}

#[tokio::test]
async fn a_stream_without_a_required_length_is_not_sent() {
    let server = Server::new(vec![created()]);
    let stream = once(&["hello"], Duration::ZERO, None);
    let error = server
        .client()
        .upload_part()
        .part(stream)
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error, SdkError::ConstructionFailure(_)),
        "{error:?}"
    );
    assert!(
        text(&error).contains("requires the length of the stream"),
        "{}",
        text(&error)
    );
    assert!(server.received().is_empty());
    let stream = once(&["hello"], Duration::ZERO, Some(5));
    server
        .client()
        .upload_part()
        .part(stream)
        .send()
        .await
        .unwrap();
    assert_eq!(server.received()[0].body, b"hello");
}

/// A stream is sent as it is. What is in memory is compressed.
#[tokio::test]
async fn streams_are_not_compressed() {
    let file = Zeros::new("log", 20_000);
    for (stream, compressed) in [
        (ByteStream::from(vec![0; 20_000]), true),
        (ByteStream::from_path(&file.0).await.unwrap(), false),
    ] {
        let server = Server::new(vec![created()]);
        server.client().put_log().log(stream).send().await.unwrap();
        let received = &server.received()[0];
        assert_eq!(
            received.header("content-encoding"),
            compressed.then_some("gzip")
        );
        assert_eq!(received.len < 1000, compressed);
        assert_eq!(
            received.header("content-length"),
            Some(&*received.len.to_string())
        );
    }
}

#[tokio::test]
async fn an_upload_that_the_service_does_not_read_fails_after_the_grace_period() {
    let file = Zeros::new("stalled", 64 << 20);
    let server = Server::new(vec![Act::Ignore]);
    let stalls = StalledStreamProtectionConfig::enabled()
        .grace_period(SOON)
        .build();
    let config = server
        .config()
        .stalled_stream_protection(stalls)
        .retry_config(RetryConfig::disabled());
    let client = streams::Client::from_conf(config.build());
    let stream = ByteStream::from_path(&file.0).await.unwrap();
    let start = Instant::now();
    let error = client.upload_part().part(stream).send().await.unwrap_err();
    assert!(
        matches!(&error, SdkError::DispatchFailure(failure) if failure.is_timeout()),
        "{error:?}"
    );
    let expected = "waiting for the service to read the rest of the request took longer than 1.2s";
    assert!(text(&error).contains(expected), "{}", text(&error));
    let time = start.elapsed();
    assert!((1.1..4.0).contains(&time.as_secs_f64()), "{time:?}");
}

/// The outcome of an upload that fails if it stalls for a second.
async fn impatient(stream: ByteStream, act: Act) {
    let server = Server::new(vec![act]);
    let stalls = StalledStreamProtectionConfig::enabled()
        .grace_period(Duration::ZERO)
        .build();
    let config = server
        .config()
        .stalled_stream_protection(stalls)
        .retry_config(RetryConfig::disabled());
    let client = streams::Client::from_conf(config.build());
    let outcome = client
        .upload_archive()
        .vault_name("v")
        .body(stream)
        .send()
        .await;
    outcome.unwrap_or_else(|error| panic!("{}", text(&error)));
}

#[tokio::test]
async fn a_stream_may_take_its_time() {
    let stream = once(&["hel", "lo"], Duration::from_millis(1400), None);
    impatient(stream, created()).await;
}

#[tokio::test]
async fn a_service_may_read_slowly() {
    let zeros = Zeros::new("slow", 6 << 20);
    let stream = ByteStream::from_path(&zeros.0).await.unwrap();
    let pause = Duration::from_millis(25);
    impatient(stream, Act::Sip(pause, response(201, "", ""))).await;
}

#[tokio::test]
async fn a_service_may_take_its_time_after_the_last_byte() {
    let stream = once(&["hello"], Duration::ZERO, None);
    let parts = vec![Vec::new(), response(201, "", "")];
    impatient(stream, Act::Trickle(parts, Duration::from_millis(1500))).await;
}
