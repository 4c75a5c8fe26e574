//! Endpoint discovery: an operation of the service returns the endpoint that other operations need.
//!
//! [`discover`] calls this operation and returns the state of a client whose settings contain the endpoint. The endpoint is
//! valid for a limited time, and [`ReloadEndpoint`] keeps it valid. [`Endpoint::resolve`](super::Endpoint::resolve) uses it
//! in place of the endpoint rules.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_types::region::Region;
use tracing::{debug, warn};

use crate::customize::BoxFuture;
use crate::handle::Handle;
use crate::operation::Operation;
use crate::request::Request;
use crate::settings::Settings;
use crate::url::{request_url, without_secrets};

/// The time between two checks of the task that keeps the endpoint valid. The official crates use this value too.
const INTERVAL: Duration = Duration::from_secs(60);

/// The time before the expiry from which on the endpoint is discovered again. The official crates use this value too.
const MARGIN: Duration = Duration::from_secs(120);

/// An endpoint that was discovered. Clones of a client share it.
#[derive(Clone)]
pub(crate) struct DiscoveredEndpoint {
    cached: Arc<Mutex<Cached>>,
    origin: Arc<Origin>,
}

#[derive(Clone, Debug, PartialEq)]
struct Cached {
    url: String,
    expires: SystemTime,
}

/// The settings that determine which endpoint the discovery itself is sent to. The result is valid only for them.
#[derive(Debug, PartialEq)]
struct Origin {
    endpoint_url: Option<String>,
    region: Option<Region>,
    use_dual_stack: bool,
    use_fips: bool,
}

impl Origin {
    fn of(settings: &Settings) -> Self {
        Self {
            endpoint_url: settings.endpoint_url.clone(),
            region: settings.region.clone(),
            use_dual_stack: settings.use_dual_stack.unwrap_or_default(),
            use_fips: settings.use_fips.unwrap_or_default(),
        }
    }
}

impl DiscoveredEndpoint {
    /// The URL of the endpoint, unless the settings lead to another endpoint than those it was discovered with.
    pub(crate) fn url(&self, settings: &Settings) -> Option<String> {
        (Origin::of(settings) == *self.origin).then(|| lock(&self.cached).url.clone())
    }
}

impl fmt::Debug for DiscoveredEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DiscoveredEndpoint").finish_non_exhaustive()
    }
}

fn lock(cached: &Mutex<Cached>) -> std::sync::MutexGuard<'_, Cached> {
    cached.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The error of a discovery whose response contains no endpoint that can be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum DiscoveryError {
    /// The response contains no endpoint.
    NoEndpoint {
        /// The operation that returns endpoints.
        operation: &'static str,
    },
    /// The endpoint has an address that is not a host or a URL.
    InvalidAddress {
        /// The operation that returns endpoints.
        operation: &'static str,
        /// The address, without a password.
        address: String,
        /// The reason why requests cannot be sent to the address.
        source: BoxError,
    },
}

impl fmt::Display for DiscoveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoEndpoint { operation } => write!(
                f,
                "{operation} returned no endpoint; set `endpoint_url` on the configuration instead of discovering it"
            ),
            Self::InvalidAddress {
                operation, address, ..
            } => write!(f, "{operation} returned an unusable address `{address}`"),
        }
    }
}

impl std::error::Error for DiscoveryError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoEndpoint { .. } => None,
            Self::InvalidAddress { source, .. } => Some(&**source),
        }
    }
}

/// Calls the operation that returns endpoints. A function without types, as the calls of all operations differ.
type Discover = Box<dyn Fn() -> BoxFuture<Result<Cached, BoxError>> + Send + Sync>;

/// Keeps the discovered endpoint of a client valid.
///
/// An endpoint is valid for the time that the service determines. Spawn [`reload_task`](Self::reload_task), or call
/// [`reload_once`](Self::reload_once) in time. Otherwise the client uses the first endpoint forever.
///
/// When a discovery fails, the client keeps its endpoint, and `tracing` has a warning.
#[must_use = "without it, the client uses the first endpoint forever"]
pub struct ReloadEndpoint {
    discover: Discover,
    /// The endpoint of the client, as long as the client or its configuration exists.
    cached: Weak<Mutex<Cached>>,
    sleep: SharedAsyncSleep,
    time: SharedTimeSource,
    /// The call that holds the lock discovers the endpoint.
    discovering: tokio::sync::Mutex<()>,
    /// The number of discoveries.
    discoveries: AtomicU64,
}

