//! The time of an offline service: moved by a test, or the time of this machine.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep, default_async_sleep};
use aws_smithy_async::time::TimeSource;

/// When a clock that a test moves begins: 2026-01-01 00:00 UTC, in seconds since 1970.
const BEGINNING: u64 = 1_767_225_600;

/// How far a clock goes, some 1,000 years: further than anyone tests, and never out of range.
pub(super) const LONGEST: Duration = Duration::from_secs(1_000 * 365 * 24 * 60 * 60);

/// How often a sleeper lets others go first before it takes them for forgotten.
const PATIENCE: u32 = 100;

/// The time of an offline service. Clones show the same time.
///
/// It is a time source and a way to sleep for clients, too, so that their waits and the service's
/// work go by the same clock; [`Fake::config`](super::Fake::config) sets it as both.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    beginning: SystemTime,
    pace: Pace,
    hands: Mutex<Hands>,
}

#[derive(Debug)]
enum Pace {
    /// It moves when it is moved, or when all that is left to do is to sleep.
    Manual,
    /// It moves by itself, so many times as fast as the time of this machine.
    Running { since: Instant, speed: u32 },
}

#[derive(Debug, Default)]
struct Hands {
    /// How far the clock was moved.
    moved: Duration,
    /// Until when someone sleeps, with a number that tells sleepers apart.
    sleepers: BTreeSet<(Duration, u64)>,
    next: u64,
}

impl Clock {
    /// A clock that stands still at 2026-01-01 00:00 UTC until it is moved by [`advance`](Self::advance)
    /// or by someone who sleeps on it: a sleep takes no time and moves the clock, the shortest of
    /// several first. So a client that waits for an hour by this clock is done at once.
    pub fn manual() -> Self {
        let beginning = SystemTime::UNIX_EPOCH + Duration::from_secs(BEGINNING);
        Self::new(beginning, Pace::Manual)
    }

    /// The time of this machine.
    pub fn real() -> Self {
        Self::faster(1)
    }

    /// A clock that begins at the time of this machine and runs `speed` times as fast; 0 counts as 1.
    pub fn faster(speed: u32) -> Self {
        let speed = speed.max(1);
        let since = Instant::now();
        Self::new(SystemTime::now(), Pace::Running { since, speed })
    }

    fn new(beginning: SystemTime, pace: Pace) -> Self {
        Self(Arc::new(Inner {
            beginning,
            pace,
            hands: Mutex::default(),
        }))
    }

    /// Moves the clock on, at most to a time 1,000 years after it began.
    pub fn advance(&self, by: Duration) {
        let mut hands = self.hands();
        hands.moved = hands.moved.saturating_add(by);
    }

    /// How long it is since the clock began.
    fn elapsed(&self, hands: &Hands) -> Duration {
        let by_itself = match self.0.pace {
            Pace::Manual => Duration::ZERO,
            Pace::Running { since, speed } => since.elapsed().saturating_mul(speed),
        };
        hands.moved.saturating_add(by_itself)
    }

    fn hands(&self) -> std::sync::MutexGuard<'_, Hands> {
        self.0.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        let elapsed = self.elapsed(&self.hands()).min(LONGEST);
        self.0
            .beginning
            .checked_add(elapsed)
            .unwrap_or(self.0.beginning)
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        match (&self.0.pace, default_async_sleep()) {
            (Pace::Running { speed, .. }, Some(real)) => real.sleep(duration / *speed),
            _ => Sleep::new(Nap::new(self.clone(), duration)),
        }
    }
}

/// A sleep on a clock that is moved by its sleepers.
struct Nap {
    clock: Clock,
    until: Duration,
    /// Set once it has begun.
    number: Option<u64>,
    patience: u32,
}

impl Nap {
    fn new(clock: Clock, duration: Duration) -> Self {
        let until = clock.elapsed(&clock.hands()).saturating_add(duration);
        Self {
            clock,
            until,
            number: None,
            patience: PATIENCE,
        }
    }
}

impl Future for Nap {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let clock = self.clock.clone();
        let mut hands = clock.hands();
        if hands.moved >= self.until {
            return Poll::Ready(());
        }
        if let Some(number) = self.number {
            let first = hands.sleepers.first() == Some(&(self.until, number));
            if first || self.patience == 0 {
                hands.moved = self.until;
                return Poll::Ready(());
            }
            self.patience -= 1;
        } else {
            // Others that are about to sleep, and perhaps not as long, come first.
            let number = hands.next;
            hands.next += 1;
            hands.sleepers.insert((self.until, number));
            self.number = Some(number);
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for Nap {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            self.clock.hands().sleepers.remove(&(self.until, number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(clock: &Clock) -> u64 {
        clock.elapsed(&clock.hands()).as_secs()
    }

    #[tokio::test]
    async fn sleepers_move_the_clock_the_shortest_sleep_first() {
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
    async fn a_sleep_that_is_given_up_moves_nothing() {
        let clock = Clock::manual();
        let long = clock.sleep(Duration::from_secs(100));
        let short = clock.sleep(Duration::from_secs(1));
        tokio::select! {
            () = long => panic!("the longer one won"),
            () = short => {}
        }
        assert_eq!(seconds(&clock), 1);
        assert!(clock.hands().sleepers.is_empty());
    }

    #[tokio::test]
    async fn a_sleeper_that_is_never_asked_again_holds_nobody_up() {
        let clock = Clock::manual();
        let mut forgotten = clock.sleep(Duration::from_secs(1));
        assert!(
            std::future::poll_fn(|cx| Poll::Ready(Pin::new(&mut forgotten).poll(cx)))
                .await
                .is_pending()
        );
        clock.sleep(Duration::from_secs(5)).await;
        assert_eq!(seconds(&clock), 5);
        forgotten.await;
    }

    #[test]
    fn a_running_clock_can_be_moved_too() {
        let clock = Clock::faster(60);
        let before = clock.now();
        clock.advance(Duration::from_secs(3600));
        assert!(clock.now() >= before + Duration::from_secs(3600));
    }
}
