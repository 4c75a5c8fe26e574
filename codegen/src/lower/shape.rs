//! What both formats do with shapes.

use std::collections::BTreeMap;

use super::pattern;
use crate::diagnostic::{Fault, Report};
use crate::ir::{self, ShapeKind};

/// Whether an empty string breaks the constraints of a shape.
pub(super) fn refuses_empty(kind: &ShapeKind, constraints: &ir::Constraints) -> bool {
    if *kind != ShapeKind::String {
        return false;
    }
    let min = constraints.min.as_ref();
    let min = min.and_then(serde_json::Number::as_f64);
    let pattern = constraints.pattern.as_deref();
    min.is_some_and(|min| min >= 1.0) || pattern.is_some_and(pattern::refuses_empty)
}

/// Checks and completes the shapes of a model.
pub(super) fn complete(shapes: &mut BTreeMap<ir::ShapeId, ir::Shape>, report: &mut Report) {
    for shape in shapes.values().filter(|shape| shape.streaming) {
        report.fault(&shape.path, Fault::StreamingBlob);
    }
    sensitive_keys(shapes);
    endless(shapes, report);
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

/// How many lists and maps may be nested with no structure between.
const DEEPEST: usize = 32;

/// Reports the lists and maps that contain themselves through lists and maps alone: with no structure
/// between, no Rust type could name them. A shape that is reported becomes a document.
fn endless(shapes: &mut BTreeMap<ir::ShapeId, ir::Shape>, report: &mut Report) {
    let element = |id: &ir::ShapeId| match &shapes.get(id)?.kind {
        ShapeKind::List(element) | ShapeKind::Map { value: element, .. } => Some(element),
        _ => None,
    };
    let mut broken = Vec::new();
    for id in shapes.keys() {
        let within = std::iter::successors(element(id), |id| element(id));
        let within: Vec<_> = within.take(DEEPEST + 1).collect();
        let circle = within
            .split(|&other| other == id)
            .next()
            .unwrap_or_default();
        let (fault, is_reported) = match () {
            // A circle is reported once, at the first of its shapes.
            () if circle.len() < within.len() => {
                (Fault::ListOfItself, circle.iter().all(|&other| other > id))
            }
            () if within.len() <= DEEPEST => continue,
            () => {
                let last = within.last().and_then(|last| element(last));
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
