//! The settings that only some services have. The generated crates of those services have methods to set them.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

#[cfg(feature = "checksums")]
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_types::SdkConfig;
use aws_types::endpoint_config::AccountIdEndpointMode;

#[cfg(feature = "bearer")]
use super::bearer::BearerSettings;
#[cfg(feature = "client-context")]
use crate::endpoint::Context;
#[cfg(feature = "endpoint-discovery")]
use crate::endpoint::discovery::DiscoveredEndpoint;
use crate::uuid;

/// The default size, in bytes, from which on bodies are compressed.
const MIN_COMPRESSION_SIZE: u32 = 10_240;

/// The settings that only some services have. `None` stands for the default.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct ServiceSpecificSettings {
    /// Whether the host may or must contain the account.
    pub account_id_endpoint_mode: Option<AccountIdEndpointMode>,
    /// The settings of bearer tokens.
    #[cfg(feature = "bearer")]
    pub bearer: BearerSettings,
    /// The parameters of endpoint rules that are settings.
    #[cfg(feature = "client-context")]
    pub client_context: Context,
    /// Whether requests are never compressed.
    pub disable_request_compression: Option<bool>,
    /// The endpoint that the client has discovered.
    #[cfg(feature = "endpoint-discovery")]
    pub(crate) discovered_endpoint: Option<DiscoveredEndpoint>,
    /// The source of idempotency tokens that the caller does not set.
    pub idempotency_token_provider: Option<IdempotencyTokenProvider>,
    /// Whether requests have checksums that only the client wants.
    #[cfg(feature = "checksums")]
    pub request_checksum_calculation: Option<RequestChecksumCalculation>,
    /// The size, in bytes, from which on bodies are compressed.
    pub request_min_compression_size_bytes: Option<u32>,
    /// Whether responses are validated by checksums that only the client wants.
    #[cfg(feature = "checksums")]
    pub response_checksum_validation: Option<ResponseChecksumValidation>,
}

impl ServiceSpecificSettings {
    /// Takes the settings of a configuration.
    pub(crate) fn from_sdk_config(config: &SdkConfig) -> Self {
        Self {
            account_id_endpoint_mode: config.account_id_endpoint_mode().cloned(),
            #[cfg(feature = "bearer")]
            bearer: BearerSettings::from_sdk_config(config),
            #[cfg(feature = "client-context")]
            client_context: Context::default(),
            disable_request_compression: config.disable_request_compression(),
            #[cfg(feature = "endpoint-discovery")]
            discovered_endpoint: None,
            idempotency_token_provider: None,
            #[cfg(feature = "checksums")]
            request_checksum_calculation: config.request_checksum_calculation(),
            request_min_compression_size_bytes: config.request_min_compression_size_bytes(),
            #[cfg(feature = "checksums")]
            response_checksum_validation: config.response_checksum_validation(),
        }
    }

    /// Whether a provider of bearer tokens is set.
    pub(crate) fn has_token_provider(&self) -> bool {
        #[cfg(feature = "bearer")]
        return self.bearer.token_provider.is_some();
        #[cfg(not(feature = "bearer"))]
        false
    }

    /// These settings, and those of `other` where these have none.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            account_id_endpoint_mode: self
                .account_id_endpoint_mode
                .or(other.account_id_endpoint_mode),
            #[cfg(feature = "bearer")]
            bearer: self.bearer.or(other.bearer),
            #[cfg(feature = "client-context")]
            client_context: self.client_context.or(&other.client_context),
            disable_request_compression: self
                .disable_request_compression
                .or(other.disable_request_compression),
            #[cfg(feature = "endpoint-discovery")]
            discovered_endpoint: self.discovered_endpoint.or(other.discovered_endpoint),
            idempotency_token_provider: self
                .idempotency_token_provider
                .or(other.idempotency_token_provider),
            #[cfg(feature = "checksums")]
            request_checksum_calculation: self
                .request_checksum_calculation
                .or(other.request_checksum_calculation),
            request_min_compression_size_bytes: self
                .request_min_compression_size_bytes
                .or(other.request_min_compression_size_bytes),
            #[cfg(feature = "checksums")]
            response_checksum_validation: self
                .response_checksum_validation
                .or(other.response_checksum_validation),
        }
    }

    /// Creates a token for a request whose caller set none.
    pub(crate) fn idempotency_token(&self) -> String {
        match &self.idempotency_token_provider {
            Some(provider) => provider.make_idempotency_token(),
            None => uuid::v4(),
        }
    }

    /// Whether a body of that size, in bytes, is compressed.
    pub(crate) fn compresses(&self, size: usize) -> bool {
        let min = self
            .request_min_compression_size_bytes
            .unwrap_or(MIN_COMPRESSION_SIZE);
        !self.disable_request_compression.unwrap_or_default()
            && usize::try_from(min).is_ok_and(|min| size >= min)
    }
}

/// Creates idempotency tokens, by which a service recognizes a request that it received before.
///
/// The default tokens are random UUIDs. For tests, a fixed token or a seed makes them predictable.
#[derive(Clone)]
pub struct IdempotencyTokenProvider(Source);

#[derive(Clone)]
enum Source {
    Fixed(&'static str),
    Random(Arc<Mutex<fastrand::Rng>>),
}

impl IdempotencyTokenProvider {
    /// Creates a provider that returns the same token every time.
    pub fn fixed(token: &'static str) -> Self {
        Self(Source::Fixed(token))
    }

    /// Creates a provider of random UUIDs.
    pub fn random() -> Self {
        Self(Source::Random(Arc::new(Mutex::new(fastrand::Rng::new()))))
    }

    /// Creates a provider of UUIDs that depend on a seed.
    pub fn with_seed(seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        Self(Source::Random(Arc::new(Mutex::new(random))))
    }

    /// Returns the next token.
    pub fn make_idempotency_token(&self) -> String {
        match &self.0 {
            Source::Fixed(token) => (*token).to_owned(),
            Source::Random(random) => {
                let mut random = random.lock().unwrap_or_else(PoisonError::into_inner);
                uuid::from_bits(random.u128(..))
            }
        }
    }
}

impl From<&'static str> for IdempotencyTokenProvider {
    fn from(token: &'static str) -> Self {
        Self::fixed(token)
    }
}

impl fmt::Debug for IdempotencyTokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdempotencyTokenProvider")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_and_fixed_tokens_are_predictable() {
        let settings = ServiceSpecificSettings {
            idempotency_token_provider: Some("token".into()),
            ..ServiceSpecificSettings::default()
        };
        assert_eq!(settings.idempotency_token(), "token");
        let tokens = |seed| {
            let provider = IdempotencyTokenProvider::with_seed(seed);
            [(); 2].map(|()| provider.make_idempotency_token())
        };
        assert_eq!(tokens(7), tokens(7));
        assert_ne!(tokens(7)[0], tokens(7)[1]);
        assert_ne!(
            ServiceSpecificSettings::default().idempotency_token(),
            ServiceSpecificSettings::default().idempotency_token()
        );
    }

    #[test]
    fn bodies_of_the_minimum_size_are_compressed() {
        let settings = ServiceSpecificSettings::default();
        assert!(settings.compresses(10_240) && !settings.compresses(10_239));
        let small = ServiceSpecificSettings {
            request_min_compression_size_bytes: Some(1),
            ..ServiceSpecificSettings::default()
        };
        assert!(small.clone().or(settings).compresses(1));
        let never = ServiceSpecificSettings {
            disable_request_compression: Some(true),
            ..ServiceSpecificSettings::default()
        };
        assert!(!never.or(small).compresses(100_000));
    }
}
