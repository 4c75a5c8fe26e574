//! Checks and completes the shapes of both formats.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Fault, Report};
use crate::graph::Components;
use crate::ir::{self, Protocol, ShapeKind};

/// Checks and completes the shapes of a model.
pub(super) fn complete(
    shapes: &mut BTreeMap<ir::ShapeId, ir::Shape>,
    protocol: Protocol,
    report: &mut Report,
) {
    let is_fault = |shape: &&ir::Shape| shape.streaming && !protocol.has_bindings();
    for shape in shapes.values().filter(is_fault) {
        report.fault(&shape.path, Fault::StreamingBlob);
    }
    for shape in shapes.values() {
        let is_empty = match &shape.kind {
            ShapeKind::Union(members) => members.is_empty(),
            ShapeKind::Enum(values) => values.is_empty(),
            _ => false,
        };
        if is_empty {
            report.fault(&shape.path, Fault::Empty);
        }
    }
    sensitive_keys(shapes);
    report_infinite_values(shapes, report);
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

/// Reports the structures that contain themselves through required members only.
fn report_infinite_values(shapes: &BTreeMap<ir::ShapeId, ir::Shape>, report: &mut Report) {
    let numbers: HashMap<&str, usize> = shapes.keys().map(String::as_str).zip(0..).collect();
    let edges = shapes.values().map(|shape| match &shape.kind {
        ShapeKind::Structure(structure) => {
            let members = structure.members.iter();
            let required = members.filter(|member| member.required && !member.client_optional);
            let required = required.filter_map(|it| numbers.get(it.shape.as_str()).copied());
            required.collect()
        }
        _ => Vec::new(),
    });
    let edges: Vec<Vec<usize>> = edges.collect();
    let components = Components::new(&edges);
    let paths: Vec<&str> = shapes.values().map(|shape| shape.path.as_str()).collect();
    for nodes in &components.nodes {
        // A cycle is reported once, at the first of its shapes.
        let Some(first) = nodes.iter().copied().min() else {
            continue;
        };
        let mut next = edges.get(first).into_iter().flatten();
        if next.any(|to| components.is_on_cycle(first, *to)) {
            let path = paths.get(first).copied().unwrap_or_default();
            report.fault(path, Fault::RequiredOfItself);
        }
    }
}

/// The maximum depth of nested lists and maps without a structure in between.
const MAX_DEPTH: usize = 32;

/// Reports the lists and maps that contain themselves without a structure in between, because no finite Rust type
/// exists for them, and those that are nested too deeply. They become documents, so that later stages terminate.
fn report_infinite_types(shapes: &mut BTreeMap<ir::ShapeId, ir::Shape>, report: &mut Report) {
    let numbers: HashMap<&str, usize> = shapes.keys().map(String::as_str).zip(0..).collect();
    let edges = shapes.values().map(|shape| match &shape.kind {
        ShapeKind::List(_) | ShapeKind::Map { .. } => {
            let nested = shape.kind.references();
            let nested = nested.filter_map(|id| numbers.get(id.as_str()).copied());
            nested.collect()
        }
        _ => Vec::new(),
    });
    let edges: Vec<Vec<usize>> = edges.collect();
    let components = Components::new(&edges);
    let mut depths = vec![0; edges.len()];
    let mut faults: BTreeMap<usize, Option<Fault>> = BTreeMap::new();
    for nodes in &components.nodes {
        let nested = |node: usize| edges.get(node).into_iter().flatten().copied();
        let first = nodes.iter().copied().min().unwrap_or_default();
        if nested(first).any(|to| components.is_on_cycle(first, to)) {
            // A cycle is reported once, at the first of its shapes.
            faults.extend(nodes.iter().map(|node| (*node, None)));
            faults.insert(first, Some(Fault::ListOfItself));
            continue;
        }
        let depth = |to: usize| depths.get(to).copied().unwrap_or_default();
        let depth = nested(first).map(|to| 1 + depth(to)).max();
        let depth = depth.unwrap_or_default();
        if depth > MAX_DEPTH {
            // The shapes that contain the first one that is too deep are not reported.
            let fault = (depth == MAX_DEPTH + 1).then_some(Fault::ListTooDeep);
            faults.insert(first, fault);
        }
        if let Some(known) = depths.get_mut(first) {
            *known = depth;
        }
    }
    for (i, shape) in shapes.values_mut().enumerate() {
        if let Some(fault) = faults.remove(&i) {
            if let Some(fault) = fault {
                report.fault(&shape.path, fault);
            }
            shape.kind = ShapeKind::Document;
        }
    }
}
