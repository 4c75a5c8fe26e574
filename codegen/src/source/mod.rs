//! The formats of model files as types for serde, and the faults of files that do not have these formats.

pub(crate) mod botocore;
pub(crate) mod keys;
mod parse;
pub(crate) mod rules;
pub(crate) mod smithy;
pub(crate) mod tables;
pub(crate) mod waiters;

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

pub(crate) use parse::{parse, wrong_type};

/// The entries of a JSON object, in the order of the file and including duplicates.
#[derive(Clone, Debug)]
pub(crate) struct Entries<T> {
    entries: Vec<(String, T)>,
    /// The first entry with each name, once an entry is searched for.
    index: OnceLock<HashMap<String, usize>>,
}

impl<T> Entries<T> {
    pub(crate) const fn new() -> Self {
        Self {
            entries: Vec::new(),
            index: OnceLock::new(),
        }
    }

    /// Returns the first entry with a name.
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        let index = match self.entries.len() {
            0..=8 => self.names().position(|other| other == name)?,
            _ => *self.index.get_or_init(|| self.first_of_each()).get(name)?,
        };
        self.entries.get(index).map(|(_, value)| value)
    }

    fn first_of_each(&self) -> HashMap<String, usize> {
        let names = self.entries.iter().enumerate().rev();
        names.map(|(i, (name, _))| (name.clone(), i)).collect()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.entries
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(name, _)| name.as_str())
    }

    /// Returns the names that occur more than once, each of them once.
    pub(crate) fn duplicates(&self) -> impl Iterator<Item = &str> {
        let mut seen = HashMap::new();
        self.names().filter(move |name| {
            let count = seen.entry(name.to_string()).or_insert(0);
            *count += 1;
            *count == 2
        })
    }
}

/// Reads a value that can be absent, but not `null`.
fn some<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

impl<T> FromIterator<(String, T)> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        Self {
            entries: entries.into_iter().collect(),
            index: OnceLock::new(),
        }
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Each<T> {
            type Value = Entries<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries.into_iter().collect())
            }
        }

        deserializer.deserialize_map(Each(PhantomData))
    }
}
