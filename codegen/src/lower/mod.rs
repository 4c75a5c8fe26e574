//! Source to IR: every reference resolved, every fault of the model collected.

mod context;
mod endpoint;
mod expression;
mod pagination;
mod pattern;
mod shape;
mod smithy;
mod tables;
mod waiter;

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Expected, Fault, Faults, Item, Report, Suggestion};
use crate::ir;
use crate::source::botocore::{EnumDocs, Member, Metadata, Model, Operation, Paginators, RuleSet};
use crate::source::{Entries, parse};
use crate::warning::{Warning, WarningKind};
use crate::{ModelFile, ModelFiles};

/// Reads a model of either format into the IR, and notes the faults of all its files. What is at fault
/// is left out of the IR, so that later rooms can find the faults of the rest.
pub(crate) fn lower(files: &ModelFiles, faults: &mut Faults) -> Option<ir::Service> {
    let Source {
        model,
        paginators,
        rules,
        words,
    } = match is_smithy(&files.service) {
        true => smithy::read(&files.service, faults),
        false => Source {
            model: parse(&files.service, faults),
            ..Source::default()
        },
    };
    let mut report = Report::new(&files.service.name);
    let metadata = model.as_ref().map(|model| &model.metadata);
    if let Some(metadata) = metadata.filter(|metadata| !speaks_json(metadata)) {
        // Whatever else there is to say of such a model is beside the point.
        unsupported(metadata, &mut report);
        faults.add(report);
        return None;
    }
    let mut service = model.map(|model| service(&model, &mut report));
    if let Some(service) = &mut service {
        pagination::attach(&paginators, service, &mut report);
        tables::enum_docs(&words, service, &mut report);
        if let Some(rules) = &rules {
            endpoint::rules(rules, service, &mut report);
        }
    }
    faults.add(report);
    let mut beside = Beside {
        service: &mut service,
        faults,
    };
    beside.read(&files.paginators, pagination::attach);
    beside.read(&files.enum_docs, tables::enum_docs);
    beside.read(&files.rust, tables::rust);
    beside.read(&files.waiters, waiter::attach);
    beside.read(&files.partitions, endpoint::partitions);
    beside.read(&files.endpoint_rules, endpoint::rules);
    service
}

/// Gives the faults found by what both formats share paths of the format that the model is of.
pub(crate) fn native(faults: &mut [Diagnostic], file: &ModelFile) {
    if is_smithy(file) {
        smithy::native(faults, file);
    }
}

/// Whether a model is in Smithy's format, by its content.
pub(crate) fn is_smithy(file: &ModelFile) -> bool {
    smithy::speaks(file)
}

/// What the file of the service says. botocore's format keeps all but the model itself in other files.
#[derive(Default)]
struct Source {
    model: Option<Model>,
    paginators: Paginators,
    rules: Option<RuleSet>,
    words: EnumDocs,
}

/// Reads the files that stand beside the model.
struct Beside<'a> {
    service: &'a mut Option<ir::Service>,
    faults: &'a mut Faults,
}

impl Beside<'_> {
    /// Reads a file, if it is there, and lets `apply` change the service by it. In so small a file one
    /// thing follows from the other, so one that could not be read as a whole is left at that.
    fn read<T: DeserializeOwned>(
        &mut self,
        file: &Option<ModelFile>,
        apply: fn(&T, &mut ir::Service, &mut Report),
    ) {
        let Some(file) = file else { return };
        let sound = self.faults.len();
        if let (Some(content), Some(service)) = (parse(file, self.faults), &mut self.service)
            && self.faults.len() == sound
        {
            let mut report = Report::new(&file.name);
            apply(&content, service, &mut report);
            self.faults.add(report);
        }
    }
}

fn service(model: &Model, report: &mut Report) -> ir::Service {
    let metadata = &model.metadata;
    let mut stated = |value: &Option<String>, name: &str| {
        value.clone().unwrap_or_else(|| {
            report.fault("metadata", Fault::missing(name));
            String::new()
        })
    };
    let api_version = stated(&metadata.api_version, "apiVersion");
    let endpoint_prefix = stated(&metadata.endpoint_prefix, "endpointPrefix");
    let target_prefix = stated(&metadata.target_prefix, "targetPrefix");
    let title = metadata
        .service_full_name
        .clone()
        .unwrap_or_else(|| endpoint_prefix.clone());
    ir::Service {
        id: metadata.service_id.clone().unwrap_or_else(|| title.clone()),
        title,
        documentation: model.documentation.clone(),
        api_version,
        signing_name: metadata.signing_name.clone().unwrap_or(endpoint_prefix),
        target_prefix,
        protocol: protocol(metadata, report),
        operations: operations(model, report),
        shapes: shape::shapes(model, report),
        endpoints: ir::EndpointRules::default(),
        waiters: BTreeMap::new(),
        polls: BTreeMap::new(),
        offline: false,
        examples: ir::Examples::default(),
        query_compatible: metadata.aws_query_compatible.is_some(),
        warnings: warnings(model),
    }
}

