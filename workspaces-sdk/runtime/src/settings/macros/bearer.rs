//! The macro that declares the settings of bearer tokens.

/// Declares the methods for bearer tokens of the `Builder` of a `Config`.
#[doc(hidden)]
#[macro_export]
macro_rules! __bearer_settings {
    ($builder:ident) => {
        /// The settings of bearer tokens.
        impl $builder {
            /// Sets the bearer token. It is sent over HTTPS only, except to this machine without a proxy.
            #[inline]
            pub fn bearer_token(self, bearer_token: $crate::codegen::Token) -> Self {
                self.bearer_token_resolver(bearer_token)
            }

            /// Sets the provider of the bearer token, as an identity resolver.
            #[inline]
            pub fn bearer_token_resolver(
                mut self,
                bearer_token_resolver: impl $crate::codegen::ResolveIdentity + 'static,
            ) -> Self {
                let resolver = $crate::codegen::SharedIdentityResolver::new(bearer_token_resolver);
                self.settings.service_specific.bearer.token_provider = Some(resolver);
                self
            }

            /// Sets the provider of the bearer token.
            ///
            /// Its token is cached until shortly before it expires, one without an expiry for 15 minutes.
            #[inline]
            pub fn token_provider(
                mut self,
                token_provider: impl $crate::codegen::ProvideToken + 'static,
            ) -> Self {
                let provider = $crate::codegen::IntoShared::into_shared(token_provider);
                self.set_token_provider(Some(provider));
                self
            }

            /// Sets the provider of the bearer token. `None` changes nothing.
            #[inline]
            pub fn set_token_provider(
                &mut self,
                token_provider: Option<$crate::codegen::SharedTokenProvider>,
            ) -> &mut Self {
                if let Some(provider) = token_provider {
                    let resolver = $crate::codegen::SharedIdentityResolver::new(provider);
                    self.settings.service_specific.bearer.token_provider = Some(resolver);
                }
                self
            }
        }
    };
}
