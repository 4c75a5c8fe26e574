//! Credentials of a login in the browser by `aws login`.
//!
//! `aws login` writes credentials and a refresh token to `~/.aws/login/cache`, or to the folder in the variable
//! `AWS_LOGIN_CACHE_DIRECTORY`. The provider of this module reads them, and refreshes the credentials before they expire.

mod cache;
mod dpop;
mod key;

use std::error::Error;
use std::fmt;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use aws_types::region::Region;
use lean_aws_runtime::codegen::BoxError;

use crate::clients::signin;
use crate::clients::signin::error::SdkError;
use crate::clients::signin::operation::create_o_auth2_token::CreateOAuth2TokenError;
use crate::clients::signin::types::{CreateOAuth2TokenRequestBody, OAuth2ErrorCode};
use crate::features::add_feature;
use crate::provider_config::ProviderConfig;
use crate::service_error;
use crate::token_file::{Reason, TokenCache, TokenFileError, TokenSource};
use cache::Login;
use dpop::Prover;

/// The name of the provider in its credentials.
const PROVIDER_NAME: &str = "Login";

/// Provides the credentials of a login.
///
/// Credentials that expire within five minutes are refreshed, at most every 30 seconds, and written to their file. If this fails,
/// they are used until they expire. The request for new credentials goes to the Region in which the user has logged in, or else to that of
/// the configuration.
///
/// # Errors
///
/// [`CredentialsError::InvalidConfiguration`] if the file lacks a member, [`CredentialsError::Unhandled`] if it cannot be read, and
/// [`CredentialsError::ProviderError`] if the credentials have expired and cannot be refreshed. The message says whether the user must
/// run `aws login` again.
#[derive(Debug)]
pub struct LoginCredentialsProvider {
    source: Source,
    cache: TokenCache<Login>,
    /// Whether a profile names the login.
    is_of_profile: bool,
}

#[derive(Debug)]
struct Source {
    config: ProviderConfig,
    session_arn: String,
}

impl LoginCredentialsProvider {
    /// Creates a builder for the login of an identity.
    ///
    /// `session_arn` is the value of `login_session` in the profile, the ARN of the identity.
    pub fn builder(session_arn: impl Into<String>) -> Builder {
        Builder {
            session_arn: session_arn.into(),
            config: None,
            is_of_profile: false,
        }
    }

    async fn credentials(&self) -> provider::Result {
        let now = self.source.config.time_source().now();
        let login = self.cache.get(now, &self.source).await;
        let mut credentials = login.map_err(into_credentials_error)?.credentials;
        let feature = match self.is_of_profile {
            true => AwsCredentialFeature::CredentialsProfileLogin,
            false => AwsCredentialFeature::CredentialsProfile,
        };
        add_feature(&mut credentials, feature);
        Ok(credentials)
    }
}

impl ProvideCredentials for LoginCredentialsProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}

impl TokenSource for Source {
    type Token = Login;

    const COMMAND: &'static str = cache::COMMAND;

    async fn load(&self) -> Result<Login, TokenFileError> {
        cache::load(self.config.env(), self.config.files(), &self.session_arn).await
    }

