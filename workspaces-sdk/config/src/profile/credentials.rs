//! Credentials from a profile.

use std::borrow::Cow;
use std::fmt;

use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, SharedCredentialsProvider, future};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_types::SdkConfig;
use lean_aws_runtime::codegen::default_client;
use tokio::sync::OnceCell;
use tracing::{Instrument, debug, debug_span};

pub(crate) mod base;
pub(crate) mod chain;
mod error;
mod providers;
mod role;
pub(crate) mod sso;

pub use error::ProfileFileError;

use self::base::{Kind, Source};
use self::providers::CustomProviders;
use self::role::AssumeRole;
use super::profile_file::ProfileFiles;
use crate::features::add_feature;
use crate::provider_config::ProviderConfig;

/// Provides the credentials of a profile in the [shared files](super::load).
///
/// ```no_run
/// use lean_aws_config::profile::ProfileFileCredentialsProvider;
///
/// let provider = ProfileFileCredentialsProvider::builder()
///     .profile_name("dev")
///     .build();
/// ```
///
/// # Sources
///
/// If the profile has `role_arn`, the role is assumed:
///
/// - with the credentials of the profile that `source_profile` names. That one can have a role as well, so that a chain of roles
///   is assumed. Its access keys take precedence over its other properties. A profile that names itself has its own source;
/// - or with those of `credential_source`: `Environment`, `Ec2InstanceMetadata`, `EcsContainer`, or a source that
///   [`with_custom_provider`](Builder::with_custom_provider) adds;
/// - or with a web identity token, whose file is `web_identity_token_file`.
///
/// `role_session_name` and `external_id` are optional. `mfa_serial` is an error, as nothing asks for the code.
///
/// The source of a profile without `role_arn` is the first of these that it has:
///
/// 1. `credential_source`;
/// 2. IAM Identity Center: `sso_account_id`, `sso_role_name`, and either `sso_session` or `sso_start_url` and `sso_region`;
/// 3. `login_session`: a session of `aws login`;
/// 4. `credential_process`: [a command that prints credentials](crate::credential_process);
/// 5. `aws_access_key_id`, `aws_secret_access_key` and, optionally, `aws_session_token` and `aws_account_id`.
///
/// ```ini
/// [profile prod]
/// role_arn = arn:aws:iam::123456789012:role/reader
/// source_profile = base
///
/// [profile base]
/// credential_process = /opt/bin/credentials --user helen
/// ```
///
/// The files are read once. Credentials are not cached; the client that uses the provider does so.
///
/// # Errors
///
/// [`CredentialsError::CredentialsNotLoaded`] if the profile is not defined or has no credentials,
/// [`CredentialsError::InvalidConfiguration`] if its properties are not valid, and [`CredentialsError::ProviderError`] if its
/// source or STS fails. The first two have a [`ProfileFileError`] as their source.
#[derive(Debug)]
pub struct ProfileFileCredentialsProvider {
    config: ProviderConfig,
    custom: CustomProviders,
    // The providers keep what they cache, such as a token of IAM Identity Center.
    chain: OnceCell<Result<Chain, ProfileFileError>>,
}

/// The providers of a profile.
struct Chain {
    base: SharedCredentialsProvider,
    /// What is reported if the base fails: the profile and the property.
    base_description: String,
    /// The roles, and the configuration of the clients that assume them. `None` if there are no roles.
    roles: Option<(SdkConfig, Vec<AssumeRole>)>,
}

