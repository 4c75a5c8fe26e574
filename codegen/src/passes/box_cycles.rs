//! Boxes the members through which a structure or union contains itself.
//!
//! Lists and maps allocate their elements, so only cycles of structures and unions need boxes. All members on a cycle
//! are boxed, so that the result does not depend on the order of the search. A cycle of required members of structures
//! has no finite value, so these members become optional.

use std::collections::BTreeSet;

use crate::ir::{Member, Service, Shape, ShapeId, ShapeKind};

pub(super) fn run(mut service: Service) -> Service {
    let cyclic = cyclic(&service, is_inline);
    let infinite = cyclic_required(&service);
    for (id, shape) in &mut service.shapes {
        for (i, member) in shape.kind.members_mut().iter_mut().enumerate() {
            let place = (id.clone(), i);
            member.boxed = cyclic.contains(&place);
            member.required &= !infinite.contains(&place);
        }
    }
    service
}

/// A member, by its shape and its index in the shape.
type Place = (ShapeId, usize);

/// Whether the search for cycles follows a member of a shape.
type Follow = fn(&Shape, &Member) -> bool;

fn is_inline(shape: &Shape, _: &Member) -> bool {
    matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
}

fn cyclic_required(service: &Service) -> BTreeSet<Place> {
    cyclic(service, |shape, member| {
        matches!(shape.kind, ShapeKind::Structure(_)) && member.required
    })
}

/// Returns the members through which a shape contains itself.
fn cyclic(service: &Service, follow: Follow) -> BTreeSet<Place> {
    let mut found = BTreeSet::new();
    for (id, shape) in &service.shapes {
        for (i, member) in shape.kind.members().iter().enumerate() {
            if follow(shape, member) && reaches(service, &member.shape, id, follow) {
                found.insert((id.clone(), i));
            }
        }
    }
    found
}

/// Whether a value of `from` holds a value of `to`, in place.
fn reaches(service: &Service, from: &ShapeId, to: &ShapeId, follow: Follow) -> bool {
    let mut seen = BTreeSet::new();
    let mut pending = vec![from];
    while let Some(id) = pending.pop() {
        if id == to {
            return true;
        }
        if let Some(shape) = service.shapes.get(id).filter(|_| seen.insert(id)) {
            let members = shape.kind.members().iter();
            pending.extend(
                members
                    .filter(|member| follow(shape, member))
                    .map(|member| &member.shape),
            );
        }
    }
    false
}
