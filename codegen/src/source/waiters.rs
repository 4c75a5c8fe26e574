//! `waiters-2.json`, field by field.

use serde::Deserialize;

use super::Entries;

/// `waiters-2.json`, extended by `polls`. botocore ignores unknown keys.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Waiters {
    #[serde(default)]
    pub(crate) waiters: Entries<Waiter>,
    /// An extension of this project, by operation: how waiters poll it.
    #[serde(default)]
    pub(crate) polls: Entries<Poll>,
}

/// A waiter.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Waiter {
    #[serde(default)]
    pub(crate) description: String,
    pub(crate) operation: String,
    pub(crate) delay: u32,
    /// An extension of this project: the maximum delay between two polls.
    pub(crate) max_delay: Option<u32>,
    /// An extension of this project: the result of the waiter if a requested resource is not listed.
    pub(crate) absent: Option<String>,
    /// An extension of this project: the operations after which users call the waiter.
    #[serde(default)]
    pub(crate) after: Vec<String>,
    pub(crate) acceptors: Vec<Acceptor>,
}

/// The meaning of a response for a waiter.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Acceptor {
    pub(crate) state: String,
    pub(crate) matcher: String,
    pub(crate) argument: Option<String>,
    pub(crate) expected: serde_json::Value,
}

/// How waiters poll an operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub(crate) struct Poll {
    /// The member of the input that lists the requested resources.
    pub(crate) ids: Option<String>,
    /// An expression for the corresponding list in the output.
    pub(crate) listed: Option<String>,
    pub(crate) per_second: Option<u32>,
    pub(crate) burst: Option<u32>,
    /// What the elements of `listed` are, for waiters whose goal is a state of each of them.
    pub(crate) resources: Option<Resources>,
    /// What the list can be restricted to.
    pub(crate) within: Option<Container>,
    /// The documentation of members of the input in the builders of waiters.
    #[serde(default)]
    pub(crate) docs: Entries<String>,
}

/// The resources that an operation lists. The paths are JMESPath expressions over a resource.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Resources {
    /// The plural of what users call them, such as `WorkSpaces`.
    pub(crate) name: String,
    pub(crate) state: String,
    /// The code of the error that a resource has.
    pub(crate) code: Option<String>,
    /// The message of that error.
    pub(crate) message: Option<String>,
}

/// A resource that contains others, such as a directory.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Container {
    /// The member of the input that identifies it.
    pub(crate) member: String,
    /// The operation that lists it, which has an entry in `polls`.
    pub(crate) operation: String,
}
