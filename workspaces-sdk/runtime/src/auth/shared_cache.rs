//! The cache of credentials and tokens that several clients share.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, default_async_sleep};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCachePartition, IdentityFuture, ResolveCachedIdentity, ResolveIdentity,
    SharedIdentityCache, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use super::cached_identity::{CachePolicy, CachedIdentity};
use super::identity_cache::{IdentityKind, load_timeout};

/// The default maximum number of providers whose identities are cached.
const MAX_PARTITIONS: usize = 64;

/// Creates caches of credentials and tokens.
#[derive(Debug)]
#[non_exhaustive]
pub struct IdentityCache;

impl IdentityCache {
    /// Creates a cache that keeps nothing: each call loads its identity.
    #[inline]
    pub fn no_cache() -> SharedIdentityCache {
        NoCache.into_shared()
    }

    /// Creates a builder of a cache that loads an identity when a call needs it.
    #[inline]
    pub fn lazy() -> LazyCacheBuilder {
        LazyCacheBuilder::new()
    }
}

#[derive(Debug)]
struct NoCache;

impl ResolveCachedIdentity for NoCache {
    #[inline]
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        config: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::new(async move { resolver.resolve_identity(components, config).await })
    }
}

/// Declares methods that set a field.
macro_rules! setters {
    ($($(#[$docs:meta])* $name:ident($type:ty), $set:ident;)*) => {
        $(
            $(#[$docs])*
            #[inline]
            pub fn $name(mut self, $name: $type) -> Self {
                self.$name = Some($name);
                self
            }

            $(#[$docs])* /// `None` stands for the default.
            #[inline]
            pub fn $set(&mut self, $name: Option<$type>) -> &mut Self {
                self.$name = $name;
                self
            }
        )*
    };
}

/// Builds a cache that loads an identity when a call needs it.
///
/// One call at a time loads an identity, while the others wait for it. In the last minute before it expires, one call renews it,
/// while the others use the old one.
#[derive(Clone, Debug, Default)]
pub struct LazyCacheBuilder {
    buffer_time: Option<Duration>,
    default_expiration: Option<Duration>,
    load_timeout: Option<Duration>,
    max_partitions: Option<usize>,
    sleep_impl: Option<SharedAsyncSleep>,
    time_source: Option<SharedTimeSource>,
}

impl LazyCacheBuilder {
    /// Creates a builder.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    setters! {
        /// Sets the time before the expiry from which on an identity is not used any more. The default is 10 seconds.
        ///
        buffer_time(Duration), set_buffer_time;
        /// Sets the time after which an identity without an expiry is loaded again. The default is 15 minutes.
        ///
        default_expiration(Duration), set_default_expiration;
        /// Sets the time in which a provider must load an identity. The default is the time for the attempts of a client, with the
        /// longest delays between them.
        ///
        load_timeout(Duration), set_load_timeout;
        /// Sets the number of providers whose identities are cached, at least 1. The default is 64. A further provider
        /// takes the place of another one.
        ///
        max_partitions(usize), set_max_partitions;
    }

    /// Sets the sleep implementation used for timeouts. The default is that of the client.
    #[inline]
    pub fn sleep_impl(mut self, sleep_impl: impl AsyncSleep + 'static) -> Self {
        self.set_sleep_impl(sleep_impl.into_shared());
        self
    }

    /// Sets the sleep implementation used for timeouts. The default is that of the client.
    #[inline]
    pub fn set_sleep_impl(&mut self, sleep_impl: SharedAsyncSleep) -> &mut Self {
        self.sleep_impl = Some(sleep_impl);
        self
    }

    /// Sets the time source. The default is that of the client.
    #[inline]
    pub fn time_source(mut self, time_source: impl TimeSource + 'static) -> Self {
        self.set_time_source(time_source.into_shared());
        self
    }

    /// Sets the time source. The default is that of the client.
    #[inline]
    pub fn set_time_source(&mut self, time_source: SharedTimeSource) -> &mut Self {
        self.time_source = Some(time_source);
        self
    }

    /// Creates the cache.
    #[inline]
    pub fn build(self) -> SharedIdentityCache {
        let default = CachePolicy::default();
        LazyCache {
            policy: CachePolicy {
                lifetime: self.default_expiration.unwrap_or(default.lifetime),
                margin: self.buffer_time.unwrap_or(default.margin),
            },
            load_timeout: self.load_timeout,
            max_partitions: self.max_partitions.unwrap_or(MAX_PARTITIONS).max(1),
            sleep: self.sleep_impl,
            time: self.time_source,
            partitions: Mutex::default(),
        }
        .into_shared()
    }
}

/// A cache with a partition for each provider.
struct LazyCache {
    policy: CachePolicy,
    load_timeout: Option<Duration>,
    max_partitions: usize,
    sleep: Option<SharedAsyncSleep>,
    time: Option<SharedTimeSource>,
    partitions: Mutex<HashMap<IdentityCachePartition, Arc<CachedIdentity>>>,
}

impl fmt::Debug for LazyCache {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LazyCache")
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

impl LazyCache {
    /// Returns the partition of a provider. If there are too many, it takes the place of another one.
    #[inline]
    fn partition(&self, key: IdentityCachePartition) -> Arc<CachedIdentity> {
        let mut partitions = self
            .partitions
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(cached) = partitions.get(&key) {
            return cached.clone();
        }
        if partitions.len() >= self.max_partitions {
            tracing::warn!(
                max_partitions = self.max_partitions,
                "the identity cache forgets a provider to make room for another one; create clients once, or raise `max_partitions`"
            );
            let other = partitions.keys().next().cloned();
            other.map(|other| partitions.remove(&other));
        }
        let cached = Arc::new(CachedIdentity::new(IdentityKind::Any, self.policy));
        partitions.insert(key, cached.clone());
        cached
    }

    #[inline]
    async fn resolve(
        &self,
        resolver: SharedIdentityResolver,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<Identity, BoxError> {
        let cached = self.partition(resolver.cache_partition());
        let sleep = self.sleep.clone().or_else(|| components.sleep_impl());
        let sleep = sleep
            .or_else(default_async_sleep)
            .ok_or("no sleep implementation is available for the identity cache; enable the feature `rt-tokio` or set `sleep_impl`")?;
        let time = self.time.clone().or_else(|| components.time_source());
        let limit = || {
            self.load_timeout.unwrap_or_else(|| {
                let retries = config.load::<RetryConfig>().cloned();
                let timeouts = config.load::<TimeoutConfig>().cloned();
                load_timeout(
                    &retries.unwrap_or_else(RetryConfig::standard),
                    &timeouts.unwrap_or_else(TimeoutConfig::disabled),
                )
            })
        };
        let now = time.unwrap_or_default().now();
        let identity = cached.get(&resolver, None, now, &sleep, components, limit);
        Ok(identity.await?)
    }
}

impl ResolveCachedIdentity for LazyCache {
    #[inline]
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        config: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::new(self.resolve(resolver, components, config))
    }
}
