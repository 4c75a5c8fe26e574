//! The macro that declares the settings for interceptors, retry classifiers and runtime plugins.

/// Declares the setters and getters of extensions for a `Config` and its `Builder`. The macro `config!` calls it.
#[doc(hidden)]
#[macro_export]
macro_rules! __extension_settings {
    ($config:ident, $builder:ident for $service:ty) => {
        impl $builder {
            /// Adds an interceptor, whose hooks run at the stages of each call.
            ///
            /// Interceptors run in the order in which they are added. The documentation of [`Intercept`](crate::config::Intercept)
            /// says when each hook runs; [`interceptors`](crate::config::interceptors) are what it sees.
            #[inline]
            pub fn interceptor(
                mut self,
                interceptor: impl $crate::codegen::Intercept + 'static,
            ) -> Self {
                self.push_interceptor($crate::codegen::SharedInterceptor::new(interceptor));
                self
            }

            /// Adds an interceptor.
            #[inline]
            pub fn push_interceptor(
                &mut self,
                interceptor: $crate::codegen::SharedInterceptor,
            ) -> &mut Self {
                let extensions = &mut self.settings.extensions;
                extensions.change::<$service>(|lists| lists.interceptors.push(interceptor));
                self
            }

            /// Replaces all interceptors.
            #[inline]
            pub fn set_interceptors(
                &mut self,
                interceptors: impl IntoIterator<Item = $crate::codegen::SharedInterceptor>,
            ) -> &mut Self {
                let extensions = &mut self.settings.extensions;
                extensions.change::<$service>(|lists| {
                    lists.interceptors = interceptors.into_iter().collect()
                });
                self
            }

            /// Adds a retry classifier, which decides whether a failed attempt is retried.
            ///
            /// The rules of the client are classifiers too. They run in the order of their priorities, those with the
            /// default priority first, and the last one that indicates an action wins. A classifier that forbids a retry ends this.
            #[inline]
            pub fn retry_classifier(
                mut self,
                retry_classifier: impl $crate::codegen::ClassifyRetry + 'static,
            ) -> Self {
                let classifier = $crate::codegen::SharedRetryClassifier::new(retry_classifier);
                self.push_retry_classifier(classifier);
                self
            }

            /// Adds a retry classifier.
            #[inline]
            pub fn push_retry_classifier(
                &mut self,
                retry_classifier: $crate::codegen::SharedRetryClassifier,
            ) -> &mut Self {
                let extensions = &mut self.settings.extensions;
                extensions
                    .change::<$service>(|lists| lists.retry_classifiers.push(retry_classifier));
                self
            }

            /// Replaces all retry classifiers that were added. The rules of the client remain.
            #[inline]
            pub fn set_retry_classifiers(
                &mut self,
                retry_classifiers: impl IntoIterator<Item = $crate::codegen::SharedRetryClassifier>,
            ) -> &mut Self {
                let classifiers = retry_classifiers.into_iter().collect();
                let extensions = &mut self.settings.extensions;
                extensions.change::<$service>(|lists| lists.retry_classifiers = classifiers);
                self
            }

            #[doc(hidden)]
            #[inline]
            pub fn runtime_plugin(
                mut self,
                plugin: impl $crate::codegen::RuntimePlugin + 'static,
            ) -> Self {
                self.push_runtime_plugin($crate::codegen::SharedRuntimePlugin::new(plugin));
                self
            }

            #[doc(hidden)]
            #[inline]
            pub fn push_runtime_plugin(
                &mut self,
                plugin: $crate::codegen::SharedRuntimePlugin,
            ) -> &mut Self {
                let extensions = &mut self.settings.extensions;
                extensions.change::<$service>(|lists| lists.runtime_plugins.push(plugin));
                self
            }
        }

        impl $config {
            /// The interceptors that were added.
            #[inline]
            pub fn interceptors(
                &self,
            ) -> impl Iterator<Item = $crate::codegen::SharedInterceptor> + '_ {
                self.settings.extensions.interceptors().iter().cloned()
            }

            /// The retry classifiers that were added.
            #[inline]
            pub fn retry_classifiers(
                &self,
            ) -> impl Iterator<Item = $crate::codegen::SharedRetryClassifier> + '_ {
                self.settings.extensions.retry_classifiers().iter().cloned()
            }
        }
    };
}
