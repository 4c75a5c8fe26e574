//! Settings that only some services have; the methods that set them are generated for those.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_types::SdkConfig;
use aws_types::endpoint_config::AccountIdEndpointMode;

use super::uuid;

/// Bodies from this size on are compressed unless another size is set, in bytes.
const MIN_COMPRESSION_SIZE: u32 = 10_240;

/// Settings that only some services have; `None` is the default of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct OwnSettings {
    /// Whether the host may or must name the account.
    pub(crate) account_id_endpoint_mode: Option<AccountIdEndpointMode>,
    /// Whether no request is compressed.
    pub(crate) disable_request_compression: Option<bool>,
    /// What makes the tokens that a caller does not give.
    pub(crate) idempotency_token_provider: Option<IdempotencyTokenProvider>,
    /// From which size on bodies are compressed, in bytes.
    pub(crate) request_min_compression_size_bytes: Option<u32>,
}

impl OwnSettings {
    /// These settings, or where there is none those of `other`.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            account_id_endpoint_mode: self
                .account_id_endpoint_mode
                .or(other.account_id_endpoint_mode),
            disable_request_compression: self
                .disable_request_compression
                .or(other.disable_request_compression),
            idempotency_token_provider: self
                .idempotency_token_provider
                .or(other.idempotency_token_provider),
            request_min_compression_size_bytes: self
                .request_min_compression_size_bytes
                .or(other.request_min_compression_size_bytes),
        }
    }

    /// A token for a request whose caller gave none.
    pub(super) fn token(&self) -> String {
        match &self.idempotency_token_provider {
            Some(provider) => provider.make_idempotency_token(),
            None => uuid::v4(),
        }
    }

    /// Whether a body of that size, in bytes, is to be compressed.
    pub(super) fn compresses(&self, size: usize) -> bool {
        let min = self
            .request_min_compression_size_bytes
            .unwrap_or(MIN_COMPRESSION_SIZE);
        !self.disable_request_compression.unwrap_or_default()
            && usize::try_from(min).is_ok_and(|min| size >= min)
    }
}

impl From<&SdkConfig> for OwnSettings {
    fn from(config: &SdkConfig) -> Self {
        Self {
            account_id_endpoint_mode: config.account_id_endpoint_mode().cloned(),
            disable_request_compression: config.disable_request_compression(),
            idempotency_token_provider: None,
            request_min_compression_size_bytes: config.request_min_compression_size_bytes(),
        }
    }
}

/// Makes the tokens by which a service knows a request that it was sent before.
///
/// Without one they are random UUIDs. For tests, a fixed token or a seed makes them predictable.
#[derive(Clone)]
pub struct IdempotencyTokenProvider(Source);

#[derive(Clone)]
enum Source {
    Fixed(&'static str),
    Random(Arc<Mutex<fastrand::Rng>>),
}

impl IdempotencyTokenProvider {
    /// Always the same token.
    pub fn fixed(token: &'static str) -> Self {
        Self(Source::Fixed(token))
    }

    /// Random UUIDs.
    pub fn random() -> Self {
        Self(Source::Random(Arc::new(Mutex::new(fastrand::Rng::new()))))
    }

    /// UUIDs that follow from a seed.
    pub fn with_seed(seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        Self(Source::Random(Arc::new(Mutex::new(random))))
    }

    /// The next token.
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
    fn tokens_can_be_foretold() {
        let own = OwnSettings {
            idempotency_token_provider: Some("token".into()),
            ..OwnSettings::default()
        };
        assert_eq!(own.token(), "token");
        let tokens = |seed| {
            let provider = IdempotencyTokenProvider::with_seed(seed);
            [(); 2].map(|()| provider.make_idempotency_token())
        };
        assert_eq!(tokens(7), tokens(7));
        assert_ne!(tokens(7)[0], tokens(7)[1]);
        assert_ne!(
            OwnSettings::default().token(),
            OwnSettings::default().token()
        );
    }

    #[test]
    fn large_bodies_are_compressed() {
        let own = OwnSettings::default();
        assert!(own.compresses(10_240) && !own.compresses(10_239));
        let small = OwnSettings {
            request_min_compression_size_bytes: Some(1),
            ..OwnSettings::default()
        };
        assert!(small.clone().or(own).compresses(1));
        let never = OwnSettings {
            disable_request_compression: Some(true),
            ..OwnSettings::default()
        };
        assert!(!never.or(small).compresses(100_000));
    }
}
