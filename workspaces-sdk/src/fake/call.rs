//! The recorded calls.

use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// The maximum number of calls that are recorded.
const MAX_CALLS: usize = 10_000;

/// The maximum size of the inputs that are recorded, in bytes on the wire.
const MAX_INPUTS: usize = 32 * 1024 * 1024;

/// A completed call.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Call {
    /// The name of the operation, such as `DescribeWorkspaces`, or the requested target if there is no
    /// such operation.
    pub operation: String,
    /// The HTTP status of the response.
    pub status: u16,
    /// The name of the exception, if the call failed.
    pub error: Option<String>,
    /// The time of the call by the clock of the service.
    pub at: SystemTime,
    pub(super) input: Option<Input>,
}

impl Call {
    /// Returns the input of the call, if it is of this operation.
    ///
    /// A call has no input if it failed before its input was read, for example by throttling. Of the recorded calls, the latest
    /// have their inputs, up to 32 MiB on the wire.
    ///
    /// ```
    /// # use workspaces_sdk::fake::Fake;
    /// use workspaces_sdk::operation::describe_workspaces::DescribeWorkspacesInput;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), workspaces_sdk::Error> {
    /// let fake = Fake::new();
    /// fake.client().describe_workspaces().limit(7).send().await?;
    /// let calls = fake.calls();
    /// let input = calls[0].input::<DescribeWorkspacesInput>().unwrap();
    /// assert_eq!(input.limit(), Some(7));
    /// # Ok(())
    /// # }
    /// ```
    pub fn input<T: Any>(&self) -> Option<&T> {
        let input: &dyn Any = self.input.as_ref()?.0.as_any();
        input.downcast_ref()
    }
}

/// The input of a call, of any operation.
#[derive(Clone)]
pub(super) struct Input(Arc<dyn AnyInput>);

/// What is needed of an input, whatever its type is.
trait AnyInput: fmt::Debug + Send + Sync {
    fn as_any(&self) -> &dyn Any;
    fn equals(&self, other: &dyn Any) -> bool;
}

impl<T: Any + fmt::Debug + PartialEq + Send + Sync> AnyInput for T {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

impl Input {
    pub(super) fn new<T: Any + fmt::Debug + PartialEq + Send + Sync>(input: T) -> Self {
        Self(Arc::new(input))
    }
}

impl PartialEq for Input {
    fn eq(&self, other: &Self) -> bool {
        self.0.equals(other.0.as_any())
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The latest calls, with the size of the input of each of them.
#[derive(Debug, Default)]
pub(super) struct Calls {
    calls: Vec<(Call, usize)>,
    /// The size of the inputs that are kept.
    size: usize,
}

impl Calls {
    /// Records a call whose input has a size, and forgets the oldest calls or inputs if there are too many.
    pub(super) fn record(&mut self, call: Call, size: usize) {
        if self.calls.len() >= MAX_CALLS {
            self.calls.drain(..MAX_CALLS / 2);
            self.size = self.calls.iter().map(|(_, size)| size).sum();
        }
        self.size += size;
        self.calls.push((call, size));
        if self.size <= MAX_INPUTS {
            return;
        }
        for (call, size) in &mut self.calls {
            if self.size <= MAX_INPUTS / 2 {
                break;
            }
            call.input = None;
            self.size -= std::mem::take(size);
        }
    }

    pub(super) fn get(&self) -> Vec<Call> {
        self.calls.iter().map(|(call, _)| call.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call() -> Call {
        Call {
            operation: "DescribeTags".to_owned(),
            status: 200,
            error: None,
            at: SystemTime::UNIX_EPOCH,
            input: Some(Input::new(7_u8)),
        }
    }

    #[test]
    fn calls_and_their_inputs_are_bounded() {
        let mut calls = Calls::default();
        for _ in 0..MAX_CALLS + 1 {
            calls.record(call(), 1);
        }
        assert_eq!(calls.get().len(), MAX_CALLS / 2 + 1);
        assert_eq!(calls.size, MAX_CALLS / 2 + 1);
        for _ in 0..100 {
            calls.record(call(), MAX_INPUTS / 4);
            assert!(calls.size <= MAX_INPUTS);
        }
        let recorded = calls.get();
        assert_eq!(recorded.first().unwrap().input::<u8>(), None);
        assert_eq!(recorded.last().unwrap().input::<u8>(), Some(&7));
        calls.record(call(), 2 * MAX_INPUTS);
        assert_eq!(calls.size, 0);
    }

    #[test]
    fn inputs_are_compared_by_their_value() {
        assert_eq!(call(), call());
        let other = Call {
            input: Some(Input::new("7")),
            ..call()
        };
        assert_ne!(call(), other);
        assert_eq!(other.input::<u8>(), None);
        assert!(format!("{other:?}").contains("\"7\""));
    }
}
