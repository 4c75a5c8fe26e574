//! Resolvers of endpoints that the program sets.
//!
//! A client without one contains none of this: the setter stores a function pointer, and nothing else names the function. The
//! functions are `#[inline]`, which [`interceptor`](crate::interceptor) explains.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::AuthSchemeEndpointConfig;
use aws_smithy_runtime_api::client::endpoint::{
    EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::Document;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::{Endpoint as PublicEndpoint, EndpointAuthScheme};

use super::params::ACCOUNT_ID;
use super::{Context, Endpoint, Params, check_region};
use crate::error::{Failure, not_sent};
use crate::handle::Handle;
use crate::operation::{EndpointParams, Service};
use crate::service_metadata::ServiceMetadata;
use crate::settings::Settings;
use crate::url::{request_url, without_secrets};

/// The name of the scheme that signs with SigV4.
pub(crate) const SIGV4: &str = "sigv4";

/// The name of the scheme that does not sign.
pub(crate) const NO_AUTH: &str = "noAuth";

/// What a resolver needs to resolve the endpoint of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Query<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) context: &'a Context,
    pub(crate) host_prefix: Option<&'a str>,
    pub(crate) account_id: Option<&'a str>,
    /// The name of the authentication scheme that the call uses.
    pub(crate) scheme: &'a str,
}

type Resolve = for<'a> fn(
    &'a SharedEndpointResolver,
    Query<'a>,
    Option<&'a mut EndpointResolverParams>,
) -> Resolving<'a>;
type Resolving<'a> = Pin<Box<dyn Future<Output = Result<Endpoint, Failure>> + Send + 'a>>;

/// A resolver that the program sets, and the function that asks it.
#[doc(hidden)]
#[derive(Clone)]
pub struct CustomEndpoint {
    resolver: SharedEndpointResolver,
    resolve: Resolve,
}

impl CustomEndpoint {
    /// Takes a resolver for the endpoints of a service.
    #[inline]
    pub fn new<S: Service>(resolver: SharedEndpointResolver) -> Self {
        Self {
            resolver,
            resolve: |resolver, query, params| Box::pin(resolve::<S>(resolver, query, params)),
        }
    }

    /// The resolver.
    #[inline]
    pub fn shared(&self) -> &SharedEndpointResolver {
        &self.resolver
    }

    /// Resolves the endpoint of a call.
    ///
    /// # Errors
    /// A dispatch failure when the resolver fails, when the URL cannot be used, or when there is no Region to sign for. A
    /// construction failure when the Region is not a host label.
    #[inline]
    pub(crate) async fn resolve(&self, query: Query<'_>) -> Result<Endpoint, Failure> {
        (self.resolve)(&self.resolver, query, None).await
    }
}

impl fmt::Debug for CustomEndpoint {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.resolver, f)
    }
}

/// The endpoint that a resolver returned. Its type is erased, so that a client without a resolver does not contain the code to drop it.
#[derive(Clone, Debug)]
pub(super) struct Resolved(Arc<dyn Any + Send + Sync>);

impl PartialEq for Resolved {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[inline]
async fn resolve<S: Service>(
    resolver: &SharedEndpointResolver,
    query: Query<'_>,
    params: Option<&mut EndpointResolverParams>,
) -> Result<Endpoint, Failure> {
    if let Some(region) = &query.settings.region {
        check_region(region)?;
    }
    let mut collected;
    let params = match params {
        Some(params) => params,
        None => {
            collected = match S::ENDPOINT_PARAMS {
                Some(params) => (params.collect)(query.settings, query.context, query.account_id),
                None => EndpointResolverParams::new(()),
            };
            &mut collected
        }
    };
    resolver
        .finalize_params(params)
        .map_err(SdkError::construction_failure)?;
    let found = resolver.resolve_endpoint(params).await.map_err(not_sent)?;
    Endpoint::of_resolver(found, query)
}

impl Endpoint {
    /// Resolves the endpoint of a call with the parameters in the bag of its interceptors, which may have changed them.
    ///
    /// # Errors
    /// See [`CustomEndpoint::resolve`] and [`Endpoint::resolve`].
    #[inline]
    pub(crate) async fn of_bag(
        handle: &Handle,
        query: Query<'_>,
        params: Option<EndpointParams>,
        bag: &mut ConfigBag,
    ) -> Result<Self, Failure> {
        let found = bag.get_mut_from_interceptor_state::<EndpointResolverParams>();
        let lost = || {
            let what = "an interceptor removed the parameters of the endpoint or replaced them by another type";
            not_sent(what.into())
        };
        let (found, params) = found.zip(params).ok_or_else(lost)?;
        let values = (params.values)(found).ok_or_else(lost)?;
        if let Some(id) = query.account_id {
            values.replace_string(ACCOUNT_ID, Some(id.to_owned()));
        }
        match &handle.settings.endpoint_resolver {
            Some(custom) => (custom.resolve)(&custom.resolver, query, Some(found)).await,
            None => {
                let (rules, params) = (handle.service.endpoint, Params::of_context(values));
                Self::of_params(rules, query.settings, &params, query.host_prefix)
            }
        }
    }

