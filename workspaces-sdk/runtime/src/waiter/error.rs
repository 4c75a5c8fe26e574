//! The error of a waiter that knows the resources it waits for: which of them are not there yet, and why.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::waiters::FinalPoll;
use aws_smithy_runtime_api::client::waiters::error as smithy;
use aws_smithy_types::error::metadata::{
    EMPTY_ERROR_METADATA, ErrorMetadata, ProvideErrorMetadata,
};

use crate::reasons::{short, write_names, write_reason};

/// The error of a waiter that did not reach its goal.
///
/// Its message names up to 10 of the resources that are not there yet, with their states, error codes and messages.
/// [`unfinished`](Self::unfinished) returns all of them, and [`output`](Self::output) what the last poll returned.
#[non_exhaustive]
pub enum WaitError<O, E> {
    /// No request could be sent, because a member or a setting is missing or invalid.
    ConstructionFailure(BoxError),
    /// The maximum time has passed.
    ExceededMaxWait(ExceededMaxWait<O>),
    /// A response shows that the goal cannot be reached.
    FailureState(FailureState<O, E>),
    /// A call failed, in spite of its retries.
    OperationFailed(OperationFailed<O, E>),
    /// What contains the resources, such as a directory, does not exist.
    NotFound(NotFound),
}

/// The state of a wait at its end.
pub(super) struct Progress {
    /// The resources, such as `volumes`.
    pub(super) name: &'static str,
    pub(super) goal: &'static [&'static str],
    pub(super) unfinished: Vec<ResourceStatus>,
    /// The number of resources that the waiter waits for.
    pub(super) total: usize,
}

/// The last known state of a resource that is not in the state that a waiter waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResourceStatus {
    /// The identifier.
    pub id: String,
    /// The state; `None` if the service does not list the resource.
    pub state: Option<String>,
    /// The code of the error that the resource has, if any.
    pub error_code: Option<String>,
    /// The message of that error, or of the service about the state.
    pub error_message: Option<String>,
}

/// The error of a wait for which the maximum time has passed.
pub struct ExceededMaxWait<O> {
    pub(super) cause: smithy::ExceededMaxWait,
    pub(super) progress: Progress,
    pub(super) output: Option<O>,
}

impl<O> ExceededMaxWait<O> {
    /// The maximum time to wait.
    pub fn max_wait(&self) -> Duration {
        self.cause.max_wait()
    }

    /// The time that has passed.
    pub fn elapsed(&self) -> Duration {
        self.cause.elapsed()
    }

    /// The number of polls.
    pub fn poll_count(&self) -> u32 {
        self.cause.poll_count()
    }
}

/// The error of a wait whose goal cannot be reached.
pub struct FailureState<O, E> {
    pub(super) final_poll: FinalPoll<O, E>,
    pub(super) progress: Progress,
}

impl<O, E> FailureState<O, E> {
    /// The response that shows it.
    pub fn final_poll(&self) -> &FinalPoll<O, E> {
        &self.final_poll
    }

    /// Returns the response that shows it.
    pub fn into_final_poll(self) -> FinalPoll<O, E> {
        self.final_poll
    }
}

/// The error of a wait during which a call failed.
pub struct OperationFailed<O, E> {
    pub(super) source: Box<SdkError<E, HttpResponse>>,
    pub(super) progress: Progress,
    pub(super) output: Option<O>,
}

impl<O, E> OperationFailed<O, E> {
    /// The error of the call.
    pub fn error(&self) -> &SdkError<E, HttpResponse> {
        &self.source
    }

    /// Returns the error of the call.
    pub fn into_error(self) -> SdkError<E, HttpResponse> {
        *self.source
    }
}

/// The error of a wait for resources in something that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFound {
    pub(super) id: String,
    /// The kind of what does not exist, such as `directories`.
    pub(super) among: &'static str,
}

impl NotFound {
    /// The identifier of what does not exist.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl<O, E> WaitError<O, E> {
    fn progress(&self) -> Option<&Progress> {
        match self {
            Self::ExceededMaxWait(it) => Some(&it.progress),
            Self::FailureState(it) => Some(&it.progress),
            Self::OperationFailed(it) => Some(&it.progress),
            Self::ConstructionFailure(_) | Self::NotFound(_) => None,
        }
    }

    /// The resources that are not in the state that the waiter waits for, those that are listed first.
    pub fn unfinished(&self) -> &[ResourceStatus] {
        self.progress().map_or(&[], |it| &it.unfinished)
    }

    /// The number of resources that the waiter waits for: the requested identifiers, or all listed resources if none were requested.
    pub fn total(&self) -> usize {
        self.progress().map_or(0, |it| it.total)
    }

    /// The resources as the last poll returned them, if one did. Resources that are there are among them.
    pub fn output(&self) -> Option<&O> {
        match self {
            Self::ExceededMaxWait(it) => it.output.as_ref(),
            Self::FailureState(it) => it.final_poll.as_result().ok(),
            Self::OperationFailed(it) => it.output.as_ref(),
            Self::ConstructionFailure(_) | Self::NotFound(_) => None,
        }
    }

