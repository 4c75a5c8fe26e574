//! Fault injection: the effects of faults, and the calls and items that they apply to.

use std::time::Duration;

use super::operations::OPERATIONS;
use super::service_error::{Failure, ServiceError, code};
use super::similar::most_similar;

/// A fault that [`Fake::inject`](super::Fake::inject) adds to an offline service.
///
/// By default a fault applies to all subsequent calls or items. [`on`](Self::on),
/// [`item`](Self::item) and [`times`](Self::times) restrict it:
///
/// ```
/// use std::time::Duration;
/// use workspaces_sdk::fake::{Fake, Fault};
///
/// let fake = Fake::new();
/// fake.inject(Fault::throttle().on("DescribeWorkspaces").times(2));
/// fake.inject(Fault::delay(Duration::from_secs(30)).times(1));
/// fake.inject(Fault::fail_item("ResourceNotFound.User", "No such user.").item("grace"));
/// // No call was made.
/// assert_eq!(fake.unused_faults().len(), 3);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a fault has no effect until it is injected"]
pub struct Fault {
    effect: Effect,
    operation: Option<String>,
    item: Option<String>,
    /// The remaining number of times that the fault occurs.
    remaining: u32,
    /// Whether the fault has occurred.
    occurred: bool,
}

#[derive(Clone, Debug)]
enum Effect {
    FailCall(ServiceError),
    Delay(Duration),
    FailItem(Failure),
    EndInError(Failure),
    Stuck,
}

impl Fault {
    /// Fails calls with a `ThrottlingException`.
    pub fn throttle() -> Self {
        Self::new(Effect::FailCall(ServiceError::throttled()))
    }

    /// Fails calls with a server error of the given HTTP status.
    ///
    /// The error is `ServiceUnavailable` for 503 and `InternalServerError` otherwise. A status outside of
    /// 500 to 599 is replaced by 500.
    pub fn server_error(status: u16) -> Self {
        let (status, code) = match status {
            503 => (503, "ServiceUnavailable"),
            status @ 500..600 => (status, "InternalServerError"),
            _ => (500, "InternalServerError"),
        };
        let message = "The request could not be processed because of an internal failure.";
        Self::new(Effect::FailCall(ServiceError {
            status,
            ..ServiceError::new(code, message)
        }))
    }

    /// Fails calls with an `AccessDeniedException`.
    pub fn access_denied() -> Self {
        let message = "The user is not authorized to perform this operation.";
        Self::new(Effect::FailCall(ServiceError::new(
            code::ACCESS_DENIED,
            message,
        )))
    }

    /// Delays responses, measured by the clock of the client.
    pub fn delay(by: Duration) -> Self {
        Self::new(Effect::Delay(by))
    }

    /// Fails items of calls on several WorkSpaces with this code and message.
    ///
    /// The call itself succeeds, and its response lists the item among the failed requests.
    pub fn fail_item(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Effect::FailItem((code.into(), message.into())))
    }

    /// Ends the next state change of a resource with an error of this code and message.
    ///
    /// A WorkSpace, an image or a directory changes to the state `ERROR`. A change of properties ends with
    /// `UPDATE_FAILED`, and a migration without the new WorkSpace. A directory reports only the
    /// message. The deployment of an application ends in `ERROR`, too. A pool has no such state and changes to `STOPPED`, and a
    /// connection alias has no errors.
    pub fn end_in_error(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Effect::EndInError((code.into(), message.into())))
    }

    /// Keeps a WorkSpace, an image, a directory, a pool, an application or a connection alias in a transitional state, such as `PENDING` or
    /// `STOPPING`, until the faults are cleared.
    pub fn stuck() -> Self {
        Self::new(Effect::Stuck)
    }

    fn new(effect: Effect) -> Self {
        Self {
            effect,
            operation: None,
            item: None,
            remaining: u32::MAX,
            occurred: false,
        }
    }

    /// Restricts the fault to calls of an operation, such as `DescribeWorkspaces`.
    ///
    /// # Panics
    /// Panics if Amazon WorkSpaces has no operation of this name, as the fault would never occur. The message suggests the
    /// operation with the most similar name.
    #[track_caller]
    #[expect(
        clippy::panic,
        reason = "a test with a misspelled operation would pass by mistake"
    )]
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        let operation = operation.into();
        if let Some(message) = unknown_operation(&operation) {
            panic!("{message}");
        }
        self.operation = Some(operation);
        self
    }

    /// Restricts the fault to an item.
    ///
    /// The item is the identifier of a WorkSpace or a directory, the user name of a WorkSpace that is
    /// being created, the name or identifier of an image or a pool, the identifier of a connection alias,
    /// or the identifier of an application or its WorkSpace. A fault that concerns whole
    /// calls, such as [`throttle`](Self::throttle), never occurs if it is restricted to an item.
    pub fn item(mut self, item: impl Into<String>) -> Self {
        self.item = Some(item.into());
        self
    }

    /// Limits how many times the fault occurs.
    pub fn times(mut self, times: u32) -> Self {
        self.remaining = times;
        self
    }
}

