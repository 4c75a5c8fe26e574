//! Removes the shapes that no operation uses.

use super::reach;
use crate::ir::Service;

pub(super) fn run(mut service: Service) -> Service {
    let operations = service.operations.values();
    let reached = reach(
        &service,
        operations.flat_map(|operation| operation.references()),
    );
    service.shapes.retain(|id, _| reached.contains(id));
    service
}
