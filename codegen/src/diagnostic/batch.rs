//! Faults of the table of operations that are called for any number of items.

use std::fmt;

use super::Fault;

/// A fault of a row of `batches`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchFault {
    /// The keys of the row are not those of one kind.
    Kind,
    /// The list has no maximum length.
    Unbounded,
    /// The structure of an item has more than an identifier.
    OtherMembers(String),
    /// The member of a failure is not of the type of an item.
    NoItem(String),
}

impl From<BatchFault> for Fault {
    fn from(fault: BatchFault) -> Self {
        Self::Batch(fault)
    }
}

impl fmt::Display for BatchFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind => f.write_str(
                "a batch has \"id\" and failures, or \"succeeded\", \"failedItem\" and failures, or \"succeeded\" and \"id\"; failures are \"failed\", \"code\" and \"message\"",
            ),
            Self::Unbounded => f.write_str(
                "the list has no maximum length, so one call can have all items; remove the row",
            ),
            Self::OtherMembers(item) => write!(
                f,
                "\"{item}\" has more members than the identifier, so items cannot be made of identifiers; remove the row"
            ),
            Self::NoItem(item) => write!(f, "the member is no \"{item}\"; name the one with the item"),
        }
    }
}