/// What is left to the user, or cannot be had.
fn warnings(model: &Model) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let required = |operation: &Operation| {
        let discovery = operation.endpointdiscovery.as_ref();
        discovery.is_some_and(|discovery| discovery.required)
    };
    let operations = || model.operations.iter();
    let names = operations().filter(|(_, operation)| required(operation));
    let names: Vec<&str> = names.map(|(name, _)| name).collect();
    if !names.is_empty() {
        let operations = names.into_iter().map(str::to_owned).collect();
        let kind = WarningKind::EndpointDiscovery { operations };
        warnings.push(Warning::new("operations", kind));
    }
    for name in model.client_context_params.names() {
        let sets = |operation: &Operation| find(&operation.static_context_params, name).is_some();
        if !operations().any(|(_, operation)| sets(operation)) {
            let path = format!("clientContextParams.{name}");
            warnings.push(Warning::new(path, WarningKind::Setting));
        }
    }
    warnings
}

fn speaks_json(metadata: &Metadata) -> bool {
    let mut protocols = metadata.protocols.iter().chain(&metadata.protocol);
    protocols.any(|protocol| protocol == "json")
}

fn unsupported(metadata: &Metadata, report: &mut Report) {
    let mut found = metadata.protocols.clone();
    if let Some(protocol) = metadata.protocol.as_ref().filter(|it| !found.contains(it)) {
        found.insert(0, protocol.clone());
    }
    let fault = match found.is_empty() {
        true => Fault::NoProtocol,
        false => Fault::UnsupportedProtocols {
            found,
            similar: None,
        },
    };
    report.fault("metadata.protocol", fault);
}

fn protocol(metadata: &Metadata, report: &mut Report) -> ir::Protocol {
    match metadata.json_version.as_deref() {
        Some("1.0") => return ir::Protocol::AwsJson1_0,
        Some("1.1") => return ir::Protocol::AwsJson1_1,
        Some(version) => {
            let suggestion = Suggestion::OneOf(vec!["1.0".to_owned(), "1.1".to_owned()]);
            let fault = Fault::unknown(Item::Version, version, suggestion);
            report.fault("metadata.jsonVersion", fault);
        }
        None => {
            report.fault("metadata", Fault::missing("jsonVersion"));
        }
    }
    ir::Protocol::AwsJson1_1
}

fn operations(model: &Model, report: &mut Report) -> BTreeMap<String, ir::Operation> {
    unique("operations.", &model.operations, report);
    if model.operations.names().next().is_none() {
        report.fault("operations", Fault::NoOperations);
    }
    let mut lowered = BTreeMap::new();
    for (name, operation) in model.operations.iter() {
        match lower_operation(name, operation, model, report) {
            // That there is another of the name was told.
            Some(operation) => drop(lowered.entry(name.to_owned()).or_insert(operation)),
            None => report.lose(Item::Operation, name),
        }
    }
    lowered
}

fn lower_operation(
    name: &str,
    operation: &Operation,
    model: &Model,
    report: &mut Report,
) -> Option<ir::Operation> {
    let path = format!("operations.{name}");
    let sound = report.len();
    let mut structure = |member: &Option<Member>, place: &str| {
        let reference = member.as_ref()?;
        let path = format!("{path}.{place}.shape");
        let id = resolve(reference, &path, model, report)?;
        expect_structure(&id, &path, model, report);
        Some(id)
    };
    let input = structure(&operation.input, "input");
    let output = structure(&operation.output, "output");
    let is_sound = report.len() == sound;
    let errors = operation
        .errors
        .iter()
        .enumerate()
        .filter_map(|(i, error)| {
            let path = format!("{path}.errors[{i}].shape");
            let id = resolve(error, &path, model, report)?;
            match find(&model.shapes, &id) {
                Some(shape) if !shape.exception => {
                    report.fault(
                        &path,
                        Fault::wrong_type(&id, shape.kind.as_str(), Expected::Error),
                    );
                }
                _ => expect_structure(&id, &path, model, report),
            }
            Some(id)
        })
        .collect();
    let unsigned = unsigned(&path, operation, report);
    let context = context::parameters(&path, operation, model, report);
    is_sound.then(|| ir::Operation {
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
        unsigned,
        compressed: operation
            .requestcompression
            .as_ref()
            .is_some_and(|compression| {
                compression
                    .encodings
                    .iter()
                    .any(|encoding| encoding == "gzip")
            }),
        context,
    })
}

/// Whether requests of the operation are not signed.
fn unsigned(path: &str, operation: &Operation, report: &mut Report) -> bool {
    match operation.authtype.as_deref() {
        None | Some("v4") => false,
        Some("none") => true,
        Some(other) => {
            let suggestion = Suggestion::among(other, ["v4", "none"]);
            let fault = Fault::unknown(Item::AuthScheme, other, suggestion);
            report.fault(format!("{path}.authtype"), fault);
            false
        }
    }
}

/// Reports each name that stands more than once; `path` leads up to the names.
fn unique<T>(path: &str, entries: &Entries<T>, report: &mut Report) {
    for name in entries.duplicates() {
        report.fault(format!("{path}{name}"), Fault::Duplicate);
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
    let suggestion = Suggestion::similar(&reference.shape, model.shapes.names());
    report.fault(
        path,
        Fault::unknown(Item::Shape, &reference.shape, suggestion),
    );
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
    report.fault(path, Fault::wrong_type(id, kind, Expected::Structure));
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
