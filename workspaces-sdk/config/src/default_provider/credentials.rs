//! The default sources of credentials.

use std::borrow::Cow;

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, future};
use tracing::{Instrument, debug_span};

use crate::environment::EnvironmentVariableCredentialsProvider;
use crate::meta::credentials::CredentialsProviderChain;
use crate::meta::region::ProvideRegion;
use crate::provider_config::ProviderConfig;
use crate::{default_provider, ecs, imds, profile, web_identity_token};

/// Creates the default chain for the environment of the process.
#[cfg(feature = "default-https-client")]
pub async fn default_provider() -> impl ProvideCredentials {
    DefaultCredentialsChain::builder().build().await
}

/// The default chain:
///
/// 1. [environment variables](crate::environment::credentials),
/// 2. [the profile](crate::profile::credentials),
/// 3. [a web identity token](crate::web_identity_token) that environment variables name,
/// 4. [the credentials endpoint of a container](crate::ecs),
/// 5. [the metadata service of EC2](crate::imds::credentials).
///
/// The chain goes on where a source has no credentials, and ends with an error where it has some that cannot be loaded.
#[derive(Debug)]
pub struct DefaultCredentialsChain(CredentialsProviderChain);

impl DefaultCredentialsChain {
    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }
}

impl ProvideCredentials for DefaultCredentialsChain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let span = debug_span!("default_credentials_chain");
        future::ProvideCredentials::new(self.0.provide_credentials().instrument(span))
    }

    fn fallback_on_interrupt(&self) -> Option<Credentials> {
        self.0.fallback_on_interrupt()
    }
}

/// Builds a [`DefaultCredentialsChain`].
#[derive(Debug, Default)]
pub struct Builder {
    profile: profile::credentials::Builder,
    web_identity: web_identity_token::Builder,
    ecs: ecs::Builder,
    imds: imds::credentials::Builder,
    region: Option<Box<dyn ProvideRegion>>,
    region_chain: default_provider::region::Builder,
    config: Option<ProviderConfig>,
}

impl Builder {
    /// Sets the Region of the clients that load credentials. The default is that of the
    /// [default chain](default_provider::region).
    pub fn region(mut self, region: impl ProvideRegion + 'static) -> Self {
        self.set_region(Some(region));
        self
    }

    /// Sets the Region of the clients that load credentials, or removes it.
    pub fn set_region(&mut self, region: Option<impl ProvideRegion + 'static>) -> &mut Self {
        self.region = region.map(|region| Box::new(region) as _);
        self
    }

    /// Adds a source that a profile can name in `credential_source`.
    pub fn with_custom_credential_source(
        mut self,
        name: impl Into<Cow<'static, str>>,
        provider: impl ProvideCredentials + 'static,
    ) -> Self {
        self.profile = self.profile.with_custom_provider(name, provider);
        self
    }

    /// Sets the name of the profile.
    pub fn profile_name(mut self, name: &str) -> Self {
        self.profile = self.profile.profile_name(name);
        self.region_chain = self.region_chain.profile_name(name);
        self
    }

    /// Sets the client for the metadata service of EC2.
    pub fn imds_client(mut self, client: imds::Client) -> Self {
        self.imds = self.imds.imds_client(client);
        self
    }

    /// Sets the environment, the files, the HTTP client and the clock.
    pub fn configure(mut self, config: ProviderConfig) -> Self {
        self.region_chain = self.region_chain.configure(&config);
        self.config = Some(config);
        self
    }

    /// Creates the chain.
    pub async fn build(mut self) -> DefaultCredentialsChain {
        let region = match self.region.take() {
            Some(provider) => provider.region().await,
            None => {
                let chain = std::mem::take(&mut self.region_chain);
                chain.build().region().await
            }
        };
        let config = self.config.take().unwrap_or_default();
        self.build_with(config.with_region(region))
    }

    /// Creates the chain with a configuration that has the Region.
    pub(crate) fn build_with(self, config: ProviderConfig) -> DefaultCredentialsChain {
        let environment = EnvironmentVariableCredentialsProvider::with_env(config.env().clone());
        DefaultCredentialsChain(
            CredentialsProviderChain::first_try("Environment", environment)
                .or_else("Profile", self.profile.configure(&config).build())
                .or_else(
                    "WebIdentityToken",
                    self.web_identity.configure(&config).build(),
                )
                .or_else("EcsContainer", self.ecs.configure(&config).build())
                .or_else("Ec2InstanceMetadata", self.imds.configure(&config).build()),
        )
    }
}

#[cfg(test)]
#[cfg(all(feature = "default-https-client", feature = "rt-tokio"))]
mod tests;
