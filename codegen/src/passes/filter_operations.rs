//! Removes the operations that the caller did not select, and those that clients cannot call.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Fault, Item, NOWHERE, Suggestion};
use crate::ir::{Operation, Service, ShapeId};
use crate::warning::{StreamSide, Warning, WarningKind};

/// Removes the operations that are not in `only`.
///
/// # Errors
/// Returns a diagnostic for each unknown name.
pub(super) fn select(mut service: Service, only: &[String]) -> Result<Service, Diagnostics> {
    let unknown = |name: &&String| !service.operations.contains_key(*name);
    let fault = |name: &String| {
        let known = service.operations.keys().map(String::as_str);
        let suggestion = Suggestion::near(name, known);
        selection_fault("", Fault::unknown(Item::Operation, name, suggestion))
    };
    let found: Vec<Diagnostic> = only.iter().filter(unknown).map(fault).collect();
    if !found.is_empty() {
        return Err(Diagnostics(found));
    }
    let (kept, removed): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (std::mem::take(&mut service.operations).into_iter())
            .partition(|(name, _)| only.contains(name));
    service.operations = kept;
    let waiters = service.waiters.iter();
    let waiters = waiters.filter(|(_, waiter)| removed.contains_key(&waiter.operation));
    let waiters = waiters.map(|(name, _)| format!("waiters.{name}"));
    let paths = removed.values().map(|operation| operation.path.clone());
    let paths: HashSet<String> = paths.chain(waiters).collect();
    service.warnings.retain(|warning| !warning.is_about(&paths));
    Ok(service)
}

/// Returns the reasons why no selected operation can be generated.
pub(super) fn none_left(warnings: &[Warning]) -> Diagnostics {
    let left_out = warnings.iter().filter_map(|warning| match &warning.kind {
        WarningKind::EventStream { operation, .. } => Some(selection_fault(
            operation,
            Fault::CannotGenerate(warning.kind.clone()),
        )),
        _ => None,
    });
    Diagnostics(left_out.collect())
}

/// Creates a diagnostic about the selection.
fn selection_fault(path: &str, fault: Fault) -> Diagnostic {
    Diagnostic {
        file: "--operations".to_owned(),
        line: NOWHERE,
        column: NOWHERE,
        path: path.to_owned(),
        fault,
    }
}

/// Returns the event streams and the shapes that contain them, directly or indirectly.
fn with_streams(service: &Service) -> BTreeSet<ShapeId> {
    let mut users: BTreeMap<&ShapeId, Vec<&ShapeId>> = BTreeMap::new();
    for (id, shape) in &service.shapes {
        for inner in shape.kind.references() {
            users.entry(inner).or_default().push(id);
        }
    }
    let streams = service.shapes.iter().filter(|(_, it)| it.event_stream);
    let mut pending: Vec<&ShapeId> = streams.map(|(id, _)| id).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if found.insert(id.clone()) {
            pending.extend(users.get(id).into_iter().flatten());
        }
    }
    found
}

/// Removes the operations with event streams.
pub(super) fn without_streams(mut service: Service) -> Service {
    if !service.shapes.values().any(|shape| shape.event_stream) {
        return service;
    }
    let containing = with_streams(&service);
    let streams = |id: &ShapeId| containing.contains(id);
    let side = |operation: &Operation| match (&operation.input, &operation.output) {
        (Some(input), _) if streams(input) => Some(StreamSide::Input),
        (_, Some(output)) if streams(output) => Some(StreamSide::Output),
        _ => None,
    };
    let found: Vec<(String, StreamSide)> = (service.operations.iter())
        .filter_map(|(name, operation)| Some((name.clone(), side(operation)?)))
        .collect();
    let left_out: BTreeSet<&String> = found.iter().map(|(name, _)| name).collect();
    service
        .operations
        .retain(|name, _| !left_out.contains(name));
    let warnings = found.iter().map(|(operation, side)| {
        let (operation, side) = (operation.clone(), *side);
        let path = format!("operations.{operation}");
        Warning::new(path, WarningKind::EventStream { operation, side })
    });
    service.warnings.extend(warnings);
    service
}

