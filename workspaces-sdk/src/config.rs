//! The settings of a client, most of them shared with other services through `SdkConfig`.
//!
//! [`Config::builder`] starts from nothing, [`Config::from`] and [`Builder::from`] from an `SdkConfig`. A client
//! checks nothing when it is made: a setting that is missing or wrong is an error of its calls, which
//! says what to set.
//!
//! | setting | where it is not set |
//! |---|---|
//! | [`region`](Builder::region) | calls fail |
//! | [`credentials_provider`](Builder::credentials_provider) | calls fail, except for operations that need no signature |
//! | [`endpoint_url`](Builder::endpoint_url) | requests go to the service's endpoint of the region |
//! | [`retry_config`](Builder::retry_config) | up to three attempts, in the standard mode |
//! | [`timeout_config`](Builder::timeout_config) | connecting may take 3.1 seconds, all else any time |
//! | [`stalled_stream_protection`](Builder::stalled_stream_protection) | a response may stall for 5 seconds |
//! | [`identity_cache`](Builder::identity_cache) | the client keeps credentials until shortly before they expire, those without an end for 15 minutes |
//! | [`http_client`](Builder::http_client) | HTTP/1.1 over TLS with pooled connections and proxies from the environment; calls fail without the feature `default-https-client` |
//! | [`sleep_impl`](Builder::sleep_impl) | tokio's timer; calls fail without the feature `rt-tokio` |
//! | [`time_source`](Builder::time_source) | the system's clock; signatures are corrected by the dates of the service's responses |
//! | [`behavior_version`](Builder::behavior_version) | the defaults above; an older version has no retries and no connect timeout |

use std::fmt;
use std::time::Duration;

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_async::time::SharedTimeSource;
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
pub use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
pub use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityCache};
pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
pub use aws_smithy_runtime_api::shared::IntoShared;
use aws_types::SdkConfig;
pub use aws_types::app_name::AppName;
pub use aws_types::endpoint_config::AccountIdEndpointMode;
pub use aws_types::region::Region;
pub use aws_types::sdk_ua_metadata::FrameworkMetadata;

use crate::generated::service::SERVICE;
use crate::runtime::endpoint::without_userinfo;
use crate::runtime::own::OwnSettings;
use retry::RetryConfig;
use timeout::TimeoutConfig;

mod builder;
pub mod http;
pub mod retry;
pub mod timeout;

pub use crate::runtime::own::IdempotencyTokenProvider;
pub use builder::Builder;

/// How long connecting may take unless it is set.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);

/// How long a response may stall unless it is set.
const GRACE_PERIOD: Duration = Duration::from_secs(5);

/// The settings of a [`Client`](crate::Client).
#[derive(Clone)]
pub struct Config {
    pub(crate) settings: Settings,
}

/// What can be set; `None` is the default of each.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    pub(crate) app_name: Option<AppName>,
    pub(crate) behavior_version: Option<BehaviorVersion>,
    pub(crate) credentials_provider: Option<SharedCredentialsProvider>,
    pub(crate) disable_clock_skew_correction: Option<bool>,
    pub(crate) endpoint_url: Option<String>,
    pub(crate) framework_metadata: Vec<FrameworkMetadata>,
    pub(crate) http_client: Option<SharedHttpClient>,
    pub(crate) identity_cache: Option<SharedIdentityCache>,
    pub(crate) region: Option<Region>,
    pub(crate) retry_config: Option<RetryConfig>,
    pub(crate) sleep_impl: Option<SharedAsyncSleep>,
    pub(crate) stalled_stream_protection: Option<StalledStreamProtectionConfig>,
    pub(crate) time_source: Option<SharedTimeSource>,
    pub(crate) timeout_config: Option<TimeoutConfig>,
    pub(crate) use_dual_stack: Option<bool>,
    pub(crate) use_fips: Option<bool>,
    /// What only some services have.
    pub(crate) own: OwnSettings,
}

impl Config {
    /// Starts with every setting at its default.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Starts with the settings of this configuration.
    pub fn to_builder(&self) -> Builder {
        Builder {
            settings: self.settings.clone(),
        }
    }

    /// Takes the settings that all services share.
    pub fn new(config: &SdkConfig) -> Self {
        Builder::from(config).build()
    }

    /// The name of the program, if it was set.
    pub fn app_name(&self) -> Option<&AppName> {
        self.settings.app_name.as_ref()
    }

    /// Who gives the credentials, if that was set.
    pub fn credentials_provider(&self) -> Option<SharedCredentialsProvider> {
        self.settings.credentials_provider.clone()
    }

    /// Whether requests are signed by our clock even where the service's clock differs, if that was set.
    pub fn disable_clock_skew_correction(&self) -> Option<bool> {
        self.settings.disable_clock_skew_correction
    }

    /// The frameworks that the program is built on, in the order in which they were set.
    pub fn framework_metadata(&self) -> Vec<&FrameworkMetadata> {
        self.settings.framework_metadata.iter().collect()
    }

    /// The HTTP client that was set, if one was.
    pub fn http_client(&self) -> Option<SharedHttpClient> {
        self.settings.http_client.clone()
    }

    /// The identity cache that was set, if one was.
    pub fn identity_cache(&self) -> Option<SharedIdentityCache> {
        self.settings.identity_cache.clone()
    }

