//! Marks the members for which a structure has an `Option`, as the official crates do.
//!
//! A required member is no `Option`, unless it is a structure or union, which have no value to stand in
//! for one that is missing, or the model lets clients leave it out.

use crate::ir::{Service, ShapeId, ShapeKind};

pub(super) fn run(mut service: Service) -> Service {
    let composed = |(id, kind): (&ShapeId, &ShapeKind)| match kind {
        ShapeKind::Structure(_) | ShapeKind::Union(_) => Some(id.clone()),
        _ => None,
    };
    let shapes = service.shapes.iter();
    let composed: std::collections::BTreeSet<ShapeId> = shapes
        .map(|(id, shape)| (id, &shape.kind))
        .filter_map(composed)
        .collect();
    for shape in service.shapes.values_mut() {
        for member in shape.kind.members_mut() {
            member.optional =
                !member.required || member.client_optional || composed.contains(&member.shape);
        }
    }
    service
}
