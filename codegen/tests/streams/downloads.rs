//! Responses that are read as streams.

use std::error::Error;
use std::time::{Duration, Instant};

use aws_smithy_types::error::display::DisplayErrorContext;
use streams::config::StalledStreamProtectionConfig;
use streams::config::retry::RetryConfig;
use streams::config::timeout::TimeoutConfig;
use streams::error::SdkError;
use tokio::io::AsyncReadExt;

use crate::server::{Act, Server, response};

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n";

/// A time that is short, but longer than a call takes.
const SOON: Duration = Duration::from_millis(200);

/// Stalls are noticed after a second and this time.
fn grace(time: Duration) -> StalledStreamProtectionConfig {
    StalledStreamProtectionConfig::enabled()
        .grace_period(time)
        .build()
}

fn text(error: &(impl Error + Send + Sync)) -> String {
    DisplayErrorContext(error).to_string()
}

#[tokio::test]
async fn a_stream_is_read_in_parts_or_as_a_whole() {
    let server = Server::new(vec![Act::Respond(response(
        200,
        "content-type: a/b\r\n",
        "0123456789",
    ))]);
    let call = || {
        server
            .client()
            .get_job_output()
            .vault_name("v")
            .range("bytes=0-9")
            .send()
    };
    let output = call().await.unwrap();
    assert_eq!(
        (output.status(), output.content_type()),
        (Some(200), Some("a/b"))
    );
    assert_eq!(output.body.size_hint(), (10, Some(10)));
    assert_eq!(output.body.collect().await.unwrap().to_vec(), b"0123456789");

    let mut output = call().await.unwrap();
    let mut parts = Vec::new();
    while let Some(part) = output.body.try_next().await.unwrap() {
        parts.extend(part);
    }
    assert_eq!(parts, b"0123456789");

    let mut all = String::new();
    let mut reader = call().await.unwrap().body.into_async_read();
    reader.read_to_string(&mut all).await.unwrap();
    assert_eq!(all, "0123456789");
    assert!(
        server.received()[0]
            .head
            .starts_with("GET /vaults/v/output HTTP/1.1\r\n")
    );
    assert_eq!(server.received()[0].header("range"), Some("bytes=0-9"));
}

#[tokio::test]
async fn a_stalled_stream_fails_after_the_grace_period() {
    for parts in [vec![HEAD.to_vec()], vec![HEAD.to_vec(), b"01234".to_vec()]] {
        let received = (parts.len() - 1) * 5;
        let server = Server::new(vec![Act::Trickle(parts, Duration::from_secs(20))]);
        let config = server.config().stalled_stream_protection(grace(SOON));
        let client = streams::Client::from_conf(config.build());
        let output = client.get_job_output().vault_name("v").send().await;
        let mut body = output.unwrap().body;
        let start = Instant::now();
        let mut len = 0;
        let error = loop {
            match body.try_next().await {
                Ok(part) => len += part.unwrap().len(),
                Err(error) => break error,
            }
        };
        // The second part arrives after the pause of the server.
        assert!(len <= received);
        let expected = "waiting for the rest of the response took longer than 1.2s";
        assert!(text(&error).contains(expected), "{}", text(&error));
        let time = start.elapsed();
        assert!((1.1..3.0).contains(&time.as_secs_f64()), "{time:?}");
        assert!(
            body.try_next().await.unwrap().is_none(),
            "there is one error"
        );
    }
}

#[tokio::test]
async fn a_stalled_stream_without_protection_is_awaited() {
    let parts = vec![HEAD.to_vec(), vec![b'x'; 40]];
    let server = Server::new(vec![Act::Trickle(parts, Duration::from_millis(1700))]);
    for protection in [
        StalledStreamProtectionConfig::disabled(),
        StalledStreamProtectionConfig::enabled()
            .download_enabled(false)
            .grace_period(SOON)
            .build(),
    ] {
        let config = server.config().stalled_stream_protection(protection);
        let client = streams::Client::from_conf(config.build());
        let output = client
            .get_job_output()
            .vault_name("v")
            .send()
            .await
            .unwrap();
        assert_eq!(output.body.collect().await.unwrap().to_vec().len(), 40);
    }
}

#[tokio::test]
async fn a_slow_stream_that_moves_is_read() {
    let parts = (0..10).map(|_| vec![b'x'; 4]);
    let parts = std::iter::once(HEAD.to_vec()).chain(parts).collect();
    let server = Server::new(vec![Act::Trickle(parts, SOON)]);
    let config = server
        .config()
        .stalled_stream_protection(grace(Duration::ZERO));
    let client = streams::Client::from_conf(config.build());
    let output = client
        .get_job_output()
        .vault_name("v")
        .send()
        .await
        .unwrap();
    assert_eq!(output.body.collect().await.unwrap().to_vec().len(), 40);
}

