//! Marks the structures that must be validated before they are sent.
//!
//! The builder of a nested structure ensures that its required members are set, apart from those that
//! are optional in Rust. A required string can still be empty where the service demands at least one
//! character.

use std::collections::BTreeSet;

use crate::ir::{Member, Service, ShapeId, ShapeKind};

pub(super) fn run(mut service: Service) -> Service {
    let mut found = BTreeSet::new();
    loop {
        let incomplete = |members: &[Member]| {
            members
                .iter()
                .any(|member| is_checked(&service, member, &found))
        };
        let more: BTreeSet<ShapeId> = service
            .shapes
            .iter()
            .filter(|(id, shape)| {
                matches!(shape.kind, ShapeKind::Structure(_))
                    && !found.contains(*id)
                    && incomplete(shape.kind.members())
            })
            .map(|(id, _)| id.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    // A list or a map needs validation if its elements do.
    let ids: Vec<ShapeId> = service.shapes.keys().cloned().collect();
    for id in ids {
        let needs_validation = contains(&service, &id, &found);
        if let Some(shape) = service.shapes.get_mut(&id) {
            shape.needs_validation = needs_validation;
        }
    }
    service
}

fn is_checked(service: &Service, member: &Member, found: &BTreeSet<ShapeId>) -> bool {
    let nonempty = service
        .shapes
        .get(&member.shape)
        .is_some_and(|shape| shape.nonempty);
    (member.required && (nonempty || service.is_optional(member)))
        || contains(service, &member.shape, found)
}

/// Whether a shape is one of `found`, or a list or map of them.
fn contains(service: &Service, id: &ShapeId, found: &BTreeSet<ShapeId>) -> bool {
    match service.shapes.get(id).map(|shape| &shape.kind) {
        Some(ShapeKind::List(element) | ShapeKind::Map { value: element, .. }) => {
            contains(service, element, found)
        }
        Some(ShapeKind::Structure(_)) => found.contains(id),
        _ => false,
    }
}
