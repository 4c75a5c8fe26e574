//! The macro for the parts that a program can replace.

/// Declares the settings of invocation IDs and of the state of retries, and exports the types of interceptors, plugins and
/// components, in the module `config` of a generated crate.
#[doc(hidden)]
#[macro_export]
macro_rules! __config_plumbing {
    ($config:ident, $builder:ident) => {
        pub use $crate::settings::{
            ConfigBag, FrozenLayer, IdentityCache, Intercept, InvocationId, InvocationIdGenerator,
            Layer, RequestRate, RuntimeComponents, RuntimeComponentsBuilder, RuntimePlugin,
            SharedInterceptor, SharedInvocationIdGenerator, SharedRuntimePlugin,
        };

        /// The parts that a program can replace.
        impl $config {
            /// The source of invocation IDs, if one was set.
            #[inline]
            pub fn invocation_id_generator(&self) -> Option<SharedInvocationIdGenerator> {
                self.settings.invocation_id_generator.clone()
            }

            /// The limit on the rate of requests, if one was set.
            #[inline]
            pub fn request_rate(&self) -> Option<&RequestRate> {
                self.settings.request_rate.as_ref()
            }

            /// The partition of the state of retries, if one was set.
            #[inline]
            pub fn retry_partition(&self) -> Option<&$crate::settings::RetryPartition> {
                self.settings.retry_partition.as_ref()
            }
        }

        /// The parts that a program can replace.
        impl $builder {
            /// Sets the source of the IDs that all attempts of a call have in the header `amz-sdk-invocation-id`. By default, they are
            /// random UUIDs.
            #[inline]
            pub fn invocation_id_generator(
                mut self,
                generator: impl InvocationIdGenerator + 'static,
            ) -> Self {
                let generator = SharedInvocationIdGenerator::new(generator);
                self.set_invocation_id_generator(Some(generator));
                self
            }

            /// Sets or clears the source of invocation IDs.
            #[inline]
            pub fn set_invocation_id_generator(
                &mut self,
                generator: Option<SharedInvocationIdGenerator>,
            ) -> &mut Self {
                self.settings.invocation_id_generator = generator;
                self
            }

            /// Sets a limit on the rate of requests, which all calls of all clients with this configuration share. By default, there is
            /// none.
            ///
            /// ```ignore
            /// // 2 requests per second, and 5 at once
            /// let config = Config::builder().request_rate(RequestRate::new(2.0, 5));
            /// ```
            #[inline]
            pub fn request_rate(mut self, request_rate: RequestRate) -> Self {
                self.set_request_rate(Some(request_rate));
                self
            }

            /// Sets or clears the limit on the rate of requests.
            #[inline]
            pub fn set_request_rate(&mut self, request_rate: Option<RequestRate>) -> &mut Self {
                self.settings.request_rate = request_rate;
                self
            }

            /// Sets the partition of the state of retries: which clients share a retry quota and the rate limit of the adaptive mode. By
            /// default, those of one service and Region share them.
            #[inline]
            pub fn retry_partition(
                mut self,
                retry_partition: $crate::settings::RetryPartition,
            ) -> Self {
                self.set_retry_partition(Some(retry_partition));
                self
            }

            /// Sets the partition of the state of retries. `None` changes nothing.
            #[inline]
            pub fn set_retry_partition(
                &mut self,
                retry_partition: Option<$crate::settings::RetryPartition>,
            ) -> &mut Self {
                let old = self.settings.retry_partition.take();
                self.settings.retry_partition = retry_partition.or(old);
                self
            }
        }

        /// The contexts that interceptors get.
        pub mod interceptors {
            pub use $crate::codegen::interceptors::{
                AfterDeserializationInterceptorContextRef,
                BeforeDeserializationInterceptorContextMut,
                BeforeDeserializationInterceptorContextRef,
                BeforeSerializationInterceptorContextMut, BeforeSerializationInterceptorContextRef,
                BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef,
                FinalizerInterceptorContextMut, FinalizerInterceptorContextRef, InterceptorContext,
            };
        }
    };
}
