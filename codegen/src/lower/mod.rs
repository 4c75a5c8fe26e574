//! Source to IR: every reference resolved, every fault of the model collected.

mod endpoint;
mod expression;
mod pagination;
mod shape;
mod tables;
mod waiter;

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Diagnostics, Report, did_you_mean};
use crate::ir;
use crate::source::botocore::{Member, Metadata, Model, Operation};
use crate::source::{Entries, parse};
use crate::{ModelFile, ModelFiles};

/// Reads botocore's files into the IR.
///
/// # Errors
/// One diagnostic for each fault, of all files at once.
pub(crate) fn botocore(files: &ModelFiles) -> Result<ir::Service, Diagnostics> {
    let mut found = Vec::new();
    let model: Option<Model> = keep(parse(&files.service), &mut found);
    let mut service = model.map(|model| {
        let mut report = Report::new(&files.service.name);
        let service = service(&model, &mut report);
        found.extend(report.into_found());
        service
    });
    beside(
        &files.paginators,
        pagination::attach,
        &mut service,
        &mut found,
    );
    beside(
        &files.enum_docs,
        tables::enum_docs,
        &mut service,
        &mut found,
    );
    beside(&files.rust, tables::rust, &mut service, &mut found);
    beside(&files.waiters, waiter::attach, &mut service, &mut found);
    beside(
        &files.endpoint_rules,
        endpoint::rules,
        &mut service,
        &mut found,
    );
    beside(
        &files.partitions,
        endpoint::partitions,
        &mut service,
        &mut found,
    );
    match service {
        Some(service) if found.is_empty() => Ok(service),
        _ => Err(Diagnostics(found)),
    }
}

/// Reads a file that stands beside the model, if it is there, and lets `apply` change the service by it.
fn beside<T: DeserializeOwned>(
    file: &Option<ModelFile>,
    apply: fn(&T, &mut ir::Service, &mut Report),
    service: &mut Option<ir::Service>,
    found: &mut Vec<Diagnostic>,
) {
    let Some(file) = file else { return };
    if let (Some(content), Some(service)) = (keep(parse(file), found), service) {
        let mut report = Report::new(&file.name);
        apply(&content, service, &mut report);
        found.extend(report.into_found());
    }
}

fn keep<T>(result: Result<T, Diagnostic>, found: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|diagnostic| found.push(diagnostic)).ok()
}

fn service(model: &Model, report: &mut Report) -> ir::Service {
    let metadata = &model.metadata;
    let title = metadata
        .service_full_name
        .clone()
        .unwrap_or_else(|| metadata.endpoint_prefix.clone());
    ir::Service {
        id: metadata.service_id.clone().unwrap_or_else(|| title.clone()),
        title,
        documentation: model.documentation.clone(),
        api_version: metadata.api_version.clone(),
        signing_name: metadata
            .signing_name
            .clone()
            .unwrap_or_else(|| metadata.endpoint_prefix.clone()),
        target_prefix: target_prefix(metadata, report),
        protocol: protocol(metadata, report),
        operations: operations(model, report),
        shapes: shape::shapes(model, report),
        endpoints: ir::EndpointRules::default(),
        waiters: BTreeMap::new(),
        polls: BTreeMap::new(),
        offline: false,
    }
}

fn target_prefix(metadata: &Metadata, report: &mut Report) -> String {
    metadata.target_prefix.clone().unwrap_or_else(|| {
        report.fault(
            "metadata.targetPrefix",
            "missing",
            "it stands before each operation's name in X-Amz-Target",
        );
        String::new()
    })
}

fn protocol(metadata: &Metadata, report: &mut Report) -> ir::Protocol {
    let speaks_json = metadata
        .protocols
        .iter()
        .chain(&metadata.protocol)
        .any(|protocol| protocol == "json");
    match metadata.json_version.as_deref() {
        Some("1.0") if speaks_json => return ir::Protocol::AwsJson1_0,
        Some("1.1") if speaks_json => return ir::Protocol::AwsJson1_1,
        Some(version) if speaks_json => {
            report.fault(
                "metadata.jsonVersion",
                format!("unknown version \"{version}\""),
                "known are 1.0 and 1.1",
            );
        }
        None if speaks_json => {
            report.fault(
                "metadata.jsonVersion",
                "missing",
                "a json protocol names its version, 1.0 or 1.1",
            );
        }
        _ => {
            let protocol = metadata.protocol.as_deref().unwrap_or("none");
            report.fault(
                "metadata.protocol",
                format!("unsupported protocol \"{protocol}\""),
                "supported is json (awsJson 1.0 and 1.1), as protocol or among protocols",
            );
        }
    }
    ir::Protocol::AwsJson1_1
}

