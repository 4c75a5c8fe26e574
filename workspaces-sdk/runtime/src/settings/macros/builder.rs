//! The macro that declares the builder of `Config` in a generated crate.

/// Declares the `Builder` of a `Config`. The macro `config!` calls it.
#[doc(hidden)]
#[macro_export]
macro_rules! __config_builder {
    ($config:ident, $builder:ident for $service:ty) => {
        #[doc = concat!("Builds a [`", stringify!($config), "`].")]
        #[derive(Clone, Default)]
        pub struct $builder {
            pub(crate) settings: $crate::codegen::Settings,
        }

        impl $builder {
            /// Starts with every setting at its default.
            #[inline]
            pub fn new() -> Self {
                Self::default()
            }

            /// Sets the name of the application, which the user agent contains.
            #[inline]
            pub fn app_name(mut self, app_name: $crate::codegen::AppName) -> Self {
                self.set_app_name(Some(app_name));
                self
            }

            /// Sets or clears the name of the application.
            #[inline]
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
            #[inline]
            pub fn behavior_version(
                mut self,
                behavior_version: $crate::codegen::BehaviorVersion,
            ) -> Self {
                self.set_behavior_version(Some(behavior_version));
                self
            }

            /// Sets or clears the version whose defaults apply.
            #[inline]
            pub fn set_behavior_version(
                &mut self,
                behavior_version: Option<$crate::codegen::BehaviorVersion>,
            ) -> &mut Self {
                self.settings.behavior_version = behavior_version;
                self
            }

            /// Applies the latest defaults.
            #[inline]
            pub fn behavior_version_latest(self) -> Self {
                self.behavior_version($crate::codegen::BehaviorVersion::latest())
            }

            /// Sets whether a request that lacks required members is an error. The default is `false`.
            ///
            /// With `true`, the call fails before anything is sent, and the error names all missing members. With
            /// `false`, the request is sent, the service decides, and a warning of `tracing` names them. Only members
            /// that are not set count; an empty string is set.
            #[inline]
            pub fn check_required(mut self, check_required: impl Into<Option<bool>>) -> Self {
                self.set_check_required(check_required.into());
                self
            }

            /// Sets or clears whether a request that lacks required members is an error.
            #[inline]
            pub fn set_check_required(&mut self, check_required: Option<bool>) -> &mut Self {
                self.settings.check_required = check_required;
                self
            }

            /// Sets the credentials provider. Without one, operations that need a signature fail.
            #[inline]
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
            #[inline]
            pub fn set_credentials_provider(
                &mut self,
                credentials_provider: Option<$crate::codegen::SharedCredentialsProvider>,
            ) -> &mut Self {
                self.settings.credentials_provider = credentials_provider;
                self
            }

            /// Sets whether requests are signed with the time of the local clock, even if the clock of the service
            /// differs. The default is `false`.
            ///
            /// Without this, the client learns the difference from the service: from responses with a request ID whose
            /// date agrees with the signature, and from those that reject a signature because of its time.
            #[inline]
            pub fn disable_clock_skew_correction(
                mut self,
                disable_clock_skew_correction: impl Into<Option<bool>>,
            ) -> Self {
                self.set_disable_clock_skew_correction(disable_clock_skew_correction.into());
                self
            }

            /// Sets or clears whether clock skew correction is disabled.
            #[inline]
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
            #[inline]
            pub fn endpoint_url(mut self, endpoint_url: impl Into<String>) -> Self {
                self.set_endpoint_url(Some(endpoint_url.into()));
                self
            }

            /// Sets or clears the endpoint. Without one, requests go to the endpoint of the Region.
            #[inline]
            pub fn set_endpoint_url(&mut self, endpoint_url: Option<String>) -> &mut Self {
                self.settings.endpoint_url = endpoint_url;
                self
            }

            /// Adds a framework that the application is built on, which the user agent contains.
            #[inline]
            pub fn framework_metadata(
                mut self,
                framework_metadata: $crate::codegen::FrameworkMetadata,
            ) -> Self {
                self.push_framework_metadata(framework_metadata);
                self
            }

            /// Adds a framework that the application is built on.
            #[inline]
            pub fn push_framework_metadata(
                &mut self,
                framework_metadata: $crate::codegen::FrameworkMetadata,
            ) -> &mut Self {
                self.settings.framework_metadata.push(framework_metadata);
                self
            }

            /// Sets the HTTP client, which replaces the default HTTPS client.
            #[inline]
            pub fn http_client(
                mut self,
                http_client: impl $crate::codegen::HttpClient + 'static,
            ) -> Self {
                self.set_http_client(Some($crate::codegen::IntoShared::into_shared(http_client)));
                self
            }

            /// Sets or clears the HTTP client.
            #[inline]
            pub fn set_http_client(
                &mut self,
                http_client: Option<$crate::codegen::SharedHttpClient>,
            ) -> &mut Self {
                self.settings.http_client = http_client;
                self
            }

            /// Sets the identity cache, which replaces the client's own cache of credentials.
            #[inline]
            pub fn identity_cache(
                mut self,
                identity_cache: impl $crate::codegen::ResolveCachedIdentity + 'static,
            ) -> Self {
                self.set_identity_cache(identity_cache);
                self
            }

            /// Sets the identity cache.
            #[inline]
            pub fn set_identity_cache(
                &mut self,
                identity_cache: impl $crate::codegen::ResolveCachedIdentity + 'static,
            ) -> &mut Self {
                let cache = $crate::codegen::IntoShared::into_shared(identity_cache);
                self.settings.identity_cache = Some(cache);
                self
            }

            /// Sets the maximum size of the body of a response, in bytes. A larger response is an error, which is not
            /// retried. The default is 67,108,864 (64 MiB).
            ///
            /// The limit also bounds the memory of a call: the lists, maps and structures of a response take at most 32
            /// times the memory of its body, or 8 MiB if the body is smaller than 256 KiB. The body itself and its
            /// strings come on top, once each. A response that would take more is an error too.
            #[inline]
            pub fn max_response_size_bytes(
                mut self,
                max_response_size_bytes: impl Into<Option<usize>>,
            ) -> Self {
                self.set_max_response_size_bytes(max_response_size_bytes.into());
                self
            }

            /// Sets or clears the maximum size of the body of a response, in bytes.
            #[inline]
            pub fn set_max_response_size_bytes(
                &mut self,
                max_response_size_bytes: Option<usize>,
            ) -> &mut Self {
                self.settings.max_response_size_bytes = max_response_size_bytes;
                self
            }

            /// Sets the Region. It selects the endpoint, unless one is set, and requests are signed for it.
            #[inline]
            pub fn region(mut self, region: impl Into<Option<$crate::codegen::Region>>) -> Self {
                self.set_region(region.into());
                self
            }

            /// Sets or clears the Region.
            #[inline]
            pub fn set_region(&mut self, region: Option<$crate::codegen::Region>) -> &mut Self {
                self.settings.region = region;
                self
            }

            /// Sets the retry settings. The default is the standard mode with up to three attempts.
            #[inline]
            pub fn retry_config(mut self, retry_config: $crate::codegen::RetryConfig) -> Self {
                self.set_retry_config(Some(retry_config));
                self
            }

            /// Sets the retry settings. `None` changes nothing.
            #[inline]
            pub fn set_retry_config(
                &mut self,
                retry_config: Option<$crate::codegen::RetryConfig>,
            ) -> &mut Self {
                self.settings.retry_config = retry_config.or(self.settings.retry_config.take());
                self
            }

            /// Sets the sleep implementation used for backoff and timeouts. The default is the timer of tokio.
            #[inline]
            pub fn sleep_impl(
                mut self,
                sleep_impl: impl $crate::codegen::AsyncSleep + 'static,
            ) -> Self {
                self.set_sleep_impl(Some($crate::codegen::IntoShared::into_shared(sleep_impl)));
                self
            }

            /// Sets or clears the sleep implementation.
            #[inline]
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
            /// A request is monitored if it is a stream. Any other request is small, and the read timeout limits it. A stream, in
            /// either direction, fails if no data moves for a second more than this time.
            #[inline]
            pub fn stalled_stream_protection(
                mut self,
                stalled_stream_protection_config: $crate::codegen::StalledStreamProtectionConfig,
            ) -> Self {
                self.set_stalled_stream_protection(Some(stalled_stream_protection_config));
                self
            }

            /// Sets or clears the settings of stalled stream protection.
            #[inline]
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
            #[inline]
            pub fn time_source(
                mut self,
                time_source: impl $crate::codegen::TimeSource + 'static,
            ) -> Self {
                self.set_time_source(Some($crate::codegen::IntoShared::into_shared(time_source)));
                self
            }

            /// Sets or clears the time source.
            #[inline]
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
            #[inline]
            pub fn timeout_config(
                mut self,
                timeout_config: $crate::codegen::TimeoutConfig,
            ) -> Self {
                self.set_timeout_config(Some(timeout_config));
                self
            }

            /// Sets the timeouts. `None` changes nothing.
            #[inline]
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
            #[inline]
            pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
                self.set_use_dual_stack(Some(use_dual_stack.into()));
                self
            }

            /// Sets or clears whether requests go to an endpoint with IPv4 and IPv6 addresses.
            #[inline]
            pub fn set_use_dual_stack(&mut self, use_dual_stack: Option<bool>) -> &mut Self {
                self.settings.use_dual_stack = use_dual_stack;
                self
            }

            /// Sets whether requests go to an endpoint that complies with FIPS 140. The default is `false`.
            #[inline]
            pub fn use_fips(mut self, use_fips: impl Into<bool>) -> Self {
                self.set_use_fips(Some(use_fips.into()));
                self
            }

            /// Sets or clears whether requests go to an endpoint that complies with FIPS 140.
            #[inline]
            pub fn set_use_fips(&mut self, use_fips: Option<bool>) -> &mut Self {
                self.settings.use_fips = use_fips;
                self
            }

            #[doc = concat!("Builds the [`", stringify!($config), "`].")]
            #[inline]
            pub fn build(self) -> $config {
                $config {
                    settings: ::std::sync::Arc::new(self.settings),
                }
            }
        }

        impl From<&$crate::codegen::SdkConfig> for $builder {
            #[inline]
            fn from(config: &$crate::codegen::SdkConfig) -> Self {
                let service = <$service as $crate::codegen::Service>::METADATA;
                Self {
                    settings: $crate::codegen::Settings::from_sdk_config(config, service),
                }
            }
        }

        /// For credentials and caches, it shows only whether they are set.
        impl ::std::fmt::Debug for $builder {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.settings.fmt_as(stringify!($builder), f)
            }
        }
    };
}
