//! A limit on the rate of calls.

use std::time::SystemTime;

/// A token bucket: each call takes one token.
#[derive(Debug)]
pub(super) struct RateLimiter {
    per_second: f64,
    burst: f64,
    tokens: f64,
    last_refill: Option<SystemTime>,
}

impl RateLimiter {
    pub(super) fn new(per_second: u32, burst: u32) -> Self {
        Self {
            per_second: f64::from(per_second),
            burst: f64::from(burst),
            tokens: f64::from(burst),
            last_refill: None,
        }
    }

    /// Takes a token and returns `true`, or returns `false` if there is none.
    pub(super) fn try_acquire(&mut self, now: SystemTime) -> bool {
        let elapsed = self
            .last_refill
            .and_then(|last_refill| now.duration_since(last_refill).ok());
        let refill = elapsed.unwrap_or_default().as_secs_f64() * self.per_second;
        self.tokens = (self.tokens + refill).min(self.burst);
        self.last_refill = Some(now);
        let acquired = self.tokens >= 1.0;
        if acquired {
            self.tokens -= 1.0;
        }
        acquired
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn calls_pass_up_to_the_burst_and_then_at_the_rate() {
        let mut limiter = RateLimiter::new(2, 5);
        let mut passed = |at: u64| {
            let now = SystemTime::UNIX_EPOCH + Duration::from_millis(at);
            (0..10).filter(|_| limiter.try_acquire(now)).count()
        };
        assert_eq!(
            [passed(0), passed(0), passed(500), passed(2000)],
            [5, 0, 1, 3]
        );
        assert_eq!(passed(100_000), 5);
    }

    #[test]
    fn no_calls_pass_without_a_rate_after_the_burst_or_without_a_burst() {
        for (per_second, burst, at_first) in [(0, 5, 5), (2, 0, 0), (0, 0, 0)] {
            let mut limiter = RateLimiter::new(per_second, burst);
            let mut passed = |at: u64| {
                let now = SystemTime::UNIX_EPOCH + Duration::from_secs(at);
                (0..10).filter(|_| limiter.try_acquire(now)).count()
            };
            assert_eq!([passed(0), passed(100_000)], [at_first, 0]);
        }
    }
}