fn operations(model: &Model, report: &mut Report) -> BTreeMap<String, ir::Operation> {
    unique("operations.", &model.operations, report);
    if model.operations.names().next().is_none() {
        report.fault(
            "operations",
            "there is none",
            "a client needs something to call",
        );
    }
    model
        .operations
        .iter()
        .map(|(name, operation)| {
            (
                name.to_owned(),
                lower_operation(name, operation, model, report),
            )
        })
        .collect()
}

fn lower_operation(
    name: &str,
    operation: &Operation,
    model: &Model,
    report: &mut Report,
) -> ir::Operation {
    let path = format!("operations.{name}");
    let mut structure = |member: &Option<Member>, place: &str| {
        let reference = member.as_ref()?;
        let path = format!("{path}.{place}.shape");
        let id = resolve(reference, &path, model, report)?;
        expect_structure(&id, &path, model, report);
        Some(id)
    };
    let input = structure(&operation.input, "input");
    let output = structure(&operation.output, "output");
    let errors = operation
        .errors
        .iter()
        .enumerate()
        .filter_map(|(i, error)| {
            let path = format!("{path}.errors[{i}].shape");
            let id = resolve(error, &path, model, report)?;
            match find(&model.shapes, &id) {
                Some(shape) if !shape.exception => report.fault(
                    &path,
                    format!("\"{id}\" is no error"),
                    "an error's shape says \"exception\": true",
                ),
                _ => expect_structure(&id, &path, model, report),
            }
            Some(id)
        })
        .collect();
    ir::Operation {
        documentation: operation.documentation.clone(),
        input,
        output,
        errors,
        host_prefix: operation
            .endpoint
            .as_ref()
            .and_then(|endpoint| endpoint.host_prefix.clone()),
        pagination: None,
        deprecated: deprecated(operation.deprecated, &operation.deprecated_message),
    }
}

/// Reports each name that stands more than once; `path` leads up to the names.
fn unique<T>(path: &str, entries: &Entries<T>, report: &mut Report) {
    for name in entries.duplicates() {
        report.fault(
            format!("{path}{name}"),
            "stands twice",
            "remove one of them",
        );
    }
}

/// The id of the shape that is referred to, unless there is none of that name.
fn resolve(
    reference: &Member,
    path: &str,
    model: &Model,
    report: &mut Report,
) -> Option<ir::ShapeId> {
    if model.shapes.names().any(|name| name == reference.shape) {
        return Some(reference.shape.clone());
    }
    let fault = format!("no shape \"{}\"", reference.shape);
    let hint = did_you_mean(
        &reference.shape,
        model.shapes.names(),
        "add it to shapes or remove the reference",
    );
    report.fault(path, fault, hint);
    None
}

fn expect_structure(id: &str, path: &str, model: &Model, report: &mut Report) {
    let Some(shape) = find(&model.shapes, id) else {
        return;
    };
    let kind = match shape.kind.as_str() {
        "structure" if shape.union => "union",
        "structure" if shape.document => "document",
        "structure" => return,
        other => other,
    };
    let fault = format!("\"{id}\" is of type {kind}");
    report.fault(path, fault, "inputs, outputs and errors are structures");
}

fn find<'a, T>(entries: &'a Entries<T>, name: &str) -> Option<&'a T> {
    entries
        .iter()
        .find(|(other, _)| *other == name)
        .map(|(_, value)| value)
}

fn deprecated(is: bool, message: &Option<String>) -> Option<ir::Deprecated> {
    is.then(|| ir::Deprecated(message.clone().unwrap_or_default()))
}
