//! The default timeouts.

use std::time::Duration;

use aws_smithy_types::timeout::TimeoutConfig;

use crate::provider_config::ProviderConfig;

/// The time in which a connection must be established.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);

/// Creates a builder of the default timeouts.
pub fn default_provider() -> Builder {
    Builder::default()
}

/// Builds the default timeouts.
#[non_exhaustive]
#[derive(Debug, Default)]
pub struct Builder;

impl Builder {
    /// Does nothing: no source has timeouts.
    pub fn configure(self, _configuration: &ProviderConfig) -> Self {
        self
    }

    /// Returns the default timeouts: 3.1 seconds to connect.
    pub async fn timeout_config(self) -> TimeoutConfig {
        timeouts()
    }
}

pub(crate) fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .build()
}
