//! JSON as it stands in a file, keys in order, so that writing it again changes nothing else.

use serde::Deserialize;
use serde::ser::{Serialize, Serializer};

use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Entries;

/// The keys whose texts are somebody's words, not facts.
const WORDS: [&str; 2] = ["documentation", "deprecatedMessage"];

/// A JSON value.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Json {
    Null(()),
    Boolean(bool),
    Number(serde_json::Number),
    Text(String),
    List(Vec<Json>),
    Object(Entries<Json>),
}

impl Json {
    /// The value under a key of an object.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.entries()
            .find(|(other, _)| *other == key)
            .map(|(_, value)| value)
    }

    /// The entries of an object; none of anything else.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &Self)> {
        let entries = match self {
            Self::Object(entries) => Some(entries),
            _ => None,
        };
        entries.into_iter().flat_map(Entries::iter)
    }

    /// The entries of the object under a key of an object; none of anything else.
    pub(super) fn below(&self, key: &str) -> impl Iterator<Item = (&str, &Self)> {
        self.get(key).into_iter().flat_map(Self::entries)
    }

    /// The elements of a list; none of anything else.
    pub(super) fn elements(&self) -> &[Self] {
        match self {
            Self::List(elements) => elements,
            _ => &[],
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The same without anybody's words.
    pub(super) fn wordless(&self) -> Self {
        match self {
            Self::Object(_) => {
                let kept = self.entries().filter(|(key, value)| !is_words(key, value));
                Self::Object(
                    kept.map(|(key, it)| (key.to_owned(), it.wordless()))
                        .collect(),
                )
            }
            Self::List(elements) => Self::List(elements.iter().map(Self::wordless).collect()),
            other => other.clone(),
        }
    }

    /// As our models are written: two blanks for each level, and a line end last.
    ///
    /// # Errors
    /// What serde says against it, as a fault of the file `name`.
    pub(super) fn written(&self, name: &str) -> Result<String, Diagnostic> {
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

/// Whether an entry of an object holds words. A member called `documentation` does not: it is an object.
pub(super) fn is_words(key: &str, value: &Json) -> bool {
    WORDS.contains(&key) && value.text().is_some()
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null(()) => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(value) => value.serialize(serializer),
            Self::Text(value) => serializer.serialize_str(value),
            Self::List(elements) => serializer.collect_seq(elements),
            Self::Object(entries) => serializer.collect_map(entries.iter()),
        }
    }
}