impl ProfileFileCredentialsProvider {
    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }

    async fn credentials(&self) -> provider::Result {
        let chain = self.chain.get_or_init(|| self.resolve()).await;
        let mut credentials = match chain {
            Ok(chain) => self.load(chain).await?,
            Err(error) => return Err(into_credentials_error(error.clone())),
        };
        add_feature(&mut credentials, AwsCredentialFeature::CredentialsProfile);
        Ok(credentials)
    }

    async fn resolve(&self) -> Result<Chain, ProfileFileError> {
        let profiles = self.config.try_profiles().await;
        let profiles = profiles.map_err(|error| ProfileFileError::InvalidProfile(error.clone()))?;
        let chain = chain::resolve(profiles)?;
        let (profile, property) = (chain.base.profile, chain.base.property);
        let base = providers::provider(&chain.base, &self.config, &self.custom)?;
        debug!(
            profile = profiles.selected_profile(),
            base = profile.name(),
            source = property.key(),
            roles = chain.roles.len(),
            "resolved the profile"
        );
        let roles = match chain.roles.is_empty() {
            true => None,
            false => {
                let mut config = self.config.client_config().await.into_builder();
                if self.config.http_client().is_none() {
                    // The clients of all roles and loads share its connections and certificates.
                    config.set_http_client(default_client());
                }
                let config = config.build();
                Some((config, chain.roles.iter().map(AssumeRole::from).collect()))
            }
        };
        Ok(Chain {
            base,
            base_description: describe(&chain.base),
            roles,
        })
    }

    async fn load(&self, chain: &Chain) -> provider::Result {
        let span = debug_span!("load_base_credentials");
        let base = chain.base.provide_credentials().instrument(span).await;
        let mut credentials = base.map_err(|error| {
            CredentialsError::provider_error(StepError::new(&chain.base_description, error))
        })?;
        if let Some((config, roles)) = &chain.roles {
            let time_source = self.config.time_source();
            for role in roles {
                let span = debug_span!("assume_role", role_arn = role.arn);
                credentials = role
                    .credentials(credentials, config, time_source)
                    .instrument(span)
                    .await?;
            }
        }
        Ok(credentials)
    }
}

impl ProvideCredentials for ProfileFileCredentialsProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roles = self.roles.iter().flat_map(|(_, roles)| roles);
        f.debug_struct("Chain")
            .field("roles", &roles.map(|role| &role.arn).collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// Describes a source that failed.
fn describe(
    Source {
        profile,
        property,
        kind,
    }: &Source<'_>,
) -> String {
    let (profile, place, key) = (profile.name(), property.place(), property.key());
    let value = match kind {
        Kind::Named => format!(" \"{}\"", property.value()),
        // The value of another property may be a secret.
        _ => String::new(),
    };
    format!("profile \"{profile}\" ({place}): {key}{value} failed")
}

/// A chain of providers goes on after a profile that has no credentials, and ends at one that is not valid.
fn into_credentials_error(error: ProfileFileError) -> CredentialsError {
    match error {
        ProfileFileError::NoProfilesDefined { .. }
        | ProfileFileError::ProfileDidNotContainCredentials { .. }
        | ProfileFileError::MissingProfile { .. }
        | ProfileFileError::TokenProviderConfig { .. } => CredentialsError::not_loaded(error),
        _ => CredentialsError::invalid_configuration(error),
    }
}

/// A step of a chain failed.
#[derive(Debug)]
struct StepError {
    description: String,
    source: BoxError,
}

impl StepError {
    fn new(description: &str, source: impl Into<BoxError>) -> Self {
        Self {
            description: description.to_owned(),
            source: source.into(),
        }
    }
}

impl fmt::Display for StepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.description)
    }
}

impl std::error::Error for StepError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}

/// A builder of [`ProfileFileCredentialsProvider`].
#[derive(Debug, Default)]
pub struct Builder {
    config: Option<ProviderConfig>,
    profile_name: Option<String>,
    profile_files: Option<ProfileFiles>,
    custom: CustomProviders,
}

impl Builder {
    /// Sets the environment, the files, the Region, the HTTP client and the clock.
    pub fn configure(mut self, provider_config: &ProviderConfig) -> Self {
        self.config = Some(provider_config.clone());
        self
    }

