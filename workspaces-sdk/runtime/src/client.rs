//! The macro that declares the client of a generated crate.

/// Declares `Client`. The generated crate adds a method for each operation.
#[doc(hidden)]
#[macro_export]
macro_rules! __client {
    ($(#[$doc:meta])* $client:ident($config:ident) for $service:ty) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $client {
            pub(crate) handle: ::std::sync::Arc<$crate::codegen::Handle>,
            pub(crate) config: $config,
        }

        impl $client {
            /// Creates a client from the settings that all services share.
            pub fn new(config: &$crate::codegen::SdkConfig) -> Self {
                Self::from_conf($config::new(config))
            }

            /// Creates a client from the settings of this service.
            ///
            /// This never fails. A setting that is missing or invalid is an error of the first call, which names the
            /// setting.
            pub fn from_conf(config: $config) -> Self {
                let service = <$service as $crate::codegen::Service>::METADATA;
                let handle = $crate::codegen::Handle::new(service, config.settings.clone());
                Self {
                    handle: ::std::sync::Arc::new(handle),
                    config,
                }
            }

            /// The settings of this client.
            pub fn config(&self) -> &$config {
                &self.config
            }
        }

        impl ::std::fmt::Debug for $client {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!($client))
                    .field("config", self.config())
                    .finish_non_exhaustive()
            }
        }
    };
}
