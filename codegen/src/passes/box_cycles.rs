//! Boxes the members that would make a structure contain itself.
//!
//! A list or a map already puts its elements on the heap, so only ways through structures and unions
//! alone count. Each member on such a circle is boxed: which one "closes" it would depend on where
//! one starts to look. A circle of required members of structures, which no value could ever
//! complete, is broken by making them optional.

use std::collections::BTreeSet;

use crate::ir::{Member, Service, Shape, ShapeId, ShapeKind};

pub(super) fn run(mut service: Service) -> Service {
    let circular = circular(&service, in_place);
    let endless = circular_required(&service);
    for (id, shape) in &mut service.shapes {
        for (i, member) in shape.kind.members_mut().iter_mut().enumerate() {
            let place = (id.clone(), i);
            member.boxed = circular.contains(&place);
            member.required &= !endless.contains(&place);
        }
    }
    service
}

/// A member by its shape and its position there.
type Place = (ShapeId, usize);

/// Whether a member of a shape is followed on the search for a circle.
type Follow = fn(&Shape, &Member) -> bool;

fn in_place(shape: &Shape, _: &Member) -> bool {
    matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
}

fn circular_required(service: &Service) -> BTreeSet<Place> {
    circular(service, |shape, member| {
        matches!(shape.kind, ShapeKind::Structure(_)) && member.required
    })
}

/// The members by which a shape reaches itself.
fn circular(service: &Service, follow: Follow) -> BTreeSet<Place> {
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
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == to {
            return true;
        }
        if let Some(shape) = service.shapes.get(id).filter(|_| seen.insert(id)) {
            let members = shape.kind.members().iter();
            open.extend(
                members
                    .filter(|member| follow(shape, member))
                    .map(|member| &member.shape),
            );
        }
    }
    false
}
