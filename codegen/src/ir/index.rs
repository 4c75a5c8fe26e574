//! What later stages search for in a service, by name.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::{Service, ShapeId};

/// The indexes of a service. Each is built when it is used first, after which the operations and shapes must not change.
#[derive(Debug, Default)]
pub(crate) struct Indexes {
    /// The operations, and the shapes, by the letters and digits of their names.
    operations: OnceLock<HashMap<String, Vec<String>>>,
    shapes: OnceLock<HashMap<String, Vec<String>>>,
    /// The shapes that other shapes refer to.
    nested: OnceLock<HashSet<ShapeId>>,
    /// The inputs and outputs of operations.
    ends: OnceLock<HashSet<ShapeId>>,
}

/// A copy of a service can change, so it has indexes of its own.
impl Clone for Indexes {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// The indexes are no part of the value of a service.
impl PartialEq for Indexes {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Service {
    /// Returns the operations whose names have the ASCII letters and digits of `name`, in any case.
    pub(crate) fn operations_like(&self, name: &str) -> impl Iterator<Item = &str> {
        let index = &self.indexes.operations;
        like(
            index.get_or_init(|| by_letters(self.operations.keys())),
            name,
        )
    }

    /// Returns the shapes whose names have the ASCII letters and digits of `name`, in any case.
    pub(crate) fn shapes_like(&self, name: &str) -> impl Iterator<Item = &str> {
        let index = &self.indexes.shapes;
        like(index.get_or_init(|| by_letters(self.shapes.keys())), name)
    }

    /// Whether another shape refers to a shape.
    pub(crate) fn is_nested(&self, id: &str) -> bool {
        let nested = || {
            let shapes = self.shapes.values();
            shapes
                .flat_map(|shape| shape.kind.references())
                .cloned()
                .collect()
        };
        self.indexes.nested.get_or_init(nested).contains(id)
    }

    /// Whether a shape is the input or output of an operation.
    pub(crate) fn is_end(&self, id: &str) -> bool {
        let ends = || {
            let operations = self.operations.values();
            let ends = operations.flat_map(|it| [&it.input, &it.output]);
            ends.flatten().cloned().collect()
        };
        self.indexes.ends.get_or_init(ends).contains(id)
    }
}

fn by_letters<'a>(names: impl Iterator<Item = &'a String>) -> HashMap<String, Vec<String>> {
    let mut index: HashMap<String, Vec<String>> = HashMap::new();
    for name in names {
        index.entry(letters(name)).or_default().push(name.clone());
    }
    index
}

fn like<'a>(
    index: &'a HashMap<String, Vec<String>>,
    name: &str,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let names = index.get(&letters(name)).into_iter().flatten();
    names.map(String::as_str)
}

fn letters(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}
