//! The clock of an offline service: controlled by a test, or based on the system clock.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep, default_async_sleep};
use aws_smithy_async::time::TimeSource;

/// The initial time of a manual clock: 2026-01-01 00:00 UTC, as a Unix timestamp.
const MANUAL_START: u64 = 1_767_225_600;

/// The maximum elapsed time of a clock, about 1,000 years, which keeps all times in range.
pub(super) const MAX_ELAPSED: Duration = Duration::from_secs(1_000 * 365 * 24 * 60 * 60);

/// The number of times that a sleep waits for sleeps with earlier deadlines before it ignores them.
///
/// Without a limit, a sleep that is neither dropped nor polled again would block all others.
const MAX_YIELDS: u32 = 100;

/// The clock of an offline service. Clones share the same time.
///
/// A clock is also a time source and a sleep implementation for clients, so that the client and the
/// service use the same time. [`Fake::config`](super::Fake::config) sets it as both.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    start: SystemTime,
    pace: Pace,
    state: Mutex<ClockState>,
}

#[derive(Debug)]
enum Pace {
    /// The clock advances on request, and when a task sleeps on it.
    Manual,
    /// The clock runs `speed` times as fast as the system clock.
    Running { since: Instant, speed: u32 },
    /// The clock runs with the time of Tokio.
    Tokio { since: tokio::time::Instant },
}

#[derive(Debug, Default)]
struct ClockState {
    /// The total time by which the clock was advanced.
    advanced: Duration,
    /// The pending sleeps: their deadlines, and an ID that makes each of them unique.
    sleeps: BTreeSet<(Duration, u64)>,
    next_sleep_id: u64,
}

fn manual_start() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(MANUAL_START)
}

impl Clock {
    /// Creates a clock that starts at 2026-01-01 00:00 UTC and advances only on request or by sleeping.
    ///
    /// [`advance`](Self::advance) advances the clock. A sleep on the clock also advances it and takes no
    /// real time; of several concurrent sleeps, the one with the earliest deadline ends first. So a
    /// client that waits for an hour on this clock returns immediately.
    pub fn manual() -> Self {
        Self::new(manual_start(), Pace::Manual)
    }

    /// Creates a clock that shows the system time.
    pub fn real() -> Self {
        Self::faster(1)
    }

    /// Creates a clock that starts at the system time and runs `speed` times as fast. A speed of 0 is
    /// treated as 1.
    pub fn faster(speed: u32) -> Self {
        let speed = speed.max(1);
        let since = Instant::now();
        Self::new(SystemTime::now(), Pace::Running { since, speed })
    }

    fn new(start: SystemTime, pace: Pace) -> Self {
        Self(Arc::new(Inner {
            start,
            pace,
            state: Mutex::default(),
        }))
    }

    /// Creates a clock that starts at 2026-01-01 00:00 UTC and runs with the time of Tokio, which
    /// [`tokio::time::pause`](https://docs.rs/tokio/latest/tokio/time/fn.pause.html) stops.
    ///
    /// In a test with `start_paused = true`, time passes as soon as all tasks wait, and other timers of the test use the same time.
    pub fn tokio() -> Self {
        let since = tokio::time::Instant::now();
        Self::new(manual_start(), Pace::Tokio { since })
    }

    /// Advances the clock, up to 1,000 years after its start.
    pub fn advance(&self, by: Duration) {
        let mut state = self.state();
        state.advanced = state.advanced.saturating_add(by);
    }

    /// Returns the time since the start of the clock.
    fn elapsed(&self, state: &ClockState) -> Duration {
        let running = match self.0.pace {
            Pace::Manual => Duration::ZERO,
            Pace::Running { since, speed } => since.elapsed().saturating_mul(speed),
            Pace::Tokio { since } => since.elapsed(),
        };
        state.advanced.saturating_add(running)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, ClockState> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        let elapsed = self.elapsed(&self.state()).min(MAX_ELAPSED);
        self.0.start.checked_add(elapsed).unwrap_or(self.0.start)
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        match (&self.0.pace, default_async_sleep()) {
            (Pace::Running { speed, .. }, Some(real)) => real.sleep(duration / *speed),
            (Pace::Tokio { .. }, Some(real)) => real.sleep(duration),
            _ => Sleep::new(ManualSleep::new(self.clone(), duration)),
        }
    }
}

