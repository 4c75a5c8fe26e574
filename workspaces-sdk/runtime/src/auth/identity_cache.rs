//! The cache of an identity: the credentials or the token of a client. The provider behind it comes from the settings.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::error::CredentialsError;
#[cfg(feature = "bearer")]
use aws_credential_types::provider::error::TokenError;
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::{
    Identity, ResolveCachedIdentity, ResolveIdentity, SharedIdentityCache, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use crate::error::{Failure, not_sent};

/// The time after which identities without an expiry are loaded again.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// The time before the expiry at which identities are renewed, while other calls use the old ones.
const RENEWAL: Duration = Duration::from_secs(60);

/// The time before the expiry from which on identities are not used any more.
const MARGIN: Duration = Duration::from_secs(10);

/// The timeout of a provider while a valid identity exists.
const RENEWAL_TIMEOUT: Duration = Duration::from_secs(5);

/// The minimum time to connect, two of which make an attempt of a provider.
const CONNECTING: Duration = Duration::from_millis(3100);

/// The kinds of identities.
#[derive(Clone, Copy)]
pub(crate) enum IdentityKind {
    /// Credentials, which sign requests.
    Credentials,
    /// A token, which requests contain.
    #[cfg(feature = "bearer")]
    Token,
}

impl IdentityKind {
    /// The name in messages. The settings have a `{name}_provider`.
    fn name(self) -> &'static str {
        match self {
            Self::Credentials => "credentials",
            #[cfg(feature = "bearer")]
            Self::Token => "token",
        }
    }

    fn timed_out(self, limit: Duration) -> BoxError {
        match self {
            Self::Credentials => CredentialsError::provider_timed_out(limit).into(),
            #[cfg(feature = "bearer")]
            Self::Token => TokenError::provider_timed_out(limit).into(),
        }
    }
}

/// An identity of a client.
///
/// One call at a time loads it when it needs it. The calls that wait meanwhile share a failure. A failure is not
/// cached, so the next call loads again.
pub(crate) struct IdentityCache {
    kind: IdentityKind,
    provider: Option<SharedIdentityResolver>,
    /// The cache of the configuration, which replaces this one.
    shared_cache: Option<SharedIdentityCache>,
    cached: Mutex<Option<Cached>>,
    /// The call that holds the lock loads an identity and stores the outcome here.
    loading: tokio::sync::Mutex<Option<Outcome>>,
    /// The number of loads.
    loads: AtomicU64,
}

/// The account of the credentials, if it is known.
pub(crate) fn account_id(identity: &Identity) -> Option<String> {
    let credentials = identity.data::<aws_credential_types::Credentials>()?;
    Some(credentials.account_id()?.as_str().to_owned())
}

/// The result of a load.
type Outcome = Result<Identity, NoIdentity>;

#[derive(Clone)]
struct Cached {
    identity: Identity,
    expires: SystemTime,
}

impl IdentityCache {
    pub(crate) fn new(
        kind: IdentityKind,
        provider: Option<SharedIdentityResolver>,
        shared_cache: Option<SharedIdentityCache>,
    ) -> Self {
        Self {
            kind,
            provider,
            shared_cache,
            cached: Mutex::default(),
            loading: tokio::sync::Mutex::default(),
            loads: AtomicU64::default(),
        }
    }

    /// Returns the identity to use at `now`.
    ///
    /// # Errors
    /// A dispatch failure when there is no provider, or when the provider fails and no valid identity exists.
    pub(crate) async fn get(
        &self,
        now: SystemTime,
        sleep: &SharedAsyncSleep,
        components: &RuntimeComponents,
        retry: &RetryConfig,
        timeouts: &TimeoutConfig,
    ) -> Result<Identity, Failure> {
        let provider = self.provider.as_ref().ok_or_else(|| {
            let name = self.kind.name();
            not_sent(
                format!("no {name} provider is set; set `{name}_provider` on the configuration")
                    .into(),
            )
        })?;
        if let Some(cache) = &self.shared_cache {
            // The official cache computes the timeout of the provider from these.
            let mut layer = Layer::new("client");
            layer.store_put(retry.clone());
            layer.store_put(timeouts.clone());
            let config = ConfigBag::of_layers([layer]);
            return cache
                .resolve_cached_identity(provider.clone(), components, &config)
                .await
                .map_err(not_sent);
        }
        let load = |limit| self.load(provider, now, sleep, components, limit);
        match self.cached(now, MARGIN) {
            Some(cached) if cached.holds(now, RENEWAL) => Ok(cached.identity),
            Some(cached) => Ok(self.renew(load).await.unwrap_or(cached.identity)),
            None => self
                .wait(now, || load(load_timeout(retry, timeouts)))
                .await
                .map_err(|error| not_sent(error.into())),
        }
    }

    /// Loads a new identity, unless another call does so already.
    async fn renew<F: Future<Output = Outcome>>(
        &self,
        load: impl FnOnce(Duration) -> F,
    ) -> Option<Identity> {
        let mut last = self.loading.try_lock().ok()?;
        let renewed = load(RENEWAL_TIMEOUT).await;
        *last = Some(renewed.clone());
        renewed
            .inspect_err(|error| {
                let error = DisplayErrorContext(error);
                let identity = self.kind.name();
                tracing::warn!(%error, identity, "the renewal failed; the present identity is still valid");
            })
            .ok()
    }

