//! Marks the shapes of inputs and of outputs, so that only the required directions of codecs are generated.

use super::reach;
use crate::ir::Service;

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
