//! Ends what takes too long.

use std::fmt;
use std::time::Duration;

use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_runtime_api::client::result::SdkError;

use super::Failure;

/// Something took longer than it may.
#[derive(Debug)]
pub(super) struct Elapsed {
    what: &'static str,
    limit: Duration,
}

impl Elapsed {
    pub(super) fn new(what: &'static str, limit: Duration) -> Self {
        Self { what, limit }
    }
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} took longer than {:?}", self.what, self.limit)
    }
}

impl std::error::Error for Elapsed {}

/// Awaits `future`, but not longer than `limit`.
///
/// # Errors
/// Those of `future`, and a timeout error that names `what`.
pub(super) async fn within<T>(
    limit: Option<Duration>,
    what: &'static str,
    sleep: &SharedAsyncSleep,
    future: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let Some(limit) = limit else {
        return future.await;
    };
    match Timeout::new(future, sleep.sleep(limit)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(SdkError::timeout_error(Elapsed::new(what, limit))),
    }
}
