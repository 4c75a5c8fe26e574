//! Retry partitions, sources of invocation IDs and identity caches that the program sets, over a socket.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_credential_types::provider::future;
use aws_smithy_runtime_api::box_error::BoxError;
use workspaces_sdk::Client;
use workspaces_sdk::config::retry::{ClientRateLimiter, RetryConfig, RetryPartition, TokenBucket};
use workspaces_sdk::config::{
    Builder, Credentials, IdentityCache, InvocationId, InvocationIdGenerator, ProvideCredentials,
    SharedCredentialsProvider,
};
use workspaces_sdk::error::{DisplayErrorContext, SdkError};

use crate::server::{Server, response};

fn retrying(server: &Server) -> Builder {
    let retries = RetryConfig::standard().with_initial_backoff(Duration::ZERO);
    server.config().retry_config(retries)
}

#[tokio::test]
async fn clients_of_a_partition_share_its_quota() {
    let server = Server::always(response(503, &[], "{}")).await;
    let bucket = || TokenBucket::builder().capacity(10).timeout_retry_cost(4);
    let partition = |bucket: TokenBucket| {
        let limiter = ClientRateLimiter::builder().build();
        let partition = RetryPartition::custom("test").client_rate_limiter(limiter);
        partition.token_bucket(bucket).build()
    };
    let (first, second) = (partition(bucket().build()), partition(bucket().build()));
    let small = partition(TokenBucket::new(9));
    let named = RetryPartition::new(format!("named {}", server.url()));
    // The number of attempts. The first partition has tokens for two retries, and is used three times.
    for (partition, expected) in [
        (Some(&first), 3),
        (Some(&first.clone()), 1),
        (Some(&second), 3),
        (Some(&first), 1),
        (Some(&small), 1),
        (Some(&named), 3),
        (None, 3),
    ] {
        let config = retrying(&server).set_partition(partition);
        let client = Client::from_conf(config.build());
        assert_eq!(client.config().retry_partition(), partition);
        let before = server.requests().len();
        client.describe_workspaces().send().await.unwrap_err();
        assert_eq!(server.requests().len() - before, expected, "{partition:?}");
    }
    // Settings of one call.
    let client = Client::from_conf(retrying(&server).build());
    let call = client.describe_workspaces().customize();
    let before = server.requests().len();
    let settings = workspaces_sdk::Config::builder().retry_partition(small);
    call.config_override(settings).send().await.unwrap_err();
    assert_eq!(server.requests().len() - before, 1);
}

trait SetPartition {
    fn set_partition(self, partition: Option<&RetryPartition>) -> Self;
}

impl SetPartition for Builder {
    fn set_partition(mut self, partition: Option<&RetryPartition>) -> Self {
        self.set_retry_partition(partition.cloned());
        self.set_retry_partition(None);
        self
    }
}

/// Numbers the calls. The third has no ID, the fourth an ID that no header can have, and the fifth fails.
#[derive(Debug, Default)]
struct Numbers(AtomicUsize);

impl InvocationIdGenerator for Numbers {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        match self.0.fetch_add(1, Ordering::SeqCst) {
            2 => Ok(None),
            3 => Ok(Some(InvocationId::new("a\nb".to_owned()))),
            4 => Err("no number is left".into()),
            number => Ok(Some(InvocationId::new(format!("call-{number}")))),
        }
    }
}

#[tokio::test]
async fn all_attempts_of_a_call_have_the_id_of_the_generator() {
    let server = Server::start(|number, _| match number {
        0 => response(503, &[], "{}"),
        _ => response(200, &[], "{}"),
    })
    .await;
    let config = retrying(&server).invocation_id_generator(Numbers::default());
    let client = Client::from_conf(config.build());
    assert!(client.config().invocation_id_generator().is_some());
    let call = || client.describe_workspaces().send();
    for _ in 0..3 {
        call().await.unwrap();
    }
    for expected in [
        "`amz-sdk-invocation-id` contains a character",
        "no number is left",
    ] {
        let error = call().await.unwrap_err();
        assert!(
            matches!(error, SdkError::ConstructionFailure(_)),
            "{error:?}"
        );
        let text = DisplayErrorContext(&error).to_string();
        assert!(text.contains(expected), "{text}");
    }
    let requests = server.requests();
    let ids = requests.iter().map(|it| it.header("amz-sdk-invocation-id"));
    let expected = [Some("call-0"), Some("call-0"), Some("call-1"), None];
    assert_eq!(ids.collect::<Vec<_>>(), expected);
}

/// Credentials, and the number of times that they were loaded.
#[derive(Clone, Debug, Default)]
struct Counted(Arc<AtomicUsize>);

impl ProvideCredentials for Counted {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.0.fetch_add(1, Ordering::SeqCst);
        future::ProvideCredentials::ready(Ok(Credentials::new("A", "S", None, None, "test")))
    }
}

/// The provider that was there first may be one that is not used any more.
#[tokio::test]
async fn a_full_identity_cache_makes_room() {
    let server = Server::always(response(200, &[], "{}")).await;
    let cache = IdentityCache::lazy().max_partitions(1).build();
    let counted = [Counted::default(), Counted::default()];
    // Each of these has a partition of the cache.
    let shared = counted.clone().map(SharedCredentialsProvider::new);
    for (provider, loads) in [(0, [1, 0]), (1, [1, 1]), (1, [1, 1]), (0, [2, 1])] {
        let mut config = server.config();
        config.set_credentials_provider(Some(shared[provider].clone()));
        let client = Client::from_conf(config.identity_cache(cache.clone()).build());
        client.describe_workspaces().send().await.unwrap();
        client.describe_workspaces().send().await.unwrap();
        let found = counted.each_ref().map(|it| it.0.load(Ordering::SeqCst));
        assert_eq!(found, loads);
    }
}

#[tokio::test]
async fn an_identity_cache_can_be_shared_or_off() {
    let server = Server::always(response(200, &[], "{}")).await;
    let shared = IdentityCache::lazy()
        .load_timeout(Duration::from_secs(10))
        .build();
    for (cache, expected) in [(shared, 1), (IdentityCache::no_cache(), 4)] {
        let provider = Counted::default();
        let config = server.config().credentials_provider(provider.clone());
        let config = config.identity_cache(cache).build();
        for client in [(); 2].map(|()| Client::from_conf(config.clone())) {
            client.describe_workspaces().send().await.unwrap();
            client.describe_workspaces().send().await.unwrap();
        }
        assert_eq!(provider.0.load(Ordering::SeqCst), expected);
    }
}