    /// Returns the resources as the last poll returned them.
    pub fn into_output(self) -> Option<O> {
        match self {
            Self::ExceededMaxWait(it) => it.output,
            Self::FailureState(it) => it.final_poll.into_result().ok(),
            Self::OperationFailed(it) => it.output,
            Self::ConstructionFailure(_) | Self::NotFound(_) => None,
        }
    }

    /// The error of a waiter of the official crates.
    pub(super) fn into_smithy(self) -> smithy::WaiterError<O, E> {
        match self {
            Self::ConstructionFailure(source) => smithy::WaiterError::construction_failure(source),
            Self::ExceededMaxWait(it) => smithy::WaiterError::ExceededMaxWait(it.cause),
            Self::FailureState(it) => {
                smithy::WaiterError::FailureState(smithy::FailureState::new(it.final_poll))
            }
            Self::OperationFailed(it) => {
                smithy::WaiterError::OperationFailed(smithy::OperationFailed::new(*it.source))
            }
            Self::NotFound(it) => smithy::WaiterError::construction_failure(it),
        }
    }
}

impl<O, E> fmt::Display for WaitError<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConstructionFailure(_) => f.write_str("the waiter could not send a request"),
            Self::ExceededMaxWait(it) => {
                let (elapsed, polls) = (it.elapsed(), it.poll_count());
                fmt::Display::fmt(&it.progress, f)?;
                write!(
                    f,
                    "; the waiter gave up after {elapsed:?} and {polls} polls"
                )
            }
            Self::FailureState(it) => {
                fmt::Display::fmt(&it.progress, f)?;
                f.write_str("; the goal cannot be reached any more")
            }
            Self::OperationFailed(it) => {
                fmt::Display::fmt(&it.progress, f)?;
                f.write_str("; a call of the waiter failed")
            }
            Self::NotFound(it) => fmt::Display::fmt(it, f),
        }
    }
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not among the {}", self.id, self.among)
    }
}

impl Error for NotFound {}

/// Prints `2 of 40 volumes are not AVAILABLE: vol-1 is ERROR (Code: message), vol-2 is not listed`.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            goal,
            unfinished,
            total,
        } = self;
        let goal = goal.join(" or ");
        if *total == 0 {
            return write!(f, "no {name} are listed that could be {goal}");
        }
        if unfinished.is_empty() {
            return write!(f, "the states of {total} {name} are not known");
        }
        write!(f, "{} of {total} {name} are not {goal}: ", unfinished.len())?;
        write_names(f, unfinished)
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Prints `ws-1 is ERROR (Code: message)`.
impl fmt::Display for ResourceStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state.as_deref().unwrap_or("not listed");
        write!(f, "{} is {}", short(&self.id), short(state))?;
        write_reason(f, self.error_code.as_deref(), self.error_message.as_deref())
    }
}

/// Declares `Debug` that does not show the output, which can be large.
macro_rules! debug {
    ($($name:ident<$($of:ident),*>: $cause:ident;)*) => {
        $(impl<$($of),*> fmt::Debug for $name<$($of),*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    .field(stringify!($cause), &self.$cause)
                    .finish_non_exhaustive()
            }
        })*
    };
}
debug! {
    ExceededMaxWait<O>: cause;
    FailureState<O, E>: progress;
    OperationFailed<O, E>: progress;
}

/// Shows the message, and not the output.
impl<O, E> fmt::Debug for WaitError<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::ConstructionFailure(source) => {
                return f.debug_tuple("ConstructionFailure").field(source).finish();
            }
            Self::ExceededMaxWait(_) => "ExceededMaxWait",
            Self::FailureState(_) => "FailureState",
            Self::OperationFailed(_) => "OperationFailed",
            Self::NotFound(_) => "NotFound",
        };
        f.debug_tuple(name).field(&format_args!("{self}")).finish()
    }
}

impl<O, E> Error for WaitError<O, E>
where
    E: Error + 'static,
{
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::ConstructionFailure(source) => Some(&**source),
            Self::FailureState(it) => match it.final_poll.as_result() {
                Ok(_) => None,
                Err(error) => Some(error),
            },
            Self::OperationFailed(it) => Some(&*it.source),
            Self::ExceededMaxWait(_) | Self::NotFound(_) => None,
        }
    }
}

impl<O, E: ProvideErrorMetadata> ProvideErrorMetadata for WaitError<O, E> {
    fn meta(&self) -> &ErrorMetadata {
        match self {
            Self::FailureState(it) => {
                let error = it.final_poll.as_result().err();
                error.map_or(&EMPTY_ERROR_METADATA, ProvideErrorMetadata::meta)
            }
            Self::OperationFailed(it) => it.source.meta(),
            Self::ConstructionFailure(_) | Self::ExceededMaxWait(_) | Self::NotFound(_) => {
                &EMPTY_ERROR_METADATA
            }
        }
    }
}
