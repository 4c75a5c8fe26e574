//! Retries: whether a failed attempt is repeated, and after which delay.
//!
//! [`classify()`] decides which failures are retried. An attempt must be left, and the retry quota must cover the cost. The
//! numbers are those of the official SDKs, for version 2.0 of their retry behavior and, if it is configured, for version
//! 2.1.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use aws_smithy_types::retry::{ErrorKind, ReconnectMode, RetryConfig, RetryMode, RetrySpec};

use bucket::Costs;
use partition::Shared;

mod bucket;
mod classify;
mod partition;
mod rate;

pub use bucket::{TokenBucket, TokenBucketBuilder};
pub(crate) use classify::{
    RetryClassification, classify, code_kind, connector_kind, is_incomplete, is_throttling,
    is_throttling_code, may_be_skewed, may_pass, retry_after, status_kind,
};
pub use partition::{RetryPartition, RetryPartitionBuilder};
pub use rate::{ClientRateLimiter, ClientRateLimiterBuilder};

/// The costs of retries in version 2.1 of the retry behavior.
const COSTS_OF_2_1: Costs = Costs {
    throttling: 5,
    transient: 14,
    other: 14,
};

/// How a client retries its calls.
#[derive(Debug)]
pub(crate) struct RetryPolicy {
    config: RetryConfig,
    shared: Shared,
}

impl RetryPolicy {
    /// Creates the policy of a configuration, with the quota of a partition, or with that of `service` in `region`.
    pub(crate) fn new(
        config: RetryConfig,
        partition: Option<&RetryPartition>,
        service: &str,
        region: Option<&str>,
    ) -> Self {
        let mut policy = Self {
            config,
            shared: Shared::of(partition, service, region),
        };
        let has_costs = partition.is_some_and(RetryPartition::is_custom);
        if policy.is_v2_1() && !has_costs {
            policy.shared.quota = policy.shared.quota.with_costs(COSTS_OF_2_1);
        }
        policy
    }

    /// Creates the policy of a configuration, with a quota of its own.
    pub(crate) fn unshared(config: RetryConfig) -> Self {
        let partition = RetryPartition::custom("").build();
        Self::new(config, Some(&partition), "", None)
    }

    /// The configuration of the policy.
    pub(crate) fn config(&self) -> &RetryConfig {
        &self.config
    }

    /// The maximum number of attempts of a call, at least one.
    pub(crate) fn max_attempts(&self) -> u32 {
        self.config.max_attempts().max(1)
    }

    /// Whether connections are closed after a transient failure.
    pub(crate) fn reconnects(&self) -> bool {
        !self.is_v2_1() && self.config.reconnect_mode() == ReconnectMode::ReconnectOnTransientError
    }

    /// Whether the client limits its own rate, as it does in the adaptive mode.
    pub(crate) fn limits_rate(&self) -> bool {
        self.rate().is_some()
    }

    /// Acquires the right to send attempt number `attempt` at `now`, or returns the time to wait.
    ///
    /// The caller must try again after that time, because another call may have acquired the token.
    pub(crate) fn acquire_send_token(&self, attempt: u32, now: SystemTime) -> Option<Duration> {
        if attempt > 1 && !self.is_v2_1() {
            return None; // `delay` has acquired it.
        }
        self.acquire(rate::FIRST, now)
    }

    /// Starts the attempts of a call. `long_polling` is whether the operation is one of [long
    /// polling](crate::operation::Operation::LONG_POLLING).
    pub(crate) fn start(&self, long_polling: bool) -> Retries<'_> {
        Retries {
            policy: self,
            long_polling,
            attempt: 1,
            paid: None,
        }
    }

    fn is_v2_1(&self) -> bool {
        self.config
            .retry_spec()
            .is_some_and(|spec| spec.is_at_least(RetrySpec::V2_1))
    }

    /// The delay after the failure of attempt number `attempt`.
    fn delay(
        &self,
        classification: &RetryClassification,
        attempt: u32,
        now: SystemTime,
    ) -> Duration {
        let throttled = classification.kind == ErrorKind::ThrottlingError;
        if !self.is_v2_1() {
            let cost = if throttled {
                rate::THROTTLED
            } else {
                rate::RETRY
            };
            if let Some(wait) = self.acquire(cost, now) {
                return wait.min(self.config.max_backoff());
            }
        }
        let first = match self.config.retry_spec() {
            Some(spec) if !throttled => spec.non_throttling_initial_backoff(),
            _ => self.config.initial_backoff(),
        };
        let backoff = self.backoff(first, attempt);
        match classification.after {
            Some(after) if self.is_v2_1() => {
                after.clamp(backoff, backoff.saturating_add(Duration::from_secs(5)))
            }
            Some(after) => after.min(self.config.max_backoff()),
            None => backoff,
        }
    }

    /// A random part of the delay after failure number `failures`, which doubles with each from `first` on.
    fn backoff(&self, first: Duration, failures: u32) -> Duration {
        let longest = self.config.max_backoff();
        let doubled = 2_u32
            .checked_pow(failures.saturating_sub(1))
            .and_then(|factor| first.checked_mul(factor));
        let jitter = if self.config.use_static_exponential_base() {
            1.0
        } else {
            fastrand::f64()
        };
        let limit = doubled.unwrap_or(longest).min(longest);
        // The product of the longest duration and 1.0 is not a duration, because the float is rounded up.
        Duration::try_from_secs_f64(limit.as_secs_f64() * jitter).unwrap_or(limit)
    }

    /// The delay before a request is repeated whose call has failed `failures` times, in spite of its retries.
    pub(crate) fn delay_after_calls(&self, failures: u32) -> Duration {
        self.backoff(self.config.initial_backoff(), failures)
    }

    fn acquire(&self, tokens: f64, now: SystemTime) -> Option<Duration> {
        self.rate()?.acquire(tokens, now).err()
    }

    /// The rate limiter, in the mode that has one.
    fn rate(&self) -> Option<&ClientRateLimiter> {
        (self.config.mode() == RetryMode::Adaptive).then_some(&self.shared.rate)
    }
}

