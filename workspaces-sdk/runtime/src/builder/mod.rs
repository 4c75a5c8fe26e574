//! The macros that declare builders, and the error that builders return.

use aws_smithy_types::error::operation::BuildError;

mod fluent;
mod setters;

/// The error of a builder whose required member is not set.
#[doc(hidden)]
pub fn missing(member: &'static str) -> BuildError {
    BuildError::missing_field(member, "it is required")
}
