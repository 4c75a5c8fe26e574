//! The macro that declares `Config` and its builder in a generated crate.

/// Declares `Config` and `Builder` for a service.
///
/// They are types of the generated crate, so that it can add methods for the settings of its service.
#[doc(hidden)]
#[macro_export]
macro_rules! __config {
    ($config:ident, $builder:ident for $service:ty) => {
        /// The settings of a client.
        #[derive(Clone)]
        pub struct $config {
            pub(crate) settings: ::std::sync::Arc<$crate::codegen::Settings>,
        }

        impl $config {
            /// Starts with every setting at its default.
            pub fn builder() -> $builder {
                $builder::default()
            }

            /// Starts with the settings of this configuration.
            pub fn to_builder(&self) -> $builder {
                $builder {
                    settings: $crate::codegen::Settings::clone(&self.settings),
                }
            }

            /// Takes the settings that all services share.
            pub fn new(config: &$crate::codegen::SdkConfig) -> Self {
                $builder::from(config).build()
            }

            /// The name of the application, if it was set.
            pub fn app_name(&self) -> Option<&$crate::codegen::AppName> {
                self.settings.app_name.as_ref()
            }

            /// The credentials provider, if one was set.
            pub fn credentials_provider(
                &self,
            ) -> Option<$crate::codegen::SharedCredentialsProvider> {
                self.settings.credentials_provider.clone()
            }

            /// Whether clock skew correction is disabled, if that was set.
            pub fn disable_clock_skew_correction(&self) -> Option<bool> {
                self.settings.disable_clock_skew_correction
            }

            /// The frameworks that the application is built on, in the order in which they were added.
            pub fn framework_metadata(&self) -> Vec<&$crate::codegen::FrameworkMetadata> {
                self.settings.framework_metadata.iter().collect()
            }

            /// The HTTP client, if one was set.
            pub fn http_client(&self) -> Option<$crate::codegen::SharedHttpClient> {
                self.settings.http_client.clone()
            }

            /// The identity cache, if one was set.
            pub fn identity_cache(&self) -> Option<$crate::codegen::SharedIdentityCache> {
                self.settings.identity_cache.clone()
            }

            /// The Region, if one was set.
            pub fn region(&self) -> Option<&$crate::codegen::Region> {
                self.settings.region.as_ref()
            }

            /// The retry settings, if they were set.
            pub fn retry_config(&self) -> Option<&$crate::codegen::RetryConfig> {
                self.settings.retry_config.as_ref()
            }

            /// The service name that signatures use.
            pub fn signing_name(&self) -> &'static str {
                <$service as $crate::codegen::Service>::METADATA.signing_name
            }

            /// The sleep implementation, if one was set.
            pub fn sleep_impl(&self) -> Option<$crate::codegen::SharedAsyncSleep> {
                self.settings.sleep_impl.clone()
            }

            /// The settings of stalled stream protection, if they were set.
            pub fn stalled_stream_protection(
                &self,
            ) -> Option<&$crate::codegen::StalledStreamProtectionConfig> {
                self.settings.stalled_stream_protection.as_ref()
            }

            /// The time source, if one was set.
            pub fn time_source(&self) -> Option<$crate::codegen::SharedTimeSource> {
                self.settings.time_source.clone()
            }

            /// The timeouts, if they were set.
            pub fn timeout_config(&self) -> Option<&$crate::codegen::TimeoutConfig> {
                self.settings.timeout_config.as_ref()
            }
        }

        impl From<&$crate::codegen::SdkConfig> for $config {
            fn from(config: &$crate::codegen::SdkConfig) -> Self {
                $builder::from(config).build()
            }
        }

        /// Shows of credentials and caches only whether they are set.
        impl ::std::fmt::Debug for $config {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.settings.fmt_as(stringify!($config), f)
            }
        }

        #[doc = concat!("Builds a [`", stringify!($config), "`].")]
        #[derive(Clone, Default)]
        pub struct $builder {
            pub(crate) settings: $crate::codegen::Settings,
        }

        impl $builder {
            /// Starts with every setting at its default.
            pub fn new() -> Self {
                Self::default()
            }

            /// Sets the name of the application, which the user agent contains.
            pub fn app_name(mut self, app_name: $crate::codegen::AppName) -> Self {
                self.set_app_name(Some(app_name));
                self
            }

            /// Sets or clears the name of the application.
            pub fn set_app_name(
                &mut self,
                app_name: Option<$crate::codegen::AppName>,
            ) -> &mut Self {
                self.settings.app_name = app_name;
                self
            }

            /// Sets the version whose defaults apply. The default is the latest version.
            ///
            /// Before the version of 2026-01-12, the defaults are no retries and no connect timeout.
            pub fn behavior_version(
                mut self,
                behavior_version: $crate::codegen::BehaviorVersion,
            ) -> Self {
                self.set_behavior_version(Some(behavior_version));
                self
            }

            /// Sets or clears the version whose defaults apply.
            pub fn set_behavior_version(
                &mut self,
                behavior_version: Option<$crate::codegen::BehaviorVersion>,
            ) -> &mut Self {
                self.settings.behavior_version = behavior_version;
                self
            }

            /// Applies the latest defaults.
            pub fn behavior_version_latest(self) -> Self {
                self.behavior_version($crate::codegen::BehaviorVersion::latest())
            }

            /// Sets the credentials provider. Without one, operations that need a signature fail.
            pub fn credentials_provider(
                mut self,
                credentials_provider: impl $crate::codegen::ProvideCredentials + 'static,
            ) -> Self {
                let provider =
                    $crate::codegen::SharedCredentialsProvider::new(credentials_provider);
                self.set_credentials_provider(Some(provider));
                self
            }

            /// Sets or clears the credentials provider.
            pub fn set_credentials_provider(
                &mut self,
                credentials_provider: Option<$crate::codegen::SharedCredentialsProvider>,
            ) -> &mut Self {
                self.settings.credentials_provider = credentials_provider;
                self
            }

            /// Sets whether requests are signed with the time of the local clock, even if the clock of the service
            /// differs. The default is `false`.
            pub fn disable_clock_skew_correction(
                mut self,
                disable_clock_skew_correction: impl Into<Option<bool>>,
            ) -> Self {
                self.set_disable_clock_skew_correction(disable_clock_skew_correction.into());
                self
            }

            /// Sets or clears whether clock skew correction is disabled.
            pub fn set_disable_clock_skew_correction(
                &mut self,
                disable_clock_skew_correction: Option<bool>,
            ) -> &mut Self {
                self.settings.disable_clock_skew_correction = disable_clock_skew_correction;
                self
            }

            /// Sets the endpoint: a URL with scheme and host, and optionally a path that precedes the paths of requests.
            ///
            /// An endpoint cannot be combined with [`use_fips`](Self::use_fips) or
            /// [`use_dual_stack`](Self::use_dual_stack).
            pub fn endpoint_url(mut self, endpoint_url: impl Into<String>) -> Self {
                self.set_endpoint_url(Some(endpoint_url.into()));
                self
            }

            /// Sets or clears the endpoint. Without one, requests go to the endpoint of the Region.
            pub fn set_endpoint_url(&mut self, endpoint_url: Option<String>) -> &mut Self {
                self.settings.endpoint_url = endpoint_url;
                self
            }

            /// Adds a framework that the application is built on, which the user agent contains.
            pub fn framework_metadata(
                mut self,
                framework_metadata: $crate::codegen::FrameworkMetadata,
            ) -> Self {
                self.push_framework_metadata(framework_metadata);
                self
            }

            /// Adds a framework that the application is built on.
            pub fn push_framework_metadata(
                &mut self,
                framework_metadata: $crate::codegen::FrameworkMetadata,
            ) -> &mut Self {
                self.settings.framework_metadata.push(framework_metadata);
                self
            }

            /// Sets the HTTP client, which replaces the default HTTPS client.
            pub fn http_client(
                mut self,
                http_client: impl $crate::codegen::HttpClient + 'static,
            ) -> Self {
                self.set_http_client(Some($crate::codegen::IntoShared::into_shared(http_client)));
                self
            }

            /// Sets or clears the HTTP client.
            pub fn set_http_client(
                &mut self,
                http_client: Option<$crate::codegen::SharedHttpClient>,
            ) -> &mut Self {
                self.settings.http_client = http_client;
                self
            }

            /// Sets the identity cache, which replaces the client's own cache of credentials.
            pub fn identity_cache(
                mut self,
                identity_cache: impl $crate::codegen::ResolveCachedIdentity + 'static,
            ) -> Self {
                self.set_identity_cache(identity_cache);
                self
            }

            /// Sets the identity cache.
            pub fn set_identity_cache(
                &mut self,
                identity_cache: impl $crate::codegen::ResolveCachedIdentity + 'static,
            ) -> &mut Self {
                let cache = $crate::codegen::IntoShared::into_shared(identity_cache);
                self.settings.identity_cache = Some(cache);
                self
            }

            /// Sets the Region. It selects the endpoint, unless one is set, and requests are signed for it.
            pub fn region(mut self, region: impl Into<Option<$crate::codegen::Region>>) -> Self {
                self.set_region(region.into());
                self
            }

            /// Sets or clears the Region.
            pub fn set_region(&mut self, region: Option<$crate::codegen::Region>) -> &mut Self {
                self.settings.region = region;
                self
            }

            /// Sets the retry settings. The default is the standard mode with up to three attempts.
            pub fn retry_config(mut self, retry_config: $crate::codegen::RetryConfig) -> Self {
                self.set_retry_config(Some(retry_config));
                self
            }

            /// Sets the retry settings. `None` changes nothing.
            pub fn set_retry_config(
                &mut self,
                retry_config: Option<$crate::codegen::RetryConfig>,
            ) -> &mut Self {
                self.settings.retry_config = retry_config.or(self.settings.retry_config.take());
                self
            }

            /// Sets the sleep implementation used for backoff and timeouts. The default is the timer of tokio.
            pub fn sleep_impl(
                mut self,
                sleep_impl: impl $crate::codegen::AsyncSleep + 'static,
            ) -> Self {
                self.set_sleep_impl(Some($crate::codegen::IntoShared::into_shared(sleep_impl)));
                self
            }

            /// Sets or clears the sleep implementation.
            pub fn set_sleep_impl(
                &mut self,
                sleep_impl: Option<$crate::codegen::SharedAsyncSleep>,
            ) -> &mut Self {
                self.settings.sleep_impl = sleep_impl;
                self
            }

            /// Sets how long a response may arrive with less than one byte per second before the call fails. The default
            /// is 5 seconds; less than a second counts as one.
            ///
            /// Only responses are monitored. Requests are small, and the read timeout limits them.
            pub fn stalled_stream_protection(
                mut self,
                stalled_stream_protection_config: $crate::codegen::StalledStreamProtectionConfig,
            ) -> Self {
                self.set_stalled_stream_protection(Some(stalled_stream_protection_config));
                self
            }

            /// Sets or clears the settings of stalled stream protection.
            pub fn set_stalled_stream_protection(
                &mut self,
                stalled_stream_protection_config: Option<
                    $crate::codegen::StalledStreamProtectionConfig,
                >,
            ) -> &mut Self {
                self.settings.stalled_stream_protection = stalled_stream_protection_config;
                self
            }

            /// Sets the time source. The default is the clock of the system.
            pub fn time_source(
                mut self,
                time_source: impl $crate::codegen::TimeSource + 'static,
            ) -> Self {
                self.set_time_source(Some($crate::codegen::IntoShared::into_shared(time_source)));
                self
            }

            /// Sets or clears the time source.
            pub fn set_time_source(
                &mut self,
                time_source: Option<$crate::codegen::SharedTimeSource>,
            ) -> &mut Self {
                self.settings.time_source = time_source;
                self
            }

            /// Sets limits on the time for a call, an attempt, a connection and a response.
            ///
            /// A limit that `timeout_config` leaves open keeps its value. By default, only the time to connect is limited,
            /// to 3.1 seconds.
            pub fn timeout_config(
                mut self,
                timeout_config: $crate::codegen::TimeoutConfig,
            ) -> Self {
                self.set_timeout_config(Some(timeout_config));
                self
            }

            /// Sets the timeouts. `None` changes nothing.
            pub fn set_timeout_config(
                &mut self,
                timeout_config: Option<$crate::codegen::TimeoutConfig>,
            ) -> &mut Self {
                if let Some(mut timeout_config) = timeout_config {
                    if let Some(old) = &self.settings.timeout_config {
                        timeout_config.take_defaults_from(old);
                    }
                    self.settings.timeout_config = Some(timeout_config);
                }
                self
            }

            /// Sets whether requests go to an endpoint with IPv4 and IPv6 addresses. The default is `false`.
            pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
                self.set_use_dual_stack(Some(use_dual_stack.into()));
                self
            }

            /// Sets or clears whether requests go to an endpoint with IPv4 and IPv6 addresses.
            pub fn set_use_dual_stack(&mut self, use_dual_stack: Option<bool>) -> &mut Self {
                self.settings.use_dual_stack = use_dual_stack;
                self
            }

            /// Sets whether requests go to an endpoint that complies with FIPS 140. The default is `false`.
            pub fn use_fips(mut self, use_fips: impl Into<bool>) -> Self {
                self.set_use_fips(Some(use_fips.into()));
                self
            }

            /// Sets or clears whether requests go to an endpoint that complies with FIPS 140.
            pub fn set_use_fips(&mut self, use_fips: Option<bool>) -> &mut Self {
                self.settings.use_fips = use_fips;
                self
            }

            #[doc = concat!("Builds the [`", stringify!($config), "`].")]
            pub fn build(self) -> $config {
                $config {
                    settings: ::std::sync::Arc::new(self.settings),
                }
            }
        }

        impl From<&$crate::codegen::SdkConfig> for $builder {
            fn from(config: &$crate::codegen::SdkConfig) -> Self {
                let service = <$service as $crate::codegen::Service>::METADATA;
                Self {
                    settings: $crate::codegen::Settings::from_sdk_config(config, service),
                }
            }
        }

        /// Shows of credentials and caches only whether they are set.
        impl ::std::fmt::Debug for $builder {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.settings.fmt_as(stringify!($builder), f)
            }
        }
    };
}

