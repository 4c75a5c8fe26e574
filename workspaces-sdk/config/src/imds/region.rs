//! The Region from IMDS.

use std::fmt;

use aws_smithy_types::error::display::DisplayErrorContext;
use aws_types::os_shim_internal::Env;
use aws_types::region::Region;
use tracing::{Instrument, debug, debug_span, warn};

use super::Client;
use crate::meta::region::{ProvideRegion, future};
use crate::provider_config::ProviderConfig;

const PATH: &str = "/latest/meta-data/placement/region";

/// Provides the Region in which the instance runs.
///
/// It provides none if `AWS_EC2_METADATA_DISABLED` is `true`, or if IMDS has none.
pub struct ImdsRegionProvider {
    client: Client,
    env: Env,
}

impl ImdsRegionProvider {
    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns the Region, if IMDS has one.
    pub async fn region(&self) -> Option<Region> {
        if super::is_disabled(&self.env) {
            debug!("{} is `true`", super::DISABLED);
            return None;
        }
        match self.client.get(PATH).await {
            Ok(region) => Some(Region::new(String::from(region))),
            Err(error) => {
                let error = DisplayErrorContext(error);
                warn!(%error, "no Region could be loaded from the metadata service");
                None
            }
        }
    }
}

/// Shows nothing of the environment, which contains credentials.
impl fmt::Debug for ImdsRegionProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImdsRegionProvider")
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}

impl ProvideRegion for ImdsRegionProvider {
    fn region(&self) -> future::ProvideRegion<'_> {
        let span = debug_span!("imds_region");
        future::ProvideRegion::new(self.region().instrument(span))
    }
}

/// Builds an [`ImdsRegionProvider`].
#[derive(Debug, Default)]
pub struct Builder {
    config: Option<ProviderConfig>,
    client: Option<Client>,
}

impl Builder {
    /// Sets the environment, the files, the HTTP client and the clock.
    pub fn configure(mut self, provider_config: &ProviderConfig) -> Self {
        self.config = Some(provider_config.clone());
        self
    }

    /// Sets the client. The default is one with the configuration of this builder.
    pub fn imds_client(mut self, imds_client: Client) -> Self {
        self.client = Some(imds_client);
        self
    }

    /// Creates a provider.
    pub fn build(self) -> ImdsRegionProvider {
        let config = self.config.unwrap_or_default();
        let client = self.client;
        ImdsRegionProvider {
            client: client.unwrap_or_else(|| Client::builder().configure(&config).build()),
            env: config.env().clone(),
        }
    }
}
