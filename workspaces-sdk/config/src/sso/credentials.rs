//! Credentials of a role from IAM Identity Center.

use std::error::Error;
use std::fmt;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::DateTime;
use aws_types::region::Region;
use tokio::sync::OnceCell;

use super::cache;
use super::token::SsoTokenProvider;
use crate::clients::sso;
use crate::clients::sso::error::SdkError;
use crate::clients::sso::operation::get_role_credentials::GetRoleCredentialsError;
use crate::features::add_feature;
use crate::provider_config::ProviderConfig;
use crate::service_error;
use crate::token_file::{Reason, StoredToken};

/// Provides credentials of a role, by the token that `aws sso login` has written.
///
/// With the name of a session, the token is refreshed before it expires, see [`SsoTokenProvider`]. Without one, the token belongs to
/// the start URL, and the user must log in again when it has expired.
#[derive(Debug)]
pub struct SsoCredentialsProvider {
    config: ProviderConfig,
    role: SsoRole,
    /// The provider of tokens, once the configuration of its client has been loaded.
    tokens: OnceCell<SsoTokenProvider>,
}

/// A role, and the session in which a user may assume it.
#[derive(Clone, Debug, Default)]
pub(crate) struct SsoRole {
    pub(crate) account_id: Option<String>,
    pub(crate) role_name: Option<String>,
    pub(crate) start_url: Option<String>,
    pub(crate) region: Option<Region>,
    pub(crate) session_name: Option<String>,
}

impl SsoCredentialsProvider {
    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(config: &ProviderConfig, role: SsoRole) -> Self {
        Self {
            config: config.clone(),
            role,
            tokens: OnceCell::new(),
        }
    }

    async fn credentials(&self) -> provider::Result {
        let SsoRole {
            account_id,
            role_name,
            start_url,
            region,
            ..
        } = &self.role;
        let account_id = required(account_id, "account_id")?;
        let role_name = required(role_name, "role_name")?;
        let start_url = required(start_url, "start_url")?;
        let region = required(region, "region")?;
        let token = match &self.role.session_name {
            Some(session) => {
                let tokens = self.tokens.get_or_init(|| async {
                    SsoTokenProvider::builder()
                        .session_name(session)
                        .start_url(start_url)
                        .region(region.clone())
                        .build_with(
                            self.config.env().clone(),
                            self.config.files().clone(),
                            self.config.client_config().await,
                        )
                });
                let token = tokens.await.cached_token().await;
                token.map_err(CredentialsError::provider_error)?
            }
            None => self.token_of(start_url).await?,
        };

        let mut config = sso::config::Builder::from(&self.config.client_config().await);
        config.set_region(Some(region.clone()));
        let client = sso::Client::from_conf(config.build());
        let response = client
            .get_role_credentials()
            .role_name(role_name)
            .account_id(account_id)
            .access_token(&token.access_token)
            .send()
            .await
            .map_err(|error| self.explain(error, &token))?;
        let missing = |what| {
            let message = format!("the response of GetRoleCredentials has no {what}");
            CredentialsError::unhandled(message)
        };
        let found = response
            .role_credentials
            .ok_or_else(|| missing("credentials"))?;
        if found.expiration == 0 {
            return Err(missing("expiration"));
        }
        let expires = SystemTime::try_from(DateTime::from_millis(found.expiration))
            .map_err(CredentialsError::unhandled)?;
        let mut credentials = Credentials::builder()
            .access_key_id(
                found
                    .access_key_id
                    .ok_or_else(|| missing("access key ID"))?,
            )
            .secret_access_key(
                found
                    .secret_access_key
                    .ok_or_else(|| missing("secret access key"))?,
            )
            .session_token(
                found
                    .session_token
                    .ok_or_else(|| missing("session token"))?,
            )
            .account_id(account_id.as_str())
            .expiry(expires)
            .provider_name("SSO")
            .build();
        add_feature(&mut credentials, AwsCredentialFeature::CredentialsSso);
        Ok(credentials)
    }

