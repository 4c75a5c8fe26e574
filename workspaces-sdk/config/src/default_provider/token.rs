//! The default sources of bearer tokens.

use aws_credential_types::provider::future;
use aws_credential_types::provider::token::ProvideToken;

use crate::meta::region::ProvideRegion;
use crate::meta::token::TokenProviderChain;
use crate::provider_config::ProviderConfig;
use crate::{default_provider, profile};

/// Creates the default chain for the environment of the process.
pub async fn default_provider() -> impl ProvideToken {
    DefaultTokenChain::builder().build().await
}

/// The default chain: [the profile](crate::profile::token).
#[derive(Debug)]
pub struct DefaultTokenChain(TokenProviderChain);

impl DefaultTokenChain {
    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }
}

impl ProvideToken for DefaultTokenChain {
    fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    where
        Self: 'a,
    {
        self.0.provide_token()
    }
}

/// Builds a [`DefaultTokenChain`].
#[derive(Debug, Default)]
pub struct Builder {
    profile: profile::token::Builder,
    region: Option<Box<dyn ProvideRegion>>,
    region_chain: default_provider::region::Builder,
}

impl Builder {
    /// Sets the Region of the client that loads tokens. The default is that of the [default chain](default_provider::region).
    pub fn region(mut self, region: impl ProvideRegion + 'static) -> Self {
        self.set_region(Some(region));
        self
    }

    /// Sets the Region of the client that loads tokens, or removes it.
    pub fn set_region(&mut self, region: Option<impl ProvideRegion + 'static>) -> &mut Self {
        self.region = region.map(|region| Box::new(region) as _);
        self
    }

    /// Sets the name of the profile.
    pub fn profile_name(mut self, name: &str) -> Self {
        self.profile = self.profile.profile_name(name);
        self.region_chain = self.region_chain.profile_name(name);
        self
    }

    /// Creates the chain.
    pub async fn build(mut self) -> DefaultTokenChain {
        let region = match self.region.take() {
            Some(provider) => provider.region().await,
            None => {
                let chain = std::mem::take(&mut self.region_chain);
                chain.build().region().await
            }
        };
        self.build_with(ProviderConfig::default().with_region(region))
    }

    /// Creates the chain with a configuration that has the Region.
    pub(crate) fn build_with(self, config: ProviderConfig) -> DefaultTokenChain {
        let profile = self.profile.configure(&config).build();
        DefaultTokenChain(TokenProviderChain::first_try("Profile", profile))
    }
}
