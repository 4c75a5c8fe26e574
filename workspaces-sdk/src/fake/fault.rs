//! Faults on request: what goes wrong, for which calls, and how often.

use std::time::Duration;

use super::refusal::{Refusal, code};

/// Something that is to go wrong; [`Fake::inject`](super::Fake::inject) makes it happen.
///
/// Without more words it befalls every call from now on, or every item:
///
/// ```
/// use std::time::Duration;
/// use workspaces_sdk::fake::{Fake, Fault};
///
/// let fake = Fake::new();
/// fake.inject(Fault::throttle().on("DescribeWorkspaces").times(2));
/// fake.inject(Fault::delay(Duration::from_secs(30)).times(1));
/// fake.inject(Fault::fail_item("ResourceNotFound.User", "No such user.").item("grace"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a fault happens once it is injected"]
pub struct Fault {
    effect: Effect,
    operation: Option<String>,
    item: Option<String>,
    /// How often it still happens.
    left: u32,
}

#[derive(Clone, Debug)]
enum Effect {
    Refuse(Refusal),
    Delay(Duration),
    FailItem { code: String, message: String },
    EndInError { code: String, message: String },
    Stuck,
}

impl Fault {
    /// A `ThrottlingException`.
    pub fn throttle() -> Self {
        Self::new(Effect::Refuse(Refusal::throttled()))
    }

    /// An answer of the HTTP status 500 to 599, as `InternalServerError` or `ServiceUnavailable`.
    ///
    /// Any other status becomes 500.
    pub fn server_error(status: u16) -> Self {
        let (status, code) = match status {
            503 => (503, "ServiceUnavailable"),
            status @ 500..600 => (status, "InternalServerError"),
            _ => (500, "InternalServerError"),
        };
        let message = "The request could not be processed because of an internal failure.";
        Self::new(Effect::Refuse(Refusal {
            status,
            ..Refusal::new(code, message)
        }))
    }

    /// An `AccessDeniedException`.
    pub fn access_denied() -> Self {
        let message = "The user is not authorized to perform this operation.";
        Self::new(Effect::Refuse(Refusal::new(code::ACCESS_DENIED, message)))
    }

    /// An answer that comes later than usual, by the clock of the caller.
    pub fn delay(by: Duration) -> Self {
        Self::new(Effect::Delay(by))
    }

    /// An item of a call on many WorkSpaces that fails with this code while the call succeeds: it stands
    /// among the failed requests.
    pub fn fail_item(code: impl Into<String>, message: impl Into<String>) -> Self {
        let (code, message) = (code.into(), message.into());
        Self::new(Effect::FailItem { code, message })
    }

    /// A WorkSpace, an image or a directory whose next change of state ends in `ERROR`, with this code and
    /// message, of which a directory shows only the message; or a pool that becomes `STOPPED` with them.
    pub fn end_in_error(code: impl Into<String>, message: impl Into<String>) -> Self {
        let (code, message) = (code.into(), message.into());
        Self::new(Effect::EndInError { code, message })
    }

    /// A WorkSpace, an image, a directory or a pool that stays in the state on the way to another one, as `PENDING` or
    /// `STOPPING`, until the faults are cleared.
    pub fn stuck() -> Self {
        Self::new(Effect::Stuck)
    }

    fn new(effect: Effect) -> Self {
        Self {
            effect,
            operation: None,
            item: None,
            left: u32::MAX,
        }
    }

    /// Only calls of this operation, as `DescribeWorkspaces`.
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// Only this item: the identifier of a WorkSpace, or when one is created the name of its user; the
    /// identifier of a directory; the name or the identifier of an image or a pool. Faults of
    /// whole calls, as a throttle, have no item and never happen when they are given one.
    pub fn item(mut self, item: impl Into<String>) -> Self {
        self.item = Some(item.into());
        self
    }

    /// Only so many times.
    pub fn times(mut self, times: u32) -> Self {
        self.left = times;
        self
    }
}

/// The faults that are still to happen, in the order in which they were asked for.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// How much later the answer to a call comes.
    pub(super) fn delay(&mut self, operation: &str) -> Duration {
        let delay = self.next(operation, None, |effect| match effect {
            Effect::Delay(by) => Some(*by),
            _ => None,
        });
        delay.unwrap_or_default()
    }

    /// What a call is refused with.
    pub(super) fn refusal(&mut self, operation: &str) -> Option<Refusal> {
        self.next(operation, None, |effect| match effect {
            Effect::Refuse(refusal) => Some(refusal.clone()),
            _ => None,
        })
    }

    /// The code and message that an item fails with.
    pub(super) fn item(&mut self, operation: &str, item: &str) -> Option<(String, String)> {
        self.next(operation, Some(item), |effect| match effect {
            Effect::FailItem { code, message } => Some((code.clone(), message.clone())),
            _ => None,
        })
    }

    /// The code and message of the error in which a change of state ends.
    pub(super) fn end(&mut self, operation: &str, item: &str) -> Option<(String, String)> {
        self.next(operation, Some(item), |effect| match effect {
            Effect::EndInError { code, message } => Some((code.clone(), message.clone())),
            _ => None,
        })
    }

    /// Whether a change of state never ends.
    pub(super) fn stuck(&mut self, operation: &str, item: &str) -> bool {
        let stuck = self.next(operation, Some(item), |effect| {
            matches!(effect, Effect::Stuck).then_some(())
        });
        stuck.is_some()
    }

    fn next<T>(
        &mut self,
        operation: &str,
        item: Option<&str>,
        pick: impl Fn(&Effect) -> Option<T>,
    ) -> Option<T> {
        self.0.iter_mut().find_map(|fault| {
            let here = fault.operation.as_deref().is_none_or(|it| it == operation)
                && fault.item.as_deref().is_none_or(|it| Some(it) == item);
            let picked = pick(&fault.effect).filter(|_| here && fault.left > 0)?;
            fault.left -= 1;
            Some(picked)
        })
    }
}
