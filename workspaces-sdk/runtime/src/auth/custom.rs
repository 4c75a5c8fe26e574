//! Authentication that the program chooses: resolvers of schemes, schemes, and calls without authentication.
//!
//! A client whose settings have none of these contains none of this: the setters alone create the trait object. The functions are
//! `#[inline]`, which [`interceptor`](crate::interceptor) explains.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use aws_smithy_runtime_api::client::auth::{
    AuthScheme as _, AuthSchemeId, AuthSchemeOption, AuthSchemeOptionResolverParams,
    ResolveAuthSchemeOptions, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCacheLocation, IdentityFuture, ResolveCachedIdentity, ResolveIdentity,
    SharedIdentityCache,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use aws_types::SigningName;
use aws_types::region::SigningRegion;

use super::scheme::AuthScheme;
use super::shared_cache::IdentityCache;
use super::sigv4::Scope;
use crate::endpoint::{Endpoint, scheme_config};
use crate::error::{Failure, not_sent};
use crate::handle::Handle;

/// A future of this module.
type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// Creates what a resolver of schemes gets, from the name of an operation.
#[doc(hidden)]
pub type AuthParams = fn(&'static str) -> AuthSchemeOptionResolverParams;

/// What the program sets about authentication.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct CustomAuth(Option<Arc<dyn Authenticate>>);

impl CustomAuth {
    /// Changes the settings. Only setters may call this: it makes a client contain the code for them.
    #[inline]
    pub fn change(&mut self, change: impl FnOnce(&mut AuthSettings)) {
        let mut settings = self.settings().cloned().unwrap_or_default();
        change(&mut settings);
        self.0 = Some(Arc::new(settings));
    }

    /// The settings, if the program sets any.
    #[inline]
    pub fn settings(&self) -> Option<&AuthSettings> {
        Some(self.get()?.settings())
    }

    /// These settings, and those of `other` where these have none.
    #[inline]
    pub(crate) fn or(self, other: &Self) -> Self {
        match (self.0, &other.0) {
            (Some(settings), Some(other)) => Self(Some(settings.or(other.settings()))),
            (settings, other) => Self(settings.or_else(|| other.clone())),
        }
    }

    /// What chooses schemes and signs in place of the runtime.
    #[inline]
    pub(crate) fn get(&self) -> Option<&dyn Authenticate> {
        self.0.as_deref()
    }
}

/// What a client with such settings contains.
pub(crate) trait Authenticate: fmt::Debug + Send + Sync {
    fn settings(&self) -> &AuthSettings;

    /// These settings, and those of `other` where these have none.
    fn or(&self, other: &AuthSettings) -> Arc<dyn Authenticate>;

    /// Chooses the scheme of a call.
    ///
    /// # Errors
    /// A dispatch failure when the resolver fails, or no scheme has an identity.
    fn choose<'a>(&'a self, handle: &'a Handle, operation: Operation<'a>) -> Pending<'a, Chosen>;

    /// Signs a request with the scheme of the program that was chosen.
    ///
    /// # Errors
    /// A dispatch failure when there is no identity, or the scheme fails.
    fn sign<'a>(&'a self, signable: Signable<'a>) -> Pending<'a, ()>;
}

/// The settings of authentication.
#[doc(hidden)]
#[derive(Clone)]
pub struct AuthSettings {
    resolver: Option<(SharedAuthSchemeOptionResolver, AuthParams)>,
    schemes: Vec<SharedAuthScheme>,
    allow_no_auth: bool,
    /// The cache of the identities that the schemes need, if the configuration has none.
    cache: SharedIdentityCache,
}

/// The operation of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation<'a> {
    pub(crate) name: &'static str,
    pub(crate) schemes: &'static [AuthScheme],
    /// The configuration bag that the interceptors of the call see. `None` if the call has no interceptors.
    pub(crate) bag: Option<&'a ConfigBag>,
}

/// A request, and what a scheme needs to sign it.
#[derive(Debug)]
pub(crate) struct Signable<'a> {
    pub(crate) handle: &'a Handle,
    pub(crate) operation: &'static str,
    pub(crate) chosen: &'a Chosen,
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) request: &'a mut HttpRequest,
    /// See [`Operation::bag`]. It contains what the resolver added to the scheme.
    pub(crate) bag: Option<&'a ConfigBag>,
}

/// The scheme that a call uses.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    pub(crate) id: AuthSchemeId,
    /// One of the schemes of this runtime, or [`AuthScheme::Custom`].
    pub(crate) scheme: AuthScheme,
    custom: Option<SharedAuthScheme>,
    /// What the resolver added to the scheme.
    pub(crate) properties: Option<FrozenLayer>,
    region: Option<String>,
    name: Option<String>,
}

