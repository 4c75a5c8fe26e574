//! Chains of credentials providers.

use std::borrow::Cow;
use std::fmt;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use aws_smithy_types::error::display::DisplayErrorContext;
use tracing::{Instrument, debug, debug_span, warn};

use super::{ProviderAttempt, ProviderChainError, ProviderChainFailure};
#[cfg(feature = "default-https-client")]
use crate::default_provider;

/// Tries providers in order, until one has credentials or fails.
///
/// A provider that has none returns [`CredentialsError::CredentialsNotLoaded`], and the chain goes on. Any other error ends it.
pub struct CredentialsProviderChain {
    providers: Vec<(Cow<'static, str>, Box<dyn ProvideCredentials>)>,
}

impl CredentialsProviderChain {
    /// Creates a chain that begins with this provider. Errors and traces show its name.
    pub fn first_try(
        name: impl Into<Cow<'static, str>>,
        provider: impl ProvideCredentials + 'static,
    ) -> Self {
        Self {
            providers: vec![(name.into(), Box::new(provider))],
        }
    }

    /// Adds a provider to the end of the chain.
    pub fn or_else(
        mut self,
        name: impl Into<Cow<'static, str>>,
        provider: impl ProvideCredentials + 'static,
    ) -> Self {
        self.providers.push((name.into(), Box::new(provider)));
        self
    }

    /// Creates the [default chain](default_provider::credentials).
    #[cfg(feature = "default-https-client")]
    pub async fn default_provider() -> Self {
        Self::first_try(
            "DefaultProviderChain",
            default_provider::credentials::default_provider().await,
        )
    }

    /// Adds the [default chain](default_provider::credentials) to the end of the chain.
    #[cfg(feature = "default-https-client")]
    pub async fn or_default_provider(self) -> Self {
        self.or_else(
            "DefaultProviderChain",
            default_provider::credentials::default_provider().await,
        )
    }

    async fn credentials(&self) -> provider::Result {
        let mut attempts = Vec::new();
        for (name, provider) in &self.providers {
            let span = debug_span!("credentials_provider_chain", provider = %name);
            match provider.provide_credentials().instrument(span).await {
                Ok(credentials) => {
                    debug!(provider = %name, "loaded credentials");
                    return Ok(credentials);
                }
                Err(error @ CredentialsError::CredentialsNotLoaded(_)) => {
                    debug!(provider = %name, error = %DisplayErrorContext(&error), "the provider has no credentials");
                    attempts.push(ProviderAttempt::new(name.clone(), error));
                }
                Err(error) => {
                    warn!(provider = %name, error = %DisplayErrorContext(&error), "the provider failed");
                    return Err(failed(name.clone(), error, attempts));
                }
            }
        }
        let error = ProviderChainError::new(attempts);
        Err(CredentialsError::not_loaded(error))
    }
}

/// Adds the providers that were tried before to the error of one that failed.
fn failed(
    name: Cow<'static, str>,
    error: CredentialsError,
    earlier: Vec<ProviderAttempt<CredentialsError>>,
) -> CredentialsError {
    let wrap = match &error {
        _ if earlier.is_empty() => return error,
        CredentialsError::InvalidConfiguration(_) => CredentialsError::invalid_configuration,
        CredentialsError::ProviderError(_) => CredentialsError::provider_error,
        CredentialsError::Unhandled(_) => CredentialsError::unhandled,
        // A timeout has no source.
        _ => return error,
    };
    wrap(ProviderChainFailure::new(name, error, earlier))
}

/// Shows the names of the providers.
impl fmt::Debug for CredentialsProviderChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.providers.iter().map(|(name, _)| name);
        f.debug_struct("CredentialsProviderChain")
            .field("providers", &names.collect::<Vec<_>>())
            .finish()
    }
}

