//! How many retries the quota allows, which all calls share.

use aws_smithy_types::retry::RetrySpec;
use workspaces_sdk::config::retry::RetryConfig;

use super::{client, error, ok};
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