impl Chosen {
    /// Signs for the service and the Region that the resolver returned. Those in the `authSchemes` of the endpoint precede.
    #[inline]
    pub(crate) fn change<'a>(&'a self, scope: &mut Scope<'a>, endpoint: &Endpoint) {
        if let (Some(name), false) = (&self.name, endpoint.has_signing_name()) {
            scope.name = name;
        }
        if let (Some(region), false) = (&self.region, endpoint.has_signing_region()) {
            scope.region = region;
        }
    }
}

impl AuthSettings {
    /// Sets the resolver of schemes, and what creates its parameters.
    #[inline]
    pub fn resolve_by(&mut self, resolver: SharedAuthSchemeOptionResolver, params: AuthParams) {
        self.resolver = Some((resolver, params));
    }

    /// Adds a scheme, which replaces one with the same ID.
    #[inline]
    pub fn push(&mut self, scheme: SharedAuthScheme) {
        self.schemes.push(scheme);
    }

    /// Sends requests without authentication if no scheme has an identity.
    #[inline]
    pub fn allow_no_auth(&mut self) {
        self.allow_no_auth = true;
    }

    /// The resolver of schemes, if one was set.
    #[inline]
    pub fn resolver(&self) -> Option<SharedAuthSchemeOptionResolver> {
        self.resolver.as_ref().map(|(resolver, _)| resolver.clone())
    }

    /// The schemes that were added.
    #[inline]
    pub fn schemes(&self) -> &[SharedAuthScheme] {
        &self.schemes
    }

    #[inline]
    async fn choose_now(
        &self,
        handle: &Handle,
        operation: Operation<'_>,
    ) -> Result<Chosen, Failure> {
        let components = components(handle)?;
        let mut options = match &self.resolver {
            None => auth_options(operation.schemes, &[], operation.name),
            Some((resolver, params)) => {
                let settings;
                let bag = match operation.bag {
                    Some(bag) => bag,
                    None => {
                        settings = bag_of(handle, operation.name);
                        &settings
                    }
                };
                let params = params(operation.name);
                let options = resolver.resolve_auth_scheme_options_v2(&params, bag, &components);
                options.await.map_err(not_sent)?
            }
        };
        if self.allow_no_auth {
            options.push(AuthScheme::NoAuth.id().into());
        }
        let preference = handle.settings.auth_scheme_preference();
        options.sort_by_key(|option| {
            let mut preferred = preference.iter();
            let position = preferred.position(|preferred| preferred == option.scheme_id());
            position.unwrap_or(preference.len())
        });
        let chosen = options
            .iter()
            .find_map(|option| self.available(option, handle, &components));
        chosen.ok_or_else(|| {
            let ids: Vec<&str> = options.iter().map(|it| it.scheme_id().inner()).collect();
            let ids = ids.join("`, `");
            not_sent(
                format!(
                    "none of the authentication schemes `{ids}` has an identity; set `credentials_provider` or another provider, or \
                     `allow_no_auth` on the configuration"
                )
                .into(),
            )
        })
    }

    /// The scheme of an option, if it has an identity.
    #[inline]
    fn available(
        &self,
        option: &AuthSchemeOption,
        handle: &Handle,
        components: &RuntimeComponents,
    ) -> Option<Chosen> {
        let id = option.scheme_id();
        let mut schemes = self.schemes.iter().rev();
        let custom = schemes.find(|scheme| scheme.scheme_id() == *id);
        let scheme = match custom {
            Some(custom) => custom
                .identity_resolver(components)
                .map(|_| AuthScheme::Custom),
            None => AuthScheme::of(id.inner()).filter(|it| it.is_available(&handle.settings)),
        }?;
        let properties = option.properties();
        let mut bag = ConfigBag::base();
        if let Some(properties) = &properties {
            bag.push_shared_layer(properties.clone());
        }
        Some(Chosen {
            id: id.clone(),
            scheme,
            custom: custom.cloned(),
            region: bag.load::<SigningRegion>().map(|it| it.as_ref().to_owned()),
            name: bag.load::<SigningName>().map(|it| it.as_ref().to_owned()),
            properties,
        })
    }

