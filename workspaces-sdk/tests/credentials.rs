//! When a client loads credentials, what happens if the provider fails, and signatures by the clock of the service.

use std::future::poll_fn;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, future};
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::identity::{
    IdentityFuture, ResolveIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::timeout::TimeoutConfig;
use workspaces_sdk::config::{
    Credentials, ProvideCredentials, ResolveCachedIdentity, StalledStreamProtectionConfig,
};
use workspaces_sdk::error::{DisplayErrorContext, SdkError};
use workspaces_sdk::fake::{self, Fake};
use workspaces_sdk::{Client, Config};

use crate::server::{Server, response};

/// A clock that the test sets, in seconds after 1970.
#[derive(Clone, Debug)]
struct Clock(Arc<AtomicU64>);

impl Clock {
    fn new() -> Self {
        Self(Arc::new(AtomicU64::new(1_000_000_000)))
    }

    fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

/// A sleep implementation that takes a hundredth of the time.
#[derive(Debug)]
struct ShortSleep;

impl AsyncSleep for ShortSleep {
    fn sleep(&self, duration: Duration) -> Sleep {
        Sleep::new(tokio::time::sleep(duration / 100))
    }
}

/// A provider whose credentials are numbered.
#[derive(Clone, Debug)]
struct Provider {
    clock: Clock,
    loads: Arc<AtomicUsize>,
    lifetime: Option<u64>,
    delay: Duration,
    failing: Arc<Mutex<bool>>,
    fallback: Option<Credentials>,
}

impl Provider {
    fn new(clock: &Clock) -> Self {
        Self {
            clock: clock.clone(),
            loads: Arc::default(),
            lifetime: Some(3600),
            delay: Duration::ZERO,
            failing: Arc::default(),
            fallback: None,
        }
    }

    fn loads(&self) -> usize {
        self.loads.load(Ordering::SeqCst)
    }

    fn fail(&self, failing: bool) {
        *self.failing.lock().unwrap() = failing;
    }

    async fn provide(&self) -> provider::Result {
        let number = self.loads.fetch_add(1, Ordering::SeqCst) + 1;
        tokio::time::sleep(self.delay).await;
        if *self.failing.lock().unwrap() {
            return Err(CredentialsError::provider_error("no connection"));
        }
        let expires = self
            .lifetime
            .map(|lifetime| self.clock.now() + Duration::from_secs(lifetime));
        Ok(Credentials::new(
            format!("AKID{number}"),
            "SECRET",
            None,
            expires,
            "test",
        ))
    }
}

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.provide())
    }

    fn fallback_on_interrupt(&self) -> Option<Credentials> {
        self.fallback.clone()
    }
}

fn client(server: &Server, provider: &Provider) -> Client {
    let config = server
        .config()
        .credentials_provider(provider.clone())
        .time_source(provider.clock.clone());
    Client::from_conf(config.build())
}

async fn ok() -> Server {
    Server::always(response(200, &[], "{}")).await
}

/// The access key of the last request.
fn key(server: &Server) -> String {
    let requests = server.requests();
    let authorization = requests.last().unwrap().header("authorization").unwrap();
    authorization
        .split_once("Credential=")
        .unwrap()
        .1
        .split_once('/')
        .unwrap()
        .0
        .to_owned()
}

#[tokio::test]
async fn credentials_are_cached_until_shortly_before_they_expire() {
    let (server, clock) = (ok().await, Clock::new());
    let provider = Provider::new(&clock);
    let client = client(&server, &provider);
    for (seconds, expected) in [
        (0, "AKID1"),
        (3000, "AKID1"),
        (539, "AKID1"),
        (1, "AKID2"),
        (3600, "AKID3"),
    ] {
        clock.advance(seconds);
        client.clone().describe_workspaces().send().await.unwrap();
        assert_eq!(key(&server), expected, "{seconds}");
    }
}

#[tokio::test]
async fn credentials_without_an_expiry_are_cached_for_fifteen_minutes() {
    let (server, clock) = (ok().await, Clock::new());
    let provider = Provider {
        lifetime: None,
        ..Provider::new(&clock)
    };
    let client = client(&server, &provider);
    for (seconds, expected) in [(0, "AKID1"), (839, "AKID1"), (100, "AKID2")] {
        clock.advance(seconds);
        client.describe_workspaces().send().await.unwrap();
        assert_eq!(key(&server), expected, "{seconds}");
    }
}

