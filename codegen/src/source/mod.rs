//! The model formats as they stand in the files: serde mirrors without logic.

pub(crate) mod botocore;

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};

use crate::ModelFile;
use crate::diagnostic::Diagnostic;

/// A JSON object as it stands in the file: in order, and a name that stands twice is there twice.
#[derive(Clone, Debug)]
pub(crate) struct Entries<T>(Vec<(String, T)>);

impl<T> Entries<T> {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The names that stand more than once, each told once.
    pub(crate) fn duplicates(&self) -> impl Iterator<Item = &str> {
        let mut seen = std::collections::HashMap::new();
        self.names().filter(move |name| {
            let count = seen.entry(name.to_string()).or_insert(0);
            *count += 1;
            *count == 2
        })
    }
}

impl<T> FromIterator<(String, T)> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
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
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Each(PhantomData))
    }
}

/// Parses a file; the fault of a broken one names line, column and the way there.
pub(crate) fn parse<T: DeserializeOwned>(file: &ModelFile) -> Result<T, Diagnostic> {
    if file.bytes.starts_with("\u{feff}".as_bytes()) {
        return Err(Diagnostic {
            file: file.name.clone(),
            path: "line 1, column 1".to_owned(),
            fault: "a byte order mark, which is no JSON".to_owned(),
            hint: "save the file without it".to_owned(),
        });
    }
    let mut deserializer = serde_json::Deserializer::from_slice(&file.bytes);
    let fault = |path: String, error: serde_json::Error| {
        let at = format!("line {}, column {}", error.line(), error.column());
        let fault = error.to_string();
        let fault = fault
            .rsplit_once(" at line ")
            .map_or(fault.as_str(), |(fault, _)| fault);
        Diagnostic {
            file: file.name.clone(),
            path: match path.trim_end_matches(['.', '?']) {
                "" => at.clone(),
                path => path.to_owned(),
            },
            fault: fault.to_owned(),
            hint: format!("look at {at}"),
        }
    };
    let value = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| fault(error.path().to_string(), error.into_inner()))?;
    deserializer
        .end()
        .map_err(|error| fault(".".to_owned(), error))?;
    Ok(value)
}
