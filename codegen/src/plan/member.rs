//! The names, types, formats and redaction of members of structures and unions.

use proc_macro2::Ident;

use super::reserved::Scope;
use super::types::Type;
use super::{layout, names};
use crate::ir::{Member, Service, ShapeKind, TimestampFormat};

/// Returns the name of a member's field, accessor and setter. A name that generated code or a macro defines in
/// the same type gets the suffix `_value`, as in the official crates.
pub(crate) fn name(service: &Service, structure: &str, member: &str) -> Ident {
    names::member_name_unless(member, |scope| contains(service, structure, scope))
}

/// Returns the name of the setter that replaces or clears a member.
pub(super) fn setter(service: &Service, structure: &str, member: &str) -> Ident {
    names::setter_name_unless(member, |scope| contains(service, structure, scope))
}

/// Returns the name of the method of a builder that returns what is set for a member.
pub(super) fn getter(service: &Service, structure: &str, member: &str) -> Ident {
    names::getter_name_unless(member, |scope| contains(service, structure, scope))
}

/// Whether the fields of a structure, or the methods of its builders, are in the scope.
fn contains(service: &Service, structure: &str, scope: Scope) -> bool {
    if scope == Scope::Structure {
        return true;
    }
    service
        .shapes
        .get(structure)
        .is_some_and(|shape| match scope {
            Scope::Input => shape.direction.is_input,
            Scope::PolledInput => shape.direction.is_polled_input,
            Scope::Error => matches!(&shape.kind, ShapeKind::Structure(it) if it.error.is_some()),
            _ => false,
        })
}

/// Returns the type of a member's value, apart from whether it is an `Option`.
pub(super) fn ty(service: &Service, member: &Member) -> Type {
    let ty = Type::of(service, &member.shape);
    match member.boxed {
        true => Type::Box(Box::new(ty)),
        false => ty,
    }
}

/// Returns the format of a timestamp in a body, or of those in a list or a map, unless it is the default of the protocol or
/// the layout of the list or map contains it.
pub(super) fn timestamp_format(service: &Service, member: &Member) -> Option<TimestampFormat> {
    let protocol = service.protocol;
    if !protocol.has_timestamp_formats() || layout::of_member(service, member).is_some() {
        return None;
    }
    format(service, member).filter(|format| *format != protocol.timestamp_format())
}

/// Returns the format that the model specifies for a timestamp, or for those in a list or a map.
pub(super) fn format(service: &Service, member: &Member) -> Option<TimestampFormat> {
    service.specified_format(&member.shape, member.timestamp_format)
}

/// Whether `Debug` hides the values of a member: its shape, or the elements of its lists and maps, are
/// sensitive.
pub(super) fn is_sensitive(service: &Service, member: &Member) -> bool {
    let mut id = &member.shape;
    while let Some(shape) = service.shapes.get(id) {
        match &shape.kind {
            _ if shape.sensitive => return true,
            ShapeKind::List(element) | ShapeKind::Map { value: element, .. } => id = element,
            _ => return false,
        }
    }
    false
}
