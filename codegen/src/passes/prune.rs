//! Removes the shapes that no operation uses, with the warnings about them.

use std::collections::{BTreeMap, HashSet};

use super::reach;
use crate::ir::Service;

pub(super) fn run(mut service: Service) -> Service {
    let operations = service.operations.values();
    let reached = reach(
        &service,
        operations.flat_map(|operation| operation.references()),
    );
    let (kept, removed): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (std::mem::take(&mut service.shapes).into_iter()).partition(|(id, _)| reached.contains(id));
    service.shapes = kept;
    // Several shapes of the IR can be one of the model.
    let mut paths: HashSet<String> = removed.into_values().map(|shape| shape.path).collect();
    for shape in service.shapes.values() {
        paths.remove(&shape.path);
    }
    service.warnings.retain(|warning| !warning.is_about(&paths));
    service
}
