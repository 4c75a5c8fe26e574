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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use aws_types::os_shim_internal::{Env, Fs};

    use super::*;
    use crate::meta::region::future as region;

    #[tokio::test]
    async fn the_program_can_name_the_profile() {
        let config = ProviderConfig::empty()
            .with_env(Env::from_slice(&[("HOME", "/home"), ("AWS_PROFILE", "other")]))
            .with_fs(Fs::from_slice(&[
                (
                    "/home/.aws/config",
                    "[profile dev]\nsso_session = corp\n[sso-session corp]\nsso_region = us-east-1\n\
                     sso_start_url = https://corp.awsapps.com/start\n[profile other]\nregion = us-east-1\n",
                ),
                (
                    "/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
                    r#"{"accessToken": "token", "expiresAt": "9999-01-01T00:00:00Z"}"#,
                ),
            ]));
        let chain = DefaultTokenChain::builder().build_with(config.clone());
        assert!(chain.provide_token().await.is_err());
        let chain = DefaultTokenChain::builder().profile_name("dev");
        let token = chain.build_with(config).provide_token().await.unwrap();
        assert_eq!(token.token(), "token");
    }

    /// A provider of no Region, which counts the calls.
    #[derive(Debug, Default)]
    struct Counting(Arc<AtomicUsize>);

    impl ProvideRegion for Counting {
        fn region(&self) -> region::ProvideRegion<'_> {
            self.0.fetch_add(1, Ordering::Relaxed);
            region::ProvideRegion::ready(None)
        }
    }

    #[tokio::test]
    async fn the_region_of_the_program_takes_the_place_of_the_default_chain() {
        let calls = Arc::<AtomicUsize>::default();
        let provider = || Counting(calls.clone());
        DefaultTokenChain::builder()
            .region(provider())
            .build()
            .await;
        assert_eq!(calls.load(Ordering::Relaxed), 1);
        let mut builder = DefaultTokenChain::builder();
        builder.set_region(Some(provider()));
        builder.build().await;
        assert_eq!(calls.load(Ordering::Relaxed), 2);
    }
}
