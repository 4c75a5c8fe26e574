//! A limit on the rate of requests: each attempt of a call waits until it is its turn.
//!
//! A client without a limit contains no code for one: only [`RequestRate::new`] makes a program contain it.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};

/// The part of the rate that is used. The clocks of the client and of the service can run at different speeds.
const USED: f64 = 0.99;

/// The rate of a limit whose rate is no positive number, in requests per second.
const SLOWEST: f64 = 0.001;

/// A limit on the rate of requests. Clones share it, and so do all clients with the same configuration and all their clones.
///
/// Each attempt of a call counts, retries included. Attempts that have to wait are sent in the order in which they began to wait. The
/// time limit of a call, `operation_timeout`, includes this wait; that of an attempt does not.
///
/// The limit keeps one request of the burst and 1% of the rate in reserve, because requests can arrive closer together than they
/// are sent. So a service with this limit does not throttle, unless others use the same account and Region.
#[derive(Clone)]
pub struct RequestRate(Arc<dyn Limit>);

impl RequestRate {
    /// Creates a limit of `per_second` requests per second, and of `burst` requests at once if there were none for a while.
    ///
    /// A rate that is no positive number counts as one request in 1,000 seconds, and a burst of 0 as one of 1.
    pub fn new(per_second: f64, burst: u32) -> Self {
        Self(Arc::new(Pace::new(per_second, burst)))
    }

    /// Waits until another request may be sent.
    pub(crate) async fn acquire(&self, sleep: &SharedAsyncSleep, now: Now<'_>) {
        if !self.0.try_acquire(now()) {
            self.0.wait(sleep, now).await;
        }
    }
}

impl fmt::Debug for RequestRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Returns the current time.
pub(crate) type Now<'a> = &'a (dyn Fn() -> SystemTime + Sync);

/// The interface to the code for a limit, which only programs with a limit contain.
trait Limit: fmt::Debug + Send + Sync {
    /// Acquires the right to send a request, if nobody waits for it and it is not too early.
    fn try_acquire(&self, now: SystemTime) -> bool;

    /// Waits for the right to send a request.
    fn wait<'a>(
        &'a self,
        sleep: &'a SharedAsyncSleep,
        now: Now<'a>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
}

/// A limit, as the generic cell rate algorithm: `due` is the time at which the last request would have been sent at the even rate, and
/// requests may be ahead of that by `ahead`.
struct Pace {
    per_second: f64,
    burst: u32,
    interval: Duration,
    ahead: Duration,
    queue: Mutex<Queue>,
}

struct Queue {
    due: SystemTime,
    /// The time that has passed at least. A clock may stand still or go back while requests sleep.
    passed: SystemTime,
    /// The tasks that wait, by ascending numbers. Only the first one sleeps; the others are woken when it is their turn.
    waiting: VecDeque<(u64, Option<Waker>)>,
    next: u64,
}

impl Pace {
    fn new(per_second: f64, burst: u32) -> Self {
        let is_positive = per_second.is_finite() && per_second > SLOWEST;
        let rate = if is_positive { per_second } else { SLOWEST };
        let interval = Duration::from_secs_f64(1.0 / (rate * USED));
        let at_once = burst.saturating_sub(1).max(1);
        Self {
            per_second,
            burst,
            interval,
            ahead: interval.saturating_mul(at_once - 1),
            queue: Mutex::new(Queue {
                due: SystemTime::UNIX_EPOCH,
                passed: SystemTime::UNIX_EPOCH,
                waiting: VecDeque::new(),
                next: 0,
            }),
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the time at which the next request may be sent, and how long it is until then.
    fn next(&self, queue: &mut Queue, now: SystemTime) -> (SystemTime, Duration) {
        queue.passed = queue.passed.max(now);
        let at = queue.due.checked_sub(self.ahead).unwrap_or(queue.due);
        (at, at.duration_since(queue.passed).unwrap_or_default())
    }

    /// Counts a request that is sent.
    fn count(&self, queue: &mut Queue) {
        let due = queue.due.max(queue.passed);
        queue.due = due.checked_add(self.interval).unwrap_or(due);
    }
}

impl Limit for Pace {
    fn try_acquire(&self, now: SystemTime) -> bool {
        let mut queue = self.queue();
        let is_free = queue.waiting.is_empty() && self.next(&mut queue, now).1.is_zero();
        if is_free {
            self.count(&mut queue);
        }
        is_free
    }

    fn wait<'a>(
        &'a self,
        sleep: &'a SharedAsyncSleep,
        now: Now<'a>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move {
            let place = Place::last(self);
            poll_fn(|context| place.poll_first(context)).await;
            let (at, left) = self.next(&mut self.queue(), now());
            if !left.is_zero() {
                sleep.sleep(left).await;
            }
            let mut queue = self.queue();
            self.next(&mut queue, now().max(at));
            self.count(&mut queue);
        })
    }
}

impl fmt::Debug for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestRate")
            .field("per_second", &self.per_second)
            .field("burst", &self.burst)
            .finish()
    }
}

/// A place in the queue. A task that is canceled leaves it.
struct Place<'a> {
    pace: &'a Pace,
    number: u64,
}

