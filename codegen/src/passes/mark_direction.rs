//! Marks which way each shape travels, so that only what a direction needs is printed.

use std::collections::BTreeSet;

use crate::ir::{Service, ShapeId};

pub(super) fn run(mut service: Service) -> Service {
    let input = reach(
        &service,
        service
            .operations
            .values()
            .flat_map(|operation| &operation.input),
    );
    let output = reach(
        &service,
        service
            .operations
            .values()
            .flat_map(|operation| operation.output.iter().chain(&operation.errors)),
    );
    for (id, shape) in &mut service.shapes {
        shape.direction.input = input.contains(id);
        shape.direction.output = output.contains(id);
    }
    service
}

fn reach<'a>(service: &'a Service, from: impl Iterator<Item = &'a ShapeId>) -> BTreeSet<ShapeId> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&ShapeId> = from.collect();
    while let Some(id) = open.pop() {
        if reached.insert(id.clone()) {
            open.extend(
                service
                    .shapes
                    .get(id)
                    .into_iter()
                    .flat_map(|shape| shape.kind.references()),
            );
        }
    }
    reached
}
