//! Timeouts: a call that exceeds a limit ends with the error of that limit.

use std::time::{Duration, Instant};

use workspaces_sdk::Client;
use workspaces_sdk::config::StalledStreamProtectionConfig;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::timeout::{TimeoutConfig, TimeoutConfigBuilder};
use workspaces_sdk::error::{DisplayErrorContext, SdkError};
use workspaces_sdk::operation::describe_workspaces::{
    DescribeWorkspacesError, DescribeWorkspacesOutput,
};

use crate::server::{Server, Step, response};

const SOON: Duration = Duration::from_millis(80);
const LATE: Duration = Duration::from_secs(20);

type Outcome = Result<DescribeWorkspacesOutput, SdkError<DescribeWorkspacesError>>;

async fn call(
    server: &Server,
    timeouts: TimeoutConfigBuilder,
    retries: RetryConfig,
) -> (Outcome, Duration) {
    let config = server
        .config()
        .retry_config(retries.with_initial_backoff(Duration::from_millis(1)))
        .timeout_config(timeouts.build());
    let client = Client::from_conf(config.build());
    let start = Instant::now();
    let outcome = client.describe_workspaces().send().await;
    (outcome, start.elapsed())
}

fn text(error: &SdkError<DescribeWorkspacesError>) -> String {
    DisplayErrorContext(error).to_string()
}