    /// Takes the endpoint that a resolver returned.
    #[inline]
    fn of_resolver(found: PublicEndpoint, query: Query<'_>) -> Result<Self, Failure> {
        let url = request_url(found.url(), query.host_prefix).map_err(|why| {
            let url = without_secrets(found.url());
            not_sent(
                format!("the URL `{url}` of the endpoint resolver cannot be used: {why}").into(),
            )
        })?;
        let scheme = scheme_config(&found, query.scheme).map_err(not_sent)?;
        let text = |key| scheme.get(key)?.as_string().map(str::to_owned);
        let (name, signing_region) = (text("signingName"), text("signingRegion"));
        let region = query.settings.region.as_ref().map(ToString::to_string);
        if query.scheme == SIGV4 && signing_region.is_none() && region.is_none() {
            return Err(not_sent(
                "no region to sign for is set; set `region` on the configuration, or `signingRegion` in the `authSchemes` of the endpoint"
                    .into(),
            ));
        }
        let headers = found.headers().flat_map(|(name, values)| {
            values.map(move |value| (Cow::from(name.to_owned()), value.to_owned()))
        });
        Ok(Self {
            url,
            signing_name: name.map(Cow::from),
            signing_region,
            region,
            single_encoding: scheme
                .get("disableDoubleEncoding")
                .and_then(Document::as_bool)
                == Some(true),
            headers: headers.collect(),
            resolved: Some(Resolved(Arc::new(found))),
        })
    }

    /// The endpoint as resolvers return it. The URL must not be empty.
    #[inline]
    pub(crate) fn to_public(&self) -> PublicEndpoint {
        if let Some(resolved) = self.resolved.as_ref()
            && let Some(resolved) = resolved.0.downcast_ref::<PublicEndpoint>()
        {
            return resolved.clone();
        }
        let url = self.url.strip_suffix('/').unwrap_or(&self.url);
        let mut builder = PublicEndpoint::builder().url(url.to_owned());
        for (name, value) in &self.headers {
            builder = builder.header(name.clone(), value.clone());
        }
        let (name, region) = (&self.signing_name, &self.signing_region);
        if name.is_some() || region.is_some() || self.single_encoding {
            let mut scheme = EndpointAuthScheme::with_capacity(SIGV4, 3);
            if self.single_encoding {
                scheme = scheme.put("disableDoubleEncoding", true);
            }
            if let Some(name) = name {
                scheme = scheme.put("signingName", name.to_string());
            }
            if let Some(region) = region {
                scheme = scheme.put("signingRegion", region.clone());
            }
            builder = builder.auth_scheme(scheme);
        }
        builder.build()
    }
}

/// Returns the element of `authSchemes` that has the name of a scheme. It is empty if the endpoint has no such list.
///
/// # Errors
/// When the endpoint lists schemes and this is not one of them, or the property is not a list.
#[inline]
pub(crate) fn scheme_config<'a>(
    endpoint: &'a PublicEndpoint,
    name: &str,
) -> Result<AuthSchemeEndpointConfig<'a>, BoxError> {
    let missing = || {
        format!(
            "the endpoint has `authSchemes`, but the scheme `{name}` of the call is not among them"
        )
        .into()
    };
    if name == NO_AUTH {
        return Ok(AuthSchemeEndpointConfig::empty());
    }
    if let schemes @ [_, ..] = endpoint.auth_schemes() {
        let scheme = schemes.iter().find(|scheme| scheme.name() == name);
        let scheme = scheme.map(AuthSchemeEndpointConfig::from_typed);
        return scheme.ok_or_else(missing);
    }
    let schemes = match endpoint.properties().get("authSchemes") {
        None => return Ok(AuthSchemeEndpointConfig::empty()),
        Some(Document::Array(schemes)) => schemes,
        Some(_) => return Err("the property `authSchemes` of the endpoint is not a list".into()),
    };
    let mut schemes = schemes.iter();
    let scheme = schemes.find(|scheme| {
        let found = scheme.as_object().and_then(|scheme| scheme.get("name"));
        found.and_then(Document::as_string) == Some(name)
    });
    scheme.map(Into::into).ok_or_else(missing)
}

