//! Settings for tests that reach no service.

/// Adds the methods for tests that reach no service to a builder of settings.
#[doc(hidden)]
#[macro_export]
macro_rules! __config_test_util {
    ($builder:ident) => {
        /// Settings for tests that reach no service.
        impl $builder {
            /// Sets test credentials, a fixed time and the latest defaults.
            #[inline]
            pub fn apply_test_defaults(&mut self) -> &mut Self {
                $crate::codegen::apply_test_defaults(&mut self.settings);
                self
            }

            /// Sets test credentials, a fixed time and the latest defaults.
            #[inline]
            pub fn with_test_defaults(mut self) -> Self {
                self.apply_test_defaults();
                self
            }

            /// Like [`apply_test_defaults`](Self::apply_test_defaults), and sets a Region if there is none.
            #[inline]
            pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
                self.apply_test_defaults();
                self.settings
                    .region
                    .get_or_insert_with(|| $crate::codegen::Region::new("us-east-1"));
                self
            }

            /// Like [`with_test_defaults`](Self::with_test_defaults), and sets a Region if there is none.
            #[inline]
            pub fn with_test_defaults_v2(mut self) -> Self {
                self.apply_test_defaults_v2();
                self
            }
        }
    };
}

/// Sets test credentials, a fixed time and the latest defaults.
#[doc(hidden)]
#[cfg(feature = "test-util")]
#[inline]
pub fn apply_test_defaults(settings: &mut crate::settings::Settings) {
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
