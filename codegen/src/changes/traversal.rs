//! Traverses the shapes of both versions of an operation in parallel and collects the differences.

use std::collections::{BTreeMap, BTreeSet};

use super::differences::{self, Difference};
use super::impact::{self, Location};
use super::types::{Change, ChangeKind, MemberPath, PathStep, Side};
use super::wire;
use crate::ir::{Operation, Service, ShapeId, ShapeKind};

/// After this many visits, a traversal visits each pair of shapes only once. The number of paths
/// through shapes can grow exponentially with the number of shapes.
const REVISIT_LIMIT: usize = 10_000;

/// The maximum number of pairs that enclose each other. Snapshots of models can have deeper shapes, which are not compared.
const MAX_DEPTH: usize = 100;

/// The older model and the newer one.
type Services<'a> = (&'a Service, &'a Service);

/// A shape of the older model and its counterpart in the newer one.
type ShapePair<'a> = (&'a str, &'a str);

/// Returns all differences of an operation, or `None` if one of the models does not have it.
pub(super) fn compare_operation(services: Services<'_>, name: &str) -> Option<Vec<Change>> {
    let old = services.0.operations.get(name)?;
    let new = services.1.operations.get(name)?;
    let mut changes = Vec::new();
    for (side, old, new) in [
        (Side::Request, &old.input, &new.input),
        (Side::Response, &old.output, &new.output),
    ] {
        let mut traversal = Traversal::new(services, name, side);
        traversal.compare_roots(old.as_deref(), new.as_deref());
        changes.append(&mut traversal.changes);
    }
    changes.extend(compare_errors(services, name, (old, new)));
    let of_operation = [
        wire::request(services, (old, new)),
        differences::pagination(&old.pagination, &new.pagination),
        differences::deprecation(&old.deprecated, &new.deprecated),
    ];
    changes.extend(of_operation.into_iter().flatten().map(|kind| Change {
        side: Side::Operation,
        path: MemberPath::default(),
        impact: impact::of_operation(name, &kind, old, new),
        kind,
    }));
    Some(changes)
}

fn compare_errors(
    services: Services<'_>,
    name: &str,
    (old, new): (&Operation, &Operation),
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |error: &str, kind| {
        changes.push(Change {
            side: Side::Error,
            path: MemberPath(vec![PathStep::Member(error.to_owned())]),
            impact: impact::of_error(name, error, &kind),
            kind,
        });
    };
    let distinct = |operation: &Operation| operation.errors.iter().cloned().collect();
    let (old, new): (BTreeSet<ShapeId>, BTreeSet<ShapeId>) = (distinct(old), distinct(new));
    new.difference(&old)
        .for_each(|error| add(error, ChangeKind::ErrorAdded));
    old.difference(&new)
        .for_each(|error| add(error, ChangeKind::ErrorRemoved));
    for error in new.intersection(&old) {
        let mut traversal = Traversal::new(services, name, Side::Error);
        traversal.path.push(PathStep::Member(error.clone()));
        traversal.compare_types((error, error));
        changes.append(&mut traversal.changes);
    }
    changes
}

struct Traversal<'a> {
    services: Services<'a>,
    operation: &'a str,
    side: Side,
    /// The current position.
    path: Vec<PathStep>,
    /// The pairs that enclose the current position. They end the traversal of recursive shapes.
    ancestors: Vec<ShapePair<'a>>,
    visited: BTreeSet<ShapePair<'a>>,
    visit_count: usize,
    /// The pairs that differ, themselves or in a pair that they contain.
    changed: BTreeSet<ShapePair<'a>>,
    changes: Vec<Change>,
}

impl<'a> Traversal<'a> {
    fn new(services: Services<'a>, operation: &'a str, side: Side) -> Self {
        Self {
            services,
            operation,
            side,
            path: Vec::new(),
            ancestors: Vec::new(),
            visited: BTreeSet::new(),
            visit_count: 0,
            changed: BTreeSet::new(),
            changes: Vec::new(),
        }
    }

    /// Compares two inputs or outputs. A missing one counts as empty.
    fn compare_roots(&mut self, old: Option<&'a str>, new: Option<&'a str>) {
        if let (Some(old), Some(new)) = (old, new) {
            self.changed = self.find_changed((old, new));
            self.visit((old, new), None);
            return;
        }
        let old = self.services.0.members(old);
        let new = self.services.1.members(new);
        let found = differences::between_members(self.services, old, new);
        self.record(found, None);
    }

