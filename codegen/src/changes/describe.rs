//! The types of members in words.

use crate::ir::{Member, Service, ShapeKind, TimestampFormat};

/// Describes the type of a member. Members with different types in Rust have different descriptions.
pub(super) fn member(service: &Service, member: &Member) -> String {
    let description = shape(service, &member.shape, member.timestamp_format);
    match member.boxed {
        true => format!("{description}, recursive"),
        false => description,
    }
}

/// Describes a shape, for example as `list of string`. `format` is that of the reference to a timestamp.
fn shape(service: &Service, id: &str, format: Option<TimestampFormat>) -> String {
    let Some(described) = service.shapes.get(id) else {
        return "nothing".to_owned();
    };
    let inner = |id| shape(service, id, described.element_format);
    let sparse = match described.sparse {
        true => "sparse ",
        false => "",
    };
    match &described.kind {
        ShapeKind::List(element) => format!("{sparse}list of {}", inner(element)),
        ShapeKind::Map { key, value } => {
            format!("{sparse}map from {} to {}", inner(key), inner(value))
        }
        ShapeKind::Enum(_) => format!("enum {id}"),
        ShapeKind::Union(_) => format!("union {id}"),
        ShapeKind::Structure(structure) if structure.error.is_some() => format!("error {id}"),
        ShapeKind::Structure(_) => format!("structure {id}"),
        ShapeKind::Timestamp(of_shape) => {
            let format = format.or(*of_shape);
            let format = format.unwrap_or_else(|| service.protocol.timestamp_format());
            format!("timestamp ({format:?})")
        }
        ShapeKind::Blob if described.streaming => "blob stream".to_owned(),
        ShapeKind::BigInteger => "big integer".to_owned(),
        ShapeKind::BigDecimal => "big decimal".to_owned(),
        simple => format!("{simple:?}").to_lowercase(),
    }
}
