//! The macro that declares the module `config::auth` of a generated crate.

/// Declares the module `auth` in `config`: the parameters of resolvers of authentication schemes, their builder and its error,
/// the trait of resolvers, the resolver that follows the model, and the methods of `Config` and its `Builder`.
///
/// The first row has the schemes of the service, the others those of single operations.
#[doc(hidden)]
#[macro_export]
macro_rules! __auth_schemes {
    (
        $config:ident, $builder:ident for $service:ident;
        $($scheme:ident),*;
        $($operation:literal => $($other:ident),*;)*
    ) => {
        /// The authentication schemes of calls, and resolvers that replace the choice of the model.
        pub mod auth {
            use $crate::codegen::{
                AuthScheme, AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture,
                SharedAuthScheme, SharedAuthSchemeOptionResolver,
            };
            use $crate::settings::{AuthSchemePreference, ConfigBag, RuntimeComponents};

            use super::{$builder, $config};

            /// The parameters that determine the authentication schemes of a call.
            #[derive(Clone, Debug, PartialEq)]
            pub struct Params {
                operation_name: ::std::borrow::Cow<'static, str>,
            }

            impl Params {
                /// Creates a builder.
                #[inline]
                pub fn builder() -> ParamsBuilder {
                    ParamsBuilder::default()
                }

                /// The name of the operation in the model.
                #[inline]
                pub fn operation_name(&self) -> &str {
                    &self.operation_name
                }
            }

            /// Builds [`Params`].
            #[derive(Clone, Debug, Default, PartialEq)]
            pub struct ParamsBuilder {
                operation_name: Option<::std::borrow::Cow<'static, str>>,
            }

            impl ParamsBuilder {
                /// Sets the name of the operation in the model.
                #[inline]
                pub fn operation_name(
                    self,
                    operation_name: impl Into<::std::borrow::Cow<'static, str>>,
                ) -> Self {
                    self.set_operation_name(Some(operation_name.into()))
                }

                /// Sets or clears the name of the operation.
                #[inline]
                pub fn set_operation_name(
                    mut self,
                    operation_name: Option<::std::borrow::Cow<'static, str>>,
                ) -> Self {
                    self.operation_name = operation_name;
                    self
                }

                /// Builds the parameters.
                ///
                /// # Errors
                /// When the name of the operation is not set.
                #[inline]
                pub fn build(self) -> Result<Params, BuildError> {
                    match self.operation_name {
                        Some(operation_name) => Ok(Params { operation_name }),
                        None => Err(BuildError { field: "operation_name" }),
                    }
                }
            }

            /// The error of parameters that lack the name of the operation.
            #[derive(Debug)]
            pub struct BuildError {
                field: &'static str,
            }

            impl ::std::fmt::Display for BuildError {
                #[inline]
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    write!(f, "a required field was missing: `{}`", self.field)
                }
            }

            impl ::std::error::Error for BuildError {}

            /// A resolver of authentication schemes for this service.
            pub trait ResolveAuthScheme: Send + Sync + ::std::fmt::Debug {
                /// Returns the schemes that a call can use, the preferred one first. The first one that has an identity is used.
                fn resolve_auth_scheme<'a>(
                    &'a self,
                    params: &'a Params,
                    cfg: &'a ConfigBag,
                    runtime_components: &'a RuntimeComponents,
                ) -> AuthSchemeOptionsFuture<'a>;

                /// Converts the resolver into one that a configuration can hold.
                #[inline]
                fn into_shared_resolver(self) -> SharedAuthSchemeOptionResolver
                where
                    Self: Sized + 'static,
                {
                    SharedAuthSchemeOptionResolver::new(OfService(self))
                }
            }

            /// A resolver that gets the parameters of this service.
            #[derive(Debug)]
            struct OfService<T>(T);

            impl<T: ResolveAuthScheme> $crate::codegen::ResolveAuthSchemeOptions for OfService<T> {
                #[inline]
                fn resolve_auth_scheme_options_v2<'a>(
                    &'a self,
                    params: &'a AuthSchemeOptionResolverParams,
                    cfg: &'a ConfigBag,
                    runtime_components: &'a RuntimeComponents,
                ) -> AuthSchemeOptionsFuture<'a> {
                    match params.get::<Params>() {
                        Some(params) => self.0.resolve_auth_scheme(params, cfg, runtime_components),
                        None => AuthSchemeOptionsFuture::ready(Err(
                            "the parameters are those of another service".into(),
                        )),
                    }
                }
            }

            /// The resolver that follows the model of the service. A configuration without a resolver uses it.
            #[derive(Debug, Default)]
            pub struct DefaultAuthSchemeResolver {
                _private: (),
            }

            impl ResolveAuthScheme for DefaultAuthSchemeResolver {
                #[inline]
                fn resolve_auth_scheme<'a>(
                    &'a self,
                    params: &'a Params,
                    _: &'a ConfigBag,
                    _: &'a RuntimeComponents,
                ) -> AuthSchemeOptionsFuture<'a> {
                    let options = $crate::codegen::auth_options(
                        &[$(AuthScheme::$scheme),*],
                        &[$(($operation, &[$(AuthScheme::$other),*])),*],
                        params.operation_name(),
                    );
                    AuthSchemeOptionsFuture::ready(Ok(options))
                }
            }

            /// The authentication schemes.
            impl $config {
                /// The preferred authentication schemes, if they were set.
                #[inline]
                pub fn auth_scheme_preference(&self) -> Option<&AuthSchemePreference> {
                    self.settings.auth_scheme_preference.as_ref()
                }

                /// The resolver of authentication schemes, if one was set.
                #[inline]
                pub fn auth_scheme_resolver(&self) -> Option<SharedAuthSchemeOptionResolver> {
                    self.settings.custom_auth.settings()?.resolver()
                }

                /// The authentication schemes that were added.
                #[inline]
                pub fn auth_schemes(&self) -> impl Iterator<Item = SharedAuthScheme> + '_ {
                    let custom = self.settings.custom_auth.settings();
                    custom.into_iter().flat_map(|custom| custom.schemes().iter().cloned())
                }
            }

            /// The authentication schemes.
            impl $builder {
                /// Sends requests without authentication if no scheme of the call has an identity: if no credentials provider is set.
                #[inline]
                pub fn allow_no_auth(mut self) -> Self {
                    self.set_allow_no_auth();
                    self
                }

                /// Sends requests without authentication if no scheme of the call has an identity.
                #[inline]
                pub fn set_allow_no_auth(&mut self) -> &mut Self {
                    self.settings.custom_auth.change(|auth| auth.allow_no_auth());
                    self
                }

                /// Sets the authentication schemes that are used before others, such as `["httpBearerAuth".into()]`.
                ///
                /// A scheme without an identity is never used. By default, the order is that of the service's model.
                #[inline]
                pub fn auth_scheme_preference(
                    mut self,
                    preference: impl Into<AuthSchemePreference>,
                ) -> Self {
                    self.set_auth_scheme_preference(Some(preference.into()));
                    self
                }

                /// Sets or clears the authentication schemes that are used before others.
                #[inline]
                pub fn set_auth_scheme_preference(
                    &mut self,
                    preference: Option<AuthSchemePreference>,
                ) -> &mut Self {
                    self.settings.auth_scheme_preference = preference;
                    self
                }

                /// Sets the resolver of authentication schemes, which replaces the choice of the service's model.
                #[inline]
                pub fn auth_scheme_resolver(
                    mut self,
                    auth_scheme_resolver: impl ResolveAuthScheme + 'static,
                ) -> Self {
                    self.set_auth_scheme_resolver(auth_scheme_resolver);
                    self
                }

                /// Sets the resolver of authentication schemes.
                #[inline]
                pub fn set_auth_scheme_resolver(
                    &mut self,
                    auth_scheme_resolver: impl ResolveAuthScheme + 'static,
                ) -> &mut Self {
                    let resolver = auth_scheme_resolver.into_shared_resolver();
                    self.settings.custom_auth.change(|auth| {
                        auth.resolve_by(resolver, |operation| {
                            AuthSchemeOptionResolverParams::new(Params {
                                operation_name: operation.into(),
                            })
                        });
                    });
                    self
                }

                /// Adds an authentication scheme. It replaces one with the same ID, such as `sigv4`.
                #[inline]
                pub fn push_auth_scheme(
                    mut self,
                    auth_scheme: impl $crate::codegen::SignScheme + 'static,
                ) -> Self {
                    let scheme = SharedAuthScheme::new(auth_scheme);
                    self.settings.custom_auth.change(|auth| auth.push(scheme));
                    self
                }
            }
        }
    };
}
