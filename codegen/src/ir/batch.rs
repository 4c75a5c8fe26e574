//! Operations that take a bounded list and return a result for each of its items.

use serde::{Deserialize, Serialize};

/// How an operation is called for any number of items. All names are those of members in the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The list in the input.
    pub items: String,
    /// The maximum length of the list.
    pub max: u32,
    /// The response of the operation.
    pub response: BatchResponse,
}

/// The response of an operation about the items of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BatchResponse {
    /// The failures. An item is a structure with nothing but an identifier, which a failure has, too.
    Changes {
        /// The identifier of an item and of a failure.
        id: String,
        /// The failures.
        failures: BatchFailures,
    },
    /// The created resources, and the failures with the items.
    Creates {
        /// The created resources in the output.
        created: String,
        /// The item in a failure.
        item: String,
        /// The failures.
        failures: BatchFailures,
    },
    /// The resources with the identifiers of the list.
    Lists {
        /// The resources in the output.
        listed: String,
        /// The identifier of a resource.
        id: String,
    },
}

/// The failures in an output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchFailures {
    /// The list in the output.
    pub list: String,
    /// The error code of a failure.
    pub code: String,
    /// The error message of a failure.
    pub message: String,
}