/// A sleep on a manual clock, which advances the clock when it ends.
struct ManualSleep {
    clock: Clock,
    deadline: Duration,
    /// The ID of the sleep, set by the first poll.
    id: Option<u64>,
    yields_left: u32,
}

impl ManualSleep {
    fn new(clock: Clock, duration: Duration) -> Self {
        let deadline = clock.elapsed(&clock.state()).saturating_add(duration);
        Self {
            clock,
            deadline,
            id: None,
            yields_left: MAX_YIELDS,
        }
    }
}

impl Future for ManualSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let clock = self.clock.clone();
        let mut state = clock.state();
        if state.advanced >= self.deadline {
            return Poll::Ready(());
        }
        if let Some(id) = self.id {
            let first = state.sleeps.first() == Some(&(self.deadline, id));
            if first || self.yields_left == 0 {
                state.advanced = self.deadline;
                return Poll::Ready(());
            }
            self.yields_left -= 1;
        } else {
            // Let other tasks register their sleeps first, which can have earlier deadlines.
            let id = state.next_sleep_id;
            state.next_sleep_id += 1;
            state.sleeps.insert((self.deadline, id));
            self.id = Some(id);
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for ManualSleep {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            self.clock.state().sleeps.remove(&(self.deadline, id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(clock: &Clock) -> u64 {
        clock.elapsed(&clock.state()).as_secs()
    }

    #[tokio::test]
    async fn concurrent_sleeps_end_in_the_order_of_their_deadlines() {
        let clock = Clock::manual();
        let order = Arc::new(Mutex::new(Vec::new()));
        let tasks = [30, 10, 20].map(|length| {
            let (clock, order) = (clock.clone(), order.clone());
            tokio::spawn(async move {
                clock.sleep(Duration::from_secs(length)).await;
                order.lock().unwrap().push((length, seconds(&clock)));
            })
        });
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), [(10, 10), (20, 20), (30, 30)]);
    }

    #[tokio::test]
    async fn a_dropped_sleep_does_not_advance_the_clock() {
        let clock = Clock::manual();
        let long = clock.sleep(Duration::from_secs(100));
        let short = clock.sleep(Duration::from_secs(1));
        tokio::select! {
            () = long => panic!("the longer sleep ended first"),
            () = short => {}
        }
        assert_eq!(seconds(&clock), 1);
        assert!(clock.state().sleeps.is_empty());
    }

    #[tokio::test]
    async fn a_sleep_that_is_not_polled_again_does_not_block_others() {
        let clock = Clock::manual();
        let mut abandoned = clock.sleep(Duration::from_secs(1));
        assert!(
            std::future::poll_fn(|cx| Poll::Ready(Pin::new(&mut abandoned).poll(cx)))
                .await
                .is_pending()
        );
        clock.sleep(Duration::from_secs(5)).await;
        assert_eq!(seconds(&clock), 5);
        abandoned.await;
    }

    #[tokio::test(start_paused = true)]
    async fn the_time_of_tokio_drives_a_clock() {
        let clock = Clock::tokio();
        let start = clock.now();
        tokio::time::sleep(Duration::from_secs(3600)).await;
        assert_eq!(clock.now(), start + Duration::from_secs(3600));
        clock.sleep(Duration::from_secs(60)).await;
        clock.advance(Duration::from_secs(1));
        assert_eq!(clock.now(), start + Duration::from_secs(3661));
    }

    #[test]
    fn a_running_clock_can_be_advanced() {
        let clock = Clock::faster(60);
        let before = clock.now();
        clock.advance(Duration::from_secs(3600));
        assert!(clock.now() >= before + Duration::from_secs(3600));
    }
}
