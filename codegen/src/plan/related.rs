//! The operations that a type is related to, as a line of documentation.

use std::collections::{BTreeMap, BTreeSet};

use super::docs::method_link;
use super::names;
use crate::ir::{Operation, Service, ShapeId};

/// The maximum number of operations that a line names for a usage.
const NAMED: usize = 3;

/// The number of shapes after which the search from an operation ends. Only near shapes are related to it.
const MAX_DISTANCES: usize = 1000;

/// How operations use a shape.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ShapeUsage {
    Input,
    Output,
    Error,
}

impl ShapeUsage {
    const ALL: [(Self, &'static str); 3] = [
        (Self::Input, "used by"),
        (Self::Output, "returned by"),
        (Self::Error, "returned by"),
    ];

    /// Returns the shapes that the operation uses directly, for this usage.
    fn roots(self, operation: &Operation) -> Vec<&ShapeId> {
        match self {
            Self::Input => operation.input.iter().collect(),
            Self::Output => operation.output.iter().collect(),
            Self::Error => operation.errors.iter().collect(),
        }
    }
}

/// An operation that uses a shape: the usage, the distance between the two, the number of members of
/// the input, output or error of the operation, and the name of the operation.
type Near<'a> = (ShapeUsage, usize, usize, &'a str);

/// The operations of each shape, nearest first.
pub(super) struct Related<'a>(BTreeMap<&'a str, BTreeSet<Near<'a>>>);

impl<'a> Related<'a> {
    pub(super) fn new(service: &'a Service) -> Self {
        let mut related: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
        for (name, operation) in &service.operations {
            for (usage, _) in ShapeUsage::ALL {
                let roots = usage.roots(operation);
                let members = roots.iter().map(|id| service.members(Some(id)).len());
                let members = members.sum();
                let found = distances(service, roots);
                // The members of an error do not depend on the operation.
                let near =
                    |(_, distance): &(&str, usize)| usage != ShapeUsage::Error || *distance == 0;
                for (id, distance) in found.into_iter().filter(near) {
                    related.entry(id).or_default().insert((
                        usage,
                        distance,
                        members,
                        name.as_str(),
                    ));
                }
            }
        }
        Self(related)
    }

    /// Returns the nearest operations of a shape in a line of Markdown, or an empty string if there are none.
    pub(super) fn line(&self, id: &str) -> String {
        let Some(related) = self.0.get(id) else {
            return String::new();
        };
        let usages = ShapeUsage::ALL.into_iter().filter_map(|(usage, words)| {
            let of = |it: &&Near<'a>| it.0 == usage;
            let names: Vec<&str> = related
                .iter()
                .filter(of)
                .map(|(_, _, _, name)| *name)
                .collect();
            let operations = some(&names)?;
            Some(format!("{words} {operations}"))
        });
        let line = usages.collect::<Vec<_>>().join("; ");
        let mut letters = line.chars();
        match letters.next() {
            Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
            None => line,
        }
    }
}

/// Returns the shapes that can be reached from `start`, with their distances.
fn distances<'a>(service: &'a Service, start: Vec<&'a ShapeId>) -> BTreeMap<&'a str, usize> {
    let mut found = BTreeMap::new();
    let (mut pending, mut distance) = (start, 0);
    while !pending.is_empty() && found.len() < MAX_DISTANCES {
        let mut next = Vec::new();
        for id in pending {
            if !found.contains_key(id.as_str()) {
                found.insert(id.as_str(), distance);
                let shape = service.shapes.get(id);
                next.extend(shape.into_iter().flat_map(|shape| shape.kind.references()));
            }
        }
        (pending, distance) = (next, distance + 1);
    }
    found
}

/// Returns the first of these operations as links, and the number of the others.
fn some(names: &[&str]) -> Option<String> {
    let link = |name: &&str| method_link(&names::method_name(name));
    let links: Vec<String> = names.iter().take(NAMED).map(link).collect();
    let more = names.len().saturating_sub(NAMED);
    match (links.as_slice(), more) {
        ([], _) => None,
        ([one], _) => Some(one.clone()),
        ([most @ .., last], 0) => Some(format!("{} and {last}", most.join(", "))),
        (links, more) => Some(format!("{} and {more} more", links.join(", "))),
    }
}
