//! The names of the elements of lists and maps in XML and in forms.

use crate::ir::{Protocol, Service, ShapeKind};

/// How the elements of a list or the entries of a map are written, if it differs from the default.
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
    Map { key: String, value: String },
}

/// Returns the layout of a list or map, unless it is the default or the protocol has none.
pub(super) fn layout(service: &Service, id: &str, flattened: bool) -> Option<Layout> {
    if service.protocol != Protocol::Query {
        return None;
    }
    let shape = service.shapes.get(id)?;
    let xml = &shape.xml;
    let name = |name: &Option<String>, default: &str| name.as_deref().unwrap_or(default).to_owned();
    let (names, default, inner) = match &shape.kind {
        ShapeKind::List(element) => (
            ElementNames::List(name(&xml.element, "member")),
            ElementNames::List("member".to_owned()),
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
    let inner_flat = service.shapes.get(inner).is_some_and(|it| it.xml.flattened);
    let of = layout(service, inner, inner_flat);
    (names != default || flat || of.is_some()).then(|| Layout {
        names,
        flat,
        of: of.map(Box::new),
    })
}
