//! Faults of waiters.

use std::fmt;

use super::Fault;

/// What is wrong with a waiter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaiterFault {
    /// An expression is not JMESPath, or one that is not supported.
    Expression {
        /// What is wrong.
        fault: String,
        /// What to do about it; may be empty.
        hint: String,
    },
    /// An acceptor expects a value that its matcher never gives.
    Expected {
        /// The value.
        value: String,
        /// What the matcher can give.
        allowed: &'static str,
    },
    /// Only one of `ids` and `listed` is there.
    IdsWithoutListed,
    /// The list of what is asked for can hold nothing.
    EmptyIds,
    /// The limit of requests lets none go.
    NoBurst,
    /// An entry of `polls` is for an operation that no waiter asks.
    UnusedPoll,
    /// There is no time between polls.
    NoDelay,
    /// The longest delay is shorter than the shortest.
    DelayOrder,
    /// The input has a member `wait`, which is a method of the builder.
    WaitMember,
}

impl From<WaiterFault> for Fault {
    fn from(fault: WaiterFault) -> Self {
        Self::Waiter(fault)
    }
}

impl fmt::Display for WaiterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Expression { fault, hint } if hint.is_empty() => fault,
            Self::Expression { fault, hint } => return write!(f, "{fault}; {hint}"),
            Self::Expected { value, allowed } => {
                return write!(f, "the matcher never gives {value}; expected {allowed}");
            }
            Self::IdsWithoutListed => {
                "only one of \"ids\" and \"listed\" is present; give both or neither"
            }
            Self::EmptyIds => "the list has to be empty; name another one",
            Self::NoBurst => "no request could be sent; remove it or allow at least 1 request",
            Self::UnusedPoll => "no waiter polls this operation; remove the entry",
            Self::NoDelay => "the delay between polls is zero; wait at least 1 second",
            Self::DelayOrder => "the longest delay is shorter than the shortest one; increase it",
            Self::WaitMember => {
                "the member \"wait\" of the input conflicts with a method of the builder; rename the member"
            }
        };
        f.write_str(text)
    }
}
