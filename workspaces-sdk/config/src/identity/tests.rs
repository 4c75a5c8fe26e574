use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_smithy_async::rt::sleep::default_async_sleep;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityFuture, ResolveCachedIdentity, ResolveIdentity, SharedIdentityCache,
    SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::ConfigBag;

use super::IdentityCache;

/// A provider that counts its loads. The identity is their number, and expires after a time.
#[derive(Clone, Debug)]
struct Provider {
    loads: Arc<AtomicU64>,
    takes: Duration,
    expires: Option<SystemTime>,
}

impl Provider {
    fn new(expires: Option<u64>) -> Self {
        Self {
            loads: Arc::default(),
            takes: Duration::from_millis(1),
            expires: expires.map(at),
        }
    }
}

impl ResolveIdentity for Provider {
    fn resolve_identity<'a>(
        &'a self,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::new(async {
            tokio::time::sleep(self.takes).await;
            let number = self.loads.fetch_add(1, Ordering::SeqCst) + 1;
            Ok(Identity::new(number, self.expires))
        })
    }
}

fn at(second: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(second)
}

async fn resolve(
    cache: &SharedIdentityCache,
    provider: &SharedIdentityResolver,
    now: u64,
) -> Result<u64, BoxError> {
    let components = RuntimeComponentsBuilder::for_tests()
        .with_time_source(Some(StaticTimeSource::new(at(now))))
        .with_sleep_impl(default_async_sleep())
        .build()
        .unwrap();
    let config = ConfigBag::base();
    let identity = cache.resolve_cached_identity(provider.clone(), &components, &config);
    Ok(*identity.await?.data::<u64>().unwrap())
}

#[tokio::test]
async fn an_identity_is_kept_until_shortly_before_it_expires() {
    let cache = IdentityCache::lazy().build();
    let provider = SharedIdentityResolver::new(Provider::new(Some(1000)));
    // The time, and the number of the identity. In the last minute, a call renews it.
    for (now, expected) in [(0, 1), (900, 1), (939, 1), (940, 2), (995, 3)] {
        assert_eq!(
            resolve(&cache, &provider, now).await.unwrap(),
            expected,
            "{now}"
        );
    }
}

#[tokio::test]
async fn an_identity_without_an_expiry_is_kept_for_15_minutes() {
    for (builder, lifetime) in [
        (IdentityCache::lazy(), 900),
        (
            IdentityCache::lazy().default_expiration(Duration::from_secs(3600)),
            3600,
        ),
    ] {
        let cache = builder.build();
        let provider = SharedIdentityResolver::new(Provider::new(None));
        for (now, expected) in [(0, 1), (lifetime - 61, 1), (lifetime, 2)] {
            assert_eq!(
                resolve(&cache, &provider, now).await.unwrap(),
                expected,
                "{now}"
            );
        }
    }
}

#[tokio::test]
async fn calls_at_the_same_time_load_once() {
    let cache = IdentityCache::lazy().build();
    let provider = Provider::new(Some(1000));
    let resolver = SharedIdentityResolver::new(provider.clone());
    let calls = [(); 3].map(|()| resolve(&cache, &resolver, 0));
    let [a, b, c] = calls;
    let found = tokio::join!(a, b, c);
    assert_eq!(
        (found.0.unwrap(), found.1.unwrap(), found.2.unwrap()),
        (1, 1, 1)
    );
    assert_eq!(provider.loads.load(Ordering::SeqCst), 1);
}

/// A provider for which there is no room takes the place of another one.
#[tokio::test]
async fn each_provider_has_its_own_identity_while_there_is_room() {
    for (room, loads) in [(2, [1, 1, 1]), (1, [1, 2, 3])] {
        let cache = IdentityCache::lazy().max_partitions(room).build();
        let [first, second] =
            [(); 2].map(|()| SharedIdentityResolver::new(Provider::new(Some(1000))));
        for loads in loads {
            for provider in [&first, &second] {
                assert_eq!(resolve(&cache, provider, 0).await.unwrap(), loads);
            }
        }
    }
}

#[tokio::test]
async fn without_a_cache_each_call_loads() {
    let cache = IdentityCache::no_cache();
    let provider = SharedIdentityResolver::new(Provider::new(Some(1000)));
    assert_eq!(resolve(&cache, &provider, 0).await.unwrap(), 1);
    assert_eq!(resolve(&cache, &provider, 0).await.unwrap(), 2);
}

#[tokio::test]
async fn a_slow_provider_is_interrupted() {
    let cache = || {
        IdentityCache::lazy()
            .load_timeout(Duration::from_millis(5))
            .build()
    };
    let slow = Provider {
        takes: Duration::from_secs(60),
        ..Provider::new(Some(1000))
    };
    let error = resolve(&cache(), &SharedIdentityResolver::new(slow), 0).await;
    let error = error.unwrap_err();
    assert_eq!(error.to_string(), "the identity provider failed");
    assert_eq!(
        error.source().unwrap().to_string(),
        "it took longer than 5ms"
    );
}
