//! Running a future on the current thread.

use std::future::pending;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::task::coop;

use super::error::BlockOnError;

/// Runs a future to completion on the current thread, and returns its output.
///
/// # Errors
/// In an asynchronous task of Tokio, and when the runtime for timers and connections cannot be started. The future has not run then.
pub fn block_on<F: IntoFuture>(future: F) -> Result<F::Output, BlockOnError> {
    if is_in_task() {
        return Err(BlockOnError::InTask);
    }
    let runtime = runtime()?;
    // What the future creates, such as timers and connections, belongs to the runtime, also what it creates when it is dropped.
    let _entered = runtime.enter();
    let mut future = pin!(future.into_future());
    let unpark = Arc::new(Unpark {
        thread: thread::current(),
        is_woken: AtomicBool::new(false),
    });
    let waker = Waker::from(unpark.clone());
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Ok(output);
        }
        while !unpark.is_woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

/// Wakes a future by unparking the thread that runs it.
struct Unpark {
    thread: Thread,
    /// What the future does can park the thread as well, which undoes an earlier unparking.
    is_woken: AtomicBool,
}

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// Returns the runtime that all blocking calls share, and starts it first if this is the first of them.
fn runtime() -> Result<Handle, BlockOnError> {
    static RUNTIME: Mutex<Option<Handle>> = Mutex::new(None);

    let mut runtime = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(runtime) = &*runtime {
        return Ok(runtime.clone());
    }
    let new = Builder::new_current_thread().enable_all().build();
    let new = new.map_err(BlockOnError::start)?;
    let handle = new.handle().clone();
    // A runtime of this kind works while a thread is in `block_on`.
    let thread = thread::Builder::new().name("blocking-calls".to_owned());
    let started = thread.spawn(move || new.block_on(pending::<()>()));
    started.map_err(BlockOnError::start)?;
    Ok(runtime.insert(handle).clone())
}

/// Whether this thread is polling an asynchronous task of Tokio. A closure of `spawn_blocking` is not a task.
///
/// Tokio does not say so directly. It makes a task yield after a number of operations, 128 in all its versions so far, and it does
/// not limit other code. So code that cannot make more operations is in a task.
fn is_in_task() -> bool {
    if Handle::try_current().is_err() {
        return false;
    }
    let mut context = Context::from_waker(Waker::noop());
    let mut operations = Vec::new();
    let is_limited = loop {
        match coop::poll_proceed(&mut context) {
            Poll::Pending => break true,
            Poll::Ready(_) if operations.len() > usize::from(u8::MAX) => break false,
            Poll::Ready(operation) => operations.push(operation),
        }
    };
    // Each operation gives back what it has taken, the last one first.
    while operations.pop().is_some() {}
    is_limited
}
