//! Marks the shapes of inputs and of outputs, so that only the required directions of codecs are generated.

use std::collections::{BTreeMap, BTreeSet};

use super::reach;
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
    let waiters = service.waiters.values();
    let polled: BTreeSet<&str> = waiters.map(|waiter| waiter.operation.as_str()).collect();
    let inputs = service.operations.iter();
    let inputs = inputs.filter_map(|(name, operation)| Some((name, operation.input.clone()?)));
    let mut is_polled: BTreeMap<ShapeId, bool> = BTreeMap::new();
    for (name, input) in inputs {
        *is_polled.entry(input).or_default() |= polled.contains(name.as_str());
    }
    for (id, shape) in &mut service.shapes {
        shape.direction.is_input = is_polled.contains_key(id);
        shape.direction.is_polled_input = is_polled.get(id) == Some(&true);
        shape.direction.input = input.contains(id);
        shape.direction.output = output.contains(id);
    }
    service
}
