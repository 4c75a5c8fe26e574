//! The limit on the rate of requests: long lists at the rate of the service without a throttled call, and tasks that share it.
//! No test waits in real time.

use std::task::Poll;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use tokio::time::{Instant, timeout};
use workspaces_sdk::client::Waiters;
use workspaces_sdk::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use workspaces_sdk::config::timeout::TimeoutConfig;
use workspaces_sdk::config::{Credentials, Region, RequestRate, published_request_rate};
use workspaces_sdk::fake::{Call, Clock, Fake, Fault};
use workspaces_sdk::{Client, Config};

const DIRECTORY: &str = "d-906700000a";

/// An offline service with the rate limit of WorkSpaces, and a client that keeps to it.
fn service(fleet: usize) -> (Fake, Client) {
    let builder = Fake::builder().directory(DIRECTORY, [""; 0]);
    let fake = builder.fleet(DIRECTORY, fleet).rate(2, 5).build();
    // A throttled call would be an error.
    let config = fake.config().retry_config(RetryConfig::disabled());
    let client = Client::from_conf(config.request_rate(published_request_rate()).build());
    (fake, client)
}

/// Fails if a call was throttled, or if the calls took more than 1.05 times the time that the rate allows.
fn assert_paced(calls: &[Call], per_second: f64, burst: f64) {
    assert!(calls.iter().all(|call| call.error.is_none()));
    let passed = calls.last().unwrap().at.duration_since(calls[0].at);
    let ideal = (calls.len() as f64 - burst) / per_second;
    let passed = passed.unwrap().as_secs_f64();
    assert!(passed <= ideal * 1.05, "{passed} s instead of {ideal} s");
    assert!(passed >= ideal, "{passed} s instead of {ideal} s");
}

/// With the default settings, most of such runs fail. `RATE_RUNS=20` makes 20 of them.
#[tokio::test]
async fn ten_thousand_workspaces_are_listed_at_the_rate_of_the_service() {
    let runs = std::env::var("RATE_RUNS").map_or(1, |runs| runs.parse().unwrap());
    for _ in 0..runs {
        let (fake, client) = service(10_000);
        let workspaces = client.describe_workspaces().into_paginator().items().send();
        assert_eq!(workspaces.try_collect().await.unwrap().len(), 10_000);
        let calls = fake.calls();
        assert_eq!(calls.len(), 400);
        assert_paced(&calls, 2.0, 5.0);
    }
}

#[tokio::test]
async fn tasks_share_the_rate_fairly() {
    let (fake, client) = service(1000);
    let list = async |client: Client| {
        let pages = client.describe_workspaces().into_paginator().send();
        pages.try_collect().await.unwrap().len()
    };
    let wait = async |client: Client| {
        let waiter = client.wait_until_workspaces_available();
        let waited = waiter.directory_id(DIRECTORY).wait(Duration::ZERO).await;
        waited.unwrap().into_result().unwrap().workspaces().len()
    };
    // Clones and clients with a configuration of this one share the rate, and so do calls with other settings.
    let derived = Client::from_conf(client.config().to_builder().build());
    let overridden = async |client: Client| {
        for _ in 0..40 {
            let call = client.describe_account().customize();
            let config = Config::builder().retry_config(RetryConfig::standard());
            call.config_override(config).send().await.unwrap();
        }
        fake.clock().clone()
    };
    let (one, two, waited, clock) = tokio::join!(
        list(client.clone()),
        list(derived),
        wait(client.clone()),
        overridden(client),
    );
    assert_eq!((one, two, waited), (40, 40, 1000));
    drop::<Clock>(clock);
    let calls = fake.calls();
    assert_eq!(calls.len(), 160);
    assert_paced(&calls, 2.0, 5.0);
    // Each of the four has a request in every round.
    let others: Vec<usize> = (calls.iter().enumerate())
        .filter(|(_, call)| call.operation == "DescribeAccount")
        .map(|(at, _)| at)
        .collect();
    assert!(
        others.windows(2).all(|pair| pair[1] - pair[0] <= 5),
        "{others:?}"
    );
}

#[tokio::test]
async fn retries_take_from_the_rate() {
    let fake = Fake::builder().build();
    fake.inject(Fault::server_error(503).times(30));
    let retries = RetryConfig::standard().with_max_attempts(31);
    let retries = retries.with_initial_backoff(Duration::from_millis(1));
    let retries = retries.with_max_backoff(Duration::from_millis(1));
    let partition = RetryPartition::custom("").token_bucket(TokenBucket::unlimited());
    let config = fake
        .config()
        .retry_config(retries)
        .retry_partition(partition.build());
    let client = Client::from_conf(config.request_rate(RequestRate::new(2.0, 5)).build());
    let call = || async { client.describe_account().send().await.is_ok() };
    let results = tokio::join!(call(), call(), call());
    assert_eq!(results, (true, true, true));
    let calls = fake.calls();
    let passed = calls[32].at.duration_since(calls[0].at).unwrap();
    assert!((14.0..15.0).contains(&passed.as_secs_f64()), "{passed:?}");
}

