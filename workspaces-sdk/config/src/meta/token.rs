//! Chains of token providers.

use std::borrow::Cow;

use aws_credential_types::provider::error::TokenError;
use aws_credential_types::provider::future;
use aws_credential_types::provider::token::{ProvideToken, Result};
use aws_smithy_types::error::display::DisplayErrorContext;
use tracing::{Instrument, debug, debug_span, warn};

use super::{ProviderAttempt, ProviderChainError, ProviderChainFailure};
#[cfg(feature = "sso")]
use crate::default_provider;

/// Tries providers in order, until one has a token or fails.
///
/// A provider that has none returns [`TokenError::TokenNotLoaded`], and the chain goes on. Any other error ends it.
#[derive(Debug)]
pub struct TokenProviderChain {
    providers: Vec<(Cow<'static, str>, Box<dyn ProvideToken>)>,
}

impl TokenProviderChain {
    /// Creates a chain that begins with this provider. Errors and traces show its name.
    pub fn first_try(
        name: impl Into<Cow<'static, str>>,
        provider: impl ProvideToken + 'static,
    ) -> Self {
        Self {
            providers: vec![(name.into(), Box::new(provider))],
        }
    }

    /// Adds a provider to the end of the chain.
    pub fn or_else(
        mut self,
        name: impl Into<Cow<'static, str>>,
        provider: impl ProvideToken + 'static,
    ) -> Self {
        self.providers.push((name.into(), Box::new(provider)));
        self
    }

    /// Creates the [default chain](default_provider::token).
    #[cfg(feature = "sso")]
    pub async fn default_provider() -> Self {
        let provider = default_provider::token::default_provider().await;
        Self::first_try("DefaultProviderChain", provider)
    }

    /// Adds the [default chain](default_provider::token) to the end of the chain.
    #[cfg(feature = "sso")]
    pub async fn or_default_provider(self) -> Self {
        let provider = default_provider::token::default_provider().await;
        self.or_else("DefaultProviderChain", provider)
    }

    async fn token(&self) -> Result {
        let mut attempts = Vec::new();
        for (name, provider) in &self.providers {
            let span = debug_span!("token_provider_chain", provider = %name);
            match provider.provide_token().instrument(span).await {
                Ok(token) => {
                    debug!(provider = %name, "loaded a token");
                    return Ok(token);
                }
                Err(error @ TokenError::TokenNotLoaded(_)) => {
                    debug!(provider = %name, error = %DisplayErrorContext(&error), "the provider has no token");
                    attempts.push(ProviderAttempt::new(name.clone(), error));
                }
                Err(error) => {
                    warn!(provider = %name, error = %DisplayErrorContext(&error), "the provider failed");
                    return Err(failed(name.clone(), error, attempts));
                }
            }
        }
        Err(TokenError::not_loaded(ProviderChainError::new(attempts)))
    }
}

/// Adds the providers that were tried before to the error of one that failed.
fn failed(
    name: Cow<'static, str>,
    error: TokenError,
    earlier: Vec<ProviderAttempt<TokenError>>,
) -> TokenError {
    let wrap = match &error {
        _ if earlier.is_empty() => return error,
        TokenError::InvalidConfiguration(_) => TokenError::invalid_configuration,
        TokenError::ProviderError(_) => TokenError::provider_error,
        TokenError::Unhandled(_) => TokenError::unhandled,
        // A timeout has no source.
        _ => return error,
    };
    wrap(ProviderChainFailure::new(name, error, earlier))
}

impl ProvideToken for TokenProviderChain {
    fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    where
        Self: 'a,
    {
        future::ProvideToken::new(self.token())
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::mem::discriminant;

    use aws_credential_types::Token;

    use super::*;

    #[derive(Debug)]
    struct Failing(fn(&'static str) -> TokenError, &'static str);

    impl ProvideToken for Failing {
        fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
        where
            Self: 'a,
        {
            future::ProvideToken::ready(Err(self.0(self.1)))
        }
    }

    fn token() -> Token {
        Token::new("token", None)
    }

    const NONE: Failing = Failing(TokenError::not_loaded, "none");

    #[tokio::test]
    async fn the_first_provider_with_a_token_counts() {
        let chain = TokenProviderChain::first_try("first", NONE)
            .or_else("second", token())
            .or_else("third", Failing(TokenError::unhandled, "not reached"));
        assert_eq!(chain.provide_token().await.unwrap().token(), "token");
    }

    #[tokio::test]
    async fn a_failure_ends_the_chain() {
        let failing = Failing(TokenError::provider_error, "failed");
        let chain = TokenProviderChain::first_try("first", failing).or_else("second", token());
        let error = chain.provide_token().await.unwrap_err();
        assert!(matches!(error, TokenError::ProviderError(_)), "{error:?}");
    }

    #[tokio::test]
    async fn the_error_lists_what_was_tried() {
        let chain = TokenProviderChain::first_try("Vault", NONE)
            .or_else("Profile", Failing(TokenError::not_loaded, "no profile"));
        let error = chain.provide_token().await.unwrap_err();
        assert!(matches!(error, TokenError::TokenNotLoaded(_)), "{error:?}");
        let error = error.source().unwrap();
        assert_eq!(error.to_string(), "Vault (none), Profile (no profile)");
    }

    #[tokio::test]
    async fn a_failure_names_what_was_tried_before() {
        let kinds: [fn(&'static str) -> TokenError; 3] = [
            TokenError::invalid_configuration,
            TokenError::provider_error,
            TokenError::unhandled,
        ];
        for kind in kinds {
            let failing = || Failing(kind, "status 403");
            let chain = TokenProviderChain::first_try("Vault", NONE)
                .or_else("Profile", NONE)
                .or_else("Server", failing())
                .or_else("Other", token());
            let error = chain.provide_token().await.unwrap_err();
            assert_eq!(discriminant(&error), discriminant(&kind("")), "{error:?}");
            let failure = error.source().unwrap();
            assert_eq!(
                failure.to_string(),
                "Server failed, after Vault (none), Profile (none)"
            );
            assert_eq!(failure.source().unwrap().to_string(), "status 403");
            let failure: &ProviderChainFailure<TokenError> = failure.downcast_ref().unwrap();
            assert_eq!(failure.failed().name(), "Server");
            assert_eq!(failure.earlier().len(), 2);

            // There is nothing to add to the error of the first one.
            let chain = TokenProviderChain::first_try("Server", failing());
            let error = chain.provide_token().await.unwrap_err();
            assert_eq!(error.source().unwrap().to_string(), "status 403");
        }
        let slow = |_| TokenError::provider_timed_out(std::time::Duration::from_secs(5));
        let chain =
            TokenProviderChain::first_try("Vault", NONE).or_else("Server", Failing(slow, ""));
        let error = chain.provide_token().await.unwrap_err();
        assert!(
            matches!(error, TokenError::ProviderTimedOut(_)),
            "{error:?}"
        );
    }
}
