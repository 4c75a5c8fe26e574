//! The outcome of a batch.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::reasons::{short, write_names, write_reason};

/// The outcomes of the items of a batch: each of them succeeded, failed, or was not sent.
///
/// `T` describes a success: what the service returns for the item or, if it returns nothing, its identifier. `I` is an item of the
/// request.
#[derive(Clone, Debug)]
#[must_use = "items may have failed"]
pub struct BatchOutcome<T, I> {
    pub(super) succeeded: Vec<T>,
    pub(super) failed: Vec<BatchFailure<I>>,
    pub(super) not_sent: Vec<I>,
}

impl<T, I> BatchOutcome<T, I> {
    /// The items that succeeded.
    pub fn succeeded(&self) -> &[T] {
        &self.succeeded
    }

    /// The items that failed, with the reasons.
    pub fn failed(&self) -> &[BatchFailure<I>] {
        &self.failed
    }

    /// The items that were not sent, because the batch was canceled before.
    pub fn not_sent(&self) -> &[I] {
        &self.not_sent
    }

    /// Whether all items succeeded.
    pub fn is_complete(&self) -> bool {
        self.failed.is_empty() && self.not_sent.is_empty()
    }

    /// Returns the items that succeeded, those that failed, and those that were not sent.
    pub fn into_parts(self) -> (Vec<T>, Vec<BatchFailure<I>>, Vec<I>) {
        (self.succeeded, self.failed, self.not_sent)
    }

    /// Returns the items if all succeeded.
    ///
    /// # Errors
    /// Returns an error that names failures, and contains the outcome, if an item failed or was not sent.
    pub fn into_result(self) -> Result<Vec<T>, BatchError<T, I>> {
        match self.is_complete() {
            true => Ok(self.succeeded),
            false => Err(BatchError(self)),
        }
    }
}

impl<T, I> Default for BatchOutcome<T, I> {
    fn default() -> Self {
        Self {
            succeeded: Vec::new(),
            failed: Vec::new(),
            not_sent: Vec::new(),
        }
    }
}

/// Prints `28 of 40 items succeeded; ws-1 failed (Code: message), ws-2 failed (Code: message) … and 2 more`.
impl<T, I> fmt::Display for BatchOutcome<T, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (succeeded, failed, not_sent) =
            (self.succeeded.len(), self.failed.len(), self.not_sent.len());
        write!(
            f,
            "{succeeded} of {} items succeeded",
            succeeded + failed + not_sent
        )?;
        if not_sent > 0 {
            write!(f, ", {not_sent} were not sent")?;
        }
        if failed > 0 {
            f.write_str("; ")?;
        }
        write_names(f, &self.failed)
    }
}

/// An item of a batch that failed.
#[derive(Clone, Debug)]
pub struct BatchFailure<I> {
    pub(super) item: I,
    pub(super) id: Option<String>,
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) is_throttled: bool,
    pub(super) cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl<I> BatchFailure<I> {
    /// The item of the request.
    pub fn item(&self) -> &I {
        &self.item
    }

    /// Returns the item of the request, for instance to send it again.
    pub fn into_item(self) -> I {
        self.item
    }

    /// The identifier of the item, if it has one.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The error code, of the item or of the whole call. An item that is not listed has none.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The error message, of the item or of the whole call.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The error of the call, if the call with this item failed as a whole. Its items share the error.
    pub fn call_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        self.cause.as_deref()
    }
}

/// Prints `ws-1 failed (Code: message)`.
impl<I> fmt::Display for BatchFailure<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed", self.id.as_deref().map_or("an item", short))?;
        match (self.code.as_deref(), self.message.as_deref(), &self.cause) {
            (None | Some(""), None | Some(""), Some(cause)) => {
                write_reason(f, None, Some(&cause.to_string()))
            }
            (code, message, _) => write_reason(f, code, message),
        }
    }
}

impl<I: fmt::Debug> Error for BatchFailure<I> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let cause = self.cause.as_deref()?;
        Some(cause)
    }
}

/// The error of a batch of which not all items succeeded.
#[derive(Clone)]
pub struct BatchError<T, I>(BatchOutcome<T, I>);

impl<T, I> BatchError<T, I> {
    /// The outcome.
    pub fn outcome(&self) -> &BatchOutcome<T, I> {
        &self.0
    }

    /// Returns the outcome.
    pub fn into_outcome(self) -> BatchOutcome<T, I> {
        self.0
    }
}

impl<T, I> fmt::Display for BatchError<T, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Shows the message. The outcome can be large.
impl<T, I> fmt::Debug for BatchError<T, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BatchError({self})")
    }
}

impl<T, I> Error for BatchError<T, I> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let cause = self.0.failed.iter().find_map(|it| it.cause.as_deref())?;
        Some(cause)
    }
}
