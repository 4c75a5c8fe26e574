//! Partitions: which clients share a retry quota and the rate limit of the adaptive mode.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{LazyLock, Mutex};

use aws_smithy_types::config_bag::{Storable, StoreReplace};

use super::bucket::TokenBucket;
use super::lock;
use super::rate::ClientRateLimiter;

/// The number of partitions whose state is kept after the last client of one has gone. AWS has some 40 Regions.
const MAX_IDLE: usize = 256;

/// A partition of the state of retries. Clients of one partition share a retry quota and, in the adaptive mode, a rate limit.
///
/// Without a partition, the clients of one service and Region share them. All partitions with the same name that [`new`](Self::new)
/// creates are one. A partition that [`custom`](Self::custom) creates is shared only by its clones.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RetryPartition {
    name: Cow<'static, str>,
    custom: Option<Shared>,
}

/// What the clients of a partition share.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    pub(super) quota: TokenBucket,
    pub(super) rate: ClientRateLimiter,
}

impl Shared {
    /// Returns the state of `partition`. Without one, the clients of `service` in `region` share theirs.
    pub(super) fn of(
        partition: Option<&RetryPartition>,
        service: &str,
        region: Option<&str>,
    ) -> Self {
        static SHARED: LazyLock<Mutex<HashMap<String, Shared>>> = LazyLock::new(Mutex::default);
        let name = match partition {
            Some(RetryPartition {
                custom: Some(shared),
                ..
            }) => return shared.clone(),
            Some(partition) => partition.name.clone().into_owned(),
            None => default_name(service, region),
        };
        let mut known = lock(&SHARED);
        if known.len() >= MAX_IDLE {
            // The state of a Region that no client uses any more is forgotten.
            known.retain(|_, shared| shared.quota.is_shared());
        }
        known.entry(name).or_default().clone()
    }
}

/// The names of the official crates: the service and the Region.
fn default_name(service: &str, region: Option<&str>) -> String {
    let letters = service.chars().filter(|&letter| letter != ' ');
    let mut name: String = letters.map(|it| it.to_ascii_lowercase()).collect();
    if let Some(region) = region {
        name.push('-');
        name += region;
    }
    name
}

impl RetryPartition {
    /// Creates a partition with the default quota, shared with all partitions of this name.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            custom: None,
        }
    }

    /// Creates a builder of a partition that is shared only by its clones.
    pub fn custom(name: impl Into<Cow<'static, str>>) -> RetryPartitionBuilder {
        RetryPartitionBuilder {
            name: name.into(),
            shared: Shared::default(),
        }
    }
}

impl RetryPartition {
    /// Whether it has a quota of its own, with costs of its own.
    pub(super) fn is_custom(&self) -> bool {
        self.custom.is_some()
    }
}

/// Partitions of the same kind are equal if their names are.
impl PartialEq for RetryPartition {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.custom.is_some() == other.custom.is_some()
    }
}

impl Eq for RetryPartition {}

impl Hash for RetryPartition {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.custom.is_some().hash(state);
        self.name.hash(state);
    }
}

impl fmt::Display for RetryPartition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Storable for RetryPartition {
    type Storer = StoreReplace<Self>;
}

/// Builds a [`RetryPartition`] that is shared only by its clones.
#[derive(Debug)]
pub struct RetryPartitionBuilder {
    name: Cow<'static, str>,
    shared: Shared,
}

impl RetryPartitionBuilder {
    /// Sets the retry quota. The default has 500 tokens.
    pub fn token_bucket(mut self, token_bucket: TokenBucket) -> Self {
        self.shared.quota = token_bucket;
        self
    }

    /// Sets the rate limiter, which only the adaptive mode uses.
    pub fn client_rate_limiter(mut self, client_rate_limiter: ClientRateLimiter) -> Self {
        self.shared.rate = client_rate_limiter;
        self
    }

    /// Builds the partition.
    pub fn build(self) -> RetryPartition {
        RetryPartition {
            name: self.name,
            custom: Some(self.shared),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_of_one_region_share_a_quota_and_regions_without_clients_are_forgotten() {
        let shared = |region: &str| Shared::of(None, "Partition Test", Some(region));
        let first = shared("used");
        let idle = shared("idle").quota.downgrade();
        assert!(idle.upgrade().is_some());
        for number in 0..2 * MAX_IDLE {
            shared(&number.to_string());
        }
        assert!(idle.upgrade().is_none());
        assert!(first.quota.same_tokens(&shared("used").quota));
        let named = RetryPartition::new("partitiontest-used");
        let named = Shared::of(Some(&named), "Another", Some("other"));
        assert!(first.quota.same_tokens(&named.quota));
    }

    #[test]
    fn custom_partitions_are_shared_by_their_clones() {
        let custom = || RetryPartition::custom("a").build();
        let (one, other) = (custom(), custom());
        let of = |partition: &RetryPartition| Shared::of(Some(partition), "s", None);
        assert!(of(&one).quota.same_tokens(&of(&one.clone()).quota));
        assert!(!of(&one).quota.same_tokens(&of(&other).quota));
        assert_eq!(one, other);
        assert_ne!(one, RetryPartition::new("a"));
        assert_eq!(RetryPartition::new("a"), RetryPartition::new("a"));
        assert_eq!(one.to_string(), "a");
    }
}
