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
}
