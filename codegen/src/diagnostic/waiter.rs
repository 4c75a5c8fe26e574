//! Faults of waiters.

use std::fmt;

use super::{ExpressionFault, Fault};

/// A fault of a waiter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaiterFault {
    /// An expression is invalid or not supported.
    Expression(ExpressionFault),
    /// The expected value of an acceptor is not possible for its matcher.
    Expected {
        /// The value.
        value: String,
        /// The values that are possible.
        allowed: &'static str,
    },
    /// A waiter has too many acceptors.
    TooManyAcceptors {
        /// The maximum number.
        max: usize,
    },
    /// A matcher has no key, or more than one.
    MatcherKeys,
    /// Only one of `ids` and `listed` is present.
    IdsWithoutListed,
    /// The resources of an entry of `polls` are not the elements of a list with an identifier.
    ResourcesWithoutListed,
    /// An acceptor does something else than comparing the states of all resources with one state.
    NotByState {
        /// The argument that the acceptor should have.
        argument: String,
    },
    /// The list of requested resources has a maximum length of zero.
    EmptyIds,
    /// The rate limit does not allow any request.
    NoBurst,
    /// An entry of `polls` is for an operation that no waiter polls.
    UnusedPoll,
    /// The delay between polls is zero.
    NoDelay,
    /// The maximum delay is shorter than the minimum delay.
    DelayOrder,
}

impl From<WaiterFault> for Fault {
    fn from(fault: WaiterFault) -> Self {
        Self::Waiter(fault)
    }
}

impl fmt::Display for WaiterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = match self {
            Self::Expression(fault) => return fault.fmt(f),
            Self::Expected { value, allowed } => {
                return write!(f, "the value {value} cannot match; use {allowed}");
            }
            Self::TooManyAcceptors { max } => {
                return write!(f, "a waiter has at most {max} acceptors; remove some");
            }
            Self::MatcherKeys => {
                "a matcher has exactly one of success, errorType, output and inputOutput; keep one"
            }
            Self::IdsWithoutListed => {
                "only one of \"ids\" and \"listed\" is present; give both or neither"
            }
            Self::ResourcesWithoutListed => {
                "\"resources\" requires \"listed\", with a list and the identifier of its elements, as in \"Things[].Id\""
            }
            Self::NotByState { argument } => {
                return write!(
                    f,
                    "the polled operation lists resources with states, so an acceptor is pathAll with success or pathAny with failure of \"{argument}\", or error with retry; change it, or remove \"resources\""
                );
            }
            Self::EmptyIds => "the maximum length of the list is zero; use another list",
            Self::NoBurst => {
                "the limit does not allow any request; remove it or set it to at least 1"
            }
            Self::UnusedPoll => "no waiter polls this operation; remove the entry",
            Self::NoDelay => "the delay between polls is zero; set it to at least 1 second",
            Self::DelayOrder => "the maximum delay is shorter than the minimum delay; increase it",
        };
        f.write_str(message)
    }
}