    /// Returns the identity that this call or an earlier one loads.
    async fn wait<F: Future<Output = Outcome>>(
        &self,
        now: SystemTime,
        load: impl FnOnce() -> F,
    ) -> Outcome {
        let loads = self.loads.load(Ordering::SeqCst);
        let mut last = self.loading.lock().await;
        if let Some(cached) = self.cached(now, MARGIN) {
            return Ok(cached.identity);
        }
        // This includes identities that expire immediately: the provider has no better ones, and a load for each waiting
        // call would make the calls wait for each other.
        if let Some(outcome) = &*last
            && self.loads.load(Ordering::SeqCst) > loads
        {
            return outcome.clone();
        }
        let outcome = load().await;
        *last = Some(outcome.clone());
        outcome
    }

    async fn load(
        &self,
        provider: &SharedIdentityResolver,
        now: SystemTime,
        sleep: &SharedAsyncSleep,
        components: &RuntimeComponents,
        limit: Duration,
    ) -> Outcome {
        let config = ConfigBag::base();
        let identity = provider.resolve_identity(components, &config);
        let result = Timeout::new(identity, sleep.sleep(limit)).await;
        self.loads.fetch_add(1, Ordering::SeqCst);
        let identity = result
            .unwrap_or_else(|_| Err(self.kind.timed_out(limit)))
            .map_err(|error| NoIdentity {
                kind: self.kind,
                source: error.into(),
            })?;
        let expires = identity.expiration().unwrap_or_else(|| {
            // At the end of time, an identity is valid for one call.
            now.checked_add(LIFETIME).unwrap_or(now)
        });
        let cached = Cached {
            identity: identity.clone(),
            expires,
        };
        *self.cached.lock().unwrap_or_else(PoisonError::into_inner) = Some(cached);
        Ok(identity)
    }

    /// Returns the cached identity if it is valid for more than `time` from `now`.
    fn cached(&self, now: SystemTime, time: Duration) -> Option<Cached> {
        let cached = self
            .cached
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        cached.filter(|cached| cached.holds(now, time))
    }
}

/// The timeout of a provider while no valid identity exists: the time for as many attempts as the client makes, with the
/// longest delays between them.
fn load_timeout(retry: &RetryConfig, timeouts: &TimeoutConfig) -> Duration {
    let connecting = timeouts.connect_timeout().unwrap_or_default();
    let attempt = timeouts.operation_attempt_timeout().unwrap_or_default();
    let attempt = connecting.max(CONNECTING).saturating_mul(2).max(attempt);
    let (mut backoff, longest) = (retry.initial_backoff(), retry.max_backoff());
    let mut limit = attempt;
    let mut retries = retry.max_attempts().saturating_sub(1);
    // The delay doubles until it is the longest. The remaining retries, of which there can be billions, are alike.
    while retries > 0 && !backoff.is_zero() && backoff < longest {
        limit = limit.saturating_add(attempt).saturating_add(backoff);
        backoff = backoff.saturating_mul(2);
        retries -= 1;
    }
    let each = attempt.saturating_add(backoff.min(longest));
    limit.saturating_add(each.saturating_mul(retries))
}

impl Cached {
    fn holds(&self, now: SystemTime, time: Duration) -> bool {
        now.checked_add(time)
            .is_some_and(|until| until < self.expires)
    }
}

/// Shows nothing of the provider and the cache.
impl fmt::Debug for IdentityCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityCache").finish_non_exhaustive()
    }
}

/// The failure of the provider, shared by all calls that waited for it.
#[derive(Clone)]
struct NoIdentity {
    kind: IdentityKind,
    source: Arc<dyn std::error::Error + Send + Sync>,
}

impl fmt::Debug for NoIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NoIdentity").field(&self.source).finish()
    }
}

impl fmt::Display for NoIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} provider failed", self.kind.name())
    }
}

impl std::error::Error for NoIdentity {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_timeout_of_a_provider_covers_its_retries() {
        let seconds = |retry: RetryConfig, timeouts: &TimeoutConfig| {
            load_timeout(&retry, timeouts).as_secs_f64()
        };
        let none = TimeoutConfig::disabled();
        let slow = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(1))
            .operation_attempt_timeout(Duration::from_secs(30))
            .build();
        assert_eq!(seconds(RetryConfig::disabled(), &none), 6.2);
        assert_eq!(seconds(RetryConfig::standard(), &none), 21.6);
        assert_eq!(seconds(RetryConfig::standard(), &slow), 93.0);
        // 1 + 2 + 4 + 8 + 16 + 20 + 20 seconds of delays.
        let eight = RetryConfig::standard().with_max_attempts(8);
        assert_eq!(seconds(eight, &none), 8.0 * 6.2 + 71.0);
        // Billions of attempts take no time to add up.
        for initial in [Duration::ZERO, Duration::from_nanos(1), Duration::MAX] {
            let endless = RetryConfig::standard()
                .with_max_attempts(u32::MAX)
                .with_initial_backoff(initial);
            let all = load_timeout(&endless, &none);
            assert!(all >= Duration::from_secs(6).saturating_mul(u32::MAX));
        }
    }

    #[test]
    fn no_time_is_too_late_for_the_cache() {
        let cached = Cached {
            identity: Identity::new((), None),
            expires: SystemTime::UNIX_EPOCH + Duration::from_secs(i64::MAX as u64),
        };
        assert!(!cached.holds(cached.expires, Duration::MAX));
        assert!(cached.holds(SystemTime::UNIX_EPOCH, Duration::from_secs(1)));
    }
}
