//! The error of a blocking call that cannot be made.

use std::fmt;
use std::io;

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::waiters::error::WaiterError;

use crate::waiter::WaitError;

/// The error of a blocking call that could not begin. Nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum BlockOnError {
    /// The call was made in an asynchronous task.
    InTask,
    /// The thread or the runtime for timers and connections could not be started.
    #[non_exhaustive]
    NotStarted {
        /// The error of the operating system.
        source: io::Error,
    },
}

impl BlockOnError {
    pub(super) fn start(source: io::Error) -> Self {
        Self::NotStarted { source }
    }
}

impl fmt::Display for BlockOnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InTask => {
                "a blocking call in an asynchronous task would stall other tasks; await the asynchronous method instead, \
                 or make the call in `tokio::task::spawn_blocking`"
            }
            Self::NotStarted { .. } => "the runtime of blocking calls could not be started",
        })
    }
}

impl std::error::Error for BlockOnError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::InTask => None,
            Self::NotStarted { source } => Some(source),
        }
    }
}

/// An error that has a variant for calls that could not begin.
#[doc(hidden)]
pub trait ConstructionFailure {
    /// The error of a call that could not begin.
    fn construction_failure(error: BlockOnError) -> Self;
}

impl<E, R> ConstructionFailure for SdkError<E, R> {
    fn construction_failure(error: BlockOnError) -> Self {
        Self::construction_failure(error)
    }
}

impl<O, E> ConstructionFailure for WaiterError<O, E> {
    fn construction_failure(error: BlockOnError) -> Self {
        Self::construction_failure(error)
    }
}

impl<O, E> ConstructionFailure for WaitError<O, E> {
    fn construction_failure(error: BlockOnError) -> Self {
        Self::ConstructionFailure(error.into())
    }
}
