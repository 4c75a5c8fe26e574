//! Checks the HTTP requests of operations and the locations of their members.

use super::binding::{FieldLocation, Payload};
use super::structure::{Field, Structure};
use super::template::{self, Part};
use super::types::Type;
use crate::diagnostic::{BindingFault, EndpointFault, Fault, Item, Report};
use crate::ir::{Operation, Service};

/// Reports a method, a path or members that no request can have.
pub(super) fn check_request(
    service: &Service,
    operation: &Operation,
    input: &Structure,
    report: &mut Report,
) {
    if !service.protocol.has_bindings() {
        return;
    }
    let (http, path) = (&operation.http, &operation.path);
    let is_method = |method: &str| {
        !method.is_empty() && method.chars().all(|letter| letter.is_ascii_uppercase())
    };
    if !is_method(&http.method) {
        report.fault(path, BindingFault::Method(http.method.clone()));
    }
    let is_in_url = |c: char| c.is_ascii_graphic() && !"\"<>\\^`|#".contains(c);
    if !http.uri.chars().all(is_in_url) {
        report.fault(path, BindingFault::Path(http.uri.clone()));
    }
    let labels = match labels(&http.uri) {
        Ok(labels) => labels,
        Err(fault) => return report.fault(path, fault),
    };
    let bound = input
        .fields
        .iter()
        .filter_map(|field| match &field.location {
            FieldLocation::Label(name) => Some((field, name.as_str())),
            _ => None,
        });
    let bound: Vec<(&Field, &str)> = bound.collect();
    for label in &labels {
        if !bound.iter().any(|(_, name)| name == label) {
            let known = bound.iter().map(|(_, name)| *name);
            let suggestion = report.similar(label, known);
            report.fault(path, Fault::unknown(Item::Label, label, suggestion));
        }
    }
    for (field, name) in bound {
        if !labels.contains(&name) {
            let at = service.member_path(&input.shape, &field.model_name);
            report.fault(at, BindingFault::NoLabel(name.to_owned()));
        }
    }
    check_fields(service, input, report);
}

/// Reports members whose types cannot be in their locations.
pub(super) fn check_fields(service: &Service, structure: &Structure, report: &mut Report) {
    if !service.protocol.has_bindings() {
        return;
    }
    for field in &structure.fields {
        if let Some(fault) = fault(field) {
            report.fault(
                service.member_path(&structure.shape, &field.model_name),
                fault,
            );
        }
    }
}

const SCALAR: &str = "a string, an enum, a number, a boolean or a timestamp";
const SCALARS: &str = "a string, an enum, a number, a boolean, a timestamp or a list of them";
const MAP: &str = "a map of strings or of lists of strings";

fn fault(field: &Field) -> Option<BindingFault> {
    let ty = &field.ty;
    let wrong = |location, allowed| Some(BindingFault::Type { location, allowed });
    match &field.location {
        FieldLocation::Header { name, .. } if !is_header(name) => {
            Some(BindingFault::Header(name.clone()))
        }
        FieldLocation::PrefixHeaders(name) if !name.is_empty() && !is_header(name) => {
            Some(BindingFault::Header(name.clone()))
        }
        FieldLocation::Header { json: true, .. } if *ty != Type::String => {
            wrong("a header with JSON", "a string")
        }
        FieldLocation::Header { .. } if !is_scalar_or_list(ty) => wrong("a header", SCALARS),
        FieldLocation::Attribute if !is_scalar(ty) => wrong("an attribute", SCALAR),
        FieldLocation::Query(_) if !is_scalar_or_list(ty) => wrong("the query", SCALARS),
        FieldLocation::Label(_) if !is_scalar(ty) => wrong("the path", SCALAR),
        FieldLocation::QueryParams | FieldLocation::PrefixHeaders(_) => match ty {
            Type::Map(key, value) if **key == Type::String && is_scalar_or_list(value) => None,
            _ => wrong("several parameters or headers", MAP),
        },
        FieldLocation::Status if !matches!(ty, Type::I32 | Type::I64) => {
            wrong("the status", "an integer")
        }
        FieldLocation::Payload(Payload::Encoded)
            if !matches!(ty, Type::Model(_) | Type::Smithy("Document")) =>
        {
            wrong(
                "the whole body",
                "a structure, a union, a document, a string or a blob",
            )
        }
        _ => None,
    }
}

fn is_header(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

fn is_scalar_or_list(ty: &Type) -> bool {
    match ty {
        Type::Vec(element) => is_scalar(element),
        ty => is_scalar(ty),
    }
}

fn is_scalar(ty: &Type) -> bool {
    use Type::{Bool, F32, F64, I8, I16, I32, I64, Smithy, String};
    match ty {
        Bool | I8 | I16 | I32 | I64 | F32 | F64 | String => true,
        Smithy(name) => *name == "DateTime",
        // A structure or union has no form in text, but an enum has.
        Type::Model(model) => model.is_enum(),
        _ => false,
    }
}

/// Returns the labels of a path such as `/books/{Id}`, without the `+` of a greedy one.
fn labels(uri: &str) -> Result<Vec<&str>, EndpointFault> {
    let path = uri.split_once('?').map_or(uri, |(path, _)| path);
    let labels = template::parts(path)?
        .into_iter()
        .filter_map(|part| match part {
            Part::Label(label) => Some(label.strip_suffix('+').unwrap_or(label)),
            Part::Text(_) => None,
        });
    Ok(labels.collect())
}
