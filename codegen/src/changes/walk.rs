//! Follows two versions of an operation through their shapes, side by side, and collects what differs.

use std::collections::{BTreeMap, BTreeSet};

use super::differences::{self, Difference};
use super::effect::{self, Place};
use super::{Change, Path, Side, Step, What};
use crate::ir::{Operation, Service, ShapeId, ShapeKind};

/// How many shapes a walk visits before it follows each one only once: where shapes share parts layer
/// upon layer, the ways through them are without number.
const ENOUGH: usize = 10_000;

/// A shape of the older model and the one that stands in its place now.
type Pair<'a> = (&'a str, &'a str);

/// All that differs in an operation of both models.
pub(super) fn operation(
    old: &Service,
    new: &Service,
    name: &str,
    before: &Operation,
    now: &Operation,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (side, was, is) in [
        (Side::Request, &before.input, &now.input),
        (Side::Response, &before.output, &now.output),
    ] {
        let mut walk = Walk::new(old, new, name, side);
        walk.root(was.as_deref(), is.as_deref());
        changes.append(&mut walk.changes);
    }
    changes.extend(errors(old, new, name, before, now));
    let own = [
        differences::pagination(&before.pagination, &now.pagination),
        differences::deprecation(&before.deprecated, &now.deprecated),
    ];
    changes.extend(own.into_iter().flatten().map(|what| Change {
        side: Side::Operation,
        path: Path::default(),
        effect: effect::of_operation(name, &what, before, now),
        what,
    }));
    changes
}

fn errors(
    old: &Service,
    new: &Service,
    name: &str,
    before: &Operation,
    now: &Operation,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut tell = |error: &str, what| {
        changes.push(Change {
            side: Side::Error,
            path: Path(vec![Step::Member(error.to_owned())]),
            effect: effect::of_error(name, error, &what),
            what,
        });
    };
    let distinct = |operation: &Operation| operation.errors.iter().cloned().collect();
    let (was, is): (BTreeSet<ShapeId>, BTreeSet<ShapeId>) = (distinct(before), distinct(now));
    is.difference(&was)
        .for_each(|error| tell(error, What::ErrorAdded));
    was.difference(&is)
        .for_each(|error| tell(error, What::ErrorRemoved));
    for error in is.intersection(&was) {
        let mut walk = Walk::new(old, new, name, Side::Error);
        walk.path.push(Step::Member(error.clone()));
        walk.follow((error, error), false);
        changes.append(&mut walk.changes);
    }
    changes
}

struct Walk<'a> {
    old: &'a Service,
    new: &'a Service,
    operation: &'a str,
    side: Side,
    /// Where the walk is.
    path: Vec<Step>,
    /// The pairs that lead there, lest the walk go round in circles.
    open: Vec<Pair<'a>>,
    /// How often each pair was visited, and how often any.
    seen: BTreeSet<Pair<'a>>,
    visits: usize,
    /// Whether something differs in a pair or in what it is made of.
    touched: BTreeSet<Pair<'a>>,
    changes: Vec<Change>,
}

impl<'a> Walk<'a> {
    fn new(old: &'a Service, new: &'a Service, operation: &'a str, side: Side) -> Self {
        Self {
            old,
            new,
            operation,
            side,
            path: Vec::new(),
            open: Vec::new(),
            seen: BTreeSet::new(),
            visits: 0,
            touched: BTreeSet::new(),
            changes: Vec::new(),
        }
    }

    /// Starts at an input or output; none is an empty one.
    fn root(&mut self, was: Option<&'a str>, is: Option<&'a str>) {
        if let (Some(was), Some(is)) = (was, is) {
            self.touched = self.find_touched((was, is));
            self.visit((was, is), None, false);
            return;
        }
        let (was, is) = (self.old.members(was), self.new.members(is));
        let found = differences::of_members((self.old, self.new), was, is);
        self.tell(found, ("", ""), false);
    }

