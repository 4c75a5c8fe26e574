//! Removes the shapes that no operation uses, with the warnings about them.

use std::collections::BTreeMap;

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
    let paths = removed.keys().map(|id| format!("shapes.{id}"));
    let paths: Vec<String> = paths.collect();
    service
        .warnings
        .retain(|warning| !paths.iter().any(|path| warning.is_about(path)));
    service
}
