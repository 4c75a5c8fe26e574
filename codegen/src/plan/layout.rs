//! The names of the elements of lists and maps in XML and in forms.

use crate::ir::{Protocol, Service, ShapeKind, TimestampFormat};

/// How a list, a map or a timestamp in them is written, if it differs from the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) names: ElementNames,
    /// Whether no element encloses the elements or entries.
    pub(crate) flat: bool,
    /// The layout of the elements of the list, or of the values of the map.
    pub(crate) of: Option<Box<Layout>>,
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
}

/// The default name of the elements of a list.
const MEMBER: &str = "member";

/// Returns the layout of a list or map, unless it is the default or the protocol has none.
pub(super) fn layout(service: &Service, id: &str, flattened: bool) -> Option<Layout> {
    if !service.protocol.has_xml() {
        return None;
    }
    // In ec2Query, lists in forms are flat, and the decoder takes the elements of a list by any name.
    let element_name = |name: &Option<String>| match service.protocol {
        Protocol::Ec2Query => MEMBER.to_owned(),
        _ => name.as_deref().unwrap_or(MEMBER).to_owned(),
    };
    let shape = service.shapes.get(id)?;
    let xml = &shape.xml;
    let name = |name: &Option<String>, default: &str| name.as_deref().unwrap_or(default).to_owned();
    let (names, default, inner) = match &shape.kind {
        ShapeKind::List(element) => (
            ElementNames::List(element_name(&xml.element)),
            ElementNames::List(MEMBER.to_owned()),
            element,
        ),
        ShapeKind::Map { value, .. } => (
            ElementNames::Map {
                key: name(&xml.key, "key"),
                value: name(&xml.value, "value"),
            },
            ElementNames::Map {
                key: "key".to_owned(),
                value: "value".to_owned(),
            },
            value,
        ),
        _ => return None,
    };
    let flat = flattened || xml.flattened;
    let of = match service.shapes.get(inner)?.kind {
        ShapeKind::Timestamp(_) => timestamp(service, inner, shape.element_format),
        _ => layout(service, inner, false),
    };
    (names != default || flat || of.is_some()).then(|| Layout {
        names,
        flat,
        of: of.map(Box::new),
    })
}

/// Returns the layout of a timestamp in a list or a map, unless it has the default format of the protocol.
fn timestamp(service: &Service, id: &str, format: Option<TimestampFormat>) -> Option<Layout> {
    let format = service.specified_format(id, format)?;
    (format != service.protocol.timestamp_format()).then_some(Layout {
        names: ElementNames::Timestamp(format),
        flat: false,
        of: None,
    })
}
