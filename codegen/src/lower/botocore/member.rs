//! Lowers members of structures and unions.

use super::{resolve, xml_namespace};
use crate::diagnostic::{Expected, Fault, Item, Report, Suggestion};
use crate::ir::{self, Binding, EventPlace, Location, Protocol, TimestampFormat};
use crate::lower::{deprecated, find, values};
use crate::source::botocore::{Member, Model, Shape};

const TIMESTAMP_FORMATS: [(&str, TimestampFormat); 3] = [
    ("unixTimestamp", TimestampFormat::EpochSeconds),
    ("iso8601", TimestampFormat::DateTime),
    ("rfc822", TimestampFormat::HttpDate),
];

const LOCATIONS: [&str; 5] = ["header", "headers", "querystring", "uri", "statusCode"];

/// The media type of JSON values in strings.
pub(super) const JSON: &str = "application/json";

/// Lowers a member, except whether it is required. Returns `None` if its shape does not exist.
pub(super) fn lower(
    path: &str,
    (name, member): (&str, &Member),
    owner: &Shape,
    (model, protocol): (&Model, Protocol),
    report: &mut Report,
) -> Option<ir::Member> {
    let timestamp_format = timestamp_format(path, &member.timestamp_format, report);
    let wire = member.location_name.as_deref().unwrap_or(name);
    let Some(id) = resolve(member, &format!("{path}.shape"), model, report) else {
        report.omit(Item::Member, wire);
        return None;
    };
    let shape = find(&model.shapes, &id);
    let is_enum = |shape: &Shape| shape.values.as_ref().is_some_and(|it| !it.is_empty());
    let is_string = |shape: &&Shape| shape.kind == "string" && !is_enum(shape);
    let other = shape.filter(|shape| member.idempotency_token && !is_string(shape));
    if let Some(other) = other {
        let fault = Fault::wrong_type(&id, other.kind.as_str(), Expected::IdempotencyToken);
        report.fault(format!("{path}.idempotencyToken"), fault);
    }
    let location = location(path, (name, member), owner, shape, report);
    Some(ir::Member {
        name: name_in_ir(protocol, (name, member)).to_owned(),
        model_name: name.to_owned(),
        binding: binding(member, location, shape),
        shape: id,
        documentation: member.documentation.clone(),
        required: false,
        client_optional: false,
        default: None,
        added_default: false,
        client_default: None,
        trimmed_prefixes: Vec::new(),
        lenient: false,
        boxed: false,
        idempotency_token: member.idempotency_token,
        host_label: member.host_label,
        timestamp_format,
        deprecated: deprecated(member.deprecated, &member.deprecated_message),
        path: path.to_owned(),
    })
}

/// Returns the name of a member in the IR: in awsJson and rpcv2Cbor, members of bodies have the name on the wire.
pub(super) fn name_in_ir<'a>(protocol: Protocol, (name, member): (&'a str, &'a Member)) -> &'a str {
    match &member.location_name {
        Some(wire) if protocol.has_target() && member.location.is_none() => wire,
        _ => name,
    }
}

fn location(
    path: &str,
    (name, member): (&str, &Member),
    owner: &Shape,
    shape: Option<&Shape>,
    report: &mut Report,
) -> Location {
    let wire = member.location_name.as_deref().unwrap_or(name).to_owned();
    match member.location.as_deref() {
        None if owner.payload.as_deref() == Some(name) => Location::Payload,
        None => Location::Body,
        Some("header") => Location::Header(wire),
        Some("headers") => Location::PrefixHeaders(wire),
        Some("querystring") if shape.is_some_and(|shape| shape.kind == "map") => {
            Location::QueryParams
        }
        Some("querystring") => Location::Query(wire),
        Some("uri") => Location::Label(wire),
        Some("statusCode") => Location::StatusCode,
        Some(other) => {
            let suggestion = Suggestion::among(other, LOCATIONS);
            let fault = Fault::unknown(Item::Location, other, suggestion);
            report.fault(format!("{path}.location"), fault);
            Location::Body
        }
    }
}

fn binding(member: &Member, location: Location, shape: Option<&Shape>) -> Binding {
    let is_json = member.jsonvalue || shape.is_some_and(|shape| shape.jsonvalue);
    let in_body = matches!(location, Location::Body | Location::Payload);
    let name = member.location_name.clone().filter(|_| in_body);
    let flattened = member.flattened || shape.is_some_and(|shape| shape.flattened);
    // A list that is flat wherever it is used has the name of its elements.
    let flat = shape.filter(|shape| shape.flattened && !member.flattened);
    let element = flat.and_then(|shape| shape.member.as_ref());
    let element = element.and_then(|element| element.location_name.clone());
    Binding {
        location,
        json_name: name.clone(),
        xml_name: element.or(name),
        xml_attribute: member.xml_attribute,
        flattened,
        xml_namespace: xml_namespace(&member.xml_namespace),
        query_name: member.query_name.clone(),
        media_type: is_json.then(|| JSON.to_owned()),
        event: match (member.eventheader, member.eventpayload) {
            (true, _) => Some(EventPlace::Header),
            (_, true) => Some(EventPlace::Payload),
            _ => None,
        },
    }
}

/// Lowers a timestamp format, and reports an unknown one.
pub(super) fn timestamp_format(
    path: &str,
    format: &Option<String>,
    report: &mut Report,
) -> Option<TimestampFormat> {
    let path = format!("{path}.timestampFormat");
    values::timestamp_format(path, format.as_deref()?, TIMESTAMP_FORMATS, report)
}
