//! Steps from IR to IR, each a pure function with one purpose, run in this order.

mod box_cycles;
mod filter_operations;
mod infer_paginators;
mod mark_direction;
mod needs_validation;
mod normalize_docs;
mod prune;

use std::collections::BTreeSet;

use crate::Warning;
use crate::diagnostic::Diagnostics;
use crate::ir::{Service, ShapeId};

/// Runs all passes, on all operations or on those that `only` names.
///
/// # Errors
/// When `only` names what is no operation, or none that a crate can have.
pub(crate) fn run(
    service: Service,
    only: Option<&[String]>,
) -> Result<(Service, Vec<Warning>), Diagnostics> {
    let service = match only {
        Some(only) => filter_operations::others(service, only)?,
        None => service,
    };
    let service = filter_operations::streams(service);
    if only.is_some() && service.operations.is_empty() {
        return Err(filter_operations::nothing_left(&service.warnings));
    }
    let service = prune::run(service);
    let service = normalize_docs::run(service);
    let service = box_cycles::run(service);
    let service = infer_paginators::run(service);
    let service = mark_direction::run(service);
    let mut service = needs_validation::run(service);
    let mut warnings = std::mem::take(&mut service.warnings);
    warnings.sort();
    Ok((service, warnings))
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
