//! JSON that keeps the order of keys, so that a rewritten file differs only where values changed.

use serde::Deserialize;
use serde::ser::{Serialize, Serializer};

use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Entries;

/// The keys whose string values are documentation.
const DOCUMENTATION_KEYS: [&str; 3] = [
    "documentation",
    "deprecatedMessage",
    "smithy.api#documentation",
];

/// A JSON value.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Json {
    Null(()),
    Boolean(bool),
    Number(serde_json::Number),
    String(String),
    List(Vec<Json>),
    Object(Entries<Json>),
}

impl Json {
    /// Returns the value of a key of an object.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries.get(key),
            _ => None,
        }
    }

    /// Returns the entries of an object, and nothing for other values.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &Self)> {
        let entries = match self {
            Self::Object(entries) => Some(entries),
            _ => None,
        };
        entries.into_iter().flat_map(Entries::iter)
    }

    /// Returns the entries of a nested object, and nothing if the key has no object.
    pub(super) fn nested_entries(&self, key: &str) -> impl Iterator<Item = (&str, &Self)> {
        self.get(key).into_iter().flat_map(Self::entries)
    }

    /// Returns the elements of a list, and nothing for other values.
    pub(super) fn elements(&self) -> &[Self] {
        match self {
            Self::List(elements) => elements,
            _ => &[],
        }
    }

    /// Returns the value of a string.
    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(value) => Some(value),
            _ => None,
        }
    }

    /// Returns a copy without documentation.
    pub(super) fn without_documentation(&self) -> Self {
        match self {
            Self::Object(_) => {
                let kept = self
                    .entries()
                    .filter(|(key, value)| !is_documentation(key, value));
                Self::Object(
                    kept.map(|(key, it)| (key.to_owned(), it.without_documentation()))
                        .collect(),
                )
            }
            Self::List(elements) => {
                Self::List(elements.iter().map(Self::without_documentation).collect())
            }
            other => other.clone(),
        }
    }

    /// Formats the value like the files in `models/`, with an indentation of two spaces.
    ///
    /// # Errors
    /// Returns a serialization error as a fault of the file `name`.
    pub(super) fn to_pretty_string(&self, name: &str) -> Result<String, Diagnostic> {
        let text = serde_json::to_string_pretty(self);
        text.map(|text| text + "\n").map_err(|error| Diagnostic {
            file: name.to_owned(),
            line: 1,
            column: 1,
            path: String::new(),
            fault: Fault::NotJson(error.to_string()),
        })
    }
}

/// Whether an entry of an object is documentation. A member named `documentation` is not, since its
/// value is an object.
pub(super) fn is_documentation(key: &str, value: &Json) -> bool {
    DOCUMENTATION_KEYS.contains(&key) && value.as_str().is_some()
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null(()) => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(value) => value.serialize(serializer),
            Self::String(value) => serializer.serialize_str(value),
            Self::List(elements) => serializer.collect_seq(elements),
            Self::Object(entries) => serializer.collect_map(entries.iter()),
        }
    }
}
