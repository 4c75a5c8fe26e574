//! Steps from IR to IR, each a pure function with one purpose, run in this order.

mod box_cycles;
mod infer_paginators;
mod mark_direction;
mod mark_lacking;
mod prune;

use std::collections::BTreeSet;

use crate::ir::{Service, ShapeId};

/// Runs all passes.
pub(crate) fn run(service: Service) -> Service {
    let service = prune::run(service);
    let service = box_cycles::run(service);
    let service = infer_paginators::run(service);
    let service = mark_direction::run(service);
    mark_lacking::run(service)
}

/// The shapes that some speak of, directly or by way of others, themselves included.
fn reach<'a>(service: &'a Service, from: impl Iterator<Item = &'a ShapeId>) -> BTreeSet<ShapeId> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&ShapeId> = from.collect();
    while let Some(id) = open.pop() {
        if reached.insert(id.clone()) {
            let shape = service.shapes.get(id);
            open.extend(shape.into_iter().flat_map(|shape| shape.kind.references()));
        }
    }
    reached
}
