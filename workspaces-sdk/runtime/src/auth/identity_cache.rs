//! The cache of an identity: the credentials or the token of a client. The provider behind it comes from the settings.

use std::fmt;
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_credential_types::provider::error::CredentialsError;
#[cfg(feature = "bearer")]
use aws_credential_types::provider::error::TokenError;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCacheLocation, ResolveCachedIdentity, ResolveIdentity, SharedIdentityCache,
    SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use super::cached_identity::{CachePolicy, CachedIdentity};
use crate::error::{Failure, not_sent};

/// The minimum time to connect, two of which make an attempt of a provider.
const CONNECTING: Duration = Duration::from_millis(3100);

/// The kinds of identities.
#[derive(Clone, Copy, Debug)]
pub(crate) enum IdentityKind {
    /// Any of them: a cache that clients share does not know which.
    Any,
    /// Credentials, which sign requests.
    Credentials,
    /// A token, which requests contain.
    #[cfg(feature = "bearer")]
    Token,
}

impl IdentityKind {
    /// The name in messages. The settings have a `{name}_provider`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Any => "identity",
            Self::Credentials => "credentials",
            #[cfg(feature = "bearer")]
            Self::Token => "token",
        }
    }

    pub(super) fn timed_out(self, limit: Duration) -> BoxError {
        match self {
            Self::Any => format!("it took longer than {limit:?}").into(),
            Self::Credentials => CredentialsError::provider_timed_out(limit).into(),
            #[cfg(feature = "bearer")]
            Self::Token => TokenError::provider_timed_out(limit).into(),
        }
    }
}

/// An identity of a client, and its provider.
pub(crate) struct IdentityCache {
    kind: IdentityKind,
    provider: Option<SharedIdentityResolver>,
    /// The same provider, which may have earlier credentials for a load that is interrupted. A resolver does not pass them on.
    fallback: Option<SharedCredentialsProvider>,
    /// The cache of the configuration, which replaces this one.
    shared_cache: Option<SharedIdentityCache>,
    cached: CachedIdentity,
}

/// The account of the credentials, if it is known.
pub(crate) fn account_id(identity: &Identity) -> Option<String> {
    let credentials = identity.data::<aws_credential_types::Credentials>()?;
    Some(credentials.account_id()?.as_str().to_owned())
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
            fallback: None,
            shared_cache,
            cached: CachedIdentity::new(kind, CachePolicy::default()),
        }
    }

    pub(crate) fn with_fallback(mut self, provider: Option<SharedCredentialsProvider>) -> Self {
        self.fallback = provider;
        self
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
        if provider.cache_location() == IdentityCacheLocation::IdentityResolver {
            let identity = provider
                .resolve_identity(components, &ConfigBag::base())
                .await;
            return identity.map_err(not_sent);
        }
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
        let limit = || load_timeout(retry, timeouts);
        let fallback = self.fallback.as_ref();
        let identity = self
            .cached
            .get(provider, fallback, now, sleep, components, limit);
        identity.await.map_err(|error| not_sent(error.into()))
    }
}

/// The timeout of a provider while no valid identity exists: the time for as many attempts as the client makes, with the
/// longest delays between them.
pub(crate) fn load_timeout(retry: &RetryConfig, timeouts: &TimeoutConfig) -> Duration {
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

/// Shows nothing of the provider and the cache.
impl fmt::Debug for IdentityCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityCache").finish_non_exhaustive()
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
}
