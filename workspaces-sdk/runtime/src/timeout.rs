//! Limits on the time that futures take.

use std::fmt;
use std::time::Duration;

use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_runtime_api::client::result::SdkError;

use crate::error::Failure;

/// The error of a future that exceeded its limit.
#[derive(Debug)]
pub(crate) struct Elapsed {
    what: &'static str,
    limit: Duration,
}

impl Elapsed {
    pub(crate) fn new(what: &'static str, limit: Duration) -> Self {
        Self { what, limit }
    }
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} took longer than {:?}", self.what, self.limit)
    }
}

impl std::error::Error for Elapsed {}

/// Awaits `future` for at most `limit`.
///
/// # Errors
/// The error of `future`, or a timeout error that names `what`.
pub(crate) async fn within<T>(
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