/// Adds the methods for tests that reach no service to a builder of settings.
#[doc(hidden)]
#[macro_export]
macro_rules! __config_test_util {
    ($builder:ident) => {
        /// Settings for tests that reach no service.
        impl $builder {
            /// Sets test credentials, a clock that stands still, and the latest defaults.
            pub fn apply_test_defaults(&mut self) -> &mut Self {
                $crate::codegen::apply_test_defaults(&mut self.settings);
                self
            }

            /// Sets test credentials, a clock that stands still, and the latest defaults.
            pub fn with_test_defaults(mut self) -> Self {
                self.apply_test_defaults();
                self
            }

            /// Like [`apply_test_defaults`](Self::apply_test_defaults), and sets a Region if there is none.
            pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
                self.apply_test_defaults();
                self.settings
                    .region
                    .get_or_insert_with(|| $crate::codegen::Region::new("us-east-1"));
                self
            }

            /// Like [`with_test_defaults`](Self::with_test_defaults), and sets a Region if there is none.
            pub fn with_test_defaults_v2(mut self) -> Self {
                self.apply_test_defaults_v2();
                self
            }
        }
    };
}

/// Sets test credentials, a clock that stands still, and the latest defaults.
#[doc(hidden)]
#[cfg(feature = "test-util")]
pub fn apply_test_defaults(settings: &mut super::Settings) {
    use std::time::{Duration, UNIX_EPOCH};

    use aws_credential_types::Credentials;
    use aws_credential_types::provider::SharedCredentialsProvider;
    use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};
    use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;

    let time = UNIX_EPOCH + Duration::from_secs(1_234_567_890);
    settings.time_source = Some(SharedTimeSource::new(StaticTimeSource::new(time)));
    let credentials = SharedCredentialsProvider::new(Credentials::for_tests());
    settings.credentials_provider = Some(credentials);
    settings.behavior_version = Some(BehaviorVersion::latest());
}
