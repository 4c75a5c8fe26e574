//! One cached identity: loading it once for all calls, and renewing it before it expires.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_runtime_api::client::identity::{Identity, ResolveIdentity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::display::DisplayErrorContext;

use super::identity_cache::IdentityKind;

/// The time before the expiry at which identities are renewed, while other calls use the old ones.
const RENEWAL: Duration = Duration::from_secs(60);

/// The timeout of a provider while a valid identity exists.
const RENEWAL_TIMEOUT: Duration = Duration::from_secs(5);

/// The time for which there is no other renewal after one.
const RENEWAL_PAUSE: Duration = Duration::from_secs(10);

/// How long an identity is used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CachePolicy {
    /// The time after which an identity without an expiry is loaded again.
    pub(crate) lifetime: Duration,
    /// The time before the expiry from which on an identity is not used any more.
    pub(crate) margin: Duration,
}

impl Default for CachePolicy {
    fn default() -> Self {
        Self {
            lifetime: Duration::from_secs(15 * 60),
            margin: Duration::from_secs(10),
        }
    }
}

/// An identity.
///
/// One call at a time loads it when it needs it, unless this takes too long. The calls that wait meanwhile share a failure. A
/// failure is not cached, so the next call loads again.
pub(crate) struct CachedIdentity {
    kind: IdentityKind,
    policy: CachePolicy,
    cached: Mutex<Option<Cached>>,
    /// The call that holds the lock loads an identity.
    loading: tokio::sync::Mutex<Loading>,
    /// The number of loads.
    loads: AtomicU64,
}

/// What is known about loads.
#[derive(Default)]
struct Loading {
    /// The outcome of the last load, for the calls that waited for it. A renewal that fails has none, as its limit is not theirs.
    last: Option<Outcome>,
    /// The time of the last renewal.
    renewed: Option<SystemTime>,
}

/// What a load needs.
#[derive(Clone, Copy)]
struct Load<'a> {
    provider: &'a SharedIdentityResolver,
    fallback: Option<&'a SharedCredentialsProvider>,
    now: SystemTime,
    sleep: &'a SharedAsyncSleep,
    components: &'a RuntimeComponents,
}

/// The result of a load.
type Outcome = Result<Identity, NoIdentity>;

#[derive(Clone)]
struct Cached {
    identity: Identity,
    expires: SystemTime,
}

impl CachedIdentity {
    /// Creates an empty cache.
    pub(crate) fn new(kind: IdentityKind, policy: CachePolicy) -> Self {
        Self {
            kind,
            policy,
            cached: Mutex::default(),
            loading: tokio::sync::Mutex::default(),
            loads: AtomicU64::default(),
        }
    }

    /// Returns the identity of a provider to use at `now`. The provider may take `limit` to load it. If it takes longer, the
    /// credentials that `fallback` has for this case are used.
    ///
    /// # Errors
    /// When the provider fails and no valid identity exists.
    pub(crate) async fn get(
        &self,
        provider: &SharedIdentityResolver,
        fallback: Option<&SharedCredentialsProvider>,
        now: SystemTime,
        sleep: &SharedAsyncSleep,
        components: &RuntimeComponents,
        limit: impl FnOnce() -> Duration,
    ) -> Result<Identity, NoIdentity> {
        let margin = self.policy.margin;
        let cached = match self.cached(now, margin) {
            Some(cached) if cached.holds(now, margin.max(RENEWAL)) => return Ok(cached.identity),
            cached => cached.map(|cached| cached.identity),
        };
        let load = Load {
            provider,
            fallback,
            now,
            sleep,
            components,
        };
        self.load_or_renew(cached, load, limit()).await
    }

