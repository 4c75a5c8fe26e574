//! The macro that declares the module `config::endpoint` of a generated crate.

/// Declares the module `endpoint` in `config`: the parameters of endpoint rules, their builder and its error, the trait of
/// resolvers, the resolver that follows the rules, and the methods of `Config` and its `Builder`.
///
/// A row has the name of a parameter in Rust, the name of its setter, its kind, the value that it has if it is not set, and its
/// name in the rules. A row with `!required` is a parameter that must be set.
#[doc(hidden)]
#[macro_export]
macro_rules! __endpoint_params {
    (
        $config:ident, $builder:ident for $service:ident;
        $($(#[$doc:meta])* $name:ident, $set:ident: $kind:ident $(($default:expr))? $(!$required:ident)? => $wire:literal;)*
    ) => {
        /// The endpoints of calls: their parameters, and resolvers that replace the endpoint rules of the service.
        pub mod endpoint {
            pub use $crate::settings::{Endpoint, EndpointFuture, SharedEndpointResolver};

            use super::{$builder, $config, $service};

            /// The parameters that determine the endpoint of a call.
            #[derive(Clone)]
            #[non_exhaustive]
            pub struct Params {
                values: $crate::codegen::Context,
            }

            impl Params {
                /// Creates a builder.
                #[inline]
                pub fn builder() -> ParamsBuilder {
                    ParamsBuilder::default()
                }

                $(
                    $(#[$doc])*
                    #[inline]
                    pub fn $name(&self) -> Option<$crate::__endpoint_parameter!(ref $kind)> {
                        $crate::__endpoint_parameter!(get self.values, $wire, $kind)
                    }
                )*
            }

            pub(crate) const RESOLVER_PARAMS: $crate::codegen::EndpointParams = $crate::codegen::EndpointParams {
                collect: |settings, context, account_id| {
                    let values = $crate::codegen::endpoint_values(settings, context, account_id);
                    $crate::codegen::EndpointResolverParams::new(ParamsBuilder { values }.with_defaults())
                },
                values: |params| Some(&mut params.get_mut::<Params>()?.values),
            };

            impl PartialEq for Params {
                #[inline]
                fn eq(&self, other: &Self) -> bool {
                    true $(&& self.$name() == other.$name())*
                }
            }

            impl ::std::fmt::Debug for Params {
                #[inline]
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.debug_struct("Params")
                        $(.field($crate::codegen::parameter_name(stringify!($name)), &self.$name()))*
                        .finish()
                }
            }

            /// Builds [`Params`].
            #[derive(Clone, Debug, Default, PartialEq)]
            pub struct ParamsBuilder {
                values: $crate::codegen::Context,
            }

            impl ParamsBuilder {
                $(
                    $(#[$doc])*
                    #[inline]
                    pub fn $name(self, value: impl Into<$crate::__endpoint_parameter!($kind)>) -> Self {
                        self.$set(Some(value.into()))
                    }

                    $(#[$doc])*
                    #[inline]
                    pub fn $set(mut self, value: Option<$crate::__endpoint_parameter!($kind)>) -> Self {
                        $crate::codegen::Parameter::set(&mut self.values, $wire, value);
                        self
                    }
                )*

                /// Builds the parameters.
                ///
                /// # Errors
                /// When a required parameter is not set, or the Region is not a valid host label.
                #[inline]
                pub fn build(self) -> Result<Params, InvalidParams> {
                    $crate::codegen::InvalidParameter::check_region(&self.values)
                        .map_err(InvalidParams)?;
                    let params = self.with_defaults();
                    $($(
                        $crate::__endpoint_parameter!($required);
                        params.$name().ok_or(InvalidParams(
                            $crate::codegen::InvalidParameter::Missing(
                                $crate::codegen::parameter_name(stringify!($name)),
                            ),
                        ))?;
                    )?)*
                    Ok(params)
                }

                #[allow(unused_mut, reason = "not every service has parameters with a default")]
                #[inline]
                fn with_defaults(mut self) -> Params {
                    $($(
                        if $crate::__endpoint_parameter!(get self.values, $wire, $kind).is_none() {
                            self = self.$set(Some($default));
                        }
                    )?)*
                    Params { values: self.values }
                }
            }

            /// The error of parameters that lack a required one, or have a Region that is not a host label.
            #[derive(Debug)]
            pub struct InvalidParams($crate::codegen::InvalidParameter);

            impl ::std::fmt::Display for InvalidParams {
                #[inline]
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    ::std::fmt::Display::fmt(&self.0, f)
                }
            }

            impl ::std::error::Error for InvalidParams {}

            /// A resolver of endpoints for this service.
            pub trait ResolveEndpoint: Send + Sync + ::std::fmt::Debug {
                /// Returns the endpoint for these parameters. Each call of an operation calls this.
                fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a>;

                /// Converts the resolver into one that a configuration can hold.
                #[inline]
                fn into_shared_resolver(self) -> SharedEndpointResolver
                where
                    Self: Sized + 'static,
                {
                    SharedEndpointResolver::new(OfService(self))
                }
            }

            /// A resolver that gets the parameters of this service.
            #[derive(Debug)]
            struct OfService<T>(T);

            impl<T: ResolveEndpoint> $crate::codegen::ResolveEndpoint for OfService<T> {
                #[inline]
                fn resolve_endpoint<'a>(
                    &'a self,
                    params: &'a $crate::codegen::EndpointResolverParams,
                ) -> EndpointFuture<'a> {
                    match params.get::<Params>() {
                        Some(params) => self.0.resolve_endpoint(params),
                        None => EndpointFuture::ready(Err("the parameters are those of another service".into())),
                    }
                }
            }

            /// The resolver that follows the endpoint rules of the service. A configuration without a resolver uses it.
            #[derive(Debug, Default)]
            pub struct DefaultResolver {
                _private: (),
            }

            impl DefaultResolver {
                /// Creates the resolver.
                #[inline]
                pub fn new() -> Self {
                    Self::default()
                }
            }

            impl ResolveEndpoint for DefaultResolver {
                #[inline]
                fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
                    let service = <$service as $crate::codegen::Service>::METADATA;
                    EndpointFuture::ready($crate::codegen::follow_rules(service, &params.values))
                }
            }

            /// The resolver of endpoints.
            impl $config {
                /// The resolver of endpoints, which is [`DefaultResolver`] if none was set.
                #[inline]
                pub fn endpoint_resolver(&self) -> SharedEndpointResolver {
                    match &self.settings.endpoint_resolver {
                        Some(resolver) => resolver.shared().clone(),
                        None => DefaultResolver::new().into_shared_resolver(),
                    }
                }
            }

            /// The resolver of endpoints.
            impl $builder {
                /// Sets the resolver of endpoints, which replaces the endpoint rules of the service and
                /// [`endpoint_url`](Self::endpoint_url).
                ///
                /// Each call asks it for the URL, headers, and for the property `authSchemes`, whose elements have the `name` of a scheme,
                /// such as `sigv4`, and optionally its `signingName`, its `signingRegion` and `disableDoubleEncoding`.
                #[inline]
                pub fn endpoint_resolver(
                    mut self,
                    endpoint_resolver: impl ResolveEndpoint + 'static,
                ) -> Self {
                    self.set_endpoint_resolver(Some(endpoint_resolver.into_shared_resolver()));
                    self
                }

                /// Sets or clears the resolver of endpoints.
                #[inline]
                pub fn set_endpoint_resolver(
                    &mut self,
                    endpoint_resolver: Option<SharedEndpointResolver>,
                ) -> &mut Self {
                    self.settings.endpoint_resolver =
                        endpoint_resolver.map($crate::codegen::CustomEndpoint::new::<$service>);
                    self
                }
            }
        }
    };
}

/// The types of the parameters of endpoint rules, and how they are read.
#[doc(hidden)]
#[macro_export]
macro_rules! __endpoint_parameter {
    (boolean) => { bool };
    (string) => { String };
    (strings) => { Vec<String> };
    (ref boolean) => { bool };
    (ref string) => { &str };
    (ref strings) => { &[String] };
    (get $values:expr, $wire:literal, boolean) => { $values.boolean($wire) };
    (get $values:expr, $wire:literal, string) => { $values.string($wire) };
    (get $values:expr, $wire:literal, strings) => { $values.strings($wire) };
    (required) => {};
}
