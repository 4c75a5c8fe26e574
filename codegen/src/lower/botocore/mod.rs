//! Converts botocore's `service-2.json` to the IR.

mod member;
mod operation;
mod shape;

use std::collections::HashSet;

use crate::ModelFile;
use crate::diagnostic::{Fault, Faults, Item, Report, Suggestion};
use crate::ir::{self, AuthScheme, Protocol};
use crate::source::botocore::{Member, Metadata, Model, XmlNamespace};
use crate::source::parse;

use super::names::{check_name, namespace_names};
use super::protocol::{Selection, choose};
use super::{check_auth, context, find};

/// Protocols by their names in `protocols`. The version of `json` is in `jsonVersion`.
const PROTOCOLS: [(&str, Protocol); 6] = [
    ("json", Protocol::AwsJson1_1),
    ("rest-json", Protocol::RestJson),
    ("rest-xml", Protocol::RestXml),
    ("query", Protocol::Query),
    ("ec2", Protocol::Ec2Query),
    ("smithy-rpc-v2-cbor", Protocol::RpcV2Cbor),
];

/// The versions of `json`.
const VERSIONS: [(&str, Protocol); 2] =
    [("1.0", Protocol::AwsJson1_0), ("1.1", Protocol::AwsJson1_1)];

/// The values of `signatureVersion` for SigV4.
const SIGV4_VERSIONS: [&str; 3] = ["v4", "s3", "s3v4"];

/// Converts a model, and collects its faults. Returns `None` if the rest of the model cannot be examined.
pub(super) fn lower(
    file: &ModelFile,
    selection: Option<Selection<'_>>,
    faults: &mut Faults,
) -> Option<ir::Service> {
    let model: Model = parse(file, faults)?;
    let mut report = Report::new(&file.name);
    let offered = offered(&model.metadata);
    let service = match choose(&offered, selection, faults) {
        Some(protocol) => Some(service(&model, &offered, protocol, &mut report)),
        None if selection.is_some() => None,
        None => {
            report.fault("metadata.protocol", unsupported(&offered));
            None
        }
    };
    faults.add(report);
    service
}

/// Returns the names of the protocols that the model offers, and the protocols.
fn offered(metadata: &Metadata) -> Vec<(&str, Protocol)> {
    let mut names: Vec<&str> = metadata.protocols.iter().map(String::as_str).collect();
    if let Some(name) = metadata.protocol.as_deref()
        && !names.contains(&name)
    {
        names.insert(0, name);
    }
    let version = metadata.json_version.as_deref().unwrap_or_default();
    let named = |name: &str| match find_in(&PROTOCOLS, name) {
        Some(Protocol::AwsJson1_1) => find_in(&VERSIONS, version).unwrap_or(Protocol::AwsJson1_1),
        known => known.unwrap_or(Protocol::Unknown),
    };
    names.into_iter().map(|name| (name, named(name))).collect()
}

fn find_in(table: &[(&str, Protocol)], name: &str) -> Option<Protocol> {
    let row = table.iter().find(|(known, _)| *known == name);
    row.map(|(_, protocol)| *protocol)
}

fn unsupported(offered: &[(&str, Protocol)]) -> Fault {
    match offered.is_empty() {
        true => Fault::NoProtocol,
        false => Fault::UnsupportedProtocols {
            found: offered.iter().map(|(name, _)| (*name).to_owned()).collect(),
            similar: None,
        },
    }
}