    /// Loads an identity, or a new one while `cached` is still valid.
    ///
    /// The box is what compiles this once: the code of a future belongs to each function that awaits it.
    fn load_or_renew<'a>(
        &'a self,
        cached: Option<Identity>,
        load: Load<'a>,
        limit: Duration,
    ) -> Pin<Box<dyn Future<Output = Outcome> + Send + 'a>> {
        Box::pin(async move {
            match cached {
                Some(cached) => Ok(self.renew(load).await.unwrap_or(cached)),
                None => self.wait(load, limit).await,
            }
        })
    }

    /// Loads a new identity, unless another call does so already.
    async fn renew(&self, load: Load<'_>) -> Option<Identity> {
        let mut loading = self.loading.try_lock().ok()?;
        let since = loading
            .renewed
            .and_then(|at| load.now.duration_since(at).ok());
        if since.is_some_and(|since| since < RENEWAL_PAUSE) {
            return None;
        }
        *loading = Loading {
            last: None,
            renewed: Some(load.now),
        };
        let renewed = self.load(load, RENEWAL_TIMEOUT).await;
        loading.last = renewed.as_ref().ok().cloned().map(Ok);
        renewed
            .inspect_err(|error| {
                let error = DisplayErrorContext(error);
                let identity = self.kind.name();
                tracing::warn!(%error, identity, "the renewal failed; the present identity is still valid");
            })
            .ok()
    }

    /// Returns the identity that this call or an earlier one loads.
    ///
    /// The earlier one may be a future that is kept but not polled. If it takes longer than `limit`, this call loads an identity itself.
    async fn wait(&self, load: Load<'_>, limit: Duration) -> Outcome {
        let loads = self.loads.load(Ordering::SeqCst);
        let lock = Timeout::new(self.loading.lock(), load.sleep.sleep(limit)).await;
        let mut loading = lock.ok();
        if let Some(cached) = self.cached(load.now, self.policy.margin) {
            return Ok(cached.identity);
        }
        // This includes identities that expire immediately: the provider has no better ones, and a load for each waiting
        // call would make the calls wait for each other.
        if let Some(outcome) = loading.as_ref().and_then(|it| it.last.as_ref())
            && self.loads.load(Ordering::SeqCst) > loads
        {
            return outcome.clone();
        }
        // If this future is dropped, there is no outcome to share.
        if let Some(loading) = &mut loading {
            loading.last = None;
        }
        let outcome = self.load(load, limit).await;
        if let Some(loading) = &mut loading {
            loading.last = Some(outcome.clone());
        }
        outcome
    }

    async fn load(&self, load: Load<'_>, limit: Duration) -> Outcome {
        let Load {
            provider,
            fallback,
            now,
            sleep,
            components,
        } = load;
        let config = ConfigBag::base();
        let identity = provider.resolve_identity(components, &config);
        let result = Timeout::new(identity, sleep.sleep(limit)).await;
        self.loads.fetch_add(1, Ordering::SeqCst);
        let identity = result
            .unwrap_or_else(|_| {
                // A provider may have earlier credentials that are still accepted, such as those of an instance.
                let provider = fallback.map(AsRef::<dyn ProvideCredentials>::as_ref);
                let earlier = provider.and_then(ProvideCredentials::fallback_on_interrupt);
                earlier
                    .map(Identity::from)
                    .ok_or_else(|| self.kind.timed_out(limit))
            })
            .map_err(|error| NoIdentity {
                kind: self.kind,
                source: error.into(),
            })?;
        let expires = identity.expiration().unwrap_or_else(|| {
            // At the end of time, an identity is valid for one call.
            now.checked_add(self.policy.lifetime).unwrap_or(now)
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

impl Cached {
    fn holds(&self, now: SystemTime, time: Duration) -> bool {
        now.checked_add(time)
            .is_some_and(|until| until < self.expires)
    }
}

/// Shows nothing of the identity.
impl fmt::Debug for CachedIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedIdentity").finish_non_exhaustive()
    }
}

/// The failure of the provider, shared by all calls that waited for it.
#[derive(Clone)]
pub(crate) struct NoIdentity {
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
    fn no_time_is_too_late_for_the_cache() {
        let cached = Cached {
            identity: Identity::new((), None),
            expires: SystemTime::UNIX_EPOCH + Duration::from_secs(i64::MAX as u64),
        };
        assert!(!cached.holds(cached.expires, Duration::MAX));
        assert!(cached.holds(SystemTime::UNIX_EPOCH, Duration::from_secs(1)));
    }
}
