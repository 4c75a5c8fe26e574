//! The builder of the settings.

use std::fmt;

use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use super::retry::RetryConfig;
use super::timeout::TimeoutConfig;
use super::{
    AppName, AsyncSleep, BehaviorVersion, Config, FrameworkMetadata, HttpClient, IntoShared,
    ProvideCredentials, Region, ResolveCachedIdentity, Settings, SharedAsyncSleep,
    SharedCredentialsProvider, SharedHttpClient, StalledStreamProtectionConfig,
};
use crate::generated::service::SERVICE;

/// Builds a [`Config`].
#[derive(Clone, Default)]
pub struct Builder {
    pub(crate) settings: Settings,
}

impl Builder {
    /// Starts with every setting at its default.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name of the program, which the user agent tells the service.
    pub fn app_name(mut self, app_name: AppName) -> Self {
        self.set_app_name(Some(app_name));
        self
    }

    /// Sets or clears the name of the program.
    pub fn set_app_name(&mut self, app_name: Option<AppName>) -> &mut Self {
        self.settings.app_name = app_name;
        self
    }

    /// Sets which defaults apply; without it those of the latest version do.
    ///
    /// Before the version of 2026-01-12 there are by default no retries and no connect timeout.
    pub fn behavior_version(mut self, behavior_version: BehaviorVersion) -> Self {
        self.set_behavior_version(Some(behavior_version));
        self
    }

    /// Sets or clears which defaults apply.
    pub fn set_behavior_version(&mut self, behavior_version: Option<BehaviorVersion>) -> &mut Self {
        self.settings.behavior_version = behavior_version;
        self
    }

    /// Sets that the latest defaults apply.
    pub fn behavior_version_latest(self) -> Self {
        self.behavior_version(BehaviorVersion::latest())
    }

