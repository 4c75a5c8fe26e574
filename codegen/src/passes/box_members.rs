//! Boxes the members through which a structure or union contains itself, and those that would make it very large.
//!
//! Lists and maps allocate their elements, so only cycles of structures and unions need boxes. All members on a cycle
//! are boxed, so that the result does not depend on the order of the search. A cycle of required members of structures
//! has no finite value, so these members become optional.
//!
//! Structures that contain others several times, level by level, double in size with each level. Values are on the
//! stack when they are built and decoded, so their size is bounded.

use std::collections::HashMap;

use crate::graph::Components;
use crate::ir::{Member, Service, Shape, ShapeKind};

/// The maximum estimated size in bytes. The largest structure of AWS has about 57,000 bytes, and the official crates do
/// not box its members.
const MAX_SIZE: usize = 1 << 16;

/// The size above which the structures in a structure are boxed, if another one is too large. Decoding has values of
/// all levels on the stack.
const LARGE: usize = 1 << 12;

/// The size in bytes up to which a structure is never boxed.
const SMALL: usize = 64;

pub(super) fn run(mut service: Service) -> Service {
    let inline = Graph::new(&service, |shape, _| {
        matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
    });
    let required = Graph::new(&service, |shape, member| {
        matches!(shape.kind, ShapeKind::Structure(_)) && member.required
    });
    for (from, shape) in service.shapes.values_mut().enumerate() {
        let is_union = matches!(shape.kind, ShapeKind::Union(_));
        for member in shape.kind.members_mut() {
            let is_on_cycle = |graph: &Graph| graph.is_on_cycle(from, &member.shape);
            member.boxed = is_on_cycle(&inline);
            member.required &= is_union || !is_on_cycle(&required);
        }
    }
    box_large(&mut service, &inline);
    service
}

/// The shapes of a service by number, in their order, and the members that a search follows from each.
struct Graph {
    numbers: HashMap<String, usize>,
    components: Components,
}

impl Graph {
    fn new(service: &Service, follow: fn(&Shape, &Member) -> bool) -> Self {
        let shapes = service.shapes.keys().cloned().enumerate();
        let numbers: HashMap<String, usize> = shapes.map(|(i, id)| (id, i)).collect();
        let edges = service.shapes.values().map(|shape| {
            let members = shape.kind.members().iter();
            let followed = members.filter(|member| follow(shape, member));
            followed
                .filter_map(|member| numbers.get(&member.shape).copied())
                .collect()
        });
        let edges: Vec<Vec<usize>> = edges.collect();
        Self {
            components: Components::new(&edges),
            numbers,
        }
    }

    fn is_on_cycle(&self, from: usize, to: &str) -> bool {
        let to = self.numbers.get(to);
        to.is_some_and(|to| self.components.is_on_cycle(from, *to))
    }
}

/// Boxes the structures and unions in each structure and union that is larger than `LARGE`, if there is one that is
/// larger than `MAX_SIZE`.
fn box_large(service: &mut Service, inline: &Graph) {
    if sizes(service, inline, usize::MAX).any(|size| size > MAX_SIZE) {
        sizes(service, inline, LARGE).for_each(drop);
    }
}

/// Returns the size of each shape, and boxes the structures and unions in those that are larger than `limit`.
fn sizes(service: &mut Service, inline: &Graph, limit: usize) -> impl Iterator<Item = usize> {
    let mut sizes = vec![0; service.shapes.len()];
    let mut shapes: Vec<&mut Shape> = service.shapes.values_mut().collect();
    // The shapes that a shape contains come before it, apart from those that are boxed already.
    for &number in inline.components.nodes.iter().flatten() {
        let Some(shape) = shapes.get_mut(number) else {
            continue;
        };
        let of = |member: &Member| {
            let number = inline.numbers.get(&member.shape);
            let known = number.and_then(|number| sizes.get(*number));
            known.copied().unwrap_or_default()
        };
        if size(shape, of) > limit {
            for member in shape.kind.members_mut() {
                member.boxed |= of(member) > SMALL;
            }
        }
        let size = size(shape, of);
        if let Some(known) = sizes.get_mut(number) {
            *known = size;
        }
    }
    sizes.into_iter()
}

/// Estimates the size of a value in bytes, given the sizes of members that are not boxed.
fn size(shape: &Shape, of: impl Fn(&Member) -> usize) -> usize {
    let of = |member: &Member| match member.boxed {
        true => size_of::<usize>(),
        false => of(member),
    };
    match &shape.kind {
        ShapeKind::Structure(structure) => {
            let sizes = structure.members.iter().map(of);
            sizes.fold(0, usize::saturating_add)
        }
        ShapeKind::Union(members) => {
            let largest = members.iter().map(of).max();
            largest
                .unwrap_or_default()
                .saturating_add(size_of::<usize>())
        }
        ShapeKind::Map { .. } | ShapeKind::Document => 48,
        ShapeKind::Boolean | ShapeKind::Byte | ShapeKind::Short | ShapeKind::Integer => 8,
        ShapeKind::Long | ShapeKind::Float | ShapeKind::Double => 16,
        _ => 24,
    }
}
