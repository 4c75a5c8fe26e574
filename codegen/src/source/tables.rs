//! The tables of this project that complement a model: `enum-docs.json` and `rust.json`.

use serde::Deserialize;

use super::Entries;

/// `enum-docs.json`: the documentation of enum values, which botocore's format cannot contain.
pub(crate) type EnumDocs = Entries<Entries<String>>;

/// `rust.json`: differences between the model and the API of the official Rust crate.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Rust {
    /// The protocol of the client, if it is not the preferred one of the service.
    pub(crate) protocol: Option<String>,
    /// By enum and value: the name of the value, if it is not derived from the value.
    #[serde(default)]
    pub(crate) variants: Entries<Entries<String>>,
    /// By structure: the required members that are optional in Rust.
    #[serde(default)]
    pub(crate) optional: Entries<Vec<String>>,
    /// The values and members in examples of operations, if the model does not determine them.
    #[serde(default)]
    pub(crate) examples: Examples,
    /// By operation: how it is called for any number of items.
    #[serde(default)]
    pub(crate) batches: Entries<Batch>,
    /// The rate of requests that the service publishes as its limit.
    #[serde(rename = "requestRate")]
    pub(crate) request_rate: Option<RequestRate>,
}

/// An operation that is called for any number of items: the names of members.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub(crate) struct Batch {
    /// The list in the input.
    pub(crate) items: String,
    /// The identifier: of an item and of a failure or, with `succeeded`, of what the output lists.
    pub(crate) id: Option<String>,
    /// The list of the items in the output that succeeded.
    pub(crate) succeeded: Option<String>,
    /// The list of the failures in the output.
    pub(crate) failed: Option<String>,
    /// The item in a failure, if items have no identifier.
    pub(crate) failed_item: Option<String>,
    /// The error code of a failure.
    pub(crate) code: Option<String>,
    /// The error message of a failure.
    pub(crate) message: Option<String>,
}

/// A limit on the rate of requests.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub(crate) struct RequestRate {
    pub(crate) per_second: u32,
    /// The number of requests that may be sent at once.
    pub(crate) burst: u32,
    /// The URL of the page that says so.
    pub(crate) source: String,
}

/// The values and members in examples of operations.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
pub(crate) struct Examples {
    /// By shape, or by structure and member such as `Tag.Key`: the value. For a list, this is the value of its element.
    pub(crate) values: Entries<String>,
    /// By structure: the optional members that are set.
    pub(crate) members: Entries<Vec<String>>,
}
