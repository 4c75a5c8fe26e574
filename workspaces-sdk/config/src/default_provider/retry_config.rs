//! Retries from the environment and the profile.

use aws_smithy_types::retry::RetryConfig;

use crate::provider_config::ProviderConfig;
use crate::settings;

/// Creates a builder of the retries.
///
/// | variable | property | value |
/// |---|---|---|
/// | `AWS_MAX_ATTEMPTS` | `max_attempts` | the maximum number of attempts, at least 1 |
/// | `AWS_RETRY_MODE` | `retry_mode` | `standard` or `adaptive` |
pub fn default_provider() -> Builder {
    Builder::default()
}

/// Builds the retries.
#[derive(Debug, Default)]
pub struct Builder {
    config: ProviderConfig,
}

impl Builder {
    /// Sets the environment and the profile.
    pub fn configure(mut self, configuration: &ProviderConfig) -> Self {
        self.config = configuration.clone();
        self
    }

    /// Sets the name of the profile.
    pub fn profile_name(mut self, name: &str) -> Self {
        self.config = self.config.with_profile(None, Some(name.to_owned()));
        self
    }

    /// Returns the retries. A setting that is not valid is ignored with a warning.
    pub async fn retry_config(self) -> RetryConfig {
        self.config.profiles().await;
        retries(&self.config)
    }
}

/// Returns the retries in the environment or the profile, which has been read.
pub(crate) fn retries(config: &ProviderConfig) -> RetryConfig {
    let mut retries = RetryConfig::standard();
    if let Some(attempts) = settings::MAX_ATTEMPTS.get(config) {
        retries = retries.with_max_attempts(attempts);
    }
    if let Some(mode) = settings::RETRY_MODE.get(config) {
        retries = retries.with_retry_mode(mode);
    }
    if settings::NEW_RETRIES_2026.get(config) == Some(true) {
        retries = retries.with_retry_spec(aws_smithy_types::retry::RetrySpec::v2_1());
    }
    retries
}