/// Otherwise, calls that time out would delay all that follow.
#[tokio::test]
async fn a_call_that_is_canceled_leaves_the_queue() {
    let (fake, client) = service(1);
    let call = async |client: Client| client.describe_account().send().await.is_ok();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..100 {
        tasks.spawn(call(client.clone()));
    }
    while fake.calls().len() < 6 {
        tasks.join_next().await;
    }
    tasks.abort_all();
    while tasks.join_next().await.is_some() {}
    let (before, sent) = (fake.now(), fake.calls().len());
    assert!(call(client).await);
    assert_eq!(fake.calls().len(), sent + 1);
    let passed = fake.now().duration_since(before).unwrap();
    assert!(passed <= Duration::from_millis(600), "{passed:?}");
}

/// Such calls are those of a `buffer_unordered` stream whose consumer makes a call.
#[tokio::test(start_paused = true)]
async fn a_call_that_waits_but_is_not_polled_does_not_block_others() {
    let fake = Fake::builder().clock(Clock::tokio()).rate(2, 5).build();
    let config = fake.config().retry_config(RetryConfig::disabled());
    let client = Client::from_conf(config.request_rate(published_request_rate()).build());
    let call = || client.describe_account().send();
    for _ in 0..4 {
        call().await.unwrap();
    }
    let mut kept: Vec<_> = (0..10).map(|_| Box::pin(call())).collect();
    for kept in &mut kept {
        let polled = std::future::poll_fn(|context| Poll::Ready(kept.as_mut().poll(context)));
        assert!(polled.await.is_pending());
    }
    let start = Instant::now();
    let limit = Duration::from_secs(60);
    for _ in 0..3 {
        timeout(limit, call()).await.unwrap().unwrap();
    }
    let passed = start.elapsed().as_secs_f64();
    assert!((6.0..7.0).contains(&passed), "{passed}");
    // They do not make up for the time at which nobody polled them: four at once, then one in half a second.
    tokio::time::advance(Duration::from_secs(60)).await;
    let start = Instant::now();
    let mut tasks: tokio::task::JoinSet<_> = kept.into_iter().collect();
    while let Some(result) = tasks.join_next().await {
        result.unwrap().unwrap();
    }
    let passed = start.elapsed().as_secs_f64();
    assert!((3.0..4.0).contains(&passed), "{passed}");
}

/// Reservations that are dropped again and again cost others nothing.
#[tokio::test]
async fn calls_that_time_out_do_not_slow_others_down() {
    let (fake, client) = service(1000);
    let hasty = async || {
        let timeouts = TimeoutConfig::builder().operation_timeout(Duration::from_millis(300));
        for _ in 0..60 {
            let config = Config::builder().timeout_config(timeouts.clone().build());
            let call = client.describe_account().customize();
            _ = call.config_override(config).send().await;
        }
    };
    let list = async || {
        let pages = client.describe_workspaces().into_paginator().send();
        assert_eq!(pages.try_collect().await.unwrap().len(), 40);
    };
    tokio::join!(list(), hasty(), hasty(), hasty());
    assert_paced(&fake.calls(), 2.0, 5.0);
}

/// Returns pages of 25 WorkSpaces up to a page with this number.
#[derive(Debug)]
struct Pages(usize);

impl HttpConnector for Pages {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = std::str::from_utf8(request.body().bytes().unwrap()).unwrap();
        let digits = body.chars().filter(char::is_ascii_digit);
        let number: usize = digits.collect::<String>().parse().unwrap_or_default();
        let workspace = r#"{"WorkspaceId":"ws-000000001","State":"AVAILABLE","UserName":"user"}"#;
        let workspaces = vec![workspace; 25].join(",");
        let next = match number + 1 < self.0 {
            true => format!(r#","NextToken":"{}{:01000}""#, "x".repeat(500), number + 1),
            false => String::new(),
        };
        let body = SdkBody::from(format!(r#"{{"Workspaces":[{workspaces}]{next}}}"#));
        HttpConnectorFuture::ready(Ok(HttpResponse::new(200.try_into().unwrap(), body)))
    }
}

/// The maximum of allocated bytes while a list is read.
fn memory(pages: usize) -> u64 {
    let connector = SharedHttpConnector::new(Pages(pages));
    let clock = Clock::manual();
    let config = Config::builder()
        .behavior_version_latest()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .request_rate(published_request_rate())
        .sleep_impl(clock.clone())
        .time_source(clock)
        .http_client(http_client_fn(move |_, _| connector.clone()));
    let client = Client::from_conf(config.build());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let info = allocation_counter::measure(|| {
        runtime.block_on(async {
            let mut items = client.describe_workspaces().into_paginator().items().send();
            let mut count = 0;
            while items.try_next().await.unwrap().is_some() {
                count += 1;
            }
            assert_eq!(count, pages * 25);
        });
    });
    info.bytes_max
}

#[test]
fn a_list_of_any_length_takes_the_same_memory() {
    let (short, long) = (memory(40), memory(4000));
    assert!(long <= short + short / 20, "{short} bytes, then {long}");
}
