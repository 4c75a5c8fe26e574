//! The runtime components for HTTP clients.
//!
//! The components of the official runtime include its endpoints, authentication and retries. This runtime implements
//! those itself, so their slots are filled with stubs that fail when they are called. The parts that an HTTP client uses,
//! the time source and the sleep implementation, are real.

use aws_smithy_async::rt::sleep::default_async_sleep;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, AuthSchemeOptionResolverParams,
    AuthSchemeOptionsFuture, ResolveAuthSchemeOptions, Sign,
};
use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint,
};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityFuture, ResolveCachedIdentity, ResolveIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::retries::{RetryStrategy, ShouldAttempt};
use aws_smithy_runtime_api::client::runtime_components::{
    BuildError, GetIdentityResolver, RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::ConfigBag;

use crate::settings::Settings;

const STUB: AuthSchemeId = AuthSchemeId::new("stub");
const UNUSED: &str = "this part of the runtime components is not used";

/// Builds components with the time source and the sleep implementation of the settings.
///
/// # Errors
/// When the official runtime requires a part that is not filled here.
pub(super) fn build(settings: &Settings) -> Result<RuntimeComponents, BuildError> {
    RuntimeComponentsBuilder::new("runtime")
        .with_auth_scheme(Stub)
        .with_auth_scheme_option_resolver(Some(Stub))
        .with_endpoint_resolver(Some(Stub))
        .with_identity_cache(Some(Stub))
        .with_identity_resolver(STUB, Stub)
        .with_retry_strategy(Some(Stub))
        .with_sleep_impl(settings.sleep_impl.clone().or_else(default_async_sleep))
        .with_time_source(Some(settings.time_source.clone().unwrap_or_default()))
        .build()
}

#[derive(Debug)]
struct Stub;

impl AuthScheme for Stub {
    fn scheme_id(&self) -> AuthSchemeId {
        STUB
    }

    fn identity_resolver(&self, _: &dyn GetIdentityResolver) -> Option<SharedIdentityResolver> {
        None
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for Stub {
    fn sign_http_request(
        &self,
        _: &mut HttpRequest,
        _: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<(), BoxError> {
        Err(UNUSED.into())
    }
}

impl ResolveAuthSchemeOptions for Stub {
    fn resolve_auth_scheme_options_v2<'a>(
        &'a self,
        _: &'a AuthSchemeOptionResolverParams,
        _: &'a ConfigBag,
        _: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        AuthSchemeOptionsFuture::ready(Err(UNUSED.into()))
    }
}

impl ResolveEndpoint for Stub {
    fn resolve_endpoint<'a>(&'a self, _: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready(Err(UNUSED.into()))
    }
}

impl ResolveIdentity for Stub {
    fn resolve_identity<'a>(
        &'a self,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::ready(Err(UNUSED.into()))
    }
}

impl ResolveCachedIdentity for Stub {
    fn resolve_cached_identity<'a>(
        &'a self,
        _: SharedIdentityResolver,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::ready(Err(UNUSED.into()))
    }
}

impl RetryStrategy for Stub {
    fn should_attempt_initial_request(
        &self,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<ShouldAttempt, BoxError> {
        Err(UNUSED.into())
    }

    fn should_attempt_retry(
        &self,
        _: &InterceptorContext,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<ShouldAttempt, BoxError> {
        Err(UNUSED.into())
    }
}
