//! Steps from IR to IR, each a pure function with one purpose, run in this order.

mod box_cycles;
mod infer_paginators;
mod mark_direction;
mod mark_lacking;
mod prune;

use crate::ir::Service;

/// Runs all passes.
pub(crate) fn run(service: Service) -> Service {
    let service = prune::run(service);
    let service = box_cycles::run(service);
    let service = infer_paginators::run(service);
    let service = mark_direction::run(service);
    mark_lacking::run(service)
}