    /// Adds a source that a profile can name in `credential_source`. The name is not case-sensitive.
    pub fn with_custom_provider(
        mut self,
        name: impl Into<Cow<'static, str>>,
        provider: impl ProvideCredentials + 'static,
    ) -> Self {
        self.custom.insert(&name.into(), provider);
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
    pub fn build(self) -> ProfileFileCredentialsProvider {
        let config = self.config.unwrap_or_default();
        ProfileFileCredentialsProvider {
            config: config.with_profile(self.profile_files, self.profile_name),
            custom: self.custom,
            chain: OnceCell::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use aws_types::os_shim_internal::{Env, Fs};

    use super::*;
    use crate::profile::profile_file::ProfileFileKind;

    /// Returns the message of the [`ProfileFileError`] of a file.
    #[cfg_attr(
        all(feature = "credentials-process", feature = "sso"),
        allow(dead_code, reason = "all features are enabled")
    )]
    async fn error(config: &str) -> String {
        let error = provider(config).provide_credentials().await.unwrap_err();
        assert!(matches!(error, CredentialsError::InvalidConfiguration(_)));
        let error = error.source().unwrap().downcast_ref::<ProfileFileError>();
        error.unwrap().to_string()
    }

    fn provider(config: &str) -> ProfileFileCredentialsProvider {
        let fs = Fs::from_slice(&[("/config", config)]);
        let env = Env::from_slice(&[("AWS_CONFIG_FILE", "/config")]);
        let config = ProviderConfig::empty().with_fs(fs).with_env(env);
        Builder::default().configure(&config).build()
    }

    #[cfg(not(feature = "credentials-process"))]
    #[tokio::test]
    async fn a_process_needs_a_feature() {
        assert_eq!(
            error("[default]\ncredential_process = run SECRET\n").await,
            "profile \"default\" (/config:2) has the property credential_process, which needs the feature `credentials-process` of \
             the crate lean-aws-config"
        );
    }

    #[cfg(not(feature = "sso"))]
    #[tokio::test]
    async fn iam_identity_center_needs_a_feature() {
        let config = "[default]\nsso_session = corp\n[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp\n";
        assert_eq!(
            error(config).await,
            "profile \"default\" (/config:2) has the property sso_session, which needs the feature `sso` of the crate \
             lean-aws-config"
        );
    }

    #[cfg(not(feature = "credentials-login"))]
    #[tokio::test]
    async fn a_login_session_needs_a_feature() {
        assert_eq!(
            error("[default]\nlogin_session = arn\n").await,
            "profile \"default\" (/config:2) has the property login_session, which needs the feature `credentials-login` of the \
             crate lean-aws-config"
        );
    }

    #[tokio::test]
    async fn the_profile_and_the_files_can_be_set() {
        let keys = |id| format!("aws_access_key_id = {id}\naws_secret_access_key = secret\n");
        let config = format!("[default]\n{}[profile dev]\n{}", keys("A"), keys("B"));
        let files = ProfileFiles::builder()
            .with_contents(
                ProfileFileKind::Credentials,
                format!("[dev]\n{}", keys("C")),
            )
            .build();
        let base = provider(&config).config;
        let builder = || ProfileFileCredentialsProvider::builder().configure(&base);
        for (builder, expected) in [
            (builder(), "A"),
            (builder().profile_name("dev"), "B"),
            (builder().profile_name("dev").profile_files(files), "C"),
        ] {
            let credentials = builder.build().provide_credentials().await.unwrap();
            assert_eq!(credentials.access_key_id(), expected);
        }
    }

    #[tokio::test]
    async fn the_user_agent_knows_the_source() {
        let config = "[default]\naws_access_key_id = id\naws_secret_access_key = secret\n";
        let credentials = provider(config).provide_credentials().await.unwrap();
        assert_eq!(
            credentials.get_property::<Vec<AwsCredentialFeature>>(),
            Some(&vec![AwsCredentialFeature::CredentialsProfile])
        );
    }
}