    /// Compares two shapes that are types in Rust.
    fn compare_types(&mut self, pair: ShapePair<'a>) {
        self.changed = self.find_changed(pair);
        self.visit(pair, Some(pair));
    }

    /// Records the differences of a pair and of the pairs it contains. `types` is the pair, or `None`
    /// for an input or output.
    fn visit(&mut self, pair: ShapePair<'a>, types: Option<ShapePair<'a>>) {
        let may_revisit = self.visit_count <= REVISIT_LIMIT;
        let skip = self.ancestors.len() >= MAX_DEPTH
            || self.ancestors.contains(&pair)
            || (!may_revisit && self.visited.contains(&pair))
            || !self.changed.contains(&pair);
        if skip {
            return;
        }
        self.visit_count += 1;
        self.visited.insert(pair);
        self.ancestors.push(pair);
        let found = direct_differences(self.services, pair);
        self.record(found, types);
        for (step, child) in children(self.services, pair) {
            self.path.push(step);
            self.visit(child, Some(child));
            self.path.pop();
        }
        self.ancestors.pop();
    }

    fn record(&mut self, found: Vec<Difference>, types: Option<ShapePair<'a>>) {
        for Difference { member, kind } in found {
            let location = Location {
                services: self.services,
                operation: self.operation,
                side: self.side,
                types: types.unwrap_or_default(),
                member: member.as_deref(),
            };
            let impact = location.impact(&kind);
            let mut path = self.path.clone();
            path.extend(member.map(PathStep::Member));
            self.changes.push(Change {
                side: self.side,
                path: MemberPath(path),
                kind,
                impact,
            });
        }
    }

    /// Returns the pairs reachable from `start` that differ, themselves or in a pair that they contain.
    fn find_changed(&self, start: ShapePair<'a>) -> BTreeSet<ShapePair<'a>> {
        let mut parents: BTreeMap<ShapePair<'a>, Vec<ShapePair<'a>>> = BTreeMap::new();
        let (mut seen, mut pending) = (BTreeSet::from([start]), vec![start]);
        let mut unmarked = Vec::new();
        while let Some(pair) = pending.pop() {
            if !direct_differences(self.services, pair).is_empty() {
                unmarked.push(pair);
            }
            for (_, child) in children(self.services, pair) {
                parents.entry(child).or_default().push(pair);
                if seen.insert(child) {
                    pending.push(child);
                }
            }
        }
        let mut changed = BTreeSet::new();
        while let Some(pair) = unmarked.pop() {
            if changed.insert(pair) {
                unmarked.extend(parents.get(&pair).into_iter().flatten());
            }
        }
        changed
    }
}

/// The differences of a pair itself.
fn direct_differences(services: Services<'_>, pair: ShapePair<'_>) -> Vec<Difference> {
    let old = services.0.shapes.get(pair.0);
    let new = services.1.shapes.get(pair.1);
    old.zip(new)
        .map(|(old, new)| differences::between_shapes(services, old, new))
        .unwrap_or_default()
}

/// The pairs that a pair contains, and the steps to them.
fn children<'a>(services: Services<'a>, pair: ShapePair<'_>) -> Vec<(PathStep, ShapePair<'a>)> {
    let old = services.0.shapes.get(pair.0);
    let Some((old, new)) = old.zip(services.1.shapes.get(pair.1)) else {
        return Vec::new();
    };
    match (&old.kind, &new.kind) {
        (ShapeKind::List(old), ShapeKind::List(new)) => vec![(PathStep::Element, (old, new))],
        (
            ShapeKind::Map {
                key: old_key,
                value: old,
            },
            ShapeKind::Map {
                key: new_key,
                value: new,
            },
        ) => {
            vec![
                (PathStep::Key, (old_key, new_key)),
                (PathStep::Value, (old, new)),
            ]
        }
        (old, new) if differences::are_comparable(old, new) => {
            let common = new.members().iter().filter_map(|member| {
                let old = differences::find_member(old.members(), &member.name)?;
                let pair: ShapePair<'a> = (&old.shape, &member.shape);
                Some((PathStep::Member(member.name.clone()), pair))
            });
            common.collect()
        }
        _ => Vec::new(),
    }
}
