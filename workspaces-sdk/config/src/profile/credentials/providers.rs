//! From a resolved chain to providers.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
#[cfg(feature = "sso")]
use aws_types::region::Region;

#[cfg(feature = "credentials-process")]
use super::base;
use super::base::{Kind, Source};
use super::error::ProfileFileError;
use super::sso::Sso;
#[cfg(feature = "credentials-process")]
use crate::credential_process::CredentialProcessProvider;
use crate::environment::EnvironmentVariableCredentialsProvider;
#[cfg(feature = "credentials-login")]
use crate::login::LoginCredentialsProvider;
use crate::provider_config::ProviderConfig;
#[cfg(feature = "sso")]
use crate::sso::SsoCredentialsProvider;
use crate::sts::session;
use crate::web_identity_token::{StaticConfiguration, WebIdentityTokenCredentialsProvider};
use crate::{ecs, imds};

/// The sources that the program adds, by the lowercase names that `credential_source` has for them.
#[derive(Default)]
pub(super) struct CustomProviders(HashMap<String, SharedCredentialsProvider>);

impl CustomProviders {
    pub(super) fn insert(&mut self, name: &str, provider: impl ProvideCredentials + 'static) {
        let provider = SharedCredentialsProvider::new(provider);
        self.0.insert(name.to_ascii_lowercase(), provider);
    }
}

/// Shows the names of the sources.
impl fmt::Debug for CustomProviders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Creates the provider of a source.
pub(super) fn provider(
    source: &Source<'_>,
    config: &ProviderConfig,
    custom: &CustomProviders,
) -> Result<SharedCredentialsProvider, ProfileFileError> {
    match &source.kind {
        Kind::Named => named(source, config, custom),
        Kind::Keys(credentials) => Ok(SharedCredentialsProvider::new(credentials.clone())),
        Kind::WebIdentity { role_arn } => Ok(web_identity(source, role_arn, config)),
        Kind::Sso(sso) => credentials_of_sso(source, sso, config),
        Kind::Login => credentials_of_login(source, config),
        Kind::Process => credentials_of_process(source),
    }
}

/// Creates the provider of a `credential_source`. A source of the program takes precedence.
fn named(
    source: &Source<'_>,
    config: &ProviderConfig,
    custom: &CustomProviders,
) -> Result<SharedCredentialsProvider, ProfileFileError> {
    let name = source.property.value();
    let lowercase = name.to_ascii_lowercase();
    if let Some(provider) = custom.0.get(&lowercase) {
        return Ok(provider.clone());
    }
    Ok(match lowercase.as_str() {
        "environment" => SharedCredentialsProvider::new(
            EnvironmentVariableCredentialsProvider::with_env(config.env().clone()),
        ),
        "ec2instancemetadata" => SharedCredentialsProvider::new(
            imds::credentials::Builder::default()
                .configure(config)
                .build(),
        ),
        "ecscontainer" => {
            SharedCredentialsProvider::new(ecs::Builder::default().configure(config).build())
        }
        _ => {
            return Err(ProfileFileError::UnknownProvider {
                name: name.to_owned(),
                profile: source.profile.name().to_owned(),
                place: Some(source.property.place().clone()),
            });
        }
    })
}

fn web_identity(
    source: &Source<'_>,
    role_arn: &str,
    config: &ProviderConfig,
) -> SharedCredentialsProvider {
    let session_name = source.profile.get("role_session_name").map(Cow::Borrowed);
    let session_name = session_name.unwrap_or_else(|| {
        session::default_name("web-identity-token-profile", config.time_source().now()).into()
    });
    let provider = WebIdentityTokenCredentialsProvider::builder()
        .static_configuration(StaticConfiguration {
            web_identity_token_file: source.property.value().into(),
            role_arn: role_arn.to_owned(),
            session_name: session_name.into_owned(),
        })
        .configure(config)
        .build();
    SharedCredentialsProvider::new(provider)
}

/// Creates the provider of IAM Identity Center. Its profile needs an account and a role.
#[cfg(feature = "sso")]
fn credentials_of_sso(
    source: &Source<'_>,
    sso: &Sso<'_>,
    config: &ProviderConfig,
) -> Result<SharedCredentialsProvider, ProfileFileError> {
    let Some((account_id, role_name)) = sso.role else {
        return Err(ProfileFileError::TokenProviderConfig {
            profile: source.profile.name().to_owned(),
            place: Some(source.property.place().clone()),
        });
    };
    let mut provider = SsoCredentialsProvider::builder()
        .configure(config)
        .account_id(account_id)
        .role_name(role_name)
        .start_url(sso.start_url)
        .region(Region::new(sso.region.to_owned()));
    provider.set_session_name(sso.session.map(str::to_owned));
    Ok(SharedCredentialsProvider::new(provider.build()))
}

#[cfg(not(feature = "sso"))]
fn credentials_of_sso(
    source: &Source<'_>,
    _: &Sso<'_>,
    _: &ProviderConfig,
) -> Result<SharedCredentialsProvider, ProfileFileError> {
    Err(not_enabled("sso", source))
}

/// Creates the provider of a session of `aws login`, whose ARN is the value of the property.
#[cfg(feature = "credentials-login")]
fn credentials_of_login(
    source: &Source<'_>,
    config: &ProviderConfig,
) -> Result<SharedCredentialsProvider, ProfileFileError> {
    let provider = LoginCredentialsProvider::builder(source.property.value())
        .configure(config)
        .of_profile()
        .build();
    Ok(SharedCredentialsProvider::new(provider))
}

#[cfg(not(feature = "credentials-login"))]
fn credentials_of_login(
    source: &Source<'_>,
    _: &ProviderConfig,
) -> Result<SharedCredentialsProvider, ProfileFileError> {
    Err(not_enabled("credentials-login", source))
}

#[cfg(feature = "credentials-process")]
fn credentials_of_process(
    source: &Source<'_>,
) -> Result<SharedCredentialsProvider, ProfileFileError> {
    let command = source.property.value().to_owned();
    let account_id = base::account_id(source.profile);
    Ok(SharedCredentialsProvider::new(
        CredentialProcessProvider::with_account_id(command, account_id),
    ))
}

#[cfg(not(feature = "credentials-process"))]
fn credentials_of_process(
    source: &Source<'_>,
) -> Result<SharedCredentialsProvider, ProfileFileError> {
    Err(not_enabled("credentials-process", source))
}

#[cfg(not(all(
    feature = "credentials-process",
    feature = "sso",
    feature = "credentials-login"
)))]
fn not_enabled(feature: &'static str, source: &Source<'_>) -> ProfileFileError {
    ProfileFileError::not_enabled(feature, source.profile, source.property)
}
