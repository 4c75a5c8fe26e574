//! Stalled stream protection: a transfer fails if no data moves for some time.
//!
//! The minimum rate is that of the official runtime: one byte in each second. So a transfer is too slow for as long as no data
//! moves.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_async::time::SharedTimeSource;

use crate::timeout::Elapsed;

/// The interval in which a byte must move.
pub(crate) const WINDOW: Duration = Duration::from_secs(1);

/// The number of ticks in the limit.
const TICKS: u32 = 6;

/// Notices that a transfer has stalled.
///
/// It counts ticks in which no data moves. A tick counts if its end was noticed in time, because otherwise nobody was waiting:
/// a program may read a stream as slowly as it likes.
#[derive(Debug)]
pub(crate) struct Stall {
    what: &'static str,
    limit: Duration,
    sleep: SharedAsyncSleep,
    time: SharedTimeSource,
    tick: Option<(Sleep, SystemTime)>,
    /// Whether data moved since the start of the tick.
    moved: bool,
    idle_ticks: u32,
}

impl Stall {
    /// Waits for `what`, for at most `limit` without data.
    pub(crate) fn new(
        what: &'static str,
        limit: Duration,
        sleep: SharedAsyncSleep,
        time: SharedTimeSource,
    ) -> Self {
        Self {
            what,
            limit,
            sleep,
            time,
            tick: None,
            moved: false,
            idle_ticks: 0,
        }
    }

    /// Records that data moved.
    pub(super) fn moved(&mut self) {
        self.moved = true;
    }

    /// Is ready when the transfer has stalled. It must be called when the transfer is pending.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Elapsed> {
        let length = self.limit / TICKS;
        loop {
            let (sleep, time) = (&self.sleep, &self.time);
            let tick = self
                .tick
                .get_or_insert_with(|| (sleep.sleep(length), time.now()));
            ready!(Pin::new(&mut tick.0).poll(cx));
            // A clock that went backwards shows nothing.
            let elapsed = time.now().duration_since(tick.1).unwrap_or_default();
            self.tick = None;
            let counts = !std::mem::take(&mut self.moved) && elapsed < length * 2;
            self.idle_ticks = if counts { self.idle_ticks + 1 } else { 0 };
            if self.idle_ticks >= TICKS {
                return Poll::Ready(Elapsed::new(self.what, self.limit));
            }
        }
    }
}
