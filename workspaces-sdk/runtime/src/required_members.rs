//! The required members of an input.
//!
//! By default a request that lacks some is sent anyway, because the service may require fewer members than the model
//! that this client was generated from. The setting `check_required` makes it an error. Without those in the path and the query,
//! the request would be another one, so it is never sent.

use std::fmt;

use tracing::warn;

/// Collects the names of required members that are not set. It is the error if there are any.
#[doc(hidden)]
#[derive(Debug)]
pub struct MissingMembers {
    operation: &'static str,
    names: Vec<&'static str>,
}

impl MissingMembers {
    pub(crate) fn new(operation: &'static str) -> Self {
        Self {
            operation,
            names: Vec::new(),
        }
    }

    /// Adds the member with this name on the wire if it is not set.
    pub fn check<T>(&mut self, name: &'static str, value: &Option<T>) {
        if value.is_none() {
            self.names.push(name);
        }
    }

    /// Returns the missing members as an error if `is_error` is set, and otherwise logs a warning that names them.
    ///
    /// # Errors
    /// Returns itself.
    pub(crate) fn report(self, is_error: bool) -> Result<(), Self> {
        if self.names.is_empty() {
            return Ok(());
        }
        if is_error {
            return Err(self);
        }
        warn!("{self}; the request is sent, and the service may reject it");
        Ok(())
    }
}

impl fmt::Display for MissingMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is missing {}", self.operation, self.names.join(", "))
    }
}

impl std::error::Error for MissingMembers {}
