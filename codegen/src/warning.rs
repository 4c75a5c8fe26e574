//! What a crate does without although the model has it, or what its user has to see to.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something to know of a crate that was generated all the same.
///
/// Printed as `operations.SubscribeToShard: left out; its output is an event stream`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Warning {
    /// What of the model it is about: a JSON path such as `operations.SubscribeToShard`.
    pub path: String,
    /// What became of it, and why.
    pub text: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.text)
    }
}
