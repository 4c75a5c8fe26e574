//! A limit on the rate of requests: each attempt of a call waits until it is its turn.
//!
//! A client without a limit contains no code for one: only [`RequestRate::new`] makes a program contain it.

use std::collections::BTreeSet;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};

/// The part of the rate that is used. The clocks of the client and of the service can run at different speeds.
const USED: f64 = 0.99;

/// The rate of a limit whose rate is no positive number, in requests per second.
const SLOWEST: f64 = 0.001;

/// A limit on the rate of requests. Clones share it, and so do all clients with the same configuration and all their clones.
///
/// Each attempt of a call counts, retries included. Attempts that have to wait reserve a time and are sent in the order in which they
/// began to wait, except that an attempt takes the time of an earlier one that was canceled, if there is one. An attempt that is not
/// polled keeps no other waiting for longer than the time that it has reserved. The time limit of a call, `operation_timeout`, includes
/// the wait; that of an attempt does not.
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
    /// Acquires the right to send a request, if it is not too early.
    fn try_acquire(&self, now: SystemTime) -> bool;

    /// Waits for the right to send a request.
    fn wait<'a>(
        &'a self,
        sleep: &'a SharedAsyncSleep,
        now: Now<'a>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
}

/// A limit, as the generic cell rate algorithm: each interval has a slot for one request.
struct Pace {
    per_second: f64,
    burst: u32,
    interval: Duration,
    /// How long after its beginning a slot can be reserved. These slots make a burst.
    ahead: Duration,
    /// How long after its beginning a reserved slot can be used. Sleeps are not exact, so this is never zero.
    patience: Duration,
    slots: Mutex<Slots>,
}

/// The slots, by the times at which they begin.
struct Slots {
    /// The first slot that was never reserved.
    next: SystemTime,
    /// The slots before it that canceled requests have returned.
    returned: BTreeSet<SystemTime>,
    /// The time that has passed at least. A clock may stand still or go back while requests sleep.
    passed: SystemTime,
}

impl Pace {
    fn new(per_second: f64, burst: u32) -> Self {
        let is_positive = per_second.is_finite() && per_second > SLOWEST;
        let rate = if is_positive { per_second } else { SLOWEST };
        let interval = Duration::from_secs_f64(1.0 / (rate * USED));
        let at_once = burst.saturating_sub(1).max(1);
        let ahead = interval.saturating_mul(at_once - 1);
        Self {
            per_second,
            burst,
            interval,
            ahead,
            patience: ahead.max(interval),
            slots: Mutex::new(Slots {
                next: SystemTime::UNIX_EPOCH,
                returned: BTreeSet::new(),
                passed: SystemTime::UNIX_EPOCH,
            }),
        }
    }

    fn slots(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The slot after that one.
    fn after(&self, slot: SystemTime) -> SystemTime {
        slot.checked_add(self.interval).unwrap_or(slot)
    }

    /// Returns the first slot that can be reserved, and how long it is until then.
    fn first(&self, slots: &mut Slots, now: SystemTime) -> (SystemTime, Duration) {
        slots.passed = slots.passed.max(now);
        let usable = slots.passed.checked_sub(self.ahead);
        let usable = usable.unwrap_or(SystemTime::UNIX_EPOCH);
        slots.returned = slots.returned.split_off(&usable);
        let returned = slots.returned.first().copied();
        let slot = returned.unwrap_or(slots.next.max(usable));
        (slot, slot.duration_since(slots.passed).unwrap_or_default())
    }

    /// Reserves the slot that `first` has returned.
    fn take(&self, slots: &mut Slots, slot: SystemTime) {
        if !slots.returned.remove(&slot) {
            slots.next = self.after(slot);
        }
    }

    /// Reserves a slot. Returns how long it is until then.
    fn reserve(&self, now: SystemTime) -> (Reservation<'_>, Duration) {
        let mut slots = self.slots();
        let (slot, left) = self.first(&mut slots, now);
        self.take(&mut slots, slot);
        let reservation = Reservation {
            pace: self,
            slot: Some(slot),
        };
        (reservation, left)
    }
}

impl Limit for Pace {
    fn try_acquire(&self, now: SystemTime) -> bool {
        let mut slots = self.slots();
        let (slot, left) = self.first(&mut slots, now);
        if left.is_zero() {
            self.take(&mut slots, slot);
        }
        left.is_zero()
    }