/// The attempts of one call.
#[derive(Debug)]
pub(crate) struct Retries<'a> {
    policy: &'a RetryPolicy,
    long_polling: bool,
    attempt: u32,
    /// The cost of the last attempt, if it is a retry. It is refunded if the attempt succeeds.
    paid: Option<u32>,
}

impl Retries<'_> {
    /// The number of the attempt that is due or was made last, starting with 1.
    pub(crate) fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Records that the attempt succeeded.
    pub(crate) fn succeeded(&self, now: impl FnOnce() -> SystemTime) {
        self.update_rate(false, now);
        self.policy.shared.quota.give_back(self.paid);
    }

    /// Records that the attempt failed. Returns the delay before the next attempt, if there is one.
    ///
    /// If the operation is one of long polling and the quota is exhausted, it returns the delay before the error, and the number of the
    /// attempt stays the same. So a loop that polls slows down.
    ///
    /// `is_repeatable` is whether the request can be sent again.
    pub(crate) fn failed(
        &mut self,
        classification: Option<&RetryClassification>,
        is_repeatable: bool,
        now: SystemTime,
    ) -> Option<Duration> {
        let throttled = classification
            .is_some_and(|classification| classification.kind == ErrorKind::ThrottlingError);
        self.update_rate(throttled, || now);
        let classification = classification?;
        if self.attempt >= self.policy.max_attempts() || !is_repeatable {
            return None;
        }
        let failures = self.attempt;
        match self.policy.shared.quota.take(classification.kind, now) {
            Ok(paid) => {
                self.paid = Some(paid);
                self.attempt += 1;
            }
            Err((cost, left)) => {
                tracing::debug!(cost, left, "no retry: the retry quota is exhausted");
                let spec = self.policy.config.retry_spec()?;
                let waits = self.long_polling && self.policy.is_v2_1() || spec.long_polling();
                waits.then_some(())?;
            }
        }
        Some(self.policy.delay(classification, failures, now))
    }

    fn update_rate(&self, throttled: bool, now: impl FnOnce() -> SystemTime) {
        if let Some(rate) = self.policy.rate() {
            rate.update(throttled, now());
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Version 2.0 of the retry behavior knows no long polling.
    #[test]
    fn a_call_of_long_polling_waits_before_it_fails_without_a_token() {
        let (old, new) = (RetrySpec::v2_0(), RetrySpec::v2_1());
        for (long_polling, spec, waits) in [
            (true, new.clone(), true),
            (false, new.clone(), false),
            (false, new.with_long_polling(true), true),
            (true, old, false),
        ] {
            let bucket = TokenBucket::builder().capacity(0).build();
            let partition = RetryPartition::custom("a").token_bucket(bucket).build();
            let config = RetryConfig::standard().with_retry_spec(spec);
            let policy = RetryPolicy::new(config, Some(&partition), "", None);
            let failure = RetryClassification {
                kind: ErrorKind::ServerError,
                after: None,
            };
            let mut retries = policy.start(long_polling);
            let delay = retries.failed(Some(&failure), true, SystemTime::UNIX_EPOCH);
            assert_eq!((delay.is_some(), retries.attempt()), (waits, 1));
        }
    }

    /// It is not retried and so costs nothing, but the service was too busy for it.
    #[test]
    fn a_failure_that_cannot_be_retried_slows_the_client_down() {
        let policy = RetryPolicy::unshared(RetryConfig::adaptive());
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let waits = || (0..100).any(|_| policy.acquire_send_token(1, now).is_some());
        assert!(!waits());
        let throttled = RetryClassification {
            kind: ErrorKind::ThrottlingError,
            after: None,
        };
        let delay = policy.start(false).failed(Some(&throttled), false, now);
        assert_eq!(delay, None);
        assert!(waits());
        assert!(policy.shared.quota.is_full());
    }
}
