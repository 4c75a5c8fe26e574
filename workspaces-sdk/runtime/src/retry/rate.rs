//! The adaptive mode's limit on the rate of attempts.
//!
//! A token bucket whose fill rate follows what the service bears: it falls when the service throttles
//! and grows again along a cubic curve, as TCP CUBIC does it. Until the first throttling it lets all pass.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What a first attempt takes from the bucket.
pub(super) const FIRST: f64 = 1.0;
/// What an attempt takes after a failure that was no throttling.
pub(super) const RETRY: f64 = 5.0;
/// What an attempt takes after a throttling.
pub(super) const THROTTLED: f64 = 10.0;

/// The slowest that the bucket fills, in tokens per second.
const SLOWEST: f64 = 0.5;
/// The least that the bucket can hold.
const SMALLEST: f64 = 1.0;
/// How much of the measured rate is that of the last half second.
const SMOOTH: f64 = 0.8;
/// What the rate is multiplied with at a throttling.
const BETA: f64 = 0.7;
/// How steep the cubic curve is.
const STEEP: f64 = 0.4;

/// A bucket of tokens, one for each attempt that may be made now.
#[derive(Debug, Default)]
pub(super) struct RateLimiter {
    /// Whether anything has been asked of it yet.
    started: bool,
    /// Whether the service has throttled yet; before that nothing is held back.
    enabled: bool,
    tokens: f64,
    capacity: f64,
    fill_rate: f64,
    filled_at: Option<f64>,
    /// The rate of attempts, smoothed; attempts since the start of the half second that is measured now.
    measured_rate: f64,
    measured_at: f64,
    measured: f64,
    /// The rate at the last throttling, and when that was.
    throttled_rate: f64,
    throttled_at: f64,
}

impl RateLimiter {
    /// Takes `tokens`.
    ///
    /// # Errors
    /// The time after which there will be enough, if nobody else takes them.
    pub(super) fn acquire(&mut self, tokens: f64, now: SystemTime) -> Result<(), Duration> {
        let now = seconds(now);
        self.start(now);
        if !self.enabled {
            return Ok(());
        }
        self.fill(now);
        let lacking = Duration::try_from_secs_f64((tokens - self.tokens) / self.fill_rate)
            .unwrap_or_default();
        // Less than a nanosecond counts as nothing, else a wait of no time would not end.
        if lacking.is_zero() {
            self.tokens = (self.tokens - tokens).max(0.0);
            return Ok(());
        }
        Err(lacking)
    }

    /// Learns how an attempt ended.
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
            let plateau = (self.throttled_rate * (1.0 - BETA) / STEEP).cbrt();
            STEEP * (now - self.throttled_at - plateau).powi(3) + self.throttled_rate
        };
        let rate = rate.min(2.0 * self.measured_rate);
        self.fill(now);
        self.fill_rate = rate.max(SLOWEST);
        self.capacity = rate.max(SMALLEST);
        self.tokens = self.tokens.min(self.capacity);
    }

    /// Takes the time before the first attempt for one of the slowest rate, without a throttling.
    fn start(&mut self, now: f64) {
        if !self.started {
            self.started = true;
            self.measured_rate = SLOWEST;
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
    fn nothing_is_held_back_before_the_first_throttling() {
        let mut rate = RateLimiter::default();
        for attempt in 0..1000 {
            assert_eq!(rate.acquire(FIRST, at(f64::from(attempt) / 1000.0)), Ok(()));
            rate.update(false, at(f64::from(attempt) / 1000.0));
        }
    }

    #[test]
    fn a_throttling_slows_down_and_successes_speed_up_again() {
        let mut rate = RateLimiter::default();
        for attempt in 0..100 {
            rate.update(false, at(f64::from(attempt) / 10.0));
        }
        assert!((8.0..12.0).contains(&rate.measured_rate), "{rate:?}");
        rate.update(true, at(10.0));
        let slow = rate.fill_rate;
        assert!((5.0..9.0).contains(&slow), "{rate:?}");

        // The bucket empties, then tells how long the next token takes.
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
    fn the_first_throttling_knows_of_no_rate_before() {
        // Three attempts in 0.6 s since the full second are 6 a second in the last half one, of which
        // the measure takes 80%, and 20% of the slowest rate.
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
    fn it_never_stops_completely() {
        let mut rate = RateLimiter::default();
        for attempt in 0..100 {
            rate.update(true, at(f64::from(attempt)));
        }
        assert!(rate.fill_rate >= SLOWEST);
        assert!(rate.capacity >= SMALLEST);
    }
}
