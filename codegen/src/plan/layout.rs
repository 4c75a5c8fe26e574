//! The names of the elements of lists and maps in XML and in forms.

use super::binding::root_element;
use crate::ir::{Member, Protocol, Service, ShapeKind, TimestampFormat, XmlNamespace};

/// How a list, a map or a timestamp in them is written, if it differs from the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) names: ElementNames,
    /// Whether no element encloses the elements or entries.
    pub(crate) flat: bool,
    /// The layout of the elements of the list, or of the values of the map.
    pub(crate) of: Option<Box<Layout>>,
    /// The namespace of the element.
    pub(crate) namespace: Option<XmlNamespace>,
    /// The namespace of the keys of a map.
    pub(crate) key_namespace: Option<XmlNamespace>,
}

/// The names of elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ElementNames {
    List(String),
    Map {
        key: String,
        value: String,
    },
    /// None: the value is a timestamp in this format.
    Timestamp(TimestampFormat),
    /// None.
    Other,
}

/// The default names of the elements of a list, and of the keys and values of a map.
const MEMBER: &str = "member";
const KEY: &str = "key";
const VALUE: &str = "value";

/// Returns the layout of a member, unless it is the default or the protocol has none.
pub(super) fn of_member(service: &Service, member: &Member) -> Option<Layout> {
    let binding = &member.binding;
    let reference = Reference {
        id: &member.shape,
        flattened: binding.flattened,
        format: member.timestamp_format,
        namespace: &binding.xml_namespace,
    };
    let layout = layout(service, reference)?;
    // The row of a timestamp has its format, unless there is more to say.
    match layout.names {
        ElementNames::Timestamp(_) if layout.namespace.is_none() => None,
        _ => Some(layout),
    }
}

/// Returns the layout of a member of an input that is the root element, unless it has no namespace.
pub(super) fn of_root(service: &Service, member: &Member) -> Option<Layout> {
    if service.protocol != Protocol::RestXml {
        return None;
    }
    let namespace = member.binding.xml_namespace.clone();
    let namespace = namespace.or_else(|| root_element(service, &member.shape).namespace);
    namespace.is_some().then_some(Layout {
        names: ElementNames::Other,
        flat: false,
        of: None,
        namespace,
        key_namespace: None,
    })
}

/// A reference to a shape, with what the reference says about XML.
#[derive(Clone, Copy)]
struct Reference<'a> {
    id: &'a str,
    flattened: bool,
    format: Option<TimestampFormat>,
    namespace: &'a Option<XmlNamespace>,
}

fn layout(service: &Service, reference: Reference<'_>) -> Option<Layout> {
    if !service.protocol.has_xml() {
        return None;
    }
    let shape = service.shapes.get(reference.id)?;
    let xml = &shape.xml;
    let names = match &shape.kind {
        ShapeKind::List(_) => ElementNames::List(match (service.protocol, &xml.element) {
            // In ec2Query, lists in forms are flat, and the decoder takes the elements of a list by any name.
            (Protocol::Ec2Query, _) | (_, None) => MEMBER.to_owned(),
            (_, Some(name)) => name.clone(),
        }),
        ShapeKind::Map { .. } => ElementNames::Map {
            key: xml.key.as_deref().unwrap_or(KEY).to_owned(),
            value: xml.value.as_deref().unwrap_or(VALUE).to_owned(),
        },
        ShapeKind::Timestamp(_) => {
            let format = service.specified_format(reference.id, reference.format);
            ElementNames::Timestamp(format.unwrap_or(service.protocol.timestamp_format()))
        }
        _ => ElementNames::Other,
    };
    let of = match &shape.kind {
        ShapeKind::List(id) | ShapeKind::Map { value: id, .. } => Some(Reference {
            id,
            flattened: false,
            format: shape.element_format,
            namespace: &xml.element_namespace,
        }),
        _ => None,
    };
    // Forms have no namespaces, and decoders ignore them.
    let has_namespaces = service.protocol == Protocol::RestXml;
    let namespace = reference.namespace.as_ref().or(xml.namespace.as_ref());
    let layout = Layout {
        flat: match &shape.kind {
            ShapeKind::List(_) | ShapeKind::Map { .. } => reference.flattened || xml.flattened,
            _ => false,
        },
        of: of.and_then(|of| layout(service, of)).map(Box::new),
        namespace: namespace.filter(|_| has_namespaces).cloned(),
        key_namespace: xml.key_namespace.clone().filter(|_| has_namespaces),
        names,
    };
    let is_default = match &layout.names {
        ElementNames::List(element) => element == MEMBER,
        ElementNames::Map { key, value } => key == KEY && value == VALUE,
        ElementNames::Timestamp(format) => *format == service.protocol.timestamp_format(),
        ElementNames::Other => true,
    };
    let has_more = layout.flat || layout.of.is_some();
    let has_namespace = layout.namespace.is_some() || layout.key_namespace.is_some();
    (!is_default || has_more || has_namespace).then_some(layout)
}
