//! Marks the structures in which something required can be missing although they could be built.
//!
//! What is required of a nested structure is always there, as its builder sees to it; but a text can
//! be empty where the service demands at least one character.

use std::collections::BTreeSet;

use crate::ir::{Member, Service, ShapeId, ShapeKind};

pub(super) fn run(mut service: Service) -> Service {
    let mut found = BTreeSet::new();
    loop {
        let lacking =
            |members: &[Member]| members.iter().any(|member| lacks(&service, member, &found));
        let more: BTreeSet<ShapeId> = service
            .shapes
            .iter()
            .filter(|(id, shape)| {
                matches!(shape.kind, ShapeKind::Structure(_))
                    && !found.contains(*id)
                    && lacking(shape.kind.members())
            })
            .map(|(id, _)| id.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    // A list or a map lacks what its elements lack.
    let ids: Vec<ShapeId> = service.shapes.keys().cloned().collect();
    for id in ids {
        let can_lack = leads(&service, &id, &found);
        if let Some(shape) = service.shapes.get_mut(&id) {
            shape.can_lack = can_lack;
        }
    }
    service
}

fn lacks(service: &Service, member: &Member, found: &BTreeSet<ShapeId>) -> bool {
    let nonempty = service
        .shapes
        .get(&member.shape)
        .is_some_and(|shape| shape.nonempty);
    (member.required && nonempty) || leads(service, &member.shape, found)
}

/// Whether a shape is one of those found, or made of them.
fn leads(service: &Service, id: &ShapeId, found: &BTreeSet<ShapeId>) -> bool {
    match service.shapes.get(id).map(|shape| &shape.kind) {
        Some(ShapeKind::List(element) | ShapeKind::Map { value: element, .. }) => {
            leads(service, element, found)
        }
        Some(ShapeKind::Structure(_)) => found.contains(id),
        _ => false,
    }
}
