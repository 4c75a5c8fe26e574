use std::fmt;
use std::time::Duration;

use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, SharedCredentialsProvider, future};
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_types::SdkConfig;
use aws_types::region::Region;
use tracing::{Instrument, debug, debug_span, warn};

use super::session;
use crate::BehaviorVersion;
use crate::clients::sts::operation::assume_role::AssumeRoleError;
use crate::clients::sts::operation::assume_role::builders::AssumeRoleFluentBuilder;
use crate::clients::sts::types::Tag;
use crate::clients::sts::{Client, config};
use crate::features::add_feature;
use crate::identity::IdentityCache;
use crate::service_error;

/// Provides credentials of a role, which it assumes with the credentials of another provider.
///
/// Each load calls that provider and STS. The provider caches nothing; the client that uses it does.
///
/// ```no_run
/// use lean_aws_config::Region;
/// use lean_aws_config::sts::AssumeRoleProvider;
///
/// # async fn example() {
/// let provider = AssumeRoleProvider::builder("arn:aws:iam::123456789012:role/demo")
///     .region(Region::from_static("us-east-2"))
///     .session_name("example")
///     .build()
///     .await;
/// let version = lean_aws_config::BehaviorVersion::latest();
/// let config = lean_aws_config::defaults(version)
///     .credentials_provider(provider)
///     .load()
///     .await;
/// # }
/// ```
///
/// # Errors
///
/// [`CredentialsError::InvalidConfiguration`] if STS is not enabled in the Region or rejects a policy,
/// [`CredentialsError::ProviderError`] if the base provider or the call of STS fails.
pub struct AssumeRoleProvider {
    request: AssumeRoleFluentBuilder,
}

impl AssumeRoleProvider {
    /// Creates a builder for the role with this ARN, such as `arn:aws:iam::123456789012:role/demo`.
    pub fn builder(role: impl Into<String>) -> AssumeRoleProviderBuilder {
        AssumeRoleProviderBuilder::new(role)
    }

    async fn credentials(&self) -> provider::Result {
        match self.request.clone().send().await {
            Ok(output) => {
                let user = output.assumed_role_user;
                let mut credentials =
                    session::into_credentials(output.credentials, user, "AssumeRoleProvider")?;
                debug!(
                    access_key_id = credentials.access_key_id(),
                    "assumed the role"
                );
                add_feature(
                    &mut credentials,
                    AwsCredentialFeature::CredentialsStsAssumeRole,
                );
                Ok(credentials)
            }
            Err(error) => {
                let is_configuration = matches!(
                    error.as_service_error(),
                    Some(
                        AssumeRoleError::RegionDisabledException(_)
                            | AssumeRoleError::MalformedPolicyDocumentException(_)
                    )
                );
                let error = service_error::describe(error);
                warn!(error = %DisplayErrorContext(&*error), "the role was not assumed");
                Err(match is_configuration {
                    true => CredentialsError::invalid_configuration(error),
                    false => CredentialsError::provider_error(error),
                })
            }
        }
    }
}

impl fmt::Debug for AssumeRoleProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let input = self.request.as_input();
        f.debug_struct("AssumeRoleProvider")
            .field("role_arn", input.get_role_arn())
            .field("session_name", input.get_role_session_name())
            .finish_non_exhaustive()
    }
}

impl ProvideCredentials for AssumeRoleProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials().instrument(debug_span!("assume_role")))
    }
}

/// A builder of [`AssumeRoleProvider`].
pub struct AssumeRoleProviderBuilder {
    role_arn: String,
    external_id: Option<String>,
    session_name: Option<String>,
    session_length: Option<Duration>,
    policy: Option<String>,
    policy_arns: Option<Vec<String>>,
    tags: Option<Vec<(String, String)>>,
    region: Option<Region>,
    config: Option<SdkConfig>,
}

impl AssumeRoleProviderBuilder {
    /// Creates a builder for the role with this ARN, such as `arn:aws:iam::123456789012:role/demo`.
    pub fn new(role: impl Into<String>) -> Self {
        Self {
            role_arn: role.into(),
            external_id: None,
            session_name: None,
            session_length: None,
            policy: None,
            policy_arns: None,
            tags: None,
            region: None,
            config: None,
        }
    }

