//! The macro that declares `Config` in a generated crate.

/// Declares `Config` and `Builder` for a service.
///
/// They are types of the generated crate, so that it can add methods for the settings of its service.
#[doc(hidden)]
#[macro_export]
macro_rules! __config {
    ($config:ident, $builder:ident for $service:ty) => {
        $crate::__config_builder!($config, $builder for $service);
        $crate::__extension_settings!($config, $builder for $service);

        /// The settings of a client.
        #[derive(Clone)]
        pub struct $config {
            pub(crate) settings: ::std::sync::Arc<$crate::codegen::Settings>,
        }

        impl $config {
            /// Starts with every setting at its default.
            #[inline]
            pub fn builder() -> $builder {
                $builder::default()
            }

            /// Starts with the settings of this configuration.
            #[inline]
            pub fn to_builder(&self) -> $builder {
                $builder {
                    settings: $crate::codegen::Settings::clone(&self.settings),
                }
            }

            /// Takes the settings that all services share.
            #[inline]
            pub fn new(config: &$crate::codegen::SdkConfig) -> Self {
                $builder::from(config).build()
            }

            /// The name of the application, if it was set.
            #[inline]
            pub fn app_name(&self) -> Option<&$crate::codegen::AppName> {
                self.settings.app_name.as_ref()
            }

            /// The credentials provider, if one was set.
            #[inline]
            pub fn credentials_provider(
                &self,
            ) -> Option<$crate::codegen::SharedCredentialsProvider> {
                self.settings.credentials_provider.clone()
            }

            /// Whether clock skew correction is disabled, if that was set.
            #[inline]
            pub fn disable_clock_skew_correction(&self) -> Option<bool> {
                self.settings.disable_clock_skew_correction
            }

            /// The frameworks that the application is built on, in the order in which they were added.
            #[inline]
            pub fn framework_metadata(&self) -> Vec<&$crate::codegen::FrameworkMetadata> {
                self.settings.framework_metadata.iter().collect()
            }

            /// The HTTP client, if one was set.
            #[inline]
            pub fn http_client(&self) -> Option<$crate::codegen::SharedHttpClient> {
                self.settings.http_client.clone()
            }

            /// The identity cache, if one was set.
            #[inline]
            pub fn identity_cache(&self) -> Option<$crate::codegen::SharedIdentityCache> {
                self.settings.identity_cache.clone()
            }

            /// The maximum size of the body of a response, in bytes, if it was set.
            #[inline]
            pub fn max_response_size_bytes(&self) -> Option<usize> {
                self.settings.max_response_size_bytes
            }

            /// The Region, if one was set.
            #[inline]
            pub fn region(&self) -> Option<&$crate::codegen::Region> {
                self.settings.region.as_ref()
            }

            /// The retry settings, if they were set.
            #[inline]
            pub fn retry_config(&self) -> Option<&$crate::codegen::RetryConfig> {
                self.settings.retry_config.as_ref()
            }

            /// The service name that signatures use.
            #[inline]
            pub fn signing_name(&self) -> &'static str {
                <$service as $crate::codegen::Service>::METADATA.signing_name
            }

            /// The sleep implementation, if one was set.
            #[inline]
            pub fn sleep_impl(&self) -> Option<$crate::codegen::SharedAsyncSleep> {
                self.settings.sleep_impl.clone()
            }

            /// The settings of stalled stream protection, if they were set.
            #[inline]
            pub fn stalled_stream_protection(
                &self,
            ) -> Option<&$crate::codegen::StalledStreamProtectionConfig> {
                self.settings.stalled_stream_protection.as_ref()
            }

            /// The time source, if one was set.
            #[inline]
            pub fn time_source(&self) -> Option<$crate::codegen::SharedTimeSource> {
                self.settings.time_source.clone()
            }

            /// The timeouts, if they were set.
            #[inline]
            pub fn timeout_config(&self) -> Option<&$crate::codegen::TimeoutConfig> {
                self.settings.timeout_config.as_ref()
            }
        }

        impl From<&$crate::codegen::SdkConfig> for $config {
            #[inline]
            fn from(config: &$crate::codegen::SdkConfig) -> Self {
                $builder::from(config).build()
            }
        }

        /// For credentials and caches, it shows only whether they are set.
        impl ::std::fmt::Debug for $config {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.settings.fmt_as(stringify!($config), f)
            }
        }
    };
}
