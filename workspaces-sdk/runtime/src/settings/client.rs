//! The settings of a client, with their defaults.

use std::fmt;
use std::time::Duration;

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::identity::SharedIdentityCache;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::app_name::AppName;
use aws_types::region::Region;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use aws_types::service_config::ServiceConfigKey;

use super::SharedInvocationIdGenerator;
use super::service_specific::ServiceSpecificSettings;
use crate::auth::CustomAuth;
use crate::endpoint::CustomEndpoint;
use crate::interceptor::Extensions;
use crate::request_rate::RequestRate;
use crate::retry::RetryPartition;
use crate::service_metadata::ServiceMetadata;
use crate::url::without_secrets;

/// The default limit on the time to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);

/// The default limit on the time for which a response may stall.
const GRACE_PERIOD: Duration = Duration::from_secs(5);

/// The default limit on the body of a response, in bytes.
const MAX_RESPONSE_SIZE: usize = 64 * 1024 * 1024;

/// The settings of a client. `None` stands for the default.
#[doc(hidden)]
#[derive(Clone, Default)]
pub struct Settings {
    pub app_name: Option<AppName>,
    pub auth_scheme_preference: Option<AuthSchemePreference>,
    pub behavior_version: Option<BehaviorVersion>,
    pub check_required: Option<bool>,
    pub credentials_provider: Option<SharedCredentialsProvider>,
    pub custom_auth: CustomAuth,
    pub disable_clock_skew_correction: Option<bool>,
    pub endpoint_resolver: Option<CustomEndpoint>,
    pub endpoint_url: Option<String>,
    pub extensions: Extensions,
    pub framework_metadata: Vec<FrameworkMetadata>,
    pub http_client: Option<SharedHttpClient>,
    pub identity_cache: Option<SharedIdentityCache>,
    pub invocation_id_generator: Option<SharedInvocationIdGenerator>,
    pub max_response_size_bytes: Option<usize>,
    pub region: Option<Region>,
    pub request_rate: Option<RequestRate>,
    pub retry_config: Option<RetryConfig>,
    pub retry_partition: Option<RetryPartition>,
    pub sleep_impl: Option<SharedAsyncSleep>,
    pub stalled_stream_protection: Option<StalledStreamProtectionConfig>,
    pub time_source: Option<SharedTimeSource>,
    pub timeout_config: Option<TimeoutConfig>,
    pub use_dual_stack: Option<bool>,
    pub use_fips: Option<bool>,
    /// The settings that only some services have.
    pub service_specific: ServiceSpecificSettings,
}

