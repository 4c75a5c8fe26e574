//! Reports models whose crates would exceed limits of the Rust compiler.

use std::collections::HashMap;

use crate::diagnostic::{Fault, Report};
use crate::graph::Components;
use crate::ir::{Service, Shape, ShapeKind};

/// The maximum number of members of a structure or union. The largest structure of AWS has 575.
const MAX_MEMBERS: usize = 4096;

/// The maximum number of types that are nested, as counted by [`types`].
///
/// To prove that a value can be sent to another thread, the compiler follows the types of its fields up to 128 deep
/// (`recursion_limit`), in the crate and in programs that spawn tasks. The deepest value of AWS has 56. The rest is for
/// the types of the standard library in the innermost fields, and for the futures of programs.
const MAX_DEPTH: usize = 96;

/// Reports each structure with too many members, and each type that contains too many others.
pub(crate) fn check_limits(service: &Service, report: &mut Report) {
    for shape in service.shapes.values() {
        let members = shape.kind.members().len();
        if members > MAX_MEMBERS {
            let max = MAX_MEMBERS;
            report.fault(&shape.path, Fault::TooManyMembers { members, max });
        }
    }
    let shapes: Vec<&Shape> = service.shapes.values().collect();
    let numbers: HashMap<&str, usize> =
        service.shapes.keys().map(String::as_str).zip(0..).collect();
    let edges: Vec<Vec<usize>> = shapes
        .iter()
        .map(|shape| {
            let nested = shape.kind.references();
            let nested = nested.filter_map(|id| numbers.get(id.as_str()).copied());
            nested.collect()
        })
        .collect();
    let components = Components::new(&edges);
    let mut depths: Vec<usize> = Vec::with_capacity(components.nodes.len());
    for (i, nodes) in components.nodes.iter().enumerate() {
        let inside = nodes.iter().filter_map(|node| edges.get(*node)).flatten();
        let inside = inside.map(|node| components.component(*node));
        // The longest path through a cycle is hard to find, and at most as long as all of it.
        let is_cycle = nodes.len() > 1;
        let own = nodes.iter().filter_map(|node| shapes.get(*node));
        let own: usize = own.map(|shape| types(shape, is_cycle)).sum();
        let deepest = inside.filter(|other| *other != i);
        let deepest = deepest.filter_map(|other| depths.get(other)).max();
        let deepest = deepest.copied().unwrap_or_default();
        depths.push(own + deepest);
        let first = nodes.iter().min().and_then(|node| shapes.get(*node));
        if let Some(shape) = first.filter(|_| deepest <= MAX_DEPTH && own + deepest > MAX_DEPTH) {
            report.fault(&shape.path, Fault::NestedTooDeeply);
        }
    }
}

/// Returns how many types the compiler visits on the way from a value of a shape to the values inside.
fn types(shape: &Shape, boxed: bool) -> usize {
    let boxed = boxed || shape.kind.members().iter().any(|member| member.boxed);
    let in_box = if boxed { 2 } else { 0 };
    match &shape.kind {
        // The structure, and `Option`.
        ShapeKind::Structure(_) => 2 + in_box,
        ShapeKind::Union(_) => 1 + in_box,
        // `Vec`, and what it consists of.
        ShapeKind::List(_) => 3 + usize::from(shape.sparse),
        ShapeKind::Map { .. } => 4 + usize::from(shape.sparse),
        _ => 0,
    }
}
