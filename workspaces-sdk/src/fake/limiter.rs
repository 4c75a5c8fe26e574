//! A limit on the rate of calls.

use std::time::SystemTime;

/// A bucket of tokens, of which each call takes one.
#[derive(Debug)]
pub(super) struct Limiter {
    per_second: f64,
    burst: f64,
    tokens: f64,
    filled: Option<SystemTime>,
}

impl Limiter {
    pub(super) fn new(per_second: u32, burst: u32) -> Self {
        Self {
            per_second: f64::from(per_second),
            burst: f64::from(burst),
            tokens: f64::from(burst),
            filled: None,
        }
    }

    /// Whether a call may pass now.
    pub(super) fn lets_in(&mut self, now: SystemTime) -> bool {
        let since = self
            .filled
            .and_then(|filled| now.duration_since(filled).ok());
        let more = since.unwrap_or_default().as_secs_f64() * self.per_second;
        self.tokens = (self.tokens + more).min(self.burst);
        self.filled = Some(now);
        let passes = self.tokens >= 1.0;
        if passes {
            self.tokens -= 1.0;
        }
        passes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_burst_passes_and_then_so_many_a_second() {
        let mut limiter = Limiter::new(2, 5);
        let mut passed = |at: u64| {
            let now = SystemTime::UNIX_EPOCH + Duration::from_millis(at);
            (0..10).filter(|_| limiter.lets_in(now)).count()
        };
        assert_eq!(
            [passed(0), passed(0), passed(500), passed(2000)],
            [5, 0, 1, 3]
        );
        assert_eq!(passed(100_000), 5);
    }
}
