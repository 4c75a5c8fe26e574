//! Which failures are retried, how often and after which delays. No test waits in real time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_types::retry::RetrySpec;
use workspaces_sdk::config::StalledStreamProtectionConfig;
use workspaces_sdk::config::retry::{ReconnectMode, RetryConfig};
use workspaces_sdk::error::SdkError;
use workspaces_sdk::{Client, Config};

use crate::server::{Request, Server, Step, response};

mod quota;
/// A sleep implementation that returns at once and records the durations.
#[derive(Clone, Debug, Default)]
struct Waits(Arc<Mutex<Vec<Duration>>>);

impl AsyncSleep for Waits {
    fn sleep(&self, duration: Duration) -> Sleep {
        let this = self.clone();
        // Only sleeps that are awaited count.
        Sleep::new(async move { this.0.lock().unwrap().push(duration) })
    }
}

impl Waits {
    fn seconds(&self) -> Vec<f64> {
        self.0
            .lock()
            .unwrap()
            .iter()
            .map(Duration::as_secs_f64)
            .collect()
    }
}

/// A client that waits for the full backoff instead of a random part of it.
fn client(server: &Server, config: RetryConfig) -> (Client, Waits) {
    let waits = Waits::default();
    let config = server
        .config()
        .retry_config(config.with_use_static_exponential_base(true))
        .sleep_impl(waits.clone())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    (Client::from_conf(config.build()), waits)
}

