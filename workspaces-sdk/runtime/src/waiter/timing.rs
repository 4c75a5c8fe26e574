//! The timing of a wait: delays between polls, the rate of requests, and the end.

use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_runtime_api::client::waiters::error::ExceededMaxWait;

use crate::handle::Handle;

/// Decides when polls and their requests are sent.
pub(super) struct Timing<'a> {
    handle: &'a Handle,
    sleep: &'a SharedAsyncSleep,
    max_wait: Duration,
    started: SystemTime,
    /// The sum of all sleeps, which grows even if the clock stands still.
    slept: Duration,
    polls: u32,
    /// The time, since the start, at which the rate admits the next request.
    due: Duration,
}

impl<'a> Timing<'a> {
    pub(super) fn new(handle: &'a Handle, sleep: &'a SharedAsyncSleep, max_wait: Duration) -> Self {
        Self {
            handle,
            sleep,
            max_wait,
            started: handle.now(),
            slept: Duration::ZERO,
            polls: 0,
            due: Duration::ZERO,
        }
    }

    /// The time since the start.
    fn elapsed(&self) -> Duration {
        let elapsed = self.handle.now().duration_since(self.started);
        elapsed.unwrap_or_default().max(self.slept)
    }

    async fn sleep(&mut self, time: Duration) {
        self.sleep.sleep(time).await;
        self.slept = self.slept.saturating_add(time);
    }

    /// Waits until the rate admits another request: a `burst` of them at once, then `per_second`.
    ///
    /// The limit of the client takes its place, if there is one.
    pub(super) async fn pace(&mut self, per_second: u32, burst: u32) {
        if self.handle.settings.request_rate.is_some() {
            return;
        }
        let Some(interval) = Duration::from_secs(1).checked_div(per_second) else {
            return;
        };
        let elapsed = self.elapsed();
        let due = self.due.max(elapsed);
        self.due = due.saturating_add(interval);
        let ahead = interval.saturating_mul(burst.saturating_sub(1));
        let wait = due.saturating_sub(elapsed.saturating_add(ahead));
        if !wait.is_zero() {
            self.sleep(wait).await;
        }
    }

    /// Waits until the next poll. The last poll is at the end of the maximum wait.
    ///
    /// The delay is random, between `min` and a limit that doubles from `min` to `max`, in seconds.
    ///
    /// # Errors
    /// When the maximum wait has passed.
    pub(super) async fn next_poll(&mut self, min: u64, max: u64) -> Result<(), ExceededMaxWait> {
        self.polls = self.polls.saturating_add(1);
        let elapsed = self.elapsed();
        let left = self.max_wait.saturating_sub(elapsed);
        if left.is_zero() {
            let (max_wait, polls) = (self.max_wait, self.polls);
            return Err(ExceededMaxWait::new(max_wait, elapsed, polls));
        }
        let doubled = 1u64.checked_shl(self.polls - 1).unwrap_or(u64::MAX);
        let longest = min.saturating_mul(doubled).min(max).max(min);
        let millis = min.saturating_mul(1000)..=longest.saturating_mul(1000);
        let delay = Duration::from_millis(fastrand::u64(millis));
        // A poll that only the last one could follow is the last one.
        let is_last = left.saturating_sub(delay) <= Duration::from_secs(min);
        self.sleep(if is_last { left } else { delay }).await;
        Ok(())
    }
}