    /// Sets the external ID, which a role in another account can require.
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    /// Sets the name of the session, which logs and the ARN of the session show.
    ///
    /// The default is `assume-role-provider-` and the time in milliseconds at which the provider is built.
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.session_name = Some(name.into());
        self
    }

    /// Sets a policy, in JSON, that restricts the permissions of the session.
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// Sets the ARNs of managed policies that restrict the permissions of the session.
    pub fn policy_arns(mut self, policy_arns: Vec<String>) -> Self {
        self.policy_arns = Some(policy_arns);
        self
    }

    /// Sets the time after which the credentials expire, in whole seconds. The default of STS is an hour.
    ///
    /// It is at least 15 minutes and at most the maximum session duration of the role. Otherwise, STS returns an error.
    pub fn session_length(mut self, length: Duration) -> Self {
        self.session_length = Some(length);
        self
    }

    /// Sets the Region of STS. It takes precedence over that of [`configure`](Self::configure).
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// Sets the tags of the session: their keys and values.
    pub fn tags<K, V>(mut self, tags: impl IntoIterator<Item = (K, V)>) -> Self
    where
        K: Into<String>,
        V: Into<String>,
    {
        let tags = tags.into_iter();
        self.tags = Some(
            tags.map(|(key, value)| (key.into(), value.into()))
                .collect(),
        );
        self
    }

    /// Sets the configuration of the client for STS: its Region, credentials, HTTP client, retries, time source and so on.
    ///
    /// The default is the one that [`load_defaults`](crate::load_defaults) loads. The identity cache of the configuration is
    /// not used.
    pub fn configure(mut self, conf: &SdkConfig) -> Self {
        self.config = Some(conf.clone());
        self
    }

    /// Creates the provider. The base credentials are those of the configuration.
    pub async fn build(self) -> AssumeRoleProvider {
        self.build_with(None).await
    }

    /// Creates the provider with this provider of base credentials.
    pub async fn build_from_provider(
        self,
        provider: impl ProvideCredentials + 'static,
    ) -> AssumeRoleProvider {
        self.build_with(Some(SharedCredentialsProvider::new(provider)))
            .await
    }

    async fn build_with(self, base: Option<SharedCredentialsProvider>) -> AssumeRoleProvider {
        let config = match self.config {
            Some(config) => config,
            None => crate::load_defaults(BehaviorVersion::latest()).await,
        };
        let session_name = self.session_name.unwrap_or_else(|| {
            let time_source = config.time_source().unwrap_or_default();
            session::default_name("assume-role-provider", time_source.now())
        });
        let mut client = config::Builder::from(&config);
        if self.region.is_some() {
            client.set_region(self.region);
        }
        if base.is_some() {
            client.set_credentials_provider(base);
        }
        // Each load calls the base provider, whatever cache the configuration has.
        client.set_identity_cache(IdentityCache::no_cache());
        let request = Client::from_conf(client.build())
            .assume_role()
            .role_arn(self.role_arn)
            .role_session_name(session_name)
            .set_external_id(self.external_id)
            .set_policy(self.policy)
            .set_policy_arns(self.policy_arns.map(session::policies))
            .set_duration_seconds(self.session_length.map(seconds))
            .set_tags(self.tags.map(tags));
        AssumeRoleProvider { request }
    }
}

impl fmt::Debug for AssumeRoleProviderBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AssumeRoleProviderBuilder")
            .field("role_arn", &self.role_arn)
            .field("session_name", &self.session_name)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

fn tags(tags: Vec<(String, String)>) -> Vec<Tag> {
    let tag = |(key, value)| Tag { key, value };
    tags.into_iter().map(tag).collect()
}

/// Returns the number of seconds. STS rejects one that is out of range, so one that does not fit is the largest.
fn seconds(duration: Duration) -> i32 {
    i32::try_from(duration.as_secs()).unwrap_or(i32::MAX)
}