    /// Returns the token of a login without a session, which cannot be refreshed.
    async fn token_of(&self, start_url: &str) -> Result<cache::CachedToken, CredentialsError> {
        let token = cache::load(self.config.env(), self.config.files(), start_url)
            .await
            .map_err(CredentialsError::provider_error)?;
        if token.expires_at() <= self.config.time_source().now() {
            let error = Reason::Expired(None).after(cache::COMMAND);
            return Err(CredentialsError::provider_error(error));
        }
        Ok(token)
    }

    /// Adds what the user can do to the error of a token that is not valid, and forgets this token, so that the next load reads the one
    /// that the user gets.
    fn explain(
        &self,
        error: SdkError<GetRoleCredentialsError>,
        token: &cache::CachedToken,
    ) -> CredentialsError {
        let is_unauthorized = matches!(
            error.as_service_error(),
            Some(GetRoleCredentialsError::UnauthorizedException(_))
        );
        let error = service_error::describe(error);
        if !is_unauthorized {
            return CredentialsError::provider_error(error);
        }
        if let Some(tokens) = self.tokens.get() {
            tokens.forget(token);
        }
        CredentialsError::provider_error(Unauthorized(error))
    }
}

/// The service did not accept the token.
#[derive(Debug)]
struct Unauthorized(BoxError);

impl fmt::Display for Unauthorized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the login has ended; run `{}`", cache::COMMAND)
    }
}

impl Error for Unauthorized {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

fn required<'a, T>(setting: &'a Option<T>, name: &str) -> Result<&'a T, CredentialsError> {
    setting.as_ref().ok_or_else(|| {
        let message = format!("`{name}` of the SSO credentials provider is not set");
        CredentialsError::invalid_configuration(message)
    })
}

impl ProvideCredentials for SsoCredentialsProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}

/// Declares methods that set a field of the role.
macro_rules! setters {
    ($($(#[$docs:meta])* $name:ident($type:ty), $set:ident($owned:ty);)*) => {
        $(
            $(#[$docs])*
            pub fn $name(mut self, $name: $type) -> Self {
                self.role.$name = Some($name.into());
                self
            }

            $(#[$docs])*
            pub fn $set(&mut self, $name: Option<$owned>) -> &mut Self {
                self.role.$name = $name;
                self
            }
        )*
    };
}

/// Builds an [`SsoCredentialsProvider`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    config: Option<ProviderConfig>,
    role: SsoRole,
}

impl Builder {
    /// Creates a builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the environment, the files, the HTTP client and the clock.
    pub fn configure(mut self, provider_config: &ProviderConfig) -> Self {
        self.config = Some(provider_config.clone());
        self
    }

    setters! {
        /// Sets the ID of the account. Required.
        account_id(impl Into<String>), set_account_id(String);
        /// Sets the name of the role. Required.
        role_name(impl Into<String>), set_role_name(String);
        /// Sets the start URL of the session. Required.
        start_url(impl Into<String>), set_start_url(String);
        /// Sets the name of the session. Without one, the token belongs to the start URL.
        session_name(impl Into<String>), set_session_name(String);
        /// Sets the Region of the session. Required.
        region(Region), set_region(Region);
    }

    /// Creates the provider. If a required setting is not set, the provider returns an error that names it.
    pub fn build(self) -> SsoCredentialsProvider {
        SsoCredentialsProvider::new(&self.config.unwrap_or_default(), self.role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_error_names_a_setting_that_is_missing() {
        let builder = || {
            Builder::new()
                .configure(&ProviderConfig::empty())
                .account_id("111122223333")
                .role_name("reader")
                .start_url("https://corp.awsapps.com/start")
                .region(Region::from_static("us-east-1"))
        };
        type Remove = fn(&mut Builder);
        let cases: [(&str, Remove); 4] = [
            ("account_id", |builder| _ = builder.set_account_id(None)),
            ("role_name", |builder| _ = builder.set_role_name(None)),
            ("start_url", |builder| _ = builder.set_start_url(None)),
            ("region", |builder| _ = builder.set_region(None)),
        ];
        for (name, remove) in cases {
            let mut builder = builder();
            remove(&mut builder);
            let error = builder.build().provide_credentials().await.unwrap_err();
            assert!(matches!(error, CredentialsError::InvalidConfiguration(_)));
            assert_eq!(
                error.source().unwrap().to_string(),
                format!("`{name}` of the SSO credentials provider is not set")
            );
        }
    }
}