impl ReloadEndpoint {
    /// Discovers the endpoint, whether or not the present one is still valid.
    ///
    /// Calls that overlap share one discovery.
    pub async fn reload_once(&self) {
        let discoveries = self.discoveries.load(Ordering::SeqCst);
        let _discovering = self.discovering.lock().await;
        if self.discoveries.load(Ordering::SeqCst) > discoveries {
            return;
        }
        let result = (self.discover)().await;
        self.discoveries.fetch_add(1, Ordering::SeqCst);
        match (result, self.cached.upgrade()) {
            (Ok(found), Some(cached)) => *lock(&cached) = found,
            (Ok(_), None) => {}
            (Err(error), _) => {
                let error = DisplayErrorContext(&*error);
                warn!(%error, "discovering the endpoint failed; the client keeps its endpoint");
            }
        }
    }

    /// Checks every minute whether the endpoint expires within two minutes, and discovers it if so.
    ///
    /// The task ends within a minute after all clones of the client and its configuration were dropped.
    pub async fn reload_task(self) {
        while let Some(expires) = self.expires() {
            let margin = self.time.now().checked_add(MARGIN);
            if margin.is_none_or(|margin| margin > expires) {
                self.reload_once().await;
            }
            self.sleep.sleep(INTERVAL).await;
        }
    }

    /// The time at which the endpoint expires, if the client still exists.
    fn expires(&self) -> Option<SystemTime> {
        Some(lock(&*self.cached.upgrade()?).expires)
    }
}

impl fmt::Debug for ReloadEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReloadEndpoint").finish_non_exhaustive()
    }
}

/// Discovers the endpoint by the operation with this input. Returns the state of a client with this endpoint, which shares
/// credentials and connections with `handle`.
///
/// `first` returns the address and the cache period, in minutes, of the first endpoint in the output.
///
/// # Errors
/// The error of the call, or a [`DiscoveryError`].
pub async fn discover<I>(
    handle: Arc<Handle>,
    input: fn() -> I,
    first: fn(&I::Output) -> Option<(&str, i64)>,
) -> Result<(Arc<Handle>, ReloadEndpoint), BoxError>
where
    I: Operation + 'static,
{
    let (sleep, time) = (handle.sleep()?.clone(), handle.time().clone());
    let origin = Origin::of(&handle.settings);
    let caller = handle.clone();
    let discover: Discover = Box::new(move || {
        let handle = caller.clone();
        Box::pin(async move {
            let output = Request::new(handle.clone(), input()).send().await?;
            let found = Cached::new(I::NAME, first(&output), handle.now())?;
            debug!(url = %without_secrets(&found.url), expires = ?found.expires, "discovered an endpoint");
            Ok(found)
        })
    });
    let cached = Arc::new(Mutex::new(discover().await?));
    let reload = ReloadEndpoint {
        discover,
        cached: Arc::downgrade(&cached),
        sleep,
        time,
        discovering: tokio::sync::Mutex::default(),
        discoveries: AtomicU64::default(),
    };
    let mut settings = Settings::default();
    settings.service_specific.discovered_endpoint = Some(DiscoveredEndpoint {
        cached,
        origin: Arc::new(origin),
    });
    Ok((Arc::new(handle.with(settings)), reload))
}

impl Cached {
    /// Checks the first endpoint in an output, if it has one. An address without a scheme is a host that is called by HTTPS.
    fn new(
        operation: &'static str,
        first: Option<(&str, i64)>,
        now: SystemTime,
    ) -> Result<Self, DiscoveryError> {
        let (address, minutes) = first.ok_or(DiscoveryError::NoEndpoint { operation })?;
        let url = match address.contains("://") {
            true => address.to_owned(),
            false => format!("https://{address}"),
        };
        request_url(&url, None).map_err(|source| DiscoveryError::InvalidAddress {
            operation,
            address: without_secrets(address).into_owned(),
            source,
        })?;
        let seconds = u64::try_from(minutes)
            .unwrap_or_default()
            .saturating_mul(60);
        // An endpoint that expires at no time that exists is discovered at every check.
        let expires = now.checked_add(Duration::from_secs(seconds));
        Ok(Self {
            url,
            expires: expires.unwrap_or(now),
        })
    }
}
