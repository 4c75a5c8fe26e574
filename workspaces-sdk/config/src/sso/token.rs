//! Bearer tokens of IAM Identity Center.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::Token;
use aws_credential_types::provider::error::TokenError;
use aws_credential_types::provider::future;
use aws_credential_types::provider::token::ProvideToken;
use aws_smithy_runtime_api::client::identity::{Identity, IdentityFuture, ResolveIdentity};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::SdkConfig;
use aws_types::os_shim_internal::Env;
use aws_types::region::Region;
use lean_aws_runtime::codegen::BoxError;

use super::cache::{self, CachedToken};
use crate::clients::sso_oidc;
use crate::files::Files;
use crate::provider_config::Boxed;
use crate::service_error;
use crate::token_file::{TokenCache, TokenFileError, TokenSource};

/// Provides the token of a session, which `aws sso login` has written.
///
/// A token that expires within five minutes is refreshed, at most every 30 seconds, and written to its file. If this fails, it is used
/// until it expires. The refresh needs a registration of the AWS CLI, which is in the file and expires after some months.
///
/// # Errors
///
/// [`TokenError::InvalidConfiguration`] if a setting is missing, and [`TokenError::ProviderError`] if the file cannot be read, or the
/// token has expired and cannot be refreshed. The message says whether the user must run `aws sso login` again.
#[derive(Clone, Debug)]
pub struct SsoTokenProvider {
    source: Arc<Source>,
    cache: Arc<TokenCache<CachedToken>>,
}

#[derive(Debug)]
struct Source {
    env: Env,
    files: Files,
    config: SdkConfig,
    session: Session,
}

/// A session of IAM Identity Center.
#[derive(Clone, Debug, Default)]
struct Session {
    region: Option<Region>,
    name: Option<String>,
    start_url: Option<String>,
}

impl SsoTokenProvider {
    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(super) fn cached_token(&self) -> Boxed<'_, Result<CachedToken, TokenError>> {
        Box::pin(self.load_token())
    }

    /// Removes a token that the service does not accept from memory.
    pub(super) fn forget(&self, token: &CachedToken) {
        self.cache.remove(token);
    }

    async fn load_token(&self) -> Result<CachedToken, TokenError> {
        for (setting, is_set) in [
            ("region", self.source.session.region.is_some()),
            ("session_name", self.source.session.name.is_some()),
            ("start_url", self.source.session.start_url.is_some()),
        ] {
            if !is_set {
                return Err(TokenError::invalid_configuration(format!(
                    "`{setting}` of the SSO token provider is not set"
                )));
            }
        }
        let time_source = self.source.config.time_source().unwrap_or_default();
        let token = self.cache.get(time_source.now(), &*self.source).await;
        token.map_err(TokenError::provider_error)
    }
}

impl ProvideToken for SsoTokenProvider {
    fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    where
        Self: 'a,
    {
        future::ProvideToken::new(async {
            let token = self.cached_token().await?;
            Ok(Token::new(token.access_token, Some(token.expires_at)))
        })
    }
}

impl ResolveIdentity for SsoTokenProvider {
    fn resolve_identity<'a>(
        &'a self,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::new(async { Ok(Identity::from(self.provide_token().await?)) })
    }
}

impl TokenSource for Source {
    type Token = CachedToken;

    const COMMAND: &'static str = cache::COMMAND;

    async fn load(&self) -> Result<CachedToken, TokenFileError> {
        let session = self.session.name.as_deref().unwrap_or_default();
        cache::load(&self.env, &self.files, session).await
    }