/// The time in which a program does not wait for data is not the fault of the service.
#[tokio::test]
async fn a_slow_reader_does_not_fail() {
    const LEN: u64 = 4 << 20;
    let server = Server::new(vec![Act::Flood(LEN)]);
    let config = server
        .config()
        .stalled_stream_protection(grace(Duration::ZERO));
    let client = streams::Client::from_conf(config.build());
    let mut body = client
        .get_job_output()
        .vault_name("v")
        .send()
        .await
        .unwrap()
        .body;
    let mut len = 0;
    for _ in 0..2 {
        len += body.try_next().await.unwrap().unwrap().len() as u64;
        tokio::time::sleep(Duration::from_millis(1500)).await;
    }
    while let Some(part) = body.try_next().await.unwrap() {
        len += part.len() as u64;
    }
    assert_eq!(len, LEN);
}

/// A program that looks for data now and then does not wait, even if it finds none each time.
#[tokio::test]
async fn a_reader_that_looks_now_and_then_does_not_fail() {
    let parts = vec![HEAD.to_vec(), vec![b'x'; 40]];
    let server = Server::new(vec![Act::Trickle(parts, Duration::from_secs(3))]);
    let config = server
        .config()
        .stalled_stream_protection(grace(Duration::ZERO));
    let client = streams::Client::from_conf(config.build());
    let mut body = client
        .get_job_output()
        .vault_name("v")
        .send()
        .await
        .unwrap()
        .body;
    for _ in 0..7 {
        let look = tokio::time::timeout(Duration::from_millis(1), body.try_next());
        assert!(look.await.is_err());
        tokio::time::sleep(Duration::from_millis(380)).await;
    }
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(body.try_next().await.unwrap().unwrap().len(), 40);
}

#[tokio::test]
async fn a_truncated_stream_is_an_error() {
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n01234\r\n";
    for response in [[HEAD, b"01234"].concat(), chunked.to_vec()] {
        let server = Server::new(vec![Act::Trickle(vec![response], Duration::ZERO)]);
        let output = server
            .client()
            .get_job_output()
            .vault_name("v")
            .send()
            .await;
        let error = output.unwrap().body.collect().await.unwrap_err();
        assert!(
            text(&error).contains("the response is incomplete"),
            "{}",
            text(&error)
        );
    }
}

#[tokio::test]
async fn an_error_response_is_read_and_parsed() {
    let body = r#"{"__type": "ResourceNotFoundException", "message": "no such vault"}"#;
    let server = Server::new(vec![Act::Respond(response(
        404,
        "x-amzn-requestid: r\r\n",
        body,
    ))]);
    let error = server
        .client()
        .get_job_output()
        .vault_name("v")
        .send()
        .await
        .unwrap_err();
    let response = error.raw_response().unwrap();
    assert_eq!(response.status().as_u16(), 404);
    let error = error.into_service_error();
    assert!(error.is_resource_not_found_exception(), "{error:?}");
    assert_eq!(error.meta().message(), Some("no such vault"));
}

#[tokio::test]
async fn a_failed_attempt_is_retried() {
    let server = Server::new(vec![
        Act::Respond(response(503, "", "{}")),
        Act::Respond(response(200, "", "data")),
    ]);
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    let client = streams::Client::from_conf(server.config().retry_config(retries).build());
    let output = client
        .get_job_output()
        .vault_name("v")
        .send()
        .await
        .unwrap();
    assert_eq!(output.body.collect().await.unwrap().to_vec(), b"data");
}

/// The limits end when the headers have arrived.
#[tokio::test]
async fn timeouts_do_not_include_the_stream() {
    let parts = vec![HEAD.to_vec(), vec![b'x'; 40]];
    let server = Server::new(vec![Act::Trickle(parts, Duration::from_millis(600))]);
    let limits = TimeoutConfig::builder()
        .operation_timeout(Duration::from_millis(400))
        .operation_attempt_timeout(Duration::from_millis(400))
        .read_timeout(Duration::from_millis(400));
    let client = streams::Client::from_conf(server.config().timeout_config(limits.build()).build());
    let output = client
        .get_job_output()
        .vault_name("v")
        .send()
        .await
        .unwrap();
    assert_eq!(output.body.collect().await.unwrap().to_vec().len(), 40);
}

#[tokio::test]
async fn the_read_timeout_includes_the_headers() {
    let server = Server::new(vec![Act::Ignore]);
    let limits = TimeoutConfig::builder().read_timeout(SOON);
    let config = server
        .config()
        .timeout_config(limits.build())
        .retry_config(RetryConfig::disabled());
    let client = streams::Client::from_conf(config.build());
    let error = client
        .get_job_output()
        .vault_name("v")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(&error, SdkError::DispatchFailure(failure) if failure.is_timeout()),
        "{error:?}"
    );
}

#[tokio::test]
async fn the_size_of_a_stream_is_not_limited() {
    let server = Server::new(vec![Act::Flood(5000)]);
    let client = streams::Client::from_conf(server.config().max_response_size_bytes(100).build());
    let output = client
        .get_job_output()
        .vault_name("v")
        .send()
        .await
        .unwrap();
    assert_eq!(output.body.collect().await.unwrap().to_vec().len(), 5000);
}
