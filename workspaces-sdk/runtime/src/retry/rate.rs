//! The limit on the rate of attempts in the adaptive mode.
//!
//! The limit is a token bucket whose fill rate adapts to the service: the rate falls when the service throttles, and grows
//! again along a cubic curve, as in TCP CUBIC. Until the service throttles for the first time, there is no limit.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::lock;

/// The number of tokens that a first attempt takes.
pub(super) const FIRST: f64 = 1.0;
/// The number of tokens that an attempt takes after a failure other than throttling.
pub(super) const RETRY: f64 = 5.0;
/// The number of tokens that an attempt takes after throttling.
pub(super) const THROTTLED: f64 = 10.0;

/// The minimum fill rate, in tokens per second.
const MIN_FILL_RATE: f64 = 0.5;
/// The minimum capacity of the bucket, in tokens.
const MIN_CAPACITY: f64 = 1.0;
/// The weight of the last half second in the measured rate.
const SMOOTH: f64 = 0.8;
/// The factor by which throttling reduces the rate.
const BETA: f64 = 0.7;
/// The factor of the cubic curve, which determines how fast the rate grows.
const SCALE: f64 = 0.4;

/// The rate limiter of the adaptive mode. Clones share their state.
#[derive(Clone, Debug, Default)]
pub struct ClientRateLimiter(Arc<Mutex<RateLimiter>>);

impl ClientRateLimiter {
    /// Creates a limiter that starts at that time, as if the rate before had been 0.5 attempts per second.
    pub fn new(seconds_since_unix_epoch: f64) -> Self {
        let mut limiter = RateLimiter::default();
        limiter.start(seconds_since_unix_epoch);
        Self(Arc::new(Mutex::new(limiter)))
    }

    /// Creates a builder.
    pub fn builder() -> ClientRateLimiterBuilder {
        ClientRateLimiterBuilder::default()
    }

    /// See [`RateLimiter::acquire`].
    pub(super) fn acquire(&self, tokens: f64, now: SystemTime) -> Result<(), Duration> {
        lock(&self.0).acquire(tokens, now)
    }

    /// See [`RateLimiter::update`].
    pub(super) fn update(&self, throttled: bool, now: SystemTime) {
        lock(&self.0).update(throttled, now);
    }
}