impl ProvideCredentials for CredentialsProviderChain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }

    fn fallback_on_interrupt(&self) -> Option<Credentials> {
        let mut providers = self.providers.iter();
        providers.find_map(|(_, provider)| provider.fallback_on_interrupt())
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::mem::discriminant;

    use super::*;

    #[derive(Debug)]
    struct Failing(fn(&'static str) -> CredentialsError, &'static str);

    impl ProvideCredentials for Failing {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::ready(Err(self.0(self.1)))
        }

        fn fallback_on_interrupt(&self) -> Option<Credentials> {
            (self.1 == "slow").then(credentials)
        }
    }

    fn credentials() -> Credentials {
        Credentials::new("id", "secret", None, None, "test")
    }

    const NONE: Failing = Failing(CredentialsError::not_loaded, "none");

    #[tokio::test]
    async fn the_first_provider_with_credentials_counts() {
        let chain = CredentialsProviderChain::first_try("first", NONE)
            .or_else("second", credentials())
            .or_else("third", Failing(CredentialsError::unhandled, "not reached"));
        let found = chain.provide_credentials().await.unwrap();
        assert_eq!(found.access_key_id(), "id");
    }

    #[tokio::test]
    async fn a_failure_ends_the_chain() {
        let failing = Failing(CredentialsError::provider_error, "failed");
        let chain =
            CredentialsProviderChain::first_try("first", failing).or_else("second", credentials());
        let error = chain.provide_credentials().await.unwrap_err();
        assert!(
            matches!(error, CredentialsError::ProviderError(_)),
            "{error:?}"
        );
    }

    #[tokio::test]
    async fn the_error_lists_what_was_tried() {
        let chain = CredentialsProviderChain::first_try("Environment", NONE).or_else(
            "Profile",
            Failing(CredentialsError::not_loaded, "no profile"),
        );
        let error = chain.provide_credentials().await.unwrap_err();
        let error = error.source().unwrap();
        assert_eq!(
            error.to_string(),
            "Environment (none), Profile (no profile)"
        );
    }

    #[tokio::test]
    async fn a_failure_names_what_was_tried_before() {
        let kinds: [fn(&'static str) -> CredentialsError; 3] = [
            CredentialsError::invalid_configuration,
            CredentialsError::provider_error,
            CredentialsError::unhandled,
        ];
        for kind in kinds {
            let failing = || Failing(kind, "status 403");
            let chain = CredentialsProviderChain::first_try("Environment", NONE)
                .or_else("Profile", NONE)
                .or_else("Metadata", failing())
                .or_else("Other", credentials());
            let error = chain.provide_credentials().await.unwrap_err();
            assert_eq!(discriminant(&error), discriminant(&kind("")), "{error:?}");
            let failure = error.source().unwrap();
            assert_eq!(
                failure.to_string(),
                "Metadata failed, after Environment (none), Profile (none)"
            );
            assert_eq!(failure.source().unwrap().to_string(), "status 403");
            let failure: &ProviderChainFailure<CredentialsError> = failure.downcast_ref().unwrap();
            assert_eq!(failure.failed().name(), "Metadata");
            assert_eq!(failure.earlier().len(), 2);

            // There is nothing to add to the error of the first one.
            let chain = CredentialsProviderChain::first_try("Metadata", failing());
            let error = chain.provide_credentials().await.unwrap_err();
            assert_eq!(error.source().unwrap().to_string(), "status 403");
        }
        let slow = |_| CredentialsError::provider_timed_out(std::time::Duration::from_secs(5));
        let chain = CredentialsProviderChain::first_try("Environment", NONE)
            .or_else("Metadata", Failing(slow, ""));
        let error = chain.provide_credentials().await.unwrap_err();
        assert!(
            matches!(error, CredentialsError::ProviderTimedOut(_)),
            "{error:?}"
        );
    }

    #[test]
    fn a_provider_that_is_interrupted_may_have_credentials() {
        let chain = CredentialsProviderChain::first_try("first", NONE)
            .or_else("second", Failing(CredentialsError::not_loaded, "slow"));
        assert!(chain.fallback_on_interrupt().is_some());
    }
}