/// Follows the endpoint rules of a service, with parameters that include the settings.
#[doc(hidden)]
#[inline]
pub fn follow_rules(
    service: &ServiceMetadata,
    values: &Context,
) -> Result<PublicEndpoint, BoxError> {
    let params = Params::of_context(values);
    match (service.endpoint)(&params) {
        Ok(endpoint) if endpoint.url.is_empty() => Err("the endpoint URL is empty".into()),
        Ok(endpoint) => Ok(endpoint.to_public()),
        Err(error) => Err(error.without_url(&params)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme() -> EndpointAuthScheme {
        EndpointAuthScheme::with_capacity(SIGV4, 0)
    }

    fn taken(found: PublicEndpoint, scheme: &str) -> Result<Endpoint, Failure> {
        let settings = Settings {
            region: Some(aws_types::region::Region::new("eu-west-1")),
            ..Settings::default()
        };
        Endpoint::of_resolver(
            found,
            Query {
                settings: &settings,
                context: <&Context>::default(),
                host_prefix: Some("data."),
                account_id: None,
                scheme,
            },
        )
    }

    #[test]
    fn the_scope_of_signatures_comes_from_the_scheme_of_the_call() {
        let plain = || PublicEndpoint::builder().url("https://example.com");
        let full = scheme()
            .put("disableDoubleEncoding", true)
            .put("signingName", "s3")
            .put("signingRegion", "us-east-2");
        let express = EndpointAuthScheme::with_capacity("sigv4-s3express", 0);
        let number = scheme()
            .put("signingName", 3)
            .put("disableDoubleEncoding", "true");
        for (endpoint, scheme, expected) in [
            (plain(), SIGV4, Some(("name", "eu-west-1", false))),
            (
                plain().auth_scheme(full.clone()),
                SIGV4,
                Some(("s3", "us-east-2", true)),
            ),
            (
                plain()
                    .auth_scheme(express.clone())
                    .auth_scheme(full.clone()),
                SIGV4,
                Some(("s3", "us-east-2", true)),
            ),
            (
                plain().property("authSchemes", Document::Array(vec![full.as_document()])),
                SIGV4,
                Some(("s3", "us-east-2", true)),
            ),
            (
                plain().auth_scheme(number),
                SIGV4,
                Some(("name", "eu-west-1", false)),
            ),
            (plain().auth_scheme(express.clone()), SIGV4, None),
            (
                plain().auth_scheme(express),
                NO_AUTH,
                Some(("name", "eu-west-1", false)),
            ),
            (
                plain().property("authSchemes", Document::Array(Vec::new())),
                SIGV4,
                None,
            ),
        ] {
            let endpoint = endpoint.build();
            let found = taken(endpoint.clone(), scheme).ok();
            let scope = found.as_ref().map(|found| found.scope("name"));
            let scope = scope.map(|it| (it.name, it.region, it.single_encoding));
            assert_eq!(scope, expected, "{endpoint:?}");
            if let Some(found) = found {
                assert_eq!(found.url(), "https://data.example.com/");
                assert_eq!(found.to_public(), endpoint);
            }
        }
    }

    #[test]
    fn endpoints_of_rules_keep_their_parts() {
        let endpoint = Endpoint::new("https://example.com")
            .signing_name("s3")
            .single_encoding()
            .header("x-a", "1")
            .header("x-a", "2");
        let public = endpoint.to_public();
        let expected = PublicEndpoint::builder()
            .url("https://example.com")
            .header("x-a", "1")
            .header("x-a", "2")
            .auth_scheme(
                scheme()
                    .put("disableDoubleEncoding", true)
                    .put("signingName", "s3"),
            );
        assert_eq!(public, expected.build());
        let plain = Endpoint::new("https://example.com").to_public();
        assert!(plain.auth_schemes().is_empty());
        let again = taken(public, SIGV4).unwrap();
        assert_eq!(again.headers, endpoint.headers);
        assert_eq!(again.scope("name").name, "s3");
    }
}