    async fn refresh(&self, token: &CachedToken, now: SystemTime) -> Result<CachedToken, BoxError> {
        let mut config = sso_oidc::config::Builder::from(&self.config);
        config.set_region(self.session.region.clone());
        let client = sso_oidc::Client::from_conf(config.build());
        let response = client
            .create_token()
            .grant_type("refresh_token")
            .set_client_id(token.client_id.clone())
            .set_client_secret(token.client_secret.clone())
            .set_refresh_token(token.refresh_token.clone())
            .send()
            .await
            .map_err(service_error::describe)?;
        let access_token = response
            .access_token
            .ok_or("the response of CreateToken has no access token")?;
        let expires_at = u64::try_from(response.expires_in)
            .ok()
            // A response without an expiry has zero.
            .filter(|seconds| *seconds > 0)
            .and_then(|seconds| now.checked_add(Duration::from_secs(seconds)))
            .ok_or("the expiry in the response of CreateToken is not valid")?;
        let refreshed = CachedToken {
            access_token,
            expires_at,
            refresh_token: (response.refresh_token)
                .filter(|token| !token.is_empty())
                .or_else(|| token.refresh_token.clone()),
            region: self.session.region.as_ref().map(ToString::to_string),
            start_url: self.session.start_url.clone(),
            ..token.clone()
        };
        let session = self.session.name.as_deref().unwrap_or_default();
        if let Err(error) = cache::save(&self.env, &self.files, session, &refreshed).await {
            let error = aws_smithy_types::error::display::DisplayErrorContext(error);
            tracing::warn!(%error, "the refreshed token is used, but was not stored");
        }
        Ok(refreshed)
    }
}

/// Builds an [`SsoTokenProvider`].
#[derive(Debug, Default)]
pub struct Builder {
    config: Option<SdkConfig>,
    session: Session,
}

impl Builder {
    /// Creates a builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the configuration of the client that refreshes tokens. The default is [`load_defaults`](crate::load_defaults).
    pub fn configure(mut self, sdk_config: &SdkConfig) -> Self {
        self.config = Some(sdk_config.clone());
        self
    }

    /// Sets the Region of the session. Required.
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        self.session.region = Some(region.into());
        self
    }

    /// Sets the Region of the session, or removes it.
    pub fn set_region(&mut self, region: Option<Region>) -> &mut Self {
        self.session.region = region;
        self
    }

    /// Sets the name of the session. Required.
    pub fn session_name(mut self, session_name: impl Into<String>) -> Self {
        self.session.name = Some(session_name.into());
        self
    }

    /// Sets the name of the session, or removes it.
    pub fn set_session_name(&mut self, session_name: Option<String>) -> &mut Self {
        self.session.name = session_name;
        self
    }

    /// Sets the start URL of the session. Required.
    pub fn start_url(mut self, start_url: impl Into<String>) -> Self {
        self.session.start_url = Some(start_url.into());
        self
    }

    /// Sets the start URL of the session, or removes it.
    pub fn set_start_url(&mut self, start_url: Option<String>) -> &mut Self {
        self.session.start_url = start_url;
        self
    }

    /// Creates the provider. If a required setting is not set, the provider returns an error that names it.
    pub async fn build(mut self) -> SsoTokenProvider {
        let config = match self.config.take() {
            Some(config) => config,
            None => crate::load_defaults(crate::BehaviorVersion::latest()).await,
        };
        self.build_with(Env::real(), Files::default(), config)
    }

    pub(crate) fn build_with(self, env: Env, files: Files, config: SdkConfig) -> SsoTokenProvider {
        SsoTokenProvider {
            source: Arc::new(Source {
                env,
                files,
                config,
                session: self.session,
            }),
            cache: Arc::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;

    #[tokio::test]
    async fn the_error_names_a_setting_that_is_missing() {
        let builder = || {
            Builder::new()
                .session_name("corp")
                .start_url("https://corp.awsapps.com/start")
                .region(Region::from_static("us-east-1"))
        };
        type Remove = fn(&mut Builder);
        let cases: [(&str, Remove); 3] = [
            ("session_name", |builder| _ = builder.set_session_name(None)),
            ("start_url", |builder| _ = builder.set_start_url(None)),
            ("region", |builder| _ = builder.set_region(None)),
        ];
        for (name, remove) in cases {
            let mut builder = builder();
            remove(&mut builder);
            let config = SdkConfig::builder().build();
            let provider = builder.build_with(Env::from_slice(&[]), Files::default(), config);
            let error = provider.provide_token().await.unwrap_err();
            assert!(matches!(error, TokenError::InvalidConfiguration(_)));
            assert_eq!(
                error.source().unwrap().to_string(),
                format!("`{name}` of the SSO token provider is not set")
            );
        }
    }
}
