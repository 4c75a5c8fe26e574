//! Bearer tokens from a profile.

use aws_credential_types::provider::error::TokenError;
use aws_credential_types::provider::future;
use aws_credential_types::provider::token::{
    ProvideToken, Result as TokenResult, SharedTokenProvider,
};
#[cfg(feature = "sso")]
use aws_types::region::Region;
use tokio::sync::OnceCell;

use super::credentials::ProfileFileError;
use super::credentials::base::{Kind, Source};
use super::credentials::chain;
use super::credentials::sso::Sso;
use super::profile_file::ProfileFiles;
use crate::provider_config::ProviderConfig;
#[cfg(feature = "sso")]
use crate::sso::SsoTokenProvider;

/// Provides the token of a session of IAM Identity Center that a profile in the [shared files](super::load) names.
///
/// The session begins with `aws sso login`.
///
/// ```ini
/// [profile dev]
/// sso_session = corp
///
/// [sso-session corp]
/// sso_region = us-east-1
/// sso_start_url = https://corp.awsapps.com/start
/// ```
///
/// # Errors
///
/// [`TokenError::TokenNotLoaded`] if the profile has another source of credentials, [`TokenError::InvalidConfiguration`] with a
/// [`ProfileFileError`] if it has none, is not defined or is not valid, and the errors of the session.
#[derive(Debug)]
pub struct ProfileFileTokenProvider {
    config: ProviderConfig,
    provider: OnceCell<Result<SharedTokenProvider, Missing>>,
}

/// Why there is no provider of a token.
#[derive(Clone, Debug)]
enum Missing {
    OtherSource,
    Invalid(ProfileFileError),
}

impl ProfileFileTokenProvider {
    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }

    async fn token(&self) -> TokenResult {
        match self.provider.get_or_init(|| self.resolve()).await {
            Ok(provider) => provider.provide_token().await,
            Err(Missing::OtherSource) => Err(TokenError::not_loaded(
                "the profile has neither sso_session nor sso_start_url",
            )),
            Err(Missing::Invalid(error)) => Err(TokenError::invalid_configuration(error.clone())),
        }
    }

    async fn resolve(&self) -> Result<SharedTokenProvider, Missing> {
        let profiles = self.config.try_profiles().await;
        let profiles = profiles
            .map_err(|error| Missing::Invalid(ProfileFileError::InvalidProfile(error.clone())))?;
        let chain = chain::resolve(profiles).map_err(Missing::Invalid)?;
        match &chain.base.kind {
            Kind::Sso(sso) => token_of_sso(&chain.base, sso, &self.config)
                .await
                .map_err(Missing::Invalid),
            _ => Err(Missing::OtherSource),
        }
    }
}

/// Creates the provider of the token of a session of IAM Identity Center.
#[cfg(feature = "sso")]
async fn token_of_sso(
    source: &Source<'_>,
    sso: &Sso<'_>,
    config: &ProviderConfig,
) -> Result<SharedTokenProvider, ProfileFileError> {
    let Some(session) = sso.session else {
        let message =
            "a token needs a session; set sso_session to the name of an [sso-session] section";
        return Err(ProfileFileError::invalid_sso(
            source.profile,
            source.property,
            message,
        ));
    };
    let provider = SsoTokenProvider::builder()
        .session_name(session)
        .start_url(sso.start_url)
        .region(Region::new(sso.region.to_owned()))
        .build_with(
            config.env().clone(),
            config.files().clone(),
            config.client_config().await,
        );
    Ok(SharedTokenProvider::new(provider))
}

#[cfg(not(feature = "sso"))]
async fn token_of_sso(
    source: &Source<'_>,
    _: &Sso<'_>,
    _: &ProviderConfig,
) -> Result<SharedTokenProvider, ProfileFileError> {
    Err(ProfileFileError::not_enabled(
        "sso",
        source.profile,
        source.property,
    ))
}

impl ProvideToken for ProfileFileTokenProvider {
    fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    where
        Self: 'a,
    {
        future::ProvideToken::new(self.token())
    }
}

/// A builder of [`ProfileFileTokenProvider`].
#[derive(Debug, Default)]
pub struct Builder {
    config: Option<ProviderConfig>,
    profile_name: Option<String>,
    profile_files: Option<ProfileFiles>,
}

impl Builder {
    pub(crate) fn configure(mut self, provider_config: &ProviderConfig) -> Self {
        self.config = Some(provider_config.clone());
        self
    }

    /// Sets the name of the profile. The default is the value of `AWS_PROFILE`, or else `default`.
    pub fn profile_name(mut self, profile_name: impl Into<String>) -> Self {
        self.profile_name = Some(profile_name.into());
        self
    }

    /// Sets the files. The defaults are `~/.aws/config` and `~/.aws/credentials`.
    pub fn profile_files(mut self, profile_files: ProfileFiles) -> Self {
        self.profile_files = Some(profile_files);
        self
    }

    /// Creates the provider.
    pub fn build(self) -> ProfileFileTokenProvider {
        let config = self.config.unwrap_or_default();
        ProfileFileTokenProvider {
            config: config.with_profile(self.profile_files, self.profile_name),
            provider: OnceCell::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use aws_types::os_shim_internal::{Env, Fs};

    use super::*;

    #[tokio::test]
    async fn a_chain_goes_on_only_after_a_profile_with_another_source() {
        let cases = [
            (
                "[default]\naws_access_key_id = id\naws_secret_access_key = secret\n",
                true,
                "the profile has neither sso_session nor sso_start_url",
            ),
            (
                "[default]\ncredential_process = false\n",
                true,
                "the profile has neither sso_session nor sso_start_url",
            ),
            (
                "[default]\n",
                false,
                "profile \"default\" has no credentials",
            ),
            (
                "[profile dev]\n",
                false,
                "profile \"default\" is not defined in /config: ~/.aws/credentials has no place: the home directory is unknown, \
                 as HOME is not set",
            ),
            (
                "[default]\nsso_session = corp\n",
                false,
                "profile \"default\" (/config:2): sso_session \"corp\" is not defined in /config: ~/.aws/credentials has no \
                 place: the home directory is unknown, as HOME is not set",
            ),
            ("text", false, "the profiles could not be loaded"),
        ];
        for (config, is_not_loaded, expected) in cases {
            let fs = Fs::from_slice(&[("/config", config)]);
            let env = Env::from_slice(&[("AWS_CONFIG_FILE", "/config")]);
            let provider_config = ProviderConfig::empty().with_fs(fs).with_env(env);
            let provider = ProfileFileTokenProvider::builder().configure(&provider_config);
            let provider = provider.build();
            for _ in 0..2 {
                let error = provider.provide_token().await.unwrap_err();
                match is_not_loaded {
                    true => assert!(matches!(error, TokenError::TokenNotLoaded(_)), "{config}"),
                    false => assert!(
                        matches!(error, TokenError::InvalidConfiguration(_)),
                        "{config}"
                    ),
                }
                assert_eq!(error.source().unwrap().to_string(), expected, "{config}");
            }
        }
    }
}