    /// Starts at a shape that is a type of its own.
    fn follow(&mut self, pair: Pair<'a>, required: bool) {
        self.touched = self.find_touched(pair);
        self.visit(pair, Some(pair), required);
    }

    /// Tells what differs in a pair and in what it is made of. `named` is the pair as a type, none for
    /// an input or output; `required` says whether the value must be there.
    fn visit(&mut self, pair: Pair<'a>, named: Option<Pair<'a>>, required: bool) {
        let again =
            self.open.contains(&pair) || (self.visits > ENOUGH && self.seen.contains(&pair));
        if again || !self.touched.contains(&pair) {
            return;
        }
        self.visits += 1;
        self.seen.insert(pair);
        self.open.push(pair);
        let found = own(self.old, self.new, pair);
        self.tell(found, named.unwrap_or_default(), required);
        for (step, inner, required) in parts(self.old, self.new, pair) {
            self.path.push(step);
            self.visit(inner, Some(inner), required);
            self.path.pop();
        }
        self.open.pop();
    }

    fn tell(&mut self, found: Vec<Difference>, named: Pair<'a>, required: bool) {
        for (member, what) in found {
            let place = Place {
                services: (self.old, self.new),
                operation: self.operation,
                side: self.side,
                shape: named,
                member: member.as_deref(),
                required,
            };
            let effect = place.effect(&what);
            let mut path = self.path.clone();
            path.extend(member.map(Step::Member));
            self.changes.push(Change {
                side: self.side,
                path: Path(path),
                what,
                effect,
            });
        }
    }

    /// The pairs below one in which something differs, or that lead to such a pair.
    fn find_touched(&self, from: Pair<'a>) -> BTreeSet<Pair<'a>> {
        let mut leads_here: BTreeMap<Pair<'a>, Vec<Pair<'a>>> = BTreeMap::new();
        let (mut seen, mut open) = (BTreeSet::from([from]), vec![from]);
        let mut touched = Vec::new();
        while let Some(pair) = open.pop() {
            if !own(self.old, self.new, pair).is_empty() {
                touched.push(pair);
            }
            for (_, inner, _) in parts(self.old, self.new, pair) {
                leads_here.entry(inner).or_default().push(pair);
                if seen.insert(inner) {
                    open.push(inner);
                }
            }
        }
        let mut found = BTreeSet::new();
        while let Some(pair) = touched.pop() {
            if found.insert(pair) {
                touched.extend(leads_here.get(&pair).into_iter().flatten());
            }
        }
        found
    }
}

/// What differs in a pair itself.
fn own(old: &Service, new: &Service, pair: Pair<'_>) -> Vec<Difference> {
    match (old.shapes.get(pair.0), new.shapes.get(pair.1)) {
        (Some(was), Some(is)) => differences::of_shapes((old, new), was, is),
        _ => Vec::new(),
    }
}

/// What a pair is made of, on both sides, and whether it must be there.
fn parts<'a>(old: &'a Service, new: &'a Service, pair: Pair<'_>) -> Vec<(Step, Pair<'a>, bool)> {
    let (Some(was), Some(is)) = (old.shapes.get(pair.0), new.shapes.get(pair.1)) else {
        return Vec::new();
    };
    match (&was.kind, &is.kind) {
        (ShapeKind::List(was), ShapeKind::List(is)) => vec![(Step::Element, (was, is), false)],
        (ShapeKind::Map { value: was, .. }, ShapeKind::Map { value: is, .. }) => {
            vec![(Step::Value, (was, is), false)]
        }
        (was, is) if differences::alike(was, is) => {
            let both = is.members().iter().filter_map(|member| {
                let was = differences::find(was.members(), &member.name)?;
                let step = Step::Member(member.name.clone());
                let pair = (was.shape.as_str(), member.shape.as_str());
                Some((step, pair, member.required))
            });
            both.collect()
        }
        _ => Vec::new(),
    }
}
