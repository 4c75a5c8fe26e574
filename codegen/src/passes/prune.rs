//! Drops the shapes that no operation reaches.

use std::collections::BTreeSet;

use crate::ir::{Service, ShapeId};

pub(super) fn run(mut service: Service) -> Service {
    let mut reached = BTreeSet::new();
    let mut open: Vec<ShapeId> = service
        .operations
        .values()
        .flat_map(|operation| operation.references().cloned())
        .collect();
    while let Some(id) = open.pop() {
        if let Some(shape) = service.shapes.get(&id)
            && reached.insert(id)
        {
            open.extend(shape.kind.references().cloned());
        }
    }
    service.shapes.retain(|id, _| reached.contains(id));
    service
}
