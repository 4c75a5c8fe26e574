//! Transforms the IR in steps. Each pass is a pure function with one purpose.

mod box_members;
mod check_defaults;
mod check_endpoint_discovery;
mod filter_operations;
mod infer_paginators;
mod mark_direction;
mod prune;

use std::collections::BTreeSet;

use crate::Warning;
use crate::diagnostic::Diagnostics;
use crate::ir::{Service, ShapeId};

/// Runs all passes, for all operations or those in `only`.
///
/// # Errors
/// Returns an error if `only` contains an unknown operation, or no operation that can be generated.
pub(crate) fn run(
    service: Service,
    only: Option<&[String]>,
) -> Result<(Service, Vec<Warning>), Diagnostics> {
    let service = match only {
        Some(only) => filter_operations::select(service, only)?,
        None => service,
    };
    let service = filter_operations::without_streams(service);
    if only.is_some() && service.operations.is_empty() {
        return Err(filter_operations::none_left(&service.warnings));
    }
    let service = check_endpoint_discovery::run(service);
    let service = prune::run(service);
    let service = check_defaults::run(service);
    let service = box_members::run(service);
    let service = infer_paginators::run(service);
    let mut service = mark_direction::run(service);
    let mut warnings = std::mem::take(&mut service.warnings);
    warnings.sort();
    Ok((service, warnings))
}

/// Returns shapes and all shapes that they refer to, directly or indirectly.
fn reach<'a>(service: &'a Service, from: impl Iterator<Item = &'a ShapeId>) -> BTreeSet<ShapeId> {
    let mut reached = BTreeSet::new();
    let mut pending: Vec<&ShapeId> = from.collect();
    while let Some(id) = pending.pop() {
        if reached.insert(id.clone()) {
            let shape = service.shapes.get(id);
            pending.extend(shape.into_iter().flat_map(|shape| shape.kind.references()));
        }
    }
    reached
}