#[tokio::test]
async fn operation_timeout_limits_the_whole_call() {
    let server = Server::always(vec![Step::Wait(LATE)]).await;
    let timeouts = TimeoutConfig::builder().operation_timeout(SOON);
    let (outcome, time) = call(&server, timeouts, RetryConfig::standard()).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    assert!(
        text(&error).contains("the call with all its attempts took longer than 80ms"),
        "{}",
        text(&error)
    );
    assert!((SOON..SOON * 5).contains(&time), "{time:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_attempt_that_times_out_is_retried() {
    let server = Server::start(|number, _| match number {
        0 => vec![Step::Wait(LATE)],
        _ => response(200, &[], "{}"),
    })
    .await;
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(SOON);
    let (outcome, time) = call(&server, timeouts, RetryConfig::standard()).await;
    outcome.unwrap();
    assert!((SOON..SOON * 5).contains(&time), "{time:?}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_timeout_of_the_last_attempt_ends_the_call() {
    let server = Server::always(vec![Step::Wait(LATE)]).await;
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(SOON);
    let (outcome, _) = call(
        &server,
        timeouts,
        RetryConfig::standard().with_max_attempts(2),
    )
    .await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    assert!(
        text(&error).contains("the attempt took longer than 80ms"),
        "{}",
        text(&error)
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn read_timeout_limits_the_wait_for_a_response() {
    let server = Server::always(vec![Step::Wait(LATE)]).await;
    let timeouts = TimeoutConfig::builder().read_timeout(SOON);
    let (outcome, time) = call(&server, timeouts, RetryConfig::standard()).await;
    let error = outcome.unwrap_err();
    let SdkError::DispatchFailure(failure) = &error else {
        panic!("{error:?}")
    };
    assert!(failure.is_timeout());
    assert!(
        text(&error).contains("waiting for the response took longer than 80ms"),
        "{}",
        text(&error)
    );
    assert!((SOON * 3..SOON * 8).contains(&time), "{time:?}");
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    // From the second attempt on, the header contains the time until which the client waits for a response.
    let info = |number: usize| requests[number].header("amz-sdk-request").unwrap();
    assert_eq!(info(0), "attempt=1; max=3");
    assert!(
        info(1).starts_with("ttl=20") && info(1).contains("Z; attempt=2; max=3"),
        "{}",
        info(1)
    );
}

#[tokio::test]
async fn connect_timeout_limits_connecting() {
    // Nothing accepts the connections, so further ones hang when the backlog of this listener is full.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let mut kept = Vec::new();
    loop {
        let connect = tokio::net::TcpStream::connect(address);
        match tokio::time::timeout(SOON, connect).await {
            Ok(connection) => kept.push(connection.unwrap()),
            Err(_) => break,
        }
        assert!(kept.len() < 10_000, "the backlog is never full");
    }
    let server = Server::always(Vec::new()).await;
    let timeouts = TimeoutConfig::builder().connect_timeout(SOON);
    let config = server
        .config()
        .endpoint_url(format!("http://{address}"))
        .timeout_config(timeouts.build());
    let start = Instant::now();
    let error = Client::from_conf(config.build())
        .describe_workspaces()
        .send()
        .await
        .unwrap_err();
    let SdkError::DispatchFailure(failure) = &error else {
        panic!("{error:?}")
    };
    assert!(failure.is_timeout(), "{error:?}");
    assert!(
        text(&error).contains("connecting took longer than 80ms"),
        "{}",
        text(&error)
    );
    assert!(start.elapsed() < SOON * 5);
}

/// The outcome for a body that arrives in these steps, with a grace period of one second.
async fn watched(enabled: bool, steps: Vec<Step>) -> (Outcome, Duration) {
    watched_for(Duration::from_secs(1), enabled, steps).await
}

async fn watched_for(
    grace_period: Duration,
    enabled: bool,
    steps: Vec<Step>,
) -> (Outcome, Duration) {
    let head = Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n".to_vec());
    let server = Server::always([vec![head], steps].concat()).await;
    let watch = StalledStreamProtectionConfig::enabled().download_enabled(enabled);
    let config = server
        .config()
        .stalled_stream_protection(watch.grace_period(grace_period).build());
    let client = Client::from_conf(config.build());
    let start = Instant::now();
    let outcome = client.describe_workspaces().send().await;
    (outcome, start.elapsed())
}

fn bytes(count: usize) -> Step {
    Step::Send(vec![b' '; count])
}

#[tokio::test]
async fn a_stalled_response_fails_after_the_grace_period() {
    let (outcome, time) = watched(true, vec![bytes(5), Step::Wait(LATE)]).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
    assert!(
        text(&error).contains("waiting for the rest of the response took longer than 1s"),
        "{}",
        text(&error)
    );
    assert!(
        (Duration::from_secs(1)..Duration::from_secs(3)).contains(&time),
        "{time:?}"
    );
}

#[tokio::test]
async fn a_stalled_response_without_grace_period_fails() {
    let (outcome, _) = watched_for(Duration::ZERO, true, vec![bytes(5), Step::Wait(LATE)]).await;
    let error = outcome.unwrap_err();
    assert!(
        text(&error).contains("waiting for the rest of the response took longer than 1s"),
        "{}",
        text(&error)
    );
}

#[tokio::test]
async fn a_slow_response_that_is_fast_enough_succeeds() {
    let drops = (0..20).flat_map(|_| [bytes(2), Step::Wait(Duration::from_millis(70))]);
    let (outcome, time) = watched(true, drops.collect()).await;
    outcome.unwrap();
    assert!(time > Duration::from_secs(1));
}

#[tokio::test]
async fn a_stalled_response_without_protection_is_awaited() {
    let (outcome, _) = watched(
        false,
        vec![bytes(5), Step::Wait(Duration::from_millis(2500)), bytes(35)],
    )
    .await;
    outcome.unwrap();
}

#[tokio::test]
async fn a_fast_call_does_not_time_out() {
    let server = Server::always(response(200, &[], "{}")).await;
    let timeouts = TimeoutConfig::builder()
        .operation_timeout(LATE)
        .operation_attempt_timeout(LATE)
        .read_timeout(LATE)
        .connect_timeout(LATE);
    let (outcome, time) = call(&server, timeouts, RetryConfig::standard()).await;
    outcome.unwrap();
    assert!(time < Duration::from_secs(1));
}
