//! Lowers operations.

use std::collections::{BTreeMap, HashSet};

use super::member::name_in_ir;
use super::resolve;
use crate::diagnostic::{Expected, Fault, Item, Report, Suggestion};
use crate::ir::{self, AuthScheme, EndpointDiscovery, Protocol};
use crate::lower::{check_auth, context, deprecated, find, unique};
use crate::source::botocore::{Member, Model, Operation};

/// The values of `authtype`: whether requests are not signed, and whether signatures do not cover the body.
const AUTH_TYPES: [(&str, bool, bool); 3] = [
    ("v4", false, false),
    ("v4-unsigned-body", false, true),
    ("none", true, false),
];

pub(super) fn operations(
    model: &Model,
    protocol: Protocol,
    report: &mut Report,
) -> BTreeMap<String, ir::Operation> {
    unique("operations.", &model.operations, report);
    if model.operations.names().next().is_none() {
        report.fault("operations", Fault::NoOperations);
    }
    let mut lowered = BTreeMap::new();
    for (name, operation) in model.operations.iter() {
        match lower((name, operation), (model, protocol), report) {
            // A duplicate name is reported already.
            Some(operation) => drop(lowered.entry(name.to_owned()).or_insert(operation)),
            None => report.omit(Item::Operation, name),
        }
    }
    lowered
}

fn lower(
    (name, operation): (&str, &Operation),
    (model, protocol): (&Model, Protocol),
    report: &mut Report,
) -> Option<ir::Operation> {
    let path = format!("operations.{name}");
    let faults_before = report.len();
    let mut structure = |member: &Option<Member>, place: &str| {
        let path = format!("{path}.{place}.shape");
        let id = resolve(member.as_ref()?, &path, model, report)?;
        expect_structure(&id, &path, model, report);
        Some(id)
    };
    let input = structure(&operation.input, "input");
    let output = structure(&operation.output, "output");
    let is_valid = report.len() == faults_before;
    let errors = operation.errors.iter().enumerate();
    let errors = errors.filter_map(|(i, error)| {
        let path = format!("{path}.errors[{i}].shape");
        let id = resolve(error, &path, model, report)?;
        match find(&model.shapes, &id) {
            Some(shape) if !shape.exception => {
                let fault = Fault::wrong_type(&id, shape.kind.as_str(), Expected::Error);
                report.fault(&path, fault);
            }
            _ => expect_structure(&id, &path, model, report),
        }
        Some(id)
    });
    let errors = errors.collect();
    let schemes = operation.auth.as_deref().unwrap_or_default();
    check_auth(schemes, &format!("{path}.auth"), &HashSet::new(), report);
    let (unsigned, unsigned_body) = auth_type(&path, operation, report);
    // In botocore, `authtype` counts only without `auth`.
    let schemes = schemes.iter().map(|name| AuthScheme::named(name));
    let schemes: Vec<AuthScheme> = schemes.collect();
    let unsigned = match schemes.first() {
        Some(first) => *first == AuthScheme::None,
        None => unsigned,
    };
    let context = context::parameters(&sources(&path, operation, (model, protocol)), report);
    let encodings = operation.requestcompression.iter();
    let mut encodings = encodings.flat_map(|compression| &compression.encodings);
    is_valid.then(|| ir::Operation {
        documentation: operation.documentation.clone(),
        input,
        output,
        errors,
        http: http(operation),
        host_prefix: host_prefix(&path, operation),
        pagination: None,
        deprecated: deprecated(operation.deprecated, &operation.deprecated_message),
        unsigned,
        optional_auth: false,
        unsigned_payload: operation.unsigned_payload || unsigned_body,
        auth: (!schemes.is_empty()).then_some(schemes),
        checksum: checksum(operation),
        tree_hash: false,
        long_polling: false,
        presigned: false,
        compressed: encodings.any(|encoding| encoding == "gzip"),
        context,
        endpoint_discovery: match &operation.endpointdiscovery {
            None => EndpointDiscovery::None,
            Some(discovery) if discovery.required => EndpointDiscovery::Required,
            Some(_) => EndpointDiscovery::Optional,
        },
        path,
    })
}

fn http(operation: &Operation) -> ir::Http {
    let default = ir::Http::default();
    let Some(http) = &operation.http else {
        return default;
    };
    ir::Http {
        method: http.method.clone().unwrap_or(default.method),
        uri: http.request_uri.clone().unwrap_or(default.uri),
        status: http.response_code.unwrap_or(default.status),
    }
}

fn host_prefix(path: &str, operation: &Operation) -> Option<ir::HostPrefix> {
    let prefix = operation.endpoint.as_ref()?.host_prefix.as_ref()?;
    Some(ir::HostPrefix {
        template: prefix.clone(),
        path: format!("{path}.endpoint.hostPrefix"),
    })
}

fn checksum(operation: &Operation) -> Option<ir::Checksum> {
    let Some(checksum) = &operation.http_checksum else {
        return operation.http_checksum_required.then(|| ir::Checksum {
            required: true,
            ..ir::Checksum::default()
        });
    };
    Some(ir::Checksum {
        required: operation.http_checksum_required || checksum.request_checksum_required,
        request_algorithm_member: checksum.request_algorithm_member.clone(),
        request_validation_member: checksum.request_validation_mode_member.clone(),
        response_algorithms: checksum.response_algorithms.clone(),
    })
}

/// Returns whether requests are not signed, and whether signatures do not cover the body.
fn auth_type(path: &str, operation: &Operation, report: &mut Report) -> (bool, bool) {
    let Some(name) = operation.authtype.as_deref() else {
        return (false, false);
    };
    let known = AUTH_TYPES.iter().find(|(known, ..)| *known == name);
    let Some((_, unsigned, unsigned_body)) = known else {
        let suggestion = Suggestion::among(name, AUTH_TYPES.map(|(known, ..)| known));
        let fault = Fault::unknown(Item::AuthScheme, name, suggestion);
        report.fault(format!("{path}.authtype"), fault);
        return (false, false);
    };
    (*unsigned, *unsigned_body)
}

/// Returns the sources of the parameters of endpoint rules.
fn sources<'a>(
    path: &str,
    operation: &'a Operation,
    (model, protocol): (&'a Model, Protocol),
) -> context::Sources<'a> {
    let input = operation.input.as_ref();
    let input = input.and_then(|input| find(&model.shapes, &input.shape));
    let members = input.and_then(|input| input.members.as_ref());
    let members = members.into_iter().flat_map(|members| members.iter());
    let members = members.filter_map(|(name, member)| {
        let parameter = &member.context_param.as_ref()?.name;
        Some((parameter.as_str(), name_in_ir(protocol, (name, member))))
    });
    context::Sources {
        constants: &operation.static_context_params,
        constants_path: format!("{path}.staticContextParams"),
        paths: &operation.operation_context_params,
        paths_path: format!("{path}.operationContextParams"),
        members: members.collect(),
    }
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
