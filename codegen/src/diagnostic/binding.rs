//! Faults of the bindings of members to the parts of HTTP messages.

use std::fmt;

use super::Fault;

/// A fault of the HTTP request of an operation, or of the location of a member in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BindingFault {
    /// The method of a request is not one.
    Method(String),
    /// The path of a request has characters that a URL cannot have.
    Path(String),
    /// The name of a header, or a prefix of names, has characters that it cannot have.
    Header(String),
    /// A member is a label that the path of the operation does not have.
    NoLabel(String),
    /// The type of a member cannot be in its location.
    Type {
        /// The location.
        location: &'static str,
        /// The types that can be there.
        allowed: &'static str,
    },
}

impl From<BindingFault> for Fault {
    fn from(fault: BindingFault) -> Self {
        Self::Binding(fault)
    }
}

impl fmt::Display for BindingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method(method) => write!(
                f,
                "\"{method}\" is no method of HTTP; use one in capital letters, such as \"GET\""
            ),
            Self::Path(path) => write!(
                f,
                "the path \"{path}\" has characters that a URL cannot have; encode them as %XX"
            ),
            Self::Header(name) => write!(
                f,
                "\"{name}\" is no name of a header; use letters, digits and hyphens"
            ),
            Self::NoLabel(label) => write!(
                f,
                "the path of the operation has no label {{{label}}}; add it, or change the location of the member"
            ),
            Self::Type { location, allowed } => {
                write!(
                    f,
                    "the type of the member cannot be in {location}; use {allowed}"
                )
            }
        }
    }
}
