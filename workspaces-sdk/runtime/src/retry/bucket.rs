//! The retry quota: tokens that retries take and successes return.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use aws_smithy_types::config_bag::{Storable, StoreReplace};
use aws_smithy_types::retry::ErrorKind;

use super::lock;

/// The number of tokens in a full quota.
pub(super) const CAPACITY: u32 = 500;

/// The maximum number of tokens in a quota. The official crates have the same.
const MAX_CAPACITY: u32 = 500_000_000;

/// A retry quota. Clones share their tokens.
///
/// A retry takes tokens, which are returned if it succeeds. A success of a first attempt returns one token. With a
/// [`success_reward`](TokenBucketBuilder::success_reward), a success of any attempt adds that reward instead. A retry that the quota does
/// not cover is not made.
#[derive(Clone)]
pub struct TokenBucket {
    tokens: Arc<Mutex<Tokens>>,
    limits: Limits,
}

#[derive(Clone, Copy, Debug)]
struct Limits {
    capacity: u32,
    costs: Costs,
    success_reward: f32,
    refill_rate: f32,
}

/// The tokens that a retry takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Costs {
    pub(super) throttling: u32,
    pub(super) transient: u32,
    pub(super) other: u32,
}

impl Default for Costs {
    fn default() -> Self {
        Self {
            throttling: 5,
            transient: 10,
            other: 5,
        }
    }
}

#[derive(Debug)]
struct Tokens {
    whole: u32,
    /// Rewards and refills that are no whole token yet.
    fraction: f32,
    /// The last refill, in seconds since 1970.
    refilled: Option<u64>,
}

impl TokenBucket {
    /// Creates a quota with that number of tokens, at most 500,000,000.
    pub fn new(initial_quota: usize) -> Self {
        Self::builder().capacity(initial_quota).build()
    }

    /// Creates a quota that covers any number of retries.
    pub fn unlimited() -> Self {
        let builder = Self::builder().retry_cost(0).throttling_retry_cost(0);
        let builder = builder.timeout_retry_cost(0);
        builder.capacity(usize::MAX).build()
    }

    /// Creates a builder.
    pub fn builder() -> TokenBucketBuilder {
        TokenBucketBuilder::default()
    }

    /// Whether the quota has all its tokens.
    pub fn is_full(&self) -> bool {
        lock(&self.tokens).whole >= self.limits.capacity
    }

    /// Whether the quota has no token.
    pub fn is_empty(&self) -> bool {
        lock(&self.tokens).whole == 0
    }

    /// The same tokens, with other costs.
    pub(super) fn with_costs(mut self, costs: Costs) -> Self {
        self.limits.costs = costs;
        self
    }

    /// Whether anything besides `clones` of this quota uses its tokens.
    pub(super) fn is_shared(&self) -> bool {
        Arc::strong_count(&self.tokens) > 1
    }

    #[cfg(test)]
    pub(super) fn same_tokens(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.tokens, &other.tokens)
    }

    #[cfg(test)]
    pub(super) fn downgrade(&self) -> std::sync::Weak<impl Sized + use<>> {
        Arc::downgrade(&self.tokens)
    }

    /// Takes the tokens for a retry. Returns their number.
    ///
    /// # Errors
    /// The number that the retry costs and the number that is left, which is smaller.
    pub(super) fn take(&self, kind: ErrorKind, now: SystemTime) -> Result<u32, (u32, u32)> {
        let costs = &self.limits.costs;
        let cost = match kind {
            ErrorKind::ThrottlingError => costs.throttling,
            ErrorKind::TransientError => costs.transient,
            _ => costs.other,
        };
        let mut tokens = lock(&self.tokens);
        if self.limits.refill_rate > 0.0 {
            self.refill(&mut tokens, now);
        }
        let rest = tokens.whole.checked_sub(cost);
        tokens.whole = rest.ok_or((cost, tokens.whole))?;
        Ok(cost)
    }

    /// Adds tokens after a success: the reward, if there is one. Otherwise those that the retry took, or one after a first attempt.
    pub(super) fn give_back(&self, taken: Option<u32>) {
        let mut tokens = lock(&self.tokens);
        if self.limits.success_reward > 0.0 {
            return self.add(&mut tokens, self.limits.success_reward);
        }
        let sum = tokens.whole.saturating_add(taken.unwrap_or(1));
        tokens.whole = sum.min(self.limits.capacity);
    }

    fn refill(&self, tokens: &mut Tokens, now: SystemTime) {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let last = tokens.refilled.replace(now).unwrap_or(now);
        // Years of seconds lose precision, but the capacity limits their product.
        #[allow(clippy::cast_precision_loss)]
        let seconds = now.saturating_sub(last) as f32;
        self.add(tokens, seconds * self.limits.refill_rate);
    }

    /// Adds a number of tokens that need not be whole.
    fn add(&self, tokens: &mut Tokens, number: f32) {
        #[allow(clippy::cast_precision_loss)]
        let capacity = self.limits.capacity as f32;
        let sum = (tokens.fraction + number).min(capacity);
        tokens.fraction = sum.fract();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let whole = sum as u32;
        let sum = tokens.whole.saturating_add(whole);
        tokens.whole = sum.min(self.limits.capacity);
    }
}

impl Default for TokenBucket {
    fn default() -> Self {
        Self::builder().build()
    }
}

impl Storable for TokenBucket {
    type Storer = StoreReplace<Self>;
}

impl fmt::Debug for TokenBucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenBucket")
            .field("tokens", &lock(&self.tokens).whole)
            .field("limits", &self.limits)
            .finish()
    }
}