impl<'a> Place<'a> {
    /// Takes the last place.
    fn last(pace: &'a Pace) -> Self {
        let mut queue = pace.queue();
        let number = queue.next;
        queue.next = number.wrapping_add(1);
        queue.waiting.push_back((number, None));
        Self { pace, number }
    }

    /// Waits until this place is the first one.
    fn poll_first(&self, context: &Context<'_>) -> Poll<()> {
        let mut queue = self.pace.queue();
        match self.position(&queue) {
            Some(at) if at > 0 => {
                if let Some((_, waker)) = queue.waiting.get_mut(at) {
                    *waker = Some(context.waker().clone());
                }
                Poll::Pending
            }
            _ => Poll::Ready(()),
        }
    }

    fn position(&self, queue: &Queue) -> Option<usize> {
        let found = queue
            .waiting
            .binary_search_by_key(&self.number, |(number, _)| *number);
        found.ok()
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut queue = self.pace.queue();
        let position = self.position(&queue);
        if let Some(at) = position {
            queue.waiting.remove(at);
        }
        let next = queue.waiting.front_mut().filter(|_| position == Some(0));
        let waker = next.and_then(|(_, waker)| waker.take());
        drop(queue);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends requests one after the other. Returns the times since the start at which they are sent. `clock` shows the time.
    fn sent(pace: &Pace, requests: u32, clock: impl Fn(Duration) -> Duration) -> Vec<Duration> {
        let mut slept = Duration::ZERO;
        let shown =
            |slept| SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000) + clock(slept);
        let mut send = || {
            let mut queue = pace.queue();
            let (at, left) = pace.next(&mut queue, shown(slept));
            slept += left;
            pace.next(&mut queue, shown(slept).max(at));
            pace.count(&mut queue);
            slept
        };
        (0..requests).map(|_| send()).collect()
    }

    /// The number of requests that a service with a token bucket rejects.
    fn rejected(arrivals: &[f64], per_second: f64, burst: f64) -> usize {
        let (mut tokens, mut last) = (burst, 0.0);
        let mut is_rejected = |at: f64| {
            tokens = f64::min(tokens + (at - last) * per_second, burst);
            last = at;
            let is_rejected = tokens < 1.0;
            tokens -= if is_rejected { 0.0 } else { 1.0 };
            is_rejected
        };
        arrivals.iter().filter(|at| is_rejected(**at)).count()
    }

    #[test]
    fn a_service_with_the_same_limit_rejects_nothing() {
        for (per_second, burst) in [(2.0, 5), (10.0, 10), (0.2, 3), (1000.0, 2000)] {
            let pace = Pace::new(per_second, burst);
            let times = sent(&pace, 5000, |slept| slept);
            let ideal = f64::from(5000 - burst) / per_second;
            let last = times.last().map_or(0.0, Duration::as_secs_f64);
            assert!(last <= ideal * 1.05, "{last} {ideal}");
            // Requests take different times to arrive, but do not overtake each other.
            let mut arrived = 0.0_f64;
            let mut random = fastrand::Rng::with_seed(7);
            let arrivals: Vec<f64> = (times.iter())
                .map(|sent| {
                    let latency = random.f64() * 0.9 / per_second;
                    arrived = arrived.max(sent.as_secs_f64() + latency);
                    arrived
                })
                .collect();
            assert_eq!(rejected(&arrivals, per_second, burst.into()), 0);
        }
    }

    #[test]
    fn a_clock_that_stands_still_goes_back_or_jumps_does_not_change_the_rate() {
        let hour = Duration::from_secs(3600);
        let minute = Duration::from_secs(60);
        type Show = fn(Duration) -> Duration;
        let stands: Show = |_| Duration::ZERO;
        let goes_back: Show = |slept| Duration::from_secs(100_000).saturating_sub(slept);
        let is_slow: Show = |slept| slept / 2;
        let clocks = [
            ("stands", stands),
            ("goes back", goes_back),
            ("is slow", is_slow),
        ];
        for (name, clock) in clocks {
            let times = sent(&Pace::new(2.0, 5), 100, clock);
            let last = times.last().copied().unwrap_or_default();
            assert!((48..=50).contains(&last.as_secs()), "{name}: {last:?}");
        }
        // After an hour, the limit admits a burst again, but not more.
        let pace = Pace::new(2.0, 5);
        sent(&pace, 10, |slept| slept);
        let times = sent(&pace, 10, |slept| slept + hour);
        assert_eq!(times.iter().filter(|it| it.is_zero()).count(), 4);
        assert!(times.iter().all(|it| *it < minute));
    }

    #[test]
    fn values_without_meaning_are_slow_and_finite() {
        for (per_second, burst) in [
            (0.0, 0),
            (-1.0, 1),
            (f64::NAN, 2),
            (1e-300, 5),
            (f64::INFINITY, u32::MAX),
        ] {
            let times = sent(&Pace::new(per_second, burst), 10, |slept| slept);
            let last = times.last().copied().unwrap_or_default();
            assert!(last < Duration::from_secs(20_000), "{per_second} {last:?}");
        }
        assert_eq!(
            sent(&Pace::new(f64::MAX, u32::MAX), 10, |slept| slept),
            [Duration::ZERO; 10]
        );
        let rate = RequestRate::new(2.0, 5);
        assert_eq!(
            format!("{rate:?}"),
            "RequestRate { per_second: 2.0, burst: 5 }"
        );
    }
}
