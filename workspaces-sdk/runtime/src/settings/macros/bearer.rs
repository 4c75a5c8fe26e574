//! The macro that declares the settings of bearer tokens.

/// Declares the methods for bearer tokens of a `Config` and its `Builder`.
#[doc(hidden)]
#[macro_export]
macro_rules! __bearer_settings {
    ($config:ident, $builder:ident) => {
        /// The settings of bearer tokens.
        impl $config {
            /// The preferred authentication schemes, if they were set.
            pub fn auth_scheme_preference(&self) -> Option<&$crate::codegen::AuthSchemePreference> {
                let bearer = &self.settings.service_specific.bearer;
                bearer.auth_scheme_preference.as_ref()
            }
        }

        /// The settings of bearer tokens.
        impl $builder {
            /// Sets the authentication schemes that are used before others, such as `["httpBearerAuth".into()]`.
            ///
            /// A scheme whose provider is not set is never used. By default, the order is that of the service's model.
            pub fn auth_scheme_preference(
                mut self,
                preference: impl Into<$crate::codegen::AuthSchemePreference>,
            ) -> Self {
                self.set_auth_scheme_preference(Some(preference.into()));
                self
            }

            /// Sets or clears the authentication schemes that are used before others.
            pub fn set_auth_scheme_preference(
                &mut self,
                preference: Option<$crate::codegen::AuthSchemePreference>,
            ) -> &mut Self {
                self.settings.service_specific.bearer.auth_scheme_preference = preference;
                self
            }

            /// Sets the bearer token. It is sent over HTTPS only, except to this machine.
            pub fn bearer_token(self, bearer_token: $crate::codegen::Token) -> Self {
                self.bearer_token_resolver(bearer_token)
            }

            /// Sets the provider of the bearer token, as an identity resolver.
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
            pub fn token_provider(
                mut self,
                token_provider: impl $crate::codegen::ProvideToken + 'static,
            ) -> Self {
                let provider = $crate::codegen::IntoShared::into_shared(token_provider);
                self.set_token_provider(Some(provider));
                self
            }

            /// Sets the provider of the bearer token. `None` changes nothing.
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
