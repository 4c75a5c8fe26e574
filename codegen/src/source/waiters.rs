//! `waiters-2.json`, field by field.

use serde::Deserialize;

use super::Entries;

/// `waiters-2.json`, to which `polls` is added; botocore ignores what it does not know.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Waiters {
    #[serde(default)]
    pub(crate) waiters: Entries<Waiter>,
    /// By operation: how waiters ask it.
    #[serde(default)]
    pub(crate) polls: Entries<Poll>,
}

/// What can be waited for.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Waiter {
    #[serde(default)]
    pub(crate) description: String,
    pub(crate) operation: String,
    pub(crate) delay: u32,
    /// Ours: the longest wait between two polls.
    pub(crate) max_delay: Option<u32>,
    /// Ours: what it means when something that was asked for is not listed.
    pub(crate) absent: Option<String>,
    /// Ours: the operations behind whose calls one waits for it.
    #[serde(default)]
    pub(crate) after: Vec<String>,
    pub(crate) acceptors: Vec<Acceptor>,
}

/// What an answer means for a wait.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Acceptor {
    pub(crate) state: String,
    pub(crate) matcher: String,
    pub(crate) argument: Option<String>,
    pub(crate) expected: serde_json::Value,
}

/// How an operation is asked again and again; ours.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub(crate) struct Poll {
    /// The input's list of what is asked for.
    pub(crate) ids: Option<String>,
    /// The same in the output, an expression.
    pub(crate) listed: Option<String>,
    pub(crate) per_second: Option<u32>,
    pub(crate) burst: Option<u32>,
}
