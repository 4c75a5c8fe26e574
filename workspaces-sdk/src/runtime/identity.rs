//! Who signs: credentials, kept until they are about to expire.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_runtime_api::client::identity::{
    Identity, ResolveCachedIdentity, SharedIdentityCache, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use super::{Failure, not_sent};

/// Credentials that do not say when they expire are asked for again after this time.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// So long before they expire credentials are renewed, while other calls go on with the old ones.
const RENEWAL: Duration = Duration::from_secs(60);

/// So long before they expire credentials are not used any more, for a request takes its time.
const MARGIN: Duration = Duration::from_secs(10);

/// The most time that a provider may take while there are credentials that hold.
const RENEWAL_TIMEOUT: Duration = Duration::from_secs(5);

/// How long connecting is taken to need at least, of which two make an attempt of a provider.
const CONNECTING: Duration = Duration::from_millis(3100);

/// The credentials of a client.
///
/// They are asked for when a call needs them, by one call at a time. A failure is told to the calls that
/// waited for it; it is not kept, so the next call asks again.
pub(super) struct Credentials {
    provider: Option<SharedCredentialsProvider>,
    /// The cache that the configuration brought along, in place of the one here.
    shared_cache: Option<SharedIdentityCache>,
    cached: Mutex<Option<Cached>>,
    /// Whoever holds this asks the provider, and leaves here what came of it.
    asking: tokio::sync::Mutex<Option<Outcome>>,
    /// How often the provider was asked.
    asked: AtomicU64,
}

/// The account that credentials belong to, where they tell.
pub(super) fn account_id(identity: &Identity) -> Option<String> {
    let credentials = identity.data::<aws_credential_types::Credentials>()?;
    Some(credentials.account_id()?.as_str().to_owned())
}

/// What the provider gives.
type Outcome = Result<Identity, NoCredentials>;

#[derive(Clone)]
struct Cached {
    identity: Identity,
    expires: SystemTime,
}

impl Credentials {
    pub(super) fn new(
        provider: Option<SharedCredentialsProvider>,
        shared_cache: Option<SharedIdentityCache>,
    ) -> Self {
        Self {
            provider,
            shared_cache,
            cached: Mutex::default(),
            asking: tokio::sync::Mutex::default(),
            asked: AtomicU64::default(),
        }
    }

    /// Credentials to sign with at `now`.
    ///
    /// # Errors
    /// A construction failure without a provider; a dispatch failure when the provider fails and there
    /// are no credentials left that hold.
    pub(super) async fn get(
        &self,
        now: SystemTime,
        sleep: &SharedAsyncSleep,
        components: &RuntimeComponents,
        retry: &RetryConfig,
        timeouts: &TimeoutConfig,
    ) -> Result<Identity, Failure> {
        let provider = self.provider.as_ref().ok_or_else(|| {
            SdkError::construction_failure(
                "no credentials provider is set; set `credentials_provider` on the configuration",
            )
        })?;
        if let Some(cache) = &self.shared_cache {
            let resolver = SharedIdentityResolver::new(provider.clone());
            // By these the official cache decides how long the provider may take.
            let mut layer = Layer::new("client");
            layer.store_put(retry.clone());
            layer.store_put(timeouts.clone());
            let config = ConfigBag::of_layers([layer]);
            return cache
                .resolve_cached_identity(resolver, components, &config)
                .await
                .map_err(not_sent);
        }
        match self.cached(now, MARGIN) {
            Some(cached) if cached.holds(now, RENEWAL) => Ok(cached.identity),
            Some(cached) => Ok(self
                .renew(provider, now, sleep)
                .await
                .unwrap_or(cached.identity)),
            None => self
                .wait(provider, now, sleep, load_timeout(retry, timeouts))
                .await
                .map_err(|error| not_sent(error.into())),
        }
    }

    /// New credentials, unless another call asks for some already.
    async fn renew(
        &self,
        provider: &SharedCredentialsProvider,
        now: SystemTime,
        sleep: &SharedAsyncSleep,
    ) -> Option<Identity> {
        let mut last = self.asking.try_lock().ok()?;
        let renewed = self.ask(provider, now, sleep, RENEWAL_TIMEOUT).await;
        *last = Some(renewed.clone());
        renewed
            .inspect_err(|error| {
                let error = DisplayErrorContext(error);
                tracing::warn!(%error, "renewing credentials failed; the present ones still hold");
            })
            .ok()
    }

    /// Credentials that this call or one before it asks for.
    async fn wait(
        &self,
        provider: &SharedCredentialsProvider,
        now: SystemTime,
        sleep: &SharedAsyncSleep,
        limit: Duration,
    ) -> Outcome {
        let asked = self.asked.load(Ordering::SeqCst);
        let mut last = self.asking.lock().await;
        if let Some(cached) = self.cached(now, MARGIN) {
            return Ok(cached.identity);
        }
        // Also credentials that seem to expire at once: the provider has no better ones, and asking
        // again for each call that waits would make them wait for each other.
        if let Some(outcome) = &*last
            && self.asked.load(Ordering::SeqCst) > asked
        {
            return outcome.clone();
        }
        let outcome = self.ask(provider, now, sleep, limit).await;
        *last = Some(outcome.clone());
        outcome
    }

    async fn ask(
        &self,
        provider: &SharedCredentialsProvider,
        now: SystemTime,
        sleep: &SharedAsyncSleep,
        limit: Duration,
    ) -> Outcome {
        let answer = Timeout::new(provider.provide_credentials(), sleep.sleep(limit)).await;
        self.asked.fetch_add(1, Ordering::SeqCst);
        let credentials = answer
            .unwrap_or_else(|_| Err(CredentialsError::provider_timed_out(limit)))
            .map_err(|error| NoCredentials(Arc::new(error)))?;
        let expires = credentials.expiry().unwrap_or(now + LIFETIME);
        let identity = Identity::from(credentials);
        let cached = Cached {
            identity: identity.clone(),
            expires,
        };
        *self.cached.lock().unwrap_or_else(PoisonError::into_inner) = Some(cached);
        Ok(identity)
    }

    /// The credentials there are, if they hold for more than `time` from `now`.
    fn cached(&self, now: SystemTime, time: Duration) -> Option<Cached> {
        let cached = self
            .cached
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        cached.filter(|cached| cached.holds(now, time))
    }
}

/// The most time that a provider may take without which no call can go on: enough for one that itself
/// makes attempts as the client does, with the longest waits between them.
fn load_timeout(retry: &RetryConfig, timeouts: &TimeoutConfig) -> Duration {
    let connecting = timeouts.connect_timeout().unwrap_or_default();
    let attempt = timeouts.operation_attempt_timeout().unwrap_or_default();
    let attempt = connecting.max(CONNECTING).saturating_mul(2).max(attempt);
    let mut backoff = retry.initial_backoff();
    let mut limit = attempt;
    for _ in 1..retry.max_attempts() {
        limit = limit
            .saturating_add(attempt)
            .saturating_add(backoff.min(retry.max_backoff()));
        backoff = backoff.saturating_mul(2);
    }
    limit
}

impl Cached {
    fn holds(&self, now: SystemTime, time: Duration) -> bool {
        now + time < self.expires
    }
}

/// Never what the provider or the cache holds.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

/// The provider failed; all calls that waited for it get this.
#[derive(Clone, Debug)]
struct NoCredentials(Arc<CredentialsError>);

impl fmt::Display for NoCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the credentials provider failed")
    }
}

impl std::error::Error for NoCredentials {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_a_provider_may_take() {
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
    }
}