    /// The region that was set, if one was.
    pub fn region(&self) -> Option<&Region> {
        self.settings.region.as_ref()
    }

    /// How failed attempts are repeated, if that was set.
    pub fn retry_config(&self) -> Option<&RetryConfig> {
        self.settings.retry_config.as_ref()
    }

    /// The name under which requests are signed.
    pub fn signing_name(&self) -> &'static str {
        SERVICE.signing_name
    }

    /// What lets time pass, if that was set.
    pub fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        self.settings.sleep_impl.clone()
    }

    /// What happens to responses that stall, if that was set.
    pub fn stalled_stream_protection(&self) -> Option<&StalledStreamProtectionConfig> {
        self.settings.stalled_stream_protection.as_ref()
    }

    /// Where the time comes from, if that was set.
    pub fn time_source(&self) -> Option<SharedTimeSource> {
        self.settings.time_source.clone()
    }

    /// How long things may take, if that was set.
    pub fn timeout_config(&self) -> Option<&TimeoutConfig> {
        self.settings.timeout_config.as_ref()
    }

    pub(crate) fn retry_config_or_default(&self) -> RetryConfig {
        let default = || {
            if self.is_2026() {
                RetryConfig::standard()
            } else {
                RetryConfig::disabled()
            }
        };
        self.settings.retry_config.clone().unwrap_or_else(default)
    }

    pub(crate) fn timeout_config_or_default(&self) -> TimeoutConfig {
        let mut timeouts = self
            .settings
            .timeout_config
            .clone()
            .unwrap_or_else(|| TimeoutConfig::builder().build());
        if self.is_2026() {
            timeouts.take_defaults_from(
                &TimeoutConfig::builder()
                    .connect_timeout(CONNECT_TIMEOUT)
                    .build(),
            );
        }
        timeouts
    }

    pub(crate) fn stalled_stream_protection_or_default(&self) -> StalledStreamProtectionConfig {
        let default = || {
            StalledStreamProtectionConfig::enabled()
                .grace_period(GRACE_PERIOD)
                .build()
        };
        self.settings
            .stalled_stream_protection
            .clone()
            .unwrap_or_else(default)
    }

    /// Whether the behaviour is one with retries and a connect timeout by default, as the latest is.
    fn is_2026(&self) -> bool {
        self.settings
            .behavior_version
            .is_none_or(|version| version.is_at_least(BehaviorVersion::v2026_01_12()))
    }

    /// These settings, with those of `overrides` in place of them where it has one.
    pub(crate) fn with(&self, overrides: &Builder) -> Self {
        let (new, old) = (overrides.settings.clone(), self.settings.clone());
        let timeout_config = match (new.timeout_config, old.timeout_config) {
            (Some(mut new), Some(old)) => {
                new.take_defaults_from(&old);
                Some(new)
            }
            (new, old) => new.or(old),
        };
        Self {
            settings: Settings {
                app_name: new.app_name.or(old.app_name),
                behavior_version: new.behavior_version.or(old.behavior_version),
                credentials_provider: new.credentials_provider.or(old.credentials_provider),
                disable_clock_skew_correction: new
                    .disable_clock_skew_correction
                    .or(old.disable_clock_skew_correction),
                endpoint_url: new.endpoint_url.or(old.endpoint_url),
                framework_metadata: [old.framework_metadata, new.framework_metadata].concat(),
                http_client: new.http_client.or(old.http_client),
                identity_cache: new.identity_cache.or(old.identity_cache),
                region: new.region.or(old.region),
                retry_config: new.retry_config.or(old.retry_config),
                sleep_impl: new.sleep_impl.or(old.sleep_impl),
                stalled_stream_protection: new
                    .stalled_stream_protection
                    .or(old.stalled_stream_protection),
                time_source: new.time_source.or(old.time_source),
                timeout_config,
                use_dual_stack: new.use_dual_stack.or(old.use_dual_stack),
                use_fips: new.use_fips.or(old.use_fips),
                own: new.own.or(old.own),
            },
        }
    }
}

impl From<&SdkConfig> for Config {
    fn from(config: &SdkConfig) -> Self {
        Builder::from(config).build()
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.debug("Config", f)
    }
}

impl Settings {
    /// Tells of the credentials only whether there are any.
    fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("app_name", &self.app_name)
            .field("behavior_version", &self.behavior_version)
            .field(
                "credentials_provider",
                &self.credentials_provider.as_ref().map(|_| "set"),
            )
            .field(
                "disable_clock_skew_correction",
                &self.disable_clock_skew_correction,
            )
            .field(
                "endpoint_url",
                &self.endpoint_url.as_deref().map(without_userinfo),
            )
            .field("framework_metadata", &self.framework_metadata)
            .field("http_client", &self.http_client)
            .field(
                "identity_cache",
                &self.identity_cache.as_ref().map(|_| "set"),
            )
            .field("region", &self.region)
            .field("retry_config", &self.retry_config)
            .field("sleep_impl", &self.sleep_impl)
            .field("stalled_stream_protection", &self.stalled_stream_protection)
            .field("time_source", &self.time_source)
            .field("timeout_config", &self.timeout_config)
            .field("use_dual_stack", &self.use_dual_stack)
            .field("use_fips", &self.use_fips)
            .finish()
    }
}
