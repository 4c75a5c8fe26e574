//! Changes of messages that programs do not see: where members are, and what they are called there.

use super::types::ChangeKind;
use crate::ir::{
    AuthScheme, Binding, ErrorInfo, Location, Member, Operation, Protocol, Service, Shape,
    Structure,
};

/// Returns the change of the location or name of a member.
pub(super) fn member(
    (old_service, new_service): (&Service, &Service),
    (old, new): (&Member, &Member),
) -> Option<ChangeKind> {
    changed(
        describe_member(old_service.protocol, old),
        describe_member(new_service.protocol, new),
    )
}

/// Returns the change of the names of the elements of a list or map in XML.
pub(super) fn elements(
    (old_service, new_service): (&Service, &Service),
    (old, new): (&Shape, &Shape),
) -> Option<ChangeKind> {
    if !old_service.protocol.has_xml() || !new_service.protocol.has_xml() {
        return None;
    }
    changed(describe_elements(old), describe_elements(new))
}

/// Returns the change of the code of an error.
pub(super) fn error(old: &Structure, new: &Structure) -> Option<ChangeKind> {
    changed(describe_error(old), describe_error(new))
}

/// Returns the change of the method, the path, the host prefix, the signature or the checksum of requests.
pub(super) fn request(
    (old_service, new_service): (&Service, &Service),
    (old, new): (&Operation, &Operation),
) -> Option<ChangeKind> {
    let from = describe_request(old_service.protocol, old);
    let to = describe_request(new_service.protocol, new);
    // Another protocol is reported for the whole service.
    let is_comparable = old_service.protocol.has_bindings() == new_service.protocol.has_bindings();
    (is_comparable && from != to).then_some(ChangeKind::RequestChanged { from, to })
}

fn changed(from: String, to: String) -> Option<ChangeKind> {
    let is_known = !from.is_empty() && !to.is_empty();
    (is_known && from != to).then_some(ChangeKind::WireChanged { from, to })
}

/// Describes the location and name of a member, such as `header x-amz-id`. Returns an empty string for protocols in which all
/// members have their own names.
fn describe_member(protocol: Protocol, member: &Member) -> String {
    let binding = &member.binding;
    if protocol.has_target() {
        return String::new();
    }
    match &binding.location {
        location if !protocol.has_bindings() || *location == Location::Body => {
            describe_element(protocol, member)
        }
        Location::Body => String::new(),
        Location::Header(name) => format!("header {name}"),
        Location::PrefixHeaders(prefix) => format!("headers {prefix}*"),
        Location::Query(name) => format!("query parameter {name}"),
        Location::QueryParams => "query parameters".to_owned(),
        Location::Label(name) => format!("label {name}"),
        Location::Endpoint => "endpoint".to_owned(),
        Location::Payload | Location::RootElement => "body".to_owned(),
        Location::StatusCode => "status".to_owned(),
    }
}

/// Describes the name of a member in a body, such as `element Book, flattened`.
fn describe_element(protocol: Protocol, member: &Member) -> String {
    let Binding {
        json_name,
        xml_name,
        xml_attribute,
        flattened,
        xml_namespace,
        query_name,
        ..
    } = &member.binding;
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| member.name.clone());
    if !protocol.has_xml() {
        return format!("key {}", name(json_name));
    }
    let kind = match xml_attribute {
        true => "attribute",
        false => "element",
    };
    let mut description = format!("{kind} {}", name(xml_name));
    if let Some(name) = query_name {
        description.push_str(&format!(", parameter {name}"));
    }
    if *flattened {
        description.push_str(", flattened");
    }
    if let Some(namespace) = xml_namespace {
        description.push_str(&format!(", of {}", namespace.uri));
    }
    description
}

fn describe_elements(shape: &Shape) -> String {
    let xml = &shape.xml;
    let names = [
        ("element", &xml.element),
        ("key", &xml.key),
        ("value", &xml.value),
    ];
    let names = names.iter().filter_map(|(kind, name)| {
        let name = name.as_ref()?;
        Some(format!("{kind} {name}"))
    });
    let flattened = xml.flattened.then(|| "flattened".to_owned());
    let parts: Vec<String> = names.chain(flattened).collect();
    match parts.is_empty() {
        true => "elements with default names".to_owned(),
        false => parts.join(", "),
    }
}

/// Describes a request, such as `POST /, unsigned`. What the endpoint depends on is reported for the whole service.
fn describe_request(protocol: Protocol, operation: &Operation) -> String {
    // Whoever adds a property decides whether it is compared.
    let Operation {
        // Documentation, or compared by themselves.
        path: _,
        documentation: _,
        input: _,
        output: _,
        errors: _,
        pagination: _,
        deprecated: _,
        // Decisions of the generator.
        tree_hash: _,
        long_polling: _,
        presigned: _,
        // The endpoint.
        context: _,
        endpoint_discovery: _,
        http,
        host_prefix,
        unsigned,
        optional_auth,
        unsigned_payload,
        auth,
        checksum,
        compressed,
    } = operation;
    let mut description = match protocol.has_bindings() {
        true => format!("{} {}", http.method, http.uri),
        false => "POST /".to_owned(),
    };
    if let Some(prefix) = host_prefix {
        description.push_str(&format!(" at {}", prefix.template));
    }
    let has_checksum = checksum.as_ref().is_some_and(|checksum| checksum.required);
    let properties = [
        ("unsigned", *unsigned),
        ("signed if there are credentials", *optional_auth),
        ("body not signed", *unsigned_payload),
        ("with a checksum", has_checksum),
        ("compressed", *compressed),
    ];
    for (property, _) in properties.iter().filter(|(_, is_set)| *is_set) {
        description.push_str(&format!(", {property}"));
    }
    if let Some(schemes) = auth {
        description.push_str(&format!(", by {}", describe_schemes(schemes)));
    }
    description
}

/// Describes authentication schemes, such as `SigV4 or Bearer`.
pub(super) fn describe_schemes(schemes: &[AuthScheme]) -> String {
    let schemes: Vec<String> = schemes.iter().map(|it| format!("{it:?}")).collect();
    schemes.join(" or ")
}

/// Describes the code of an error, such as `code Busy, retried`. Returns an empty string for other structures.
fn describe_error(structure: &Structure) -> String {
    let Some(ErrorInfo {
        code,
        query_code,
        retryable,
    }) = &structure.error
    else {
        return String::new();
    };
    let mut description = format!("code {code}");
    if let Some(code) = query_code {
        description.push_str(&format!(", query code {code}"));
    }
    if let Some(reason) = retryable {
        description.push_str(&format!(", retried as {reason:?}").to_lowercase());
    }
    description
}
