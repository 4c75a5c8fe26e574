//! The locations of members in HTTP messages.

use super::member;
use crate::ir::{Location, Member, Protocol, Service, ShapeKind, TimestampFormat, XmlNamespace};

/// The location of a member in the messages of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FieldLocation {
    /// The body, under the wire name of the field.
    Body,
    /// An attribute of the XML element of the structure.
    Attribute,
    /// A header.
    Header {
        name: String,
        json: bool,
        /// Whether a value of the wrong type is ignored.
        lenient: bool,
    },
    /// The headers with a prefix.
    PrefixHeaders(String),
    /// A parameter of the query.
    Query(String),
    /// Parameters of the query, from the entries of a map.
    QueryParams,
    /// A label of the path.
    Label(String),
    /// The endpoint, which must have a value to be in it.
    Endpoint,
    /// The whole body.
    Payload(Payload),
    /// The status of a response.
    Status,
}

/// The form of a member that is the whole body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Payload {
    /// A structure in the encoding of the protocol.
    Structure,
    /// A union or document in the encoding of the protocol.
    Encoded,
    /// A string or an enum.
    Text,
    /// Bytes in memory.
    Blob,
    /// Bytes that are streamed.
    Stream,
}

/// Returns the location of a member of an input, an output or an error.
pub(super) fn location(service: &Service, member: &Member) -> FieldLocation {
    if !service.protocol.has_bindings() {
        return FieldLocation::Body;
    }
    let binding = &member.binding;
    let is_attribute = binding.xml_attribute && service.protocol == Protocol::RestXml;
    match &binding.location {
        Location::Body if is_attribute => FieldLocation::Attribute,
        Location::Body => FieldLocation::Body,
        Location::Header(name) => FieldLocation::Header {
            name: name.clone(),
            json: binding.media_type.as_deref() == Some("application/json"),
            lenient: member.lenient,
        },
        Location::PrefixHeaders(prefix) => FieldLocation::PrefixHeaders(prefix.clone()),
        Location::Query(name) => FieldLocation::Query(name.clone()),
        Location::QueryParams => FieldLocation::QueryParams,
        Location::Label(name) => FieldLocation::Label(name.clone()),
        Location::Endpoint => FieldLocation::Endpoint,
        Location::Payload => FieldLocation::Payload(payload(service, member)),
        Location::RootElement => FieldLocation::Payload(Payload::Encoded),
        Location::StatusCode => FieldLocation::Status,
    }
}

fn payload(service: &Service, member: &Member) -> Payload {
    match service
        .shapes
        .get(&member.shape)
        .map(|it| (&it.kind, it.streaming))
    {
        Some((ShapeKind::Blob, true)) => Payload::Stream,
        Some((ShapeKind::Blob, false)) => Payload::Blob,
        Some((ShapeKind::String | ShapeKind::Enum(_), _)) => Payload::Text,
        Some((ShapeKind::Structure(_), _)) => Payload::Structure,
        _ => Payload::Encoded,
    }
}

/// Returns the name of a member in the body of a message.
pub(super) fn wire(service: &Service, member: &Member) -> String {
    let renamed = match service.protocol {
        Protocol::RestJson => &member.binding.json_name,
        protocol if protocol.has_xml() => &member.binding.xml_name,
        _ => &None,
    };
    if let Some(name) = renamed {
        return name.clone();
    }
    // The root element has the name of the shape.
    match member.binding.location == Location::Payload && service.protocol == Protocol::RestXml {
        true => root_element(service, &member.shape).name,
        false => member.name.clone(),
    }
}

/// The root element of an XML document.
#[derive(Clone, Debug)]
pub(crate) struct RootElement {
    pub(crate) name: String,
    pub(crate) namespace: Option<XmlNamespace>,
}

/// Returns the root element of the document with the value of a shape.
pub(super) fn root_element(service: &Service, id: &str) -> RootElement {
    let xml = service.shapes.get(id).map(|shape| &shape.xml);
    let name = xml.and_then(|xml| xml.name.as_deref()).unwrap_or(id);
    let namespace = xml.and_then(|xml| xml.namespace.as_ref());
    RootElement {
        name: name.to_owned(),
        namespace: namespace.or(service.xml_namespace.as_ref()).cloned(),
    }
}

/// Returns the name of a member in a form, if it differs from that in XML: in ec2Query, the first letter is a capital
/// unless the model gives a name for forms.
pub(super) fn form_name(service: &Service, member: &Member) -> Option<String> {
    if service.protocol != Protocol::Ec2Query {
        return None;
    }
    let wire = wire(service, member);
    let name = match &member.binding.query_name {
        Some(name) => name.clone(),
        None => capitalized(&wire),
    };
    (name != wire).then_some(name)
}

fn capitalized(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// Returns the format of a timestamp, unless it is the default of its location.
pub(super) fn timestamp_format(
    service: &Service,
    member: &Member,
    location: &FieldLocation,
) -> Option<TimestampFormat> {
    let default = match location {
        FieldLocation::Header { .. } | FieldLocation::PrefixHeaders(_) => TimestampFormat::HttpDate,
        FieldLocation::Query(_) | FieldLocation::QueryParams | FieldLocation::Label(_) => {
            TimestampFormat::DateTime
        }
        _ => return member::timestamp_format(service, member),
    };
    member::format(service, member).filter(|format| *format != default)
}
