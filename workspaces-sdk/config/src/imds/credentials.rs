//! Credentials from IMDS: those of the role of the instance.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_types::os_shim_internal::Env;
use tracing::{debug, warn};

use super::Client;
use super::client::error::ImdsError;
use crate::features::add_feature;
use crate::json_credentials::{self, JsonCredentials};
use crate::provider_config::ProviderConfig;

/// The path of the name of the role. The credentials of the role are below it.
const PATH: &str = "/latest/meta-data/iam/security-credentials/";

/// The minimum time for which expired credentials are used again.
const EXTENSION: Duration = Duration::from_secs(10 * 60);

/// The maximum time, in seconds, that is added to the minimum, so that instances do not all ask at the same time.
const MAX_JITTER: u64 = 5 * 60;

/// The code of a role that instances cannot assume.
const UNAUTHORIZED: &str = "AssumeRoleUnauthorizedAccess";

/// Provides the credentials of the role of the instance.
///
/// If new credentials cannot be loaded, the last ones are used further on, even after they have expired: services accept them
/// for some time when IMDS is not available. Expired credentials get an expiration in 10 to 15 minutes, at which they are loaded
/// again.
///
/// There are no credentials if `AWS_EC2_METADATA_DISABLED` is `true`, if IMDS cannot be reached or if the instance has no role.
pub struct ImdsCredentialsProvider {
    client: Client,
    env: Env,
    profile: Option<String>,
    time_source: SharedTimeSource,
    last: Mutex<Option<Credentials>>,
}

impl ImdsCredentialsProvider {
    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }

    async fn credentials(&self) -> provider::Result {
        let error = match self.load().await {
            Ok(credentials) => {
                let credentials = self.extended(credentials);
                *self.last() = Some(credentials.clone());
                return Ok(credentials);
            }
            Err(error) => error,
        };
        match self.last_extended() {
            Some(credentials) => {
                let context = DisplayErrorContext(&error);
                warn!(error = %context, "no new credentials could be loaded; the last ones are used further on");
                Ok(credentials)
            }
            None => Err(error),
        }
    }

    async fn load(&self) -> provider::Result {
        if super::is_disabled(&self.env) {
            let error = format!("{} is `true`", super::DISABLED);
            return Err(CredentialsError::not_loaded(error));
        }
        let role = match &self.profile {
            Some(profile) => profile.clone(),
            None => self.role().await?,
        };
        debug!(role, "loading the credentials of the role");
        let document = self.client.get(format!("{PATH}{role}")).await;
        let document = document.map_err(CredentialsError::provider_error)?;
        match json_credentials::parse(document.as_ref().as_bytes()) {
            Ok(JsonCredentials::Credentials(document)) => {
                let mut credentials = document.into_credentials("IMDSv2");
                add_feature(&mut credentials, AwsCredentialFeature::CredentialsImds);
                Ok(credentials)
            }
            Ok(JsonCredentials::Error { code, message }) if code == UNAUTHORIZED => {
                Err(CredentialsError::invalid_configuration(format!(
                    "the instance cannot assume the role {role:?}, whose trust policy must allow ec2.amazonaws.com: {code}: {message}"
                )))
            }
            Ok(JsonCredentials::Error { code, message }) => {
                Err(CredentialsError::provider_error(format!(
                    "the metadata service has no credentials for the role {role:?}: {code}: {message}"
                )))
            }
            Err(error) => Err(CredentialsError::unhandled(error)),
        }
    }

    /// Returns the name of the role of the instance.
    async fn role(&self) -> Result<String, CredentialsError> {
        match self.client.get(PATH).await {
            Ok(names) => match names.as_ref().lines().next().map(str::trim) {
                Some(role) if !role.is_empty() => Ok(role.to_owned()),
                _ => Err(CredentialsError::provider_error(
                    "the metadata service returned no name of a role",
                )),
            },
            Err(ImdsError::ErrorResponse(error)) if error.response().status().as_u16() == 404 => {
                Err(CredentialsError::not_loaded("the instance has no IAM role"))
            }
            Err(ImdsError::FailedToLoadToken(error)) if error.is_dispatch_failure() => Err(
                CredentialsError::not_loaded(ImdsError::FailedToLoadToken(error)),
            ),
            Err(error) => Err(CredentialsError::provider_error(error)),
        }
    }

    /// Returns credentials that have not expired as they are, and others with a later expiration.
    fn extended(&self, mut credentials: Credentials) -> Credentials {
        let now = self.time_source.now();
        if credentials.expiry().is_none_or(|expiry| now < expiry) {
            return credentials;
        }
        let random = RandomState::new().hash_one(0) % (MAX_JITTER + 1);
        let extension = EXTENSION + Duration::from_secs(random);
        warn!(
            ?extension,
            "the credentials have expired; they are used further on"
        );
        *credentials.expiry_mut() = now.checked_add(extension);
        credentials
    }

    /// Returns the last credentials, with a later expiration if they have expired.
    fn last_extended(&self) -> Option<Credentials> {
        let mut last = self.last();
        let credentials = self.extended(last.take()?);
        Some(last.insert(credentials).clone())
    }

    fn last(&self) -> MutexGuard<'_, Option<Credentials>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shows nothing of the environment, which contains credentials.
impl fmt::Debug for ImdsCredentialsProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImdsCredentialsProvider")
            .field("client", &self.client)
            .field("profile", &self.profile)
            .finish_non_exhaustive()
    }
}

impl ProvideCredentials for ImdsCredentialsProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }

    /// Returns the last credentials, with a later expiration if they have expired.
    fn fallback_on_interrupt(&self) -> Option<Credentials> {
        self.last_extended()
    }
}

/// Builds an [`ImdsCredentialsProvider`].
#[derive(Debug, Default)]
pub struct Builder {
    config: Option<ProviderConfig>,
    profile: Option<String>,
    client: Option<Client>,
}

impl Builder {
    /// Sets the environment, the files, the HTTP client and the clock.
    pub fn configure(mut self, provider_config: &ProviderConfig) -> Self {
        self.config = Some(provider_config.clone());
        self
    }

    /// Sets the name of the instance profile. The default is the one that IMDS returns.
    pub fn profile(mut self, profile: impl Into<String>) -> Self {
        self.profile = Some(profile.into());
        self
    }

    /// Sets the client. The default is one with the configuration of this builder.
    pub fn imds_client(mut self, client: Client) -> Self {
        self.client = Some(client);
        self
    }

    /// Creates a provider.
    pub fn build(self) -> ImdsCredentialsProvider {
        let config = self.config.unwrap_or_default();
        let client = self.client;
        ImdsCredentialsProvider {
            client: client.unwrap_or_else(|| Client::builder().configure(&config).build()),
            env: config.env().clone(),
            profile: self.profile,
            time_source: config.time_source().clone(),
            last: Mutex::default(),
        }
    }
}