impl Settings {
    /// Takes the settings that all services share.
    pub fn from_sdk_config(config: &SdkConfig, service: &ServiceMetadata) -> Self {
        #[cfg_attr(
            not(feature = "bearer"),
            expect(unused_mut, reason = "the environment sets a token")
        )]
        let mut settings = Self {
            app_name: config.app_name().cloned(),
            auth_scheme_preference: config.auth_scheme_preference().cloned(),
            behavior_version: config.behavior_version(),
            check_required: None,
            credentials_provider: config.credentials_provider(),
            custom_auth: CustomAuth::default(),
            disable_clock_skew_correction: config.disable_clock_skew_correction(),
            endpoint_resolver: None,
            endpoint_url: endpoint_url(config, service.id),
            extensions: Extensions::default(),
            framework_metadata: config.framework_metadata().to_vec(),
            http_client: config.http_client(),
            identity_cache: config.identity_cache(),
            invocation_id_generator: None,
            max_response_size_bytes: None,
            // The environment variable may be empty.
            region: config
                .region()
                .filter(|region| !region.as_ref().is_empty())
                .cloned(),
            request_rate: None,
            retry_config: config.retry_config().cloned(),
            retry_partition: None,
            sleep_impl: config.sleep_impl(),
            stalled_stream_protection: config.stalled_stream_protection(),
            time_source: config.time_source(),
            timeout_config: config.timeout_config().cloned(),
            use_dual_stack: config.use_dual_stack(),
            use_fips: config.use_fips(),
            service_specific: ServiceSpecificSettings::from_sdk_config(config),
        };
        #[cfg(feature = "bearer")]
        settings.use_token_of_environment(config, service.signing_name);
        settings
    }

    /// These settings, and those of `other` where these have none.
    #[inline]
    pub(crate) fn or(self, other: &Self) -> Self {
        let extensions = other.extensions.followed_by(&self.extensions);
        let custom_auth = self.custom_auth.or(&other.custom_auth);
        let other = other.clone();
        let timeout_config = match (self.timeout_config, other.timeout_config) {
            (Some(mut timeouts), Some(other)) => {
                timeouts.take_defaults_from(&other);
                Some(timeouts)
            }
            (timeouts, other) => timeouts.or(other),
        };
        Self {
            app_name: self.app_name.or(other.app_name),
            auth_scheme_preference: self.auth_scheme_preference.or(other.auth_scheme_preference),
            behavior_version: self.behavior_version.or(other.behavior_version),
            check_required: self.check_required.or(other.check_required),
            credentials_provider: self.credentials_provider.or(other.credentials_provider),
            custom_auth,
            disable_clock_skew_correction: self
                .disable_clock_skew_correction
                .or(other.disable_clock_skew_correction),
            endpoint_resolver: self.endpoint_resolver.or(other.endpoint_resolver),
            endpoint_url: self.endpoint_url.or(other.endpoint_url),
            extensions,
            framework_metadata: [other.framework_metadata, self.framework_metadata].concat(),
            http_client: self.http_client.or(other.http_client),
            identity_cache: self.identity_cache.or(other.identity_cache),
            invocation_id_generator: self
                .invocation_id_generator
                .or(other.invocation_id_generator),
            max_response_size_bytes: self
                .max_response_size_bytes
                .or(other.max_response_size_bytes),
            region: self.region.or(other.region),
            request_rate: self.request_rate.or(other.request_rate),
            retry_config: self.retry_config.or(other.retry_config),
            retry_partition: self.retry_partition.or(other.retry_partition),
            sleep_impl: self.sleep_impl.or(other.sleep_impl),
            stalled_stream_protection: self
                .stalled_stream_protection
                .or(other.stalled_stream_protection),
            time_source: self.time_source.or(other.time_source),
            timeout_config,
            use_dual_stack: self.use_dual_stack.or(other.use_dual_stack),
            use_fips: self.use_fips.or(other.use_fips),
            service_specific: self.service_specific.or(other.service_specific),
        }
    }

    /// The schemes that are used before others.
    pub(crate) fn auth_scheme_preference(&self) -> Vec<AuthSchemeId> {
        match self.auth_scheme_preference.clone() {
            Some(preference) => preference.into_iter().collect(),
            None => Vec::new(),
        }
    }

    pub(crate) fn retry_config_or_default(&self) -> RetryConfig {
        let default = || match self.has_2026_defaults() {
            true => RetryConfig::standard(),
            false => RetryConfig::disabled(),
        };
        self.retry_config.clone().unwrap_or_else(default)
    }

    pub(crate) fn timeout_config_or_default(&self) -> TimeoutConfig {
        let none = || TimeoutConfig::builder().build();
        let mut timeouts = self.timeout_config.clone().unwrap_or_else(none);
        if self.has_2026_defaults() {
            let defaults = TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT);
            timeouts.take_defaults_from(&defaults.build());
        }
        timeouts
    }

    pub(crate) fn stalled_stream_protection_or_default(&self) -> StalledStreamProtectionConfig {
        let default = || {
            StalledStreamProtectionConfig::enabled()
                .grace_period(GRACE_PERIOD)
                .build()
        };
        self.stalled_stream_protection
            .clone()
            .unwrap_or_else(default)
    }

    pub(crate) fn max_response_size_or_default(&self) -> usize {
        self.max_response_size_bytes.unwrap_or(MAX_RESPONSE_SIZE)
    }

    /// Whether retries and a connect timeout are on by default, as they are since the behavior version of 2026-01-12.
    fn has_2026_defaults(&self) -> bool {
        self.behavior_version
            .is_none_or(|version| version.is_at_least(BehaviorVersion::v2026_01_12()))
    }

    /// Formats the settings as a struct with that name. For credentials and caches, it shows only whether they are set.
    pub fn fmt_as(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("app_name", &self.app_name)
            .field("auth_scheme_preference", &self.auth_scheme_preference)
            .field("behavior_version", &self.behavior_version)
            .field("check_required", &self.check_required)
            .field(
                "credentials_provider",
                &self.credentials_provider.as_ref().map(|_| "set"),
            )
            .field("custom_auth", &self.custom_auth)
            .field(
                "disable_clock_skew_correction",
                &self.disable_clock_skew_correction,
            )
            .field("endpoint_resolver", &self.endpoint_resolver)
            .field(
                "endpoint_url",
                &self.endpoint_url.as_deref().map(without_secrets),
            )
            .field("extensions", &self.extensions)
            .field("framework_metadata", &self.framework_metadata)
            .field("http_client", &self.http_client)
            .field(
                "identity_cache",
                &self.identity_cache.as_ref().map(|_| "set"),
            )
            .field("invocation_id_generator", &self.invocation_id_generator)
            .field("max_response_size_bytes", &self.max_response_size_bytes)
            .field("region", &self.region)
            .field("request_rate", &self.request_rate)
            .field("retry_config", &self.retry_config)
            .field("retry_partition", &self.retry_partition)
            .field("sleep_impl", &self.sleep_impl)
            .field("stalled_stream_protection", &self.stalled_stream_protection)
            .field("time_source", &self.time_source)
            .field("timeout_config", &self.timeout_config)
            .field("use_dual_stack", &self.use_dual_stack)
            .field("use_fips", &self.use_fips)
            .finish()
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_as("Settings", f)
    }
}

/// Returns the endpoint that the program set; otherwise the one that the environment or the profile sets for this service;
/// otherwise the one for all services. In the environment and the profile, an empty value counts as none.
fn endpoint_url(config: &SdkConfig, service_id: &str) -> Option<String> {
    let for_all = config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return for_all;
    }
    let key = ServiceConfigKey::builder()
        .service_id(service_id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build();
    let for_this = config
        .service_config()
        .zip(key.ok())
        .and_then(|(service, key)| service.load_config(key));
    let mut urls = for_this.into_iter().chain(for_all);
    urls.find(|url| !url.is_empty())
}