    async fn refresh(&self, login: &Login, now: SystemTime) -> Result<Login, BoxError> {
        let prover = Prover::new(&login.dpop_key)?;
        let time_source = self.config.time_source().clone();
        let mut config = signin::config::Builder::from(&self.config.client_config().await);
        if let Some(region) = login.region() {
            config.set_region(Some(Region::new(region.to_owned())));
        }
        let client = signin::Client::from_conf(config.build());
        let body = CreateOAuth2TokenRequestBody::builder()
            .client_id(&login.client_id)
            .grant_type("refresh_token")
            .refresh_token(&login.refresh_token);
        let response = client
            .create_o_auth2_token()
            .token_input(body.build()?)
            .customize()
            .map_request(move |mut request| {
                let proof = prover.prove(request.method(), request.uri(), time_source.now())?;
                request.headers_mut().insert("dpop", proof);
                Ok::<_, dpop::Unprovable>(request)
            })
            .send()
            .await
            .map_err(explain)?;

        let output = response.token_output.ok_or("the response has no body")?;
        // A member that is missing in the response is empty or zero.
        let token = output
            .access_token
            .filter(|token| {
                let secrets = [&token.secret_access_key, &token.session_token];
                !token.access_key_id.is_empty() && secrets.iter().all(|secret| !secret.is_empty())
            })
            .ok_or("the response has no credentials")?;
        let expires = u64::try_from(output.expires_in)
            .ok()
            .filter(|seconds| *seconds > 0)
            .and_then(|seconds| now.checked_add(Duration::from_secs(seconds)))
            .ok_or("the expiry in the response is not valid")?;
        let mut credentials = Credentials::builder()
            .access_key_id(token.access_key_id)
            .secret_access_key(token.secret_access_key)
            .session_token(token.session_token)
            .expiry(expires)
            .provider_name(PROVIDER_NAME);
        credentials.set_account_id(login.credentials.account_id().cloned());
        let mut refreshed = Login {
            credentials: credentials.build(),
            ..login.clone()
        };
        // Without a new one, the refresh token stays valid: RFC 6749, section 6.
        if !output.refresh_token.is_empty() {
            refreshed.refresh_token = output.refresh_token;
        }
        let (env, files) = (self.config.env(), self.config.files());
        if let Err(error) = cache::save(env, files, &self.session_arn, &refreshed).await {
            let error = aws_smithy_types::error::display::DisplayErrorContext(error);
            tracing::warn!(%error, "the refreshed credentials are used, but were not stored");
        }
        Ok(refreshed)
    }
}

/// The kinds of errors are those of the official crate.
fn into_credentials_error(error: TokenFileError) -> CredentialsError {
    match error.reason() {
        Reason::Missing { .. } => CredentialsError::invalid_configuration(error),
        Reason::Expired(Some(_)) => CredentialsError::provider_error(error),
        _ => CredentialsError::unhandled(error),
    }
}

/// Adds an explanation to the error of a refresh that was denied.
fn explain(error: SdkError<CreateOAuth2TokenError>) -> BoxError {
    let code = match error.as_service_error() {
        Some(CreateOAuth2TokenError::AccessDeniedException(denied)) => Some(denied.error()),
        _ => None,
    };
    let explanation = match code {
        Some(OAuth2ErrorCode::TokenExpired) => "the session of the login has ended",
        Some(OAuth2ErrorCode::UserCredentialsChanged) => "the password was changed after the login",
        Some(OAuth2ErrorCode::InsufficientPermissions) => {
            "the identity lacks the permission signin:CreateOAuth2Token"
        }
        _ => return service_error::describe(error),
    };
    Denied {
        explanation,
        source: service_error::describe(error),
    }
    .into()
}

/// The service denied to refresh credentials.
#[derive(Debug)]
struct Denied {
    explanation: &'static str,
    source: BoxError,
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.explanation)
    }
}

impl Error for Denied {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// Builds a [`LoginCredentialsProvider`].
#[derive(Debug)]
pub struct Builder {
    session_arn: String,
    config: Option<ProviderConfig>,
    is_of_profile: bool,
}

impl Builder {
    /// Sets the environment, the files, the HTTP client and the clock.
    pub fn configure(mut self, provider_config: &ProviderConfig) -> Self {
        self.config = Some(provider_config.clone());
        self
    }

    /// Marks the login as one that a profile names.
    pub(crate) fn of_profile(mut self) -> Self {
        self.is_of_profile = true;
        self
    }

    /// Creates the provider.
    pub fn build(self) -> LoginCredentialsProvider {
        LoginCredentialsProvider {
            source: Source {
                config: self.config.unwrap_or_default(),
                session_arn: self.session_arn,
            },
            cache: TokenCache::default(),
            is_of_profile: self.is_of_profile,
        }
    }
}
