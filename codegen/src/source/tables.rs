//! The tables beside a model, which are ours: `enum-docs.json` and `rust.json`.

use serde::Deserialize;

use super::Entries;

/// Words for enum values, which botocore's format has no place for: `enum-docs.json`, ours.
pub(crate) type EnumDocs = Entries<Entries<String>>;

/// What the interface of the official Rust crate has different from what the model tells: `rust.json`, ours.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Rust {
    /// By enum and value: the name of the value, where it is not formed from the value.
    #[serde(default)]
    pub(crate) variants: Entries<Entries<String>>,
    /// By structure: the required members that may be absent all the same.
    #[serde(default)]
    pub(crate) optional: Entries<Vec<String>>,
    /// Whether the crate answers requests itself, offline, and so needs the constraints on inputs.
    #[serde(default)]
    pub(crate) offline: bool,
    /// What the examples of operations set, where the model cannot tell.
    #[serde(default)]
    pub(crate) examples: Examples,
}

/// What the examples of operations set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
pub(crate) struct Examples {
    /// By shape, or by structure and member as `Tag.Key`: the value; of a list, that of its element.
    pub(crate) values: Entries<String>,
    /// By structure: the members that are set although they are not required.
    pub(crate) members: Entries<Vec<String>>,
}