#[tokio::test]
async fn concurrent_calls_load_credentials_once() {
    let (server, clock) = (ok().await, Clock::new());
    let provider = Provider {
        delay: Duration::from_millis(50),
        ..Provider::new(&clock)
    };
    let client = client(&server, &provider);
    let calls: Vec<_> = (0..20)
        .map(|_| tokio::spawn(client.describe_workspaces().send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(provider.loads(), 1);
}

/// A program can poll a call once and keep it, as in a loop with `select!`.
#[tokio::test(start_paused = true)]
async fn a_call_that_loads_credentials_but_is_not_polled_does_not_block_others() {
    let fake = Fake::builder().clock(fake::Clock::tokio()).build();
    let provider = Provider {
        lifetime: None,
        delay: Duration::from_millis(50),
        ..Provider::new(&Clock::new())
    };
    let config = fake.config().credentials_provider(provider.clone());
    let client = Client::from_conf(config.build());
    let call = || client.describe_account().send();
    // One call loads the credentials, and one waits for them.
    let mut kept = [Box::pin(call()), Box::pin(call())];
    for kept in &mut kept {
        let polled = poll_fn(|context| Poll::Ready(kept.as_mut().poll(context)));
        assert!(polled.await.is_pending());
    }
    assert_eq!(provider.loads(), 1);
    let others = async {
        call().await.unwrap();
        call().await.unwrap();
    };
    let limit = Duration::from_secs(60);
    tokio::time::timeout(limit, others).await.unwrap();
    assert_eq!(provider.loads(), 2);
    for kept in kept {
        kept.await.unwrap();
    }
    assert_eq!(provider.loads(), 2);
}

/// On a machine whose clock is ahead, even new credentials seem to have expired.
#[tokio::test]
async fn concurrent_calls_load_expired_credentials_once() {
    let (server, clock) = (ok().await, Clock::new());
    let provider = Provider {
        lifetime: Some(5),
        delay: Duration::from_millis(50),
        ..Provider::new(&clock)
    };
    let client = client(&server, &provider);
    let calls: Vec<_> = (0..20)
        .map(|_| tokio::spawn(client.describe_workspaces().send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(provider.loads(), 1);
    client.describe_workspaces().send().await.unwrap();
    assert_eq!(provider.loads(), 2);
}

#[tokio::test]
async fn a_failure_reaches_all_waiting_calls_and_is_not_cached() {
    let (server, clock) = (ok().await, Clock::new());
    let provider = Provider {
        delay: Duration::from_millis(50),
        ..Provider::new(&clock)
    };
    provider.fail(true);
    let client = client(&server, &provider);
    let calls: Vec<_> = (0..20)
        .map(|_| tokio::spawn(client.describe_workspaces().send()))
        .collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
        let text = DisplayErrorContext(&error).to_string();
        assert!(
            text.contains("the credentials provider failed") && text.contains("no connection"),
            "{text}"
        );
    }
    assert_eq!(provider.loads(), 1);
    assert_eq!(server.requests(), []);

    provider.fail(false);
    client.describe_workspaces().send().await.unwrap();
    assert_eq!(provider.loads(), 2);
}

/// A cache that keeps nothing, and records the attempts and connect timeout that it receives.
#[derive(Clone, Debug, Default)]
struct Cache(Arc<Mutex<Vec<(u32, Duration)>>>);

impl ResolveCachedIdentity for Cache {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        config: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        let retry = config.load::<RetryConfig>().unwrap();
        let timeouts = config.load::<TimeoutConfig>().unwrap();
        let settings = (retry.max_attempts(), timeouts.connect_timeout().unwrap());
        self.0.lock().unwrap().push(settings);
        IdentityFuture::new(async move { resolver.resolve_identity(components, config).await })
    }
}

#[tokio::test]
async fn a_custom_cache_receives_the_settings() {
    let (server, clock) = (ok().await, Clock::new());
    let provider = Provider::new(&clock);
    let cache = Cache::default();
    let config = server
        .config()
        .identity_cache(cache.clone())
        .credentials_provider(provider.clone())
        .retry_config(RetryConfig::standard().with_max_attempts(7));
    let client = Client::from_conf(config.build());
    for _ in 0..2 {
        client.describe_workspaces().send().await.unwrap();
    }
    assert_eq!((key(&server).as_str(), provider.loads()), ("AKID2", 2));
    let settings = (7, Duration::from_millis(3100));
    assert_eq!(*cache.0.lock().unwrap(), [settings, settings]);
}

#[tokio::test]
async fn a_slow_provider_times_out() {
    let (server, clock) = (ok().await, Clock::new());
    let provider = Provider {
        delay: Duration::from_secs(60),
        ..Provider::new(&clock)
    };
    let config = server
        .config()
        .retry_config(RetryConfig::standard())
        .credentials_provider(provider)
        .sleep_impl(ShortSleep);
    let error = Client::from_conf(config.build())
        .describe_workspaces()
        .send()
        .await
        .unwrap_err();
    let text = DisplayErrorContext(&error).to_string();
    assert!(text.contains("timed out after 21 seconds"), "{text}");
}

#[tokio::test]
async fn a_slow_provider_can_have_earlier_credentials() {
    let (server, clock) = (ok().await, Clock::new());
    let earlier = Credentials::new("EARLIER", "SECRET", None, None, "test");
    let mut provider = Provider {
        delay: Duration::from_secs(60),
        fallback: Some(earlier),
        ..Provider::new(&clock)
    };
    let config = |provider: &Provider| {
        let config = server.config().credentials_provider(provider.clone());
        config.time_source(clock.clone()).sleep_impl(ShortSleep)
    };
    let client = Client::from_conf(config(&provider).build());
    client.describe_workspaces().send().await.unwrap();
    assert_eq!(key(&server), "EARLIER");

    // A provider that fails has no credentials, whatever it had before.
    provider.delay = Duration::ZERO;
    provider.fail(true);
    let client = Client::from_conf(config(&provider).build());
    client.describe_workspaces().send().await.unwrap_err();
}

#[tokio::test]
async fn credentials_that_cannot_be_renewed_are_used_until_they_expire() {
    let (server, clock) = (ok().await, Clock::new());
    let provider = Provider::new(&clock);
    let client = client(&server, &provider);
    client.describe_workspaces().send().await.unwrap();
    provider.fail(true);
    clock.advance(3550);
    client.describe_workspaces().send().await.unwrap();
    assert_eq!((provider.loads(), key(&server).as_str()), (2, "AKID1"));
    clock.advance(45);
    client.describe_workspaces().send().await.unwrap_err();
    assert_eq!((provider.loads(), server.requests().len()), (3, 2));
}

#[tokio::test]
async fn after_a_renewal_there_is_none_for_ten_seconds() {
    let (server, clock) = (ok().await, Clock::new());
    let provider = Provider {
        lifetime: Some(50),
        ..Provider::new(&clock)
    };
    let client = client(&server, &provider);
    for (seconds, loads) in [(0, 1), (0, 2), (9, 2), (1, 3), (9, 3)] {
        clock.advance(seconds);
        client.describe_workspaces().send().await.unwrap();
        assert_eq!(provider.loads(), loads);
    }
}

/// The limit of a renewal is shorter than that of a call that needs credentials.
#[tokio::test]
async fn a_renewal_that_takes_too_long_fails_no_call() {
    let (server, clock) = (ok().await, Clock::new());
    let mut provider = Provider::new(&clock);
    provider.delay = Duration::from_millis(300);
    // A call may take five seconds here.
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(500));
    let config = server
        .config()
        .credentials_provider(provider.clone())
        .sleep_impl(ShortSleep)
        .time_source(clock.clone())
        .timeout_config(timeouts.build())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    let client = Client::from_conf(config.build());
    client.describe_workspaces().send().await.unwrap();
    clock.advance(3550);
    // Its limit of 5 seconds is 50 milliseconds here.
    let renewing = tokio::spawn(client.describe_workspaces().send());
    while provider.loads() < 2 {
        tokio::task::yield_now().await;
    }
    clock.advance(45);
    client.describe_workspaces().send().await.unwrap();
    assert_eq!((provider.loads(), key(&server).as_str()), (3, "AKID3"));
    renewing.await.unwrap().unwrap();
}

#[tokio::test]
async fn calls_do_not_wait_while_credentials_are_renewed() {
    let (server, clock) = (ok().await, Clock::new());
    let mut provider = Provider::new(&clock);
    provider.delay = Duration::from_secs(1);
    let client = client(&server, &provider);
    client.describe_workspaces().send().await.unwrap();
    clock.advance(3550);
    let slow = tokio::spawn(client.describe_workspaces().send());
    while provider.loads() < 2 {
        tokio::task::yield_now().await;
    }
    client.describe_workspaces().send().await.unwrap();
    assert!(!slow.is_finished(), "the call did not wait for the renewal");
    assert_eq!(key(&server), "AKID1");
    slow.await.unwrap().unwrap();
    assert_eq!(key(&server), "AKID2");
}

#[tokio::test]
async fn a_call_can_override_the_credentials() {
    let (server, clock) = (ok().await, Clock::new());
    let provider = Provider::new(&clock);
    let client = client(&server, &provider);
    client.describe_workspaces().send().await.unwrap();
    let other = Config::builder()
        .credentials_provider(Credentials::new("OTHER", "SECRET", None, None, "test"));
    client
        .describe_workspaces()
        .customize()
        .config_override(other)
        .send()
        .await
        .unwrap();
    assert_eq!(key(&server), "OTHER");
    let region = Config::builder().region(workspaces_sdk::config::Region::new("us-east-1"));
    client
        .describe_workspaces()
        .customize()
        .config_override(region)
        .send()
        .await
        .unwrap();
    assert_eq!((key(&server).as_str(), provider.loads()), ("AKID1", 1));
}
