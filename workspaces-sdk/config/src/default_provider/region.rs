//! The default sources of the Region.

use aws_types::region::Region;

use crate::environment::EnvironmentVariableRegionProvider;
use crate::meta::region::{ProvideRegion, RegionProviderChain, future};
use crate::provider_config::ProviderConfig;
use crate::{imds, profile};

/// Creates the default chain: the environment, the profile, and the metadata service of EC2.
pub fn default_provider() -> impl ProvideRegion {
    Builder::default().build()
}

/// The default chain: [`EnvironmentVariableRegionProvider`], [`ProfileFileRegionProvider`](profile::ProfileFileRegionProvider)
/// and [`ImdsRegionProvider`](imds::region::ImdsRegionProvider).
#[derive(Debug)]
pub struct DefaultRegionChain(RegionProviderChain);

impl DefaultRegionChain {
    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns the Region of the first source that has one.
    pub async fn region(&self) -> Option<Region> {
        self.0.region().await
    }
}

impl ProvideRegion for DefaultRegionChain {
    fn region(&self) -> future::ProvideRegion<'_> {
        ProvideRegion::region(&self.0)
    }
}

/// Builds a [`DefaultRegionChain`].
#[derive(Debug, Default)]
pub struct Builder {
    environment: EnvironmentVariableRegionProvider,
    profile: profile::region::Builder,
    imds: imds::region::Builder,
}

impl Builder {
    pub(crate) fn configure(mut self, configuration: &ProviderConfig) -> Self {
        self.environment = EnvironmentVariableRegionProvider::with_env(configuration.env().clone());
        self.profile = self.profile.configure(configuration);
        self.imds = self.imds.configure(configuration);
        self
    }

    /// Sets the name of the profile.
    pub fn profile_name(mut self, name: &str) -> Self {
        self.profile = self.profile.profile_name(name);
        self
    }

    /// Creates the chain.
    pub fn build(self) -> DefaultRegionChain {
        DefaultRegionChain(
            RegionProviderChain::first_try(self.environment)
                .or_else(self.profile.build())
                .or_else(self.imds.build()),
        )
    }
}