    /// Sets who gives the credentials that requests are signed with.
    pub fn credentials_provider(
        mut self,
        credentials_provider: impl ProvideCredentials + 'static,
    ) -> Self {
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(credentials_provider)));
        self
    }

    /// Sets or clears who gives the credentials that requests are signed with.
    pub fn set_credentials_provider(
        &mut self,
        credentials_provider: Option<SharedCredentialsProvider>,
    ) -> &mut Self {
        self.settings.credentials_provider = credentials_provider;
        self
    }

    /// Sets whether requests are signed by our clock even where the service's clock differs.
    pub fn disable_clock_skew_correction(
        mut self,
        disable_clock_skew_correction: impl Into<Option<bool>>,
    ) -> Self {
        self.set_disable_clock_skew_correction(disable_clock_skew_correction.into());
        self
    }

    /// Sets or clears whether requests are signed by our clock alone.
    pub fn set_disable_clock_skew_correction(
        &mut self,
        disable_clock_skew_correction: Option<bool>,
    ) -> &mut Self {
        self.settings.disable_clock_skew_correction = disable_clock_skew_correction;
        self
    }

    /// Sets where requests go: a URL with scheme and host, and a path that comes before theirs.
    ///
    /// It does not go together with [`use_fips`](Self::use_fips) and [`use_dual_stack`](Self::use_dual_stack).
    pub fn endpoint_url(mut self, endpoint_url: impl Into<String>) -> Self {
        self.set_endpoint_url(Some(endpoint_url.into()));
        self
    }

    /// Sets or clears where requests go. Without it they go to the endpoint of the region.
    pub fn set_endpoint_url(&mut self, endpoint_url: Option<String>) -> &mut Self {
        self.settings.endpoint_url = endpoint_url;
        self
    }

    /// Adds a framework that the program is built on, which the user agent tells the service.
    pub fn framework_metadata(mut self, framework_metadata: FrameworkMetadata) -> Self {
        self.push_framework_metadata(framework_metadata);
        self
    }

    /// Adds a framework that the program is built on.
    pub fn push_framework_metadata(&mut self, framework_metadata: FrameworkMetadata) -> &mut Self {
        self.settings.framework_metadata.push(framework_metadata);
        self
    }

    /// Sets what carries requests, in place of the default HTTPS client.
    pub fn http_client(mut self, http_client: impl HttpClient + 'static) -> Self {
        self.set_http_client(Some(http_client.into_shared()));
        self
    }

    /// Sets or clears what carries requests.
    pub fn set_http_client(&mut self, http_client: Option<SharedHttpClient>) -> &mut Self {
        self.settings.http_client = http_client;
        self
    }

    /// Sets what keeps credentials, in place of the client's own cache.
    pub fn identity_cache(mut self, identity_cache: impl ResolveCachedIdentity + 'static) -> Self {
        self.set_identity_cache(identity_cache);
        self
    }

    /// Sets what keeps credentials.
    pub fn set_identity_cache(
        &mut self,
        identity_cache: impl ResolveCachedIdentity + 'static,
    ) -> &mut Self {
        self.settings.identity_cache = Some(identity_cache.into_shared());
        self
    }

    /// Sets the region: where requests go, unless an endpoint is set, and what they are signed for.
    pub fn region(mut self, region: impl Into<Option<Region>>) -> Self {
        self.set_region(region.into());
        self
    }

    /// Sets or clears the region.
    pub fn set_region(&mut self, region: Option<Region>) -> &mut Self {
        self.settings.region = region;
        self
    }

    /// Sets how failed attempts are repeated; without it there are up to three attempts.
    pub fn retry_config(mut self, retry_config: RetryConfig) -> Self {
        self.set_retry_config(Some(retry_config));
        self
    }

    /// Sets how failed attempts are repeated; `None` changes nothing.
    pub fn set_retry_config(&mut self, retry_config: Option<RetryConfig>) -> &mut Self {
        self.settings.retry_config = retry_config.or(self.settings.retry_config.take());
        self
    }

    /// Sets what lets time pass between attempts and for timeouts, in place of tokio's timer.
    pub fn sleep_impl(mut self, sleep_impl: impl AsyncSleep + 'static) -> Self {
        self.set_sleep_impl(Some(sleep_impl.into_shared()));
        self
    }

    /// Sets or clears what lets time pass.
    pub fn set_sleep_impl(&mut self, sleep_impl: Option<SharedAsyncSleep>) -> &mut Self {
        self.settings.sleep_impl = sleep_impl;
        self
    }

    /// Sets after which time with less than a byte a second a response is given up; without it after 5 seconds.
    /// Less than a second counts as one.
    ///
    /// Only responses are watched. Requests are small; for them there is the read timeout.
    pub fn stalled_stream_protection(
        mut self,
        stalled_stream_protection_config: StalledStreamProtectionConfig,
    ) -> Self {
        self.set_stalled_stream_protection(Some(stalled_stream_protection_config));
        self
    }

    /// Sets or clears when a response is given up that stalls.
    pub fn set_stalled_stream_protection(
        &mut self,
        stalled_stream_protection_config: Option<StalledStreamProtectionConfig>,
    ) -> &mut Self {
        self.settings.stalled_stream_protection = stalled_stream_protection_config;
        self
    }

    /// Sets where the time comes from, in place of the system's clock.
    pub fn time_source(mut self, time_source: impl TimeSource + 'static) -> Self {
        self.set_time_source(Some(time_source.into_shared()));
        self
    }

    /// Sets or clears where the time comes from.
    pub fn set_time_source(&mut self, time_source: Option<SharedTimeSource>) -> &mut Self {
        self.settings.time_source = time_source;
        self
    }

    /// Sets how long a call, an attempt, connecting and waiting for a response may take.
    ///
    /// What it leaves open stays as it was. By default connecting may take 3.1 seconds, all else any time.
    pub fn timeout_config(mut self, timeout_config: TimeoutConfig) -> Self {
        self.set_timeout_config(Some(timeout_config));
        self
    }

    /// Sets how long things may take; `None` changes nothing.
    pub fn set_timeout_config(&mut self, timeout_config: Option<TimeoutConfig>) -> &mut Self {
        if let Some(mut timeout_config) = timeout_config {
            if let Some(old) = &self.settings.timeout_config {
                timeout_config.take_defaults_from(old);
            }
            self.settings.timeout_config = Some(timeout_config);
        }
        self
    }

    /// Sets whether requests go to an endpoint with IPv4 and IPv6 addresses.
    pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
        self.set_use_dual_stack(Some(use_dual_stack.into()));
        self
    }

    /// Sets or clears whether requests go to an endpoint with IPv4 and IPv6 addresses.
    pub fn set_use_dual_stack(&mut self, use_dual_stack: Option<bool>) -> &mut Self {
        self.settings.use_dual_stack = use_dual_stack;
        self
    }

    /// Sets whether requests go to an endpoint that meets FIPS 140.
    pub fn use_fips(mut self, use_fips: impl Into<bool>) -> Self {
        self.set_use_fips(Some(use_fips.into()));
        self
    }

    /// Sets or clears whether requests go to an endpoint that meets FIPS 140.
    pub fn set_use_fips(&mut self, use_fips: Option<bool>) -> &mut Self {
        self.settings.use_fips = use_fips;
        self
    }

    /// Builds the [`Config`].
    pub fn build(self) -> Config {
        Config {
            settings: self.settings,
        }
    }
}

