//! Blocking calls, for programs without an asynchronous runtime.
//!
//! With the feature `blocking`, each method that sends something has a blocking twin: `send_blocking` of requests, paginators and
//! batches, and `wait_blocking` of waiters. [`block_on`] runs any other future, such as that of a function that loads a configuration.
//!
//! ```ignore
//! let output = client.get_thing().id("t-1").send_blocking()?;
//! for thing in client.list_things().into_paginator().items().send_blocking() {
//!     println!("{:?}", thing?);
//! }
//! let config = blocking::block_on(aws_config::load_defaults(BehaviorVersion::latest()))?;
//! ```
//!
//! A blocking call runs on the thread that makes it, and any number of threads can make calls with clones of one client. Timers and
//! connections are those of a Tokio runtime that all calls share. The first call starts it, on a thread that lives as long as the
//! program.
//!
//! A blocking call in an asynchronous task would stall all other tasks of its thread. With Tokio, it is an error instead: a
//! [`BlockOnError`], which is the source of a construction failure. To call blocking code from there, use
//! `tokio::task::spawn_blocking`.

use aws_smithy_async::future::pagination_stream::PaginationStream;

pub use block_on::block_on;
pub use error::{BlockOnError, ConstructionFailure};
pub use iter::PaginationIter;

mod block_on;
mod error;
mod iter;
mod macros;

/// Runs the future of a call.
///
/// # Errors
/// Those of the future, and a construction failure where [`block_on`] fails.
#[inline]
#[doc(hidden)]
pub fn call<T, E: ConstructionFailure>(future: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    block_on(future).unwrap_or_else(|error| Err(E::construction_failure(error)))
}

/// Turns a stream of pages or items into an iterator.
#[doc(hidden)]
#[inline]
pub fn pagination_iter<T>(stream: PaginationStream<T>) -> PaginationIter<T> {
    PaginationIter::new(stream)
}
