//! Who signs: the credentials of the provider that was configured.

use std::fmt;

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::result::SdkError;

use super::{Failure, not_sent};

/// Where the credentials of a client come from.
pub(crate) struct Credentials {
    provider: Option<SharedCredentialsProvider>,
}

impl Credentials {
    pub(crate) fn new(provider: Option<SharedCredentialsProvider>) -> Self {
        Self { provider }
    }

    /// Credentials to sign with now.
    ///
    /// # Errors
    /// A construction failure without a provider; a dispatch failure when the provider fails.
    pub(crate) async fn get(&self) -> Result<Identity, Failure> {
        let provider = self.provider.as_ref().ok_or_else(|| {
            SdkError::construction_failure(
                "no credentials provider is set; set `credentials_provider` on the configuration",
            )
        })?;
        let credentials = provider
            .provide_credentials()
            .await
            .map_err(|error| not_sent(error.into()))?;
        Ok(credentials.into())
    }
}

/// Never what the provider holds.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}
