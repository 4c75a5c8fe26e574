//! How many retries the quota allows, which all calls share.

use aws_smithy_types::retry::RetrySpec;
use workspaces_sdk::Config;
use workspaces_sdk::config::retry::{RetryConfig, RetryPartition, TokenBucket};

use super::{client, error, ok};
use crate::interceptors::Idle;
use crate::server::{Server, Step};

/// The total number of attempts of `calls` calls that always fail.
async fn attempts_of(calls: usize, steps: Vec<Step>, config: RetryConfig) -> usize {
    let server = Server::always(steps).await;
    let (client, _) = client(&server, config);
    for _ in 0..calls {
        client
            .clone()
            .describe_workspaces()
            .send()
            .await
            .unwrap_err();
    }
    server.requests().len() - calls
}

#[tokio::test]
async fn the_quota_limits_the_retries_of_all_calls() {
    let standard = RetryConfig::standard;
    assert_eq!(attempts_of(60, error(500, "X"), standard()).await, 50);
    assert_eq!(
        attempts_of(120, error(400, "Throttling"), standard()).await,
        100
    );
    assert_eq!(attempts_of(60, vec![Step::Reset], standard()).await, 50);
    let new = || standard().with_retry_spec(RetrySpec::v2_1());
    assert_eq!(attempts_of(60, error(500, "X"), new()).await, 35);
    assert_eq!(attempts_of(120, error(400, "Throttling"), new()).await, 100);
}

#[tokio::test]
async fn clients_of_one_region_share_the_quota() {
    let server = Server::always(error(500, "X")).await;
    // Other tests use so many Regions that a quota without clients can be forgotten.
    let _kept = client(&server, RetryConfig::standard());
    for _ in 0..30 {
        let (client, _) = client(&server, RetryConfig::standard());
        client.describe_workspaces().send().await.unwrap_err();
    }
    assert_eq!(server.requests().len(), 30 + 50);
}

#[tokio::test]
async fn successful_calls_refill_the_quota() {
    // Every third attempt succeeds. Two retries take tokens, and the success returns those of the second.
    let server = Server::start(|number, _| {
        if number % 3 == 2 {
            ok()
        } else {
            error(500, "X")
        }
    })
    .await;
    let (client, _) = client(&server, RetryConfig::standard());
    for _ in 0..49 {
        client.describe_workspaces().send().await.unwrap();
    }
    // 500 - 49 * 10 = 10 tokens are left for one more retry, which fails.
    client.describe_workspaces().send().await.unwrap_err();
    assert_eq!(server.requests().len(), 49 * 3 + 2);
    // The next request is the third, so it succeeds and returns one token, which is too few for a retry.
    client.describe_workspaces().send().await.unwrap();
    client.describe_workspaces().send().await.unwrap_err();
    assert_eq!(server.requests().len(), 49 * 3 + 4);
}

#[tokio::test]
async fn a_long_poll_without_quota_waits_before_its_error() {
    let server = Server::always(error(500, "X")).await;
    let standard = RetryConfig::standard;
    for (config, expected) in [
        (standard(), vec![]),
        (standard().with_retry_spec(RetrySpec::v2_1()), vec![]),
        (long_polling(RetrySpec::v2_0()), vec![1.0]),
        (long_polling(RetrySpec::v2_1()), vec![0.05]),
        (long_polling(RetrySpec::v2_1()).with_max_attempts(1), vec![]),
    ] {
        let (client, waits) = client(&server, config);
        let partition = RetryPartition::custom("").token_bucket(TokenBucket::new(0));
        let partition = partition.build();
        let call = || {
            let partition = Config::builder().retry_partition(partition.clone());
            let call = client.describe_workspaces().customize();
            call.config_override(partition)
        };
        call().send().await.unwrap_err();
        assert_eq!(waits.seconds(), expected);
        call().interceptor(Idle).send().await.unwrap_err();
        assert_eq!(waits.seconds(), expected.repeat(2));
    }
    assert_eq!(server.requests().len(), 10);
}

fn long_polling(spec: RetrySpec) -> RetryConfig {
    RetryConfig::standard().with_retry_spec(spec.with_long_polling(true))
}
