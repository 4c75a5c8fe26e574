//! A fault of the server, and its effect on a call.

use crate::server::{Request, Step};

/// The outcome of a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum End {
    /// The correct output.
    Succeeded,
    /// No response, because the network failed.
    Io,
    /// No response, because it took too long.
    Timeout,
    /// No response, for another reason.
    Dispatch,
    /// A malformed response.
    Response,
    /// An error of the service.
    ServiceError,
}

/// The number of attempts of a call that always encounters the fault.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Attempts {
    /// The fault is permanent.
    One,
    /// The next attempt is made differently, and fails for good.
    Two,
    /// The next attempt may succeed.
    Three,
}

impl Attempts {
    pub(crate) fn number(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }
}

/// A fault of the server.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) steps: fn(&Request) -> Vec<Step>,
    pub(crate) end: End,
    pub(crate) attempts: Attempts,
}

pub(crate) const fn fault(
    name: &'static str,
    end: End,
    attempts: Attempts,
    steps: fn(&Request) -> Vec<Step>,
) -> Fault {
    Fault {
        name,
        steps,
        end,
        attempts,
    }
}