    fn wait<'a>(
        &'a self,
        sleep: &'a SharedAsyncSleep,
        now: Now<'a>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move {
            loop {
                let (mut reservation, left) = self.reserve(now());
                sleep.sleep(left).await;
                if reservation.claim(now()) || self.try_acquire(now()) {
                    return;
                }
            }
        })
    }
}

/// A reserved slot. A request that is canceled returns it.
struct Reservation<'a> {
    pace: &'a Pace,
    slot: Option<SystemTime>,
}

impl Reservation<'_> {
    /// Uses the slot, after the sleep until it begins, unless it is too late: requests that were not polled for a while would exceed the
    /// rate if they were sent all at once.
    fn claim(&mut self, now: SystemTime) -> bool {
        let Some(slot) = self.slot.take() else {
            return false;
        };
        let mut slots = self.pace.slots();
        slots.passed = slots.passed.max(now).max(slot);
        let late = slots.passed.duration_since(slot).unwrap_or_default();
        late <= self.pace.patience
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        let Some(slot) = self.slot else {
            return;
        };
        let mut slots = self.pace.slots();
        slots.returned.insert(slot);
        while let Some(last) = slots.returned.last().copied()
            && self.pace.after(last) == slots.next
        {
            slots.returned.pop_last();
            slots.next = last;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends requests one after the other. Returns the times since the start at which they are sent. `clock` shows the time.
    fn sent(pace: &Pace, requests: u32, clock: impl Fn(Duration) -> Duration) -> Vec<Duration> {
        let mut slept = Duration::ZERO;
        let shown =
            |slept| SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000) + clock(slept);
        let mut send = || {
            let (mut reservation, left) = pace.reserve(shown(slept));
            slept += left;
            assert!(reservation.claim(shown(slept)));
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

    /// Tasks wait at once, and their sleeps end late: some by so much that the slot is lost.
    #[test]
    fn a_service_rejects_nothing_if_waits_end_late() {
        for (per_second, burst) in [(2.0, 5), (10.0, 10), (0.2, 3), (1000.0, 2000)] {
            let pace = Pace::new(per_second, burst);
            let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
            let mut random = fastrand::Rng::with_seed(7);
            let mut late = |interval: Duration| match random.u8(..) {
                0..10 => interval.mul_f64(random.f64() * 3.0 * f64::from(burst)),
                _ => interval.mul_f64(random.f64() * 0.5),
            };
            // The tasks by the times at which they wake up. Those without a reservation begin.
            let mut tasks: Vec<_> = (0..1000).map(|_| (start, None)).collect();
            let mut arrivals = Vec::new();
            while let Some(at) = (0..tasks.len()).min_by_key(|at| tasks[*at].0) {
                let (now, reservation) = tasks.swap_remove(at);
                let claimed = reservation.map(|mut it: Reservation<'_>| it.claim(now));
                if claimed == Some(true) || pace.try_acquire(now) {
                    arrivals.push(now.duration_since(start).unwrap().as_secs_f64());
                } else {
                    let (reservation, left) = pace.reserve(now);
                    tasks.push((now + left + late(pace.interval), Some(reservation)));
                }
            }
            assert_eq!(rejected(&arrivals, per_second, burst.into()), 0);
            assert_eq!(arrivals.len(), 1000);
        }
    }

    #[test]
    fn canceled_reservations_are_used_by_others() {
        let pace = Pace::new(2.0, 5);
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        assert_eq!((0..9).filter(|_| pace.try_acquire(now)).count(), 4);
        let reserve = || Some(pace.reserve(now));
        let mut waiting: Vec<_> = (0..100).map(|_| reserve()).collect();
        let left = |at: usize, waiting: &[Option<(Reservation<'_>, Duration)>]| {
            waiting[at].as_ref().map(|(_, left)| *left)
        };
        let earlier = [left(20, &waiting), left(70, &waiting)];
        waiting[70] = None;
        waiting[20] = None;
        waiting[20] = reserve();
        waiting[70] = reserve();
        assert_eq!([left(20, &waiting), left(70, &waiting)], earlier);
        // In any order, all that are canceled leave nothing behind.
        for at in 0..100 {
            waiting[at * 37 % 100] = None;
        }
        assert!(pace.slots().returned.is_empty());
        assert_eq!(pace.reserve(now).1, pace.interval);
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