/// Returns a message if Amazon WorkSpaces has no operation of this name.
pub(super) fn unknown_operation(operation: &str) -> Option<String> {
    let mut known = OPERATIONS.iter().map(|(name, _)| *name);
    if known.clone().any(|name| name == operation) {
        return None;
    }
    let suggestion = most_similar(operation, &mut known);
    let suggestion = suggestion.map(|name| format!("; did you mean \"{name}\"?"));
    Some(format!(
        "Amazon WorkSpaces has no operation {operation:?}{}",
        suggestion.unwrap_or_default()
    ))
}

/// The injected faults, in the order of injection.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Returns the faults that have not occurred.
    pub(super) fn unused(&self) -> Vec<Fault> {
        self.0
            .iter()
            .filter(|fault| !fault.occurred)
            .cloned()
            .collect()
    }

    /// Returns the delay of the response to a call.
    pub(super) fn delay(&mut self, operation: &str) -> Duration {
        let delay = self.take(operation, None, |effect| match effect {
            Effect::Delay(by) => Some(*by),
            _ => None,
        });
        delay.unwrap_or_default()
    }

    /// Returns the error that a call fails with.
    pub(super) fn call_error(&mut self, operation: &str) -> Option<ServiceError> {
        self.take(operation, None, |effect| match effect {
            Effect::FailCall(error) => Some(error.clone()),
            _ => None,
        })
    }

    /// Returns the error that an item fails with.
    pub(super) fn item_error(&mut self, operation: &str, item: &str) -> Option<Failure> {
        self.take(operation, Some(item), |effect| match effect {
            Effect::FailItem(failure) => Some(failure.clone()),
            _ => None,
        })
    }

    /// Returns the error with which a state change ends.
    pub(super) fn end_error(&mut self, operation: &str, item: &str) -> Option<Failure> {
        self.take(operation, Some(item), |effect| match effect {
            Effect::EndInError(failure) => Some(failure.clone()),
            _ => None,
        })
    }

    /// Whether a state change gets stuck.
    pub(super) fn is_stuck(&mut self, operation: &str, item: &str) -> bool {
        let stuck = self.take(operation, Some(item), |effect| {
            matches!(effect, Effect::Stuck).then_some(())
        });
        stuck.is_some()
    }

    /// Takes one occurrence of the first fault that `select` selects and that applies to the call and the
    /// item.
    fn take<T>(
        &mut self,
        operation: &str,
        item: Option<&str>,
        select: impl Fn(&Effect) -> Option<T>,
    ) -> Option<T> {
        self.0.iter_mut().find_map(|fault| {
            let applies = fault.operation.as_deref().is_none_or(|it| it == operation)
                && fault.item.as_deref().is_none_or(|it| Some(it) == item);
            let selected = select(&fault.effect).filter(|_| applies && fault.remaining > 0)?;
            fault.remaining -= 1;
            fault.occurred = true;
            Some(selected)
        })
    }
}