#[cfg(test)]
mod tests {
    use crate::{ModelFile, ModelFiles, Options};

    fn warnings(model: &ModelFiles, only: &[&str]) -> Vec<String> {
        let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
        let options = Options {
            operations: Some(&only),
            ..Options::default()
        };
        let generated = crate::generate(model, &options).unwrap();
        let warnings = generated.warnings.into_iter();
        warnings.map(|warning| warning.to_string()).collect()
    }

    fn file(name: &str, bytes: impl Into<Vec<u8>>) -> ModelFile {
        ModelFile {
            name: name.to_owned(),
            bytes: bytes.into(),
        }
    }

    /// A crate has no limitations of operations that it does not have.
    #[test]
    fn warnings_about_other_operations_are_removed() {
        let bytes = include_bytes!("../../tests/fixtures/bearer.json");
        let model = ModelFiles::new(file("bearer.json", bytes));
        let has = |only: &[&str]| {
            let warnings = warnings(&model, only);
            let path = "operations.OtherSignature: ";
            warnings.iter().any(|warning| warning.starts_with(path))
        };
        assert!(has(&["OtherSignature", "Either"]));
        assert!(!has(&["Either"]));
    }

    #[test]
    fn warnings_about_other_waiters_are_removed() {
        let text = r#"{
            "version": "2.0",
            "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "a", "jsonVersion": "1.1", "protocol": "json",
                "serviceFullName": "A", "serviceId": "A", "signatureVersion": "v4", "targetPrefix": "A", "uid": "a-1"},
            "operations": {
                "GetA": {"name": "GetA", "http": {"method": "POST", "requestUri": "/"}, "output": {"shape": "Output"}},
                "GetB": {"name": "GetB", "http": {"method": "POST", "requestUri": "/"}, "output": {"shape": "Output"}}
            },
            "shapes": {
                "Output": {"type": "structure", "members": {"State": {"shape": "State"}}},
                "State": {"type": "string", "enum": ["on", "off"]}
            }
        }"#;
        let waiters = r#"{"version": 2, "waiters": {"IsA": {"operation": "GetA", "delay": 1, "maxAttempts": 2, "acceptors": [
            {"matcher": "path", "argument": "State", "expected": "gone", "state": "success"}]}}}"#;
        let model = ModelFiles {
            waiters: Some(file("waiters-2.json", waiters)),
            ..ModelFiles::new(file("service-2.json", text))
        };
        let path = "waiters.IsA.acceptors[0]: ";
        let found = warnings(&model, &["GetA", "GetB"]);
        assert!(found.iter().any(|it| it.starts_with(path)), "{found:?}");
        assert_eq!(warnings(&model, &["GetB"]), Vec::<String>::new());
    }

    /// Smithy models have warnings about traits, and about default values.
    #[test]
    fn warnings_about_other_types_are_removed() {
        let text = r#"{
            "smithy": "2.0",
            "shapes": {
                "a#Service": {"type": "service", "version": "2020-01-01",
                    "operations": [{"target": "a#GetA"}, {"target": "a#GetB"}],
                    "traits": {"aws.protocols#awsJson1_1": {}, "aws.api#service": {"sdkId": "A", "arnNamespace": "a"},
                        "aws.auth#sigv4": {"name": "a"}, "smithy.api#title": "A"}},
                "a#GetA": {"type": "operation", "output": {"target": "a#OutputA"}},
                "a#GetB": {"type": "operation"},
                "a#OutputA": {"type": "structure", "members": {"Since": {"target": "smithy.api#Timestamp",
                    "traits": {"smithy.api#default": 7}}, "Color": {"target": "a#Color"}}},
                "a#Color": {"type": "string", "traits": {"aws.api#other": {}}}
            }
        }"#;
        let model = ModelFiles::new(file("a.json", text));
        let found = warnings(&model, &["GetA", "GetB"]);
        for start in ["shapes: 1 member", "shapes.a#Color"] {
            let has_warning = found.iter().any(|it| it.starts_with(start));
            assert!(has_warning, "{start}: {found:?}");
        }
        assert_eq!(warnings(&model, &["GetB"]), Vec::<String>::new());
    }
}