/// Builds a [`TokenBucket`].
#[derive(Clone, Debug, Default)]
pub struct TokenBucketBuilder {
    capacity: Option<usize>,
    retry_cost: Option<u32>,
    throttling_retry_cost: Option<u32>,
    timeout_retry_cost: Option<u32>,
    success_reward: f32,
    refill_rate: f32,
}

impl TokenBucketBuilder {
    /// Creates a builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the number of tokens, at most 500,000,000. The default is 500.
    pub fn capacity(mut self, capacity: usize) -> Self {
        self.capacity = Some(capacity);
        self
    }

    /// Sets the number of tokens that a retry takes, except after throttling and after a transient failure. The default is 5.
    pub fn retry_cost(mut self, retry_cost: u32) -> Self {
        self.retry_cost = Some(retry_cost);
        self
    }

    /// Sets the number of tokens that a retry takes after throttling. The default is 5.
    pub fn throttling_retry_cost(mut self, throttling_retry_cost: u32) -> Self {
        self.throttling_retry_cost = Some(throttling_retry_cost);
        self
    }

    /// Sets the number of tokens that a retry takes after a transient failure, such as a timeout or a lost connection. The default
    /// is 10.
    pub fn timeout_retry_cost(mut self, timeout_retry_cost: u32) -> Self {
        self.timeout_retry_cost = Some(timeout_retry_cost);
        self
    }

    /// Sets the number of tokens that each success adds. With the default, 0, a success returns the tokens of its retry, or one.
    pub fn success_reward(mut self, reward: f32) -> Self {
        self.success_reward = positive(reward);
        self
    }

    /// Sets the number of tokens that are added each second. The default is 0.
    pub fn refill_rate(mut self, rate: f32) -> Self {
        self.refill_rate = positive(rate);
        self
    }

    /// Builds the quota, which has all its tokens.
    pub fn build(self) -> TokenBucket {
        let capacity = self
            .capacity
            .map(|it| u32::try_from(it).unwrap_or(u32::MAX));
        let capacity = capacity.unwrap_or(CAPACITY).min(MAX_CAPACITY);
        let default = Costs::default();
        TokenBucket {
            tokens: Arc::new(Mutex::new(Tokens {
                whole: capacity,
                fraction: 0.0,
                refilled: None,
            })),
            limits: Limits {
                capacity,
                costs: Costs {
                    throttling: self.throttling_retry_cost.unwrap_or(default.throttling),
                    transient: self.timeout_retry_cost.unwrap_or(default.transient),
                    other: self.retry_cost.unwrap_or(default.other),
                },
                success_reward: self.success_reward,
                refill_rate: self.refill_rate,
            },
        }
    }
}

/// A number that is neither negative, infinite nor no number. Any other counts as zero.
fn positive(number: f32) -> f32 {
    if number.is_finite() {
        number.max(0.0)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NOW: SystemTime = UNIX_EPOCH;

    #[test]
    fn kinds_of_failures_have_costs() {
        use ErrorKind::{ServerError, ThrottlingError, TransientError};
        let custom = TokenBucket::builder()
            .capacity(20)
            .retry_cost(1)
            .throttling_retry_cost(2)
            .timeout_retry_cost(3);
        for (bucket, costs) in [
            (TokenBucket::new(20), [5, 5, 10]),
            (custom.build(), [1, 2, 3]),
            (TokenBucket::unlimited(), [0, 0, 0]),
        ] {
            let taken =
                [ServerError, ThrottlingError, TransientError].map(|kind| bucket.take(kind, NOW));
            assert_eq!(taken, costs.map(Ok));
        }
        let bucket = TokenBucket::new(9);
        assert_eq!(bucket.take(TransientError, NOW), Err((10, 9)));
        assert!(bucket.is_full());
        assert_eq!(bucket.take(ServerError, NOW), Ok(5));
        bucket.give_back(None);
        assert_eq!(bucket.take(ServerError, NOW), Ok(5));
        assert!(bucket.is_empty());
        // A retry that costs nothing returns nothing.
        bucket.give_back(Some(0));
        assert!(bucket.is_empty());
        bucket.give_back(Some(5));
        bucket.give_back(Some(500));
        assert!(bucket.is_full());
        assert!(TokenBucket::new(usize::MAX).is_full());
    }

    #[test]
    fn successes_and_time_add_tokens() {
        let at = |second| UNIX_EPOCH + Duration::from_secs(second);
        let take = |bucket: &TokenBucket, second| bucket.take(ErrorKind::ServerError, at(second));
        let bucket = TokenBucket::builder().capacity(5).refill_rate(0.5).build();
        assert_eq!(take(&bucket, 1_000_000), Ok(5));
        assert_eq!(take(&bucket, 1_000_009), Err((5, 4)));
        assert_eq!(take(&bucket, 1_000_010), Ok(5));
        // The capacity limits the refill, and a clock may go back.
        assert_eq!(take(&bucket, 0), Err((5, 0)));
        assert_eq!(take(&bucket, u64::from(u32::MAX)), Ok(5));

        let rewarded = TokenBucket::builder()
            .capacity(5)
            .success_reward(0.5)
            .build();
        assert_eq!(take(&rewarded, 0), Ok(5));
        // The reward takes the place of what a success returns otherwise.
        rewarded.give_back(None);
        assert_eq!(take(&rewarded, 0), Err((5, 0)));
        rewarded.give_back(Some(5));
        assert_eq!(take(&rewarded, 0), Err((5, 1)));

        for strange in [f32::NAN, f32::INFINITY, -1.0] {
            let bucket = TokenBucket::builder().capacity(5);
            let bucket = bucket.refill_rate(strange).success_reward(strange).build();
            assert_eq!(take(&bucket, 0), Ok(5));
            assert_eq!(take(&bucket, 1000), Err((5, 0)), "{strange}");
        }
    }
}