fn service(
    model: &Model,
    offered: &[(&str, Protocol)],
    protocol: Protocol,
    report: &mut Report,
) -> ir::Service {
    let metadata = &model.metadata;
    if protocol.is_json() {
        check_version(metadata, report);
    }
    for (key, name) in [
        ("serviceFullName", &metadata.service_full_name),
        ("serviceId", &metadata.service_id),
        ("apiVersion", &metadata.api_version),
        ("endpointPrefix", &metadata.endpoint_prefix),
        ("signingName", &metadata.signing_name),
        ("targetPrefix", &metadata.target_prefix),
    ] {
        let name = name.as_deref().unwrap_or_default();
        check_name(&format!("metadata.{key}"), name, report);
    }
    let namespace = xml_namespace(&metadata.xml_namespace);
    for name in namespace_names(&namespace) {
        check_name("metadata.xmlNamespace", name, report);
    }
    let mut required = |value: &Option<String>, name: &str| {
        value.clone().unwrap_or_else(|| {
            report.fault("metadata", Fault::missing(name));
            String::new()
        })
    };
    let api_version = required(&metadata.api_version, "apiVersion");
    let endpoint_prefix = required(&metadata.endpoint_prefix, "endpointPrefix");
    let target_prefix = protocol
        .has_target()
        .then(|| required(&metadata.target_prefix, "targetPrefix"));
    let title = metadata
        .service_full_name
        .clone()
        .unwrap_or_else(|| endpoint_prefix.clone());
    check_auth(&metadata.auth, "metadata.auth", &HashSet::new(), report);
    let operations = operation::operations(model, protocol, report);
    let (settings, mut warnings) = (&model.client_context_params, Vec::new());
    let client_parameters = context::settings(settings, &operations, |it| warnings.push(it));
    ir::Service {
        id: metadata.service_id.clone().unwrap_or_else(|| title.clone()),
        title,
        documentation: model.documentation.clone(),
        api_version,
        signing_name: metadata.signing_name.clone().unwrap_or(endpoint_prefix),
        target_prefix,
        protocol,
        protocols: offered.iter().map(|(_, protocol)| *protocol).collect(),
        auth: auth(metadata),
        xml_namespace: namespace,
        query_compatible: metadata.aws_query_compatible.is_some() && protocol.has_target(),
        discovery: discovery(model),
        operations,
        client_parameters,
        shapes: shape::shapes(model, protocol, report),
        warnings,
        ..ir::Service::default()
    }
}

/// Returns the authentication schemes: those of `auth`, or else the one of `signatureVersion`.
fn auth(metadata: &Metadata) -> Vec<AuthScheme> {
    let schemes = metadata.auth.iter().map(|name| AuthScheme::named(name));
    let version = metadata.signature_version.iter();
    let version = version.map(|version| match version.as_str() {
        "bearer" => AuthScheme::Bearer,
        "none" => AuthScheme::None,
        version if SIGV4_VERSIONS.contains(&version) => AuthScheme::SigV4,
        version => AuthScheme::Other(version.to_owned()),
    });
    match metadata.auth.is_empty() {
        true => version.collect(),
        false => schemes.collect(),
    }
}

/// Reports a missing or unknown version of the JSON protocol.
fn check_version(metadata: &Metadata, report: &mut Report) {
    let Some(version) = metadata.json_version.as_deref() else {
        return report.fault("metadata", Fault::missing("jsonVersion"));
    };
    if find_in(&VERSIONS, version).is_none() {
        let names = VERSIONS.map(|(name, _)| name.to_owned()).to_vec();
        let fault = Fault::unknown(Item::Version, version, Suggestion::OneOf(names));
        report.fault("metadata.jsonVersion", fault);
    }
}

/// Returns the operation that returns the endpoints of other operations.
fn discovery(model: &Model) -> Option<String> {
    let mut operations = model.operations.iter();
    let discovery = operations.find(|(_, operation)| operation.endpointoperation);
    discovery.map(|(name, _)| name.to_owned())
}

fn xml_namespace(namespace: &Option<XmlNamespace>) -> Option<ir::XmlNamespace> {
    let (uri, prefix) = match namespace.as_ref()? {
        XmlNamespace::Uri(uri) => (uri, None),
        XmlNamespace::Full { uri, prefix } => (uri, prefix.clone()),
    };
    Some(ir::XmlNamespace {
        uri: uri.clone(),
        prefix,
    })
}

/// Resolves a reference, and reports one to an unknown shape.
fn resolve(
    reference: &Member,
    path: &str,
    model: &Model,
    report: &mut Report,
) -> Option<ir::ShapeId> {
    if find(&model.shapes, &reference.shape).is_some() {
        return Some(reference.shape.clone());
    }
    let suggestion = report.similar(&reference.shape, model.shapes.names());
    let fault = Fault::unknown(Item::Shape, &reference.shape, suggestion);
    report.fault(path, fault);
    None
}