/// Settings for tests that reach no service.
#[cfg(feature = "test-util")]
impl Builder {
    /// Sets credentials and a time that stand still, and the latest defaults.
    pub fn apply_test_defaults(&mut self) -> &mut Self {
        use std::time::{Duration, UNIX_EPOCH};

        let time = UNIX_EPOCH + Duration::from_secs(1_234_567_890);
        self.set_time_source(Some(
            aws_smithy_async::time::StaticTimeSource::new(time).into_shared(),
        ));
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(
            super::Credentials::for_tests(),
        )));
        self.set_behavior_version(Some(BehaviorVersion::latest()))
    }

    /// Sets what [`apply_test_defaults`](Self::apply_test_defaults) sets.
    pub fn with_test_defaults(mut self) -> Self {
        self.apply_test_defaults();
        self
    }

    /// Sets what [`apply_test_defaults`](Self::apply_test_defaults) sets, and a region where there is none.
    pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
        self.apply_test_defaults();
        self.settings
            .region
            .get_or_insert_with(|| Region::new("us-east-1"));
        self
    }

    /// Sets what [`apply_test_defaults_v2`](Self::apply_test_defaults_v2) sets.
    pub fn with_test_defaults_v2(mut self) -> Self {
        self.apply_test_defaults_v2();
        self
    }
}

impl From<&SdkConfig> for Builder {
    fn from(config: &SdkConfig) -> Self {
        Self {
            settings: Settings {
                app_name: config.app_name().cloned(),
                behavior_version: config.behavior_version(),
                credentials_provider: config.credentials_provider(),
                disable_clock_skew_correction: config.disable_clock_skew_correction(),
                endpoint_url: endpoint_url(config),
                framework_metadata: config.framework_metadata().to_vec(),
                http_client: config.http_client(),
                identity_cache: config.identity_cache(),
                region: config.region().cloned(),
                retry_config: config.retry_config().cloned(),
                sleep_impl: config.sleep_impl(),
                stalled_stream_protection: config.stalled_stream_protection(),
                time_source: config.time_source(),
                timeout_config: config.timeout_config().cloned(),
                use_dual_stack: config.use_dual_stack(),
                use_fips: config.use_fips(),
                own: config.into(),
            },
        }
    }
}

/// The endpoint that the program set, else the one of the environment or profile for this service,
/// else the one for all services.
fn endpoint_url(config: &SdkConfig) -> Option<String> {
    let for_all = || config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return for_all();
    }
    let key = ServiceConfigKey::builder()
        .service_id(SERVICE.id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build();
    let for_this = config
        .service_config()
        .zip(key.ok())
        .and_then(|(service, key)| service.load_config(key));
    for_this.or_else(for_all)
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.debug("Builder", f)
    }
}