    #[inline]
    async fn sign_now(&self, signable: Signable<'_>) -> Result<(), Failure> {
        let Signable {
            handle,
            operation,
            chosen,
            endpoint,
            request,
            bag,
        } = signable;
        let components = components(handle)?;
        let mut settings;
        let bag = match bag {
            Some(bag) => bag,
            None => {
                settings = bag_of(handle, operation);
                if let Some(properties) = &chosen.properties {
                    settings.push_shared_layer(properties.clone());
                }
                &settings
            }
        };
        let resolver = chosen
            .custom
            .as_ref()
            .and_then(|scheme| Some((scheme, scheme.identity_resolver(&components)?)));
        let Some((scheme, resolver)) = resolver else {
            let id = chosen.id.inner();
            return Err(not_sent(
                format!("the authentication scheme `{id}` has no identity any more").into(),
            ));
        };
        let identity = match resolver.cache_location() {
            // Such an identity depends on the request.
            IdentityCacheLocation::IdentityResolver => {
                resolver.resolve_identity(&components, bag).await
            }
            _ => {
                let cache = handle.settings.identity_cache.as_ref();
                let cache = cache.unwrap_or(&self.cache);
                let identity = cache.resolve_cached_identity(resolver, &components, bag);
                identity.await
            }
        };
        let identity = identity.map_err(not_sent)?;
        let endpoint = endpoint.to_public();
        let config = scheme_config(&endpoint, chosen.id.inner()).map_err(not_sent)?;
        scheme
            .signer()
            .sign_http_request(request, &identity, config, &components, bag)
            .map_err(not_sent)
    }
}

impl Authenticate for AuthSettings {
    #[inline]
    fn settings(&self) -> &AuthSettings {
        self
    }

    #[inline]
    fn or(&self, other: &AuthSettings) -> Arc<dyn Authenticate> {
        let resolver = self.resolver.as_ref().or(other.resolver.as_ref());
        Arc::new(Self {
            resolver: resolver.cloned(),
            schemes: [other.schemes.as_slice(), &self.schemes].concat(),
            allow_no_auth: self.allow_no_auth || other.allow_no_auth,
            cache: self.cache.clone(),
        })
    }

    #[inline]
    fn choose<'a>(&'a self, handle: &'a Handle, operation: Operation<'a>) -> Pending<'a, Chosen> {
        Box::pin(self.choose_now(handle, operation))
    }

    #[inline]
    fn sign<'a>(&'a self, signable: Signable<'a>) -> Pending<'a, ()> {
        Box::pin(self.sign_now(signable))
    }
}

impl Default for AuthSettings {
    #[inline]
    fn default() -> Self {
        Self {
            resolver: None,
            schemes: Vec::new(),
            allow_no_auth: false,
            cache: IdentityCache::lazy().build(),
        }
    }
}

impl fmt::Debug for AuthSettings {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthSettings")
            .field("resolver", &self.resolver.as_ref().map(|(it, _)| it))
            .field("schemes", &self.schemes)
            .field("allow_no_auth", &self.allow_no_auth)
            .finish()
    }
}

/// A bag with the settings of a client.
#[inline]
fn bag_of(handle: &Handle, operation: &'static str) -> ConfigBag {
    ConfigBag::of_layers([handle.settings_layer(operation)])
}

/// The runtime components, with the providers of identities.
#[inline]
fn components(handle: &Handle) -> Result<RuntimeComponents, Failure> {
    let settings = &handle.settings;
    let mut builder = handle.transport.components()?.to_builder();
    builder.set_identity_resolver(AuthScheme::NoAuth.id(), Nobody);
    if let Some(provider) = settings.credentials_provider.clone() {
        builder.set_identity_resolver(AuthScheme::SigV4.id(), provider);
    }
    #[cfg(feature = "bearer")]
    if let Some(provider) = settings.service_specific.bearer.token_provider.clone() {
        builder.set_identity_resolver(AuthScheme::Bearer.id(), provider);
    }
    builder.build().map_err(SdkError::construction_failure)
}

/// The identity of requests without authentication.
#[derive(Debug)]
struct Nobody;

impl ResolveIdentity for Nobody {
    #[inline]
    fn resolve_identity<'a>(
        &'a self,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::ready(Ok(Identity::new((), None)))
    }
}

/// Returns the options for an operation, from those of the service and those of single operations.
#[doc(hidden)]
#[inline]
pub fn auth_options(
    schemes: &[AuthScheme],
    overrides: &[(&str, &[AuthScheme])],
    operation: &str,
) -> Vec<AuthSchemeOption> {
    let found = overrides.iter().find(|(name, _)| *name == operation);
    let schemes = found.map_or(schemes, |(_, schemes)| schemes);
    match schemes {
        [] => vec![AuthScheme::NoAuth.id().into()],
        schemes => schemes.iter().map(|scheme| scheme.id().into()).collect(),
    }
}