/// Declares methods that set a field.
macro_rules! setters {
    ($($(#[$docs:meta])* $name:ident, $set:ident;)*) => {
        $(
            $(#[$docs])*
            pub fn $name(mut self, $name: f64) -> Self {
                self.$name = Some($name);
                self
            }

            $(#[$docs])*
            pub fn $set(&mut self, $name: Option<f64>) -> &mut Self {
                self.$name = $name;
                self
            }
        )*
    };
}

/// Builds a [`ClientRateLimiter`]. The limiter has no effect before the service throttles, and then adapts these values.
#[derive(Clone, Debug, Default)]
pub struct ClientRateLimiterBuilder {
    token_refill_rate: Option<f64>,
    maximum_bucket_capacity: Option<f64>,
    current_bucket_capacity: Option<f64>,
    tokens_retrieved_per_second: Option<f64>,
}

impl ClientRateLimiterBuilder {
    /// Creates a builder.
    pub fn new() -> Self {
        Self::default()
    }

    setters! {
        /// Sets the number of tokens that are added each second. A first attempt takes one, and a retry 5 or 10.
        token_refill_rate, set_token_refill_rate;
        /// Sets the maximum number of tokens.
        maximum_bucket_capacity, set_maximum_bucket_capacity;
        /// Sets the current number of tokens.
        current_bucket_capacity, set_current_bucket_capacity;
        /// Sets the measured number of attempts per second. The default is 0.5.
        tokens_retrieved_per_second, set_tokens_retrieved_per_second;
    }

    /// Builds the limiter.
    pub fn build(self) -> ClientRateLimiter {
        let number = |number: Option<f64>| number.filter(|it| it.is_finite() && *it > 0.0);
        ClientRateLimiter(Arc::new(Mutex::new(RateLimiter {
            fill_rate: number(self.token_refill_rate).unwrap_or_default(),
            capacity: number(self.maximum_bucket_capacity).unwrap_or_default(),
            tokens: number(self.current_bucket_capacity).unwrap_or_default(),
            measured_rate: number(self.tokens_retrieved_per_second).unwrap_or_default(),
            ..RateLimiter::default()
        })))
    }
}

/// A bucket of tokens. All times are in seconds since 1970, all rates in tokens per second.
#[derive(Debug, Default)]
pub(super) struct RateLimiter {
    /// Whether the first attempt has been seen.
    started: bool,
    /// Whether the service has throttled. Until then, the rate is not limited.
    enabled: bool,
    tokens: f64,
    capacity: f64,
    fill_rate: f64,
    filled_at: Option<f64>,
    /// The smoothed rate of attempts.
    measured_rate: f64,
    /// The start of the current half second.
    measured_at: f64,
    /// The number of attempts in the current half second.
    measured: f64,
    /// The rate when the service throttled last.
    throttled_rate: f64,
    /// The time when the service throttled last.
    throttled_at: f64,
}

impl RateLimiter {
    /// Takes `tokens` from the bucket.
    ///
    /// # Errors
    /// Returns the time after which the bucket holds enough tokens, if no other call takes any.
    pub(super) fn acquire(&mut self, tokens: f64, now: SystemTime) -> Result<(), Duration> {
        let now = seconds(now);
        self.start(now);
        if !self.enabled {
            return Ok(());
        }
        self.fill(now);
        let wait = Duration::try_from_secs_f64((tokens - self.tokens) / self.fill_rate)
            .unwrap_or_default();
        // Less than a nanosecond rounds to zero. A caller that waits for no time would never get a token.
        if wait.is_zero() {
            self.tokens = (self.tokens - tokens).max(0.0);
            return Ok(());
        }
        Err(wait)
    }

    /// Adapts the rate to the result of an attempt.
    pub(super) fn update(&mut self, throttled: bool, now: SystemTime) {
        let now = seconds(now);
        self.start(now);
        self.measure(now);
        let rate = if throttled {
            let rate = if self.enabled {
                self.measured_rate.min(self.fill_rate)
            } else {
                self.measured_rate
            };
            self.throttled_rate = rate;
            self.throttled_at = now;
            self.enabled = true;
            rate * BETA
        } else {
            let plateau = (self.throttled_rate * (1.0 - BETA) / SCALE).cbrt();
            SCALE * (now - self.throttled_at - plateau).powi(3) + self.throttled_rate
        };
        let rate = rate.min(2.0 * self.measured_rate);
        self.fill(now);
        self.fill_rate = rate.max(MIN_FILL_RATE);
        self.capacity = rate.max(MIN_CAPACITY);
        self.tokens = self.tokens.min(self.capacity);
    }

    /// Starts the measurement at the first attempt, as if the rate had been the minimum, unless it is set.
    fn start(&mut self, now: f64) {
        if !self.started {
            self.started = true;
            if self.measured_rate <= 0.0 {
                self.measured_rate = MIN_FILL_RATE;
            }
            self.measured_at = now.floor();
            self.throttled_at = now;
        }
    }

    fn fill(&mut self, now: f64) {
        let since = self.filled_at.map_or(0.0, |then| (now - then).max(0.0));
        self.tokens = (self.tokens + since * self.fill_rate).min(self.capacity);
        self.filled_at = Some(now);
    }

    fn measure(&mut self, now: f64) {
        self.measured += 1.0;
        let half_second = (now * 2.0).floor() / 2.0;
        if half_second > self.measured_at {
            let rate = self.measured / (half_second - self.measured_at);
            self.measured_rate = rate * SMOOTH + self.measured_rate * (1.0 - SMOOTH);
            self.measured = 0.0;
            self.measured_at = half_second;
        }
    }
}

fn seconds(time: SystemTime) -> f64 {
    time.duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: f64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs_f64(1_000_000.0 + seconds)
    }

    #[test]
    fn the_rate_is_not_limited_before_the_first_throttling() {
        let mut rate = RateLimiter::default();
        for attempt in 0..1000 {
            assert_eq!(rate.acquire(FIRST, at(f64::from(attempt) / 1000.0)), Ok(()));
            rate.update(false, at(f64::from(attempt) / 1000.0));
        }
    }

    #[test]
    fn throttling_reduces_the_rate_and_successes_raise_it_again() {
        let mut rate = RateLimiter::default();
        for attempt in 0..100 {
            rate.update(false, at(f64::from(attempt) / 10.0));
        }
        assert!((8.0..12.0).contains(&rate.measured_rate), "{rate:?}");
        rate.update(true, at(10.0));
        let slow = rate.fill_rate;
        assert!((5.0..9.0).contains(&slow), "{rate:?}");

        // The bucket is emptied. Then it returns the time until the next token.
        while rate.acquire(FIRST, at(10.0)).is_ok() {}
        let wait = rate.acquire(FIRST, at(10.0)).unwrap_err();
        assert!(wait <= Duration::from_secs_f64(1.0 / slow), "{wait:?}");
        assert_eq!(
            rate.acquire(FIRST, at(10.0) + wait + Duration::from_micros(1)),
            Ok(())
        );

        for attempt in 0..100 {
            rate.update(false, at(11.0 + f64::from(attempt) / 10.0));
        }
        assert!(rate.fill_rate > slow, "{rate:?}");
    }

    #[test]
    fn the_first_throttling_assumes_the_minimum_rate_before() {
        // Three attempts in 0.6 s since the full second are 6 per second in the last half second. The measured rate
        // is 80% of that, and 20% of the minimum rate.
        let mut rate = RateLimiter::default();
        for time in [0.0, 0.3, 0.6] {
            assert_eq!(rate.acquire(FIRST, at(time)), Ok(()));
            rate.update(time > 0.5, at(time));
        }
        assert!(
            (rate.measured_rate - (6.0 * 0.8 + 0.5 * 0.2)).abs() < 1e-9,
            "{rate:?}"
        );
        assert!(
            (rate.fill_rate - rate.measured_rate * BETA).abs() < 1e-9,
            "{rate:?}"
        );
    }

    #[test]
    fn a_limiter_that_was_built_starts_with_its_values_and_is_shared_by_its_clones() {
        let limiter = ClientRateLimiter::builder()
            .tokens_retrieved_per_second(10.0)
            .token_refill_rate(2.0)
            .maximum_bucket_capacity(f64::NAN)
            .current_bucket_capacity(-1.0)
            .build();
        assert_eq!(limiter.acquire(FIRST, at(0.0)), Ok(()));
        limiter.clone().update(true, at(0.1));
        let rate = lock(&limiter.0).fill_rate;
        assert!((rate - 10.0 * BETA).abs() < 1e-9, "{limiter:?}");
        assert!(limiter.acquire(FIRST, at(0.1)).is_err());

        let limiter = ClientRateLimiter::new(1_000_000.0);
        limiter.update(true, at(0.1));
        let rate = lock(&limiter.0).fill_rate;
        assert!((rate - MIN_FILL_RATE).abs() < 1e-9, "{limiter:?}");
    }

    #[test]
    fn the_rate_never_falls_below_the_minimum() {
        let mut rate = RateLimiter::default();
        for attempt in 0..100 {
            rate.update(true, at(f64::from(attempt)));
        }
        assert!(rate.fill_rate >= MIN_FILL_RATE);
        assert!(rate.capacity >= MIN_CAPACITY);
    }
}
