//! Checks and completes the shapes of both formats.

use std::collections::BTreeMap;

use crate::diagnostic::{Fault, Report};
use crate::ir::{self, ShapeKind};

/// Checks and completes the shapes of a model.
pub(super) fn complete(shapes: &mut BTreeMap<ir::ShapeId, ir::Shape>, report: &mut Report) {
    for shape in shapes.values().filter(|shape| shape.streaming) {
        report.fault(&shape.path, Fault::StreamingBlob);
    }
    sensitive_keys(shapes);
    report_infinite_types(shapes, report);
}

/// Marks the maps whose keys are sensitive.
fn sensitive_keys(shapes: &mut BTreeMap<ir::ShapeId, ir::Shape>) {
    let is_sensitive = |shape: &ir::Shape| match &shape.kind {
        ShapeKind::Map { key, .. } => shapes.get(key).is_some_and(|key| key.sensitive),
        _ => false,
    };
    let found: Vec<ir::ShapeId> = shapes
        .iter()
        .filter(|(_, shape)| is_sensitive(shape))
        .map(|(id, _)| id.clone())
        .collect();
    for id in found {
        if let Some(shape) = shapes.get_mut(&id) {
            shape.sensitive = true;
        }
    }
}

/// The maximum depth of nested lists and maps without a structure in between.
const MAX_DEPTH: usize = 32;

/// Reports the lists and maps that contain themselves without a structure in between, because no finite Rust type
/// exists for them. They become documents, so that later stages terminate.
fn report_infinite_types(shapes: &mut BTreeMap<ir::ShapeId, ir::Shape>, report: &mut Report) {
    let element = |id: &ir::ShapeId| match &shapes.get(id)?.kind {
        ShapeKind::List(element) | ShapeKind::Map { value: element, .. } => Some(element),
        _ => None,
    };
    let mut broken = Vec::new();
    for id in shapes.keys() {
        let nested = std::iter::successors(element(id), |id| element(id));
        let nested: Vec<_> = nested.take(MAX_DEPTH + 1).collect();
        let cycle = nested
            .split(|&other| other == id)
            .next()
            .unwrap_or_default();
        let (fault, is_reported) = match () {
            // A cycle is reported once, at the first of its shapes.
            () if cycle.len() < nested.len() => {
                (Fault::ListOfItself, cycle.iter().all(|&other| other > id))
            }
            () if nested.len() <= MAX_DEPTH => continue,
            () => {
                let last = nested.last().and_then(|last| element(last));
                (Fault::ListTooDeep, last.is_none())
            }
        };
        if let Some(shape) = shapes.get(id).filter(|_| is_reported) {
            report.fault(&shape.path, fault);
        }
        broken.push(id.clone());
    }
    for id in broken {
        if let Some(shape) = shapes.get_mut(&id) {
            shape.kind = ShapeKind::Document;
        }
    }
}