fn error(status: u16, code: &str) -> Vec<Step> {
    response(status, &[], &format!(r#"{{"__type":"{code}"}}"#))
}

fn ok() -> Vec<Step> {
    response(200, &[], "{}")
}

/// The number of attempts if the response is always the same, and the waits between them.
async fn attempts(response: Vec<Step>) -> (usize, Vec<f64>) {
    let server = Server::always(response).await;
    let (client, waits) = client(&server, RetryConfig::standard());
    client.describe_workspaces().send().await.unwrap_err();
    (server.requests().len(), waits.seconds())
}

#[tokio::test]
async fn transient_and_throttling_errors_are_retried() {
    let retried = |steps: Vec<Step>| (steps, 3);
    let once = |steps: Vec<Step>| (steps, 1);
    let cut = |text: &str| vec![Step::Send(text.into()), Step::Close];
    let responses = [
        retried(error(500, "InternalServerException")),
        retried(error(502, "X")),
        retried(error(503, "X")),
        retried(error(504, "X")),
        retried(error(408, "X")),
        retried(response(408, &[("connection", "close")], "")),
        retried(response(500, &[], "")),
        retried(response(503, &[], "<html>")),
        retried(response(429, &[], "")),
        retried(error(429, "X")),
        retried(error(400, "Throttling")),
        retried(error(400, "ThrottlingException")),
        retried(error(400, "ThrottledException")),
        retried(error(400, "RequestThrottledException")),
        retried(error(400, "TooManyRequestsException")),
        retried(error(400, "ProvisionedThroughputExceededException")),
        retried(error(400, "TransactionInProgressException")),
        retried(error(400, "RequestLimitExceeded")),
        retried(error(400, "BandwidthLimitExceeded")),
        retried(error(400, "LimitExceededException")),
        retried(error(400, "RequestThrottled")),
        retried(error(400, "SlowDown")),
        retried(error(400, "PriorRequestNotComplete")),
        retried(error(400, "EC2ThrottledException")),
        retried(error(400, "RequestTimeout")),
        retried(error(400, "RequestTimeoutException")),
        retried(vec![Step::Close]),
        retried(vec![Step::Reset]),
        retried(cut("HTTP/1.1 200 OK\r\nconte")),
        retried(cut("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{}")),
        retried(cut("HTTP/1.1 400 Bad\r\ncontent-length: 10\r\n\r\n{}")),
        once(error(400, "ResourceUnavailableException")),
        once(error(400, "ValidationException")),
        once(error(403, "AccessDeniedException")),
        once(error(501, "X")),
        once(error(505, "X")),
        once(response(400, &[], "")),
        once(response(404, &[], "<html>")),
        once(response(200, &[], "<html>")),
        once(response(301, &[("location", "/elsewhere")], "")),
    ];
    for (response, expected) in responses {
        let text = format!("{response:?}");
        assert_eq!(attempts(response).await.0, expected, "{text}");
    }
}

#[tokio::test]
async fn the_backoff_doubles_up_to_twenty_seconds() {
    let server = Server::always(error(500, "X")).await;
    let (client, waits) = client(&server, RetryConfig::standard().with_max_attempts(8));
    client.describe_workspaces().send().await.unwrap_err();
    assert_eq!(waits.seconds(), [1.0, 2.0, 4.0, 8.0, 16.0, 20.0, 20.0]);
}

#[tokio::test]
async fn each_wait_is_a_random_part_of_the_backoff() {
    let server = Server::always(error(500, "X")).await;
    let waits = Waits::default();
    let config = server
        .config()
        .retry_config(RetryConfig::standard().with_max_attempts(5))
        .sleep_impl(waits.clone())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    let client = Client::from_conf(config.build());
    fastrand::seed(7);
    for _ in 0..10 {
        client.describe_workspaces().send().await.unwrap_err();
    }
    let waits = waits.seconds();
    assert_eq!(waits.len(), 40);
    for waits in waits.chunks(4) {
        for (wait, most) in waits.iter().zip([1.0, 2.0, 4.0, 8.0]) {
            assert!((0.0..most).contains(wait), "{waits:?}");
        }
    }
    let mean = waits.iter().sum::<f64>() / 150.0;
    assert!((0.35..0.65).contains(&mean), "{mean}");
}

#[tokio::test]
async fn the_service_can_set_the_wait() {
    let unavailable = |wait: &str| response(503, &[("x-amz-retry-after", wait)], "");
    assert_eq!(attempts(unavailable("1500")).await.1, [1.5, 1.5]);
    assert_eq!(attempts(unavailable("90000")).await.1, [20.0, 20.0]);
    assert_eq!(attempts(unavailable("soon")).await.1, [1.0, 2.0]);
}

#[tokio::test]
async fn no_duration_is_too_long_and_no_number_too_large() {
    let delays = [
        "18446744073709551615",
        "18446744073709551616",
        "-1",
        "NaN",
        "1e999",
        "",
        "\u{661}",
    ];
    let configs = [
        RetryConfig::standard(),
        RetryConfig::standard().with_retry_spec(RetrySpec::v2_1()),
        RetryConfig::adaptive(),
    ];
    let durations = [Duration::MAX, Duration::MAX / 2, Duration::ZERO];
    for config in configs {
        for initial in durations {
            for max in durations {
                for delay in delays {
                    let headers = [("x-amz-retry-after", delay), ("retry-after", delay)];
                    let server = Server::always(response(503, &headers, "")).await;
                    let config = config
                        .clone()
                        .with_initial_backoff(initial)
                        .with_max_backoff(max);
                    let (client, waits) = client(&server, config);
                    client.describe_workspaces().send().await.unwrap_err();
                    assert_eq!(waits.seconds().len(), 2);
                }
            }
        }
    }
}

#[tokio::test]
async fn each_attempt_is_numbered_and_signed() {
    let server = Server::start(|number, _| if number < 2 { error(500, "X") } else { ok() }).await;
    let (client, _) = client(&server, RetryConfig::standard());
    client.describe_workspaces().send().await.unwrap();
    let requests = server.requests();
    let all = |name: &str| {
        requests
            .iter()
            .map(|request| request.header(name).unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        all("amz-sdk-request"),
        ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"]
    );
    let ids = all("amz-sdk-invocation-id");
    assert_eq!(ids[0].len(), 36);
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    // Signatures cover neither, as in the official crates: those of the same second are equal.
    for authorization in all("authorization") {
        assert!(authorization.contains(", Signature="), "{authorization}");
        assert!(!authorization.contains("amz-sdk-"), "{authorization}");
    }
}

#[tokio::test]
async fn retries_can_be_disabled() {
    let server = Server::always(error(500, "X")).await;
    for config in [
        RetryConfig::disabled(),
        RetryConfig::standard().with_max_attempts(0),
    ] {
        let (client, waits) = client(&server, config);
        client.describe_workspaces().send().await.unwrap_err();
        assert_eq!(waits.seconds(), [0.0; 0]);
    }
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_connection_is_not_reused_after_a_transient_failure() {
    let connections = |config: RetryConfig, respond: fn(usize, &Request) -> Vec<Step>| async move {
        let server = Server::start(respond).await;
        let (client, _) = client(&server, config);
        client.describe_workspaces().send().await.unwrap();
        server
            .requests()
            .iter()
            .map(|request| request.connection)
            .collect::<Vec<_>>()
    };
    let transient = |number, _: &Request| if number < 2 { error(503, "X") } else { ok() };
    let throttled = |number, _: &Request| {
        if number < 2 {
            error(400, "SlowDown")
        } else {
            ok()
        }
    };
    let reuse = RetryConfig::standard().with_reconnect_mode(ReconnectMode::ReuseAllConnections);
    assert_eq!(
        connections(RetryConfig::standard(), transient).await,
        [0, 1, 2]
    );
    assert_eq!(
        connections(RetryConfig::standard(), throttled).await,
        [0, 0, 0]
    );
    assert_eq!(connections(reuse, transient).await, [0, 0, 0]);
}

/// A client in the adaptive mode whose clock stands still.
fn adaptive(server: &Server) -> (Client, Waits) {
    let waits = Waits::default();
    let config = server
        .config()
        .retry_config(RetryConfig::adaptive().with_max_attempts(10))
        .sleep_impl(waits.clone())
        .time_source(StaticTimeSource::from_secs(1_000_000_000))
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    let client = Client::from_conf(config.build());
    (client, waits)
}

#[tokio::test]
async fn the_adaptive_mode_slows_down_after_throttling() {
    let server = Server::start(|number, _| {
        if number < 5 {
            error(400, "Throttling")
        } else {
            ok()
        }
    })
    .await;
    let (client, waits) = adaptive(&server);
    client.describe_workspaces().send().await.unwrap();
    let first = waits.seconds();
    assert_eq!(first.len(), 5, "{first:?}");
    // The bucket is empty and refills at half a token per second. A throttled attempt takes ten tokens.
    assert!(
        first.iter().all(|wait| (19.0..=20.0).contains(wait)),
        "{first:?}"
    );
}

#[tokio::test]
async fn the_adaptive_mode_does_not_hang_on_a_stopped_clock() {
    let server = Server::start(|number, _| {
        if number < 3 {
            error(400, "Throttling")
        } else {
            ok()
        }
    })
    .await;
    let (client, _) = adaptive(&server);
    for _ in 0..5 {
        client.describe_workspaces().send().await.unwrap();
    }
    assert_eq!(server.requests().len(), 8);
}

#[tokio::test]
async fn a_call_can_override_the_retry_settings() {
    let server = Server::always(error(500, "X")).await;
    let (client, _) = client(&server, RetryConfig::standard());
    let once = Config::builder().retry_config(RetryConfig::disabled());
    let error = client
        .describe_workspaces()
        .customize()
        .config_override(once)
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}
