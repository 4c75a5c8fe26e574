//! The identities of a client: its credentials and, for services that accept one, its token.

use aws_smithy_runtime_api::client::identity::{SharedIdentityCache, SharedIdentityResolver};

use super::identity_cache::{IdentityCache, IdentityKind};
use crate::settings::Settings;

/// The caches of the identities.
#[derive(Debug)]
pub(crate) struct Identities {
    pub(crate) credentials: IdentityCache,
    #[cfg(feature = "bearer")]
    pub(crate) token: IdentityCache,
}

impl Identities {
    /// Creates caches for the providers of the settings, or uses `shared_cache` in their place.
    pub(crate) fn new(settings: &Settings, shared_cache: Option<SharedIdentityCache>) -> Self {
        let credentials = settings.credentials_provider.clone();
        Self {
            #[cfg(feature = "bearer")]
            token: IdentityCache::new(
                IdentityKind::Token,
                settings.service_specific.bearer.token_provider.clone(),
                shared_cache.clone(),
            ),
            credentials: IdentityCache::new(
                IdentityKind::Credentials,
                credentials.clone().map(SharedIdentityResolver::new),
                shared_cache,
            )
            .with_fallback(credentials),
        }
    }
}
