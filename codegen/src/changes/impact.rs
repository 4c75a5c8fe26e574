//! The impact of a model change on the generated Rust crate.
//!
//! Structures, enums and error enums are `non_exhaustive`, so additions to them are compatible. All
//! fields of an input are `Option`s, and the service decides which of them must be set. Everywhere else, a
//! required field is not an `Option`.

use super::types::{ChangeKind, Impact, SemverLevel, ServiceChange, Side};
use crate::ir::{Operation, Pagination, Service, ShapeKind};
use crate::plan::names;
use crate::plan::types::Type;

/// The location of a change.
pub(super) struct Location<'a> {
    /// The older model and the newer one.
    pub(super) services: (&'a Service, &'a Service),
    pub(super) operation: &'a str,
    pub(super) side: Side,
    /// The shape in each model, or empty strings for the input or output itself.
    pub(super) types: (&'a str, &'a str),
    /// The changed member, or `None` for the shape itself.
    pub(super) member: Option<&'a str>,
}

pub(super) fn new_method(operation: &str) -> Impact {
    minor("new method", client_method(operation))
}

pub(super) fn removed_method(operation: &str) -> Impact {
    breaking("removed method", client_method(operation))
}

pub(super) fn of_service_change(change: &ServiceChange) -> Impact {
    patch("changed request property", change.property.to_owned())
}

pub(super) fn of_error(operation: &str, error: &str, kind: &ChangeKind) -> Impact {
    let item = format!("{}Error::{}", type_name(operation), type_name(error));
    match kind {
        ChangeKind::ErrorRemoved => breaking("removed variant", item),
        _ => minor("new variant", item),
    }
}

pub(super) fn of_operation(
    name: &str,
    kind: &ChangeKind,
    old: &Operation,
    new: &Operation,
) -> Impact {
    match kind {
        ChangeKind::Deprecated => minor("deprecated method", client_method(name)),
        ChangeKind::RequestChanged { .. } => {
            patch("method with a different request", client_method(name))
        }
        ChangeKind::NoLongerDeprecated => patch("method no longer deprecated", client_method(name)),
        _ => {
            let item = format!("{}Paginator", type_name(name));
            match (&old.pagination, &new.pagination) {
                (None, Some(_)) => minor("new paginator", item),
                (Some(_), None) => breaking("removed paginator", item),
                (Some(old), Some(new)) => paginator(old, new, item),
                (None, None) => patch("unchanged paginator", item),
            }
        }
    }
}

/// The methods `items()` and `page_size()` of a paginator exist only if the model defines the items and
/// the page size. Its tokens are not public.
fn paginator(old: &Pagination, new: &Pagination, item: String) -> Impact {
    let removed = old.items.is_some() && old.items != new.items
        || old.page_size.is_some() && old.page_size != new.page_size;
    if removed {
        breaking("changed paginator", item)
    } else if old.items != new.items || old.page_size != new.page_size {
        minor("extended paginator", item)
    } else {
        patch("paginator with a different token", item)
    }
}

impl Location<'_> {
    pub(super) fn impact(&self, kind: &ChangeKind) -> Impact {
        let is_union = self.is_union();
        match kind {
            ChangeKind::MemberAdded { .. }
            | ChangeKind::MemberRemoved
            | ChangeKind::BecameRequired
            | ChangeKind::BecameOptional
                if self.is_message() =>
            {
                patch("error message, always an Option", self.item())
            }
            ChangeKind::MemberAdded { .. } if is_union => minor("new variant", self.item()),
            ChangeKind::MemberRemoved if is_union => breaking("removed variant", self.item()),
            ChangeKind::MemberAdded { required: true, .. } if self.is_input() => {
                minor("new field required by the service", self.item())
            }
            ChangeKind::MemberAdded { required: true, .. } => {
                breaking("new field required by build()", self.item())
            }
            ChangeKind::MemberAdded { .. } => minor("new field", self.item()),
            ChangeKind::MemberRemoved => breaking("removed field", self.item()),
            ChangeKind::BecameRequired if self.is_input() => {
                minor("field now required by the service", self.item())
            }
            ChangeKind::BecameOptional if self.is_input() => {
                minor("field no longer required by the service", self.item())
            }
            ChangeKind::BecameRequired => breaking("field no longer an Option", self.item()),
            ChangeKind::BecameOptional => breaking("field now an Option", self.item()),
            ChangeKind::TypeChanged { .. } if self.same_type() => {
                patch("field with a different wire format", self.item())
            }
            ChangeKind::TypeChanged { .. } if is_union => {
                breaking("variant with a different type", self.item())
            }
            ChangeKind::TypeChanged { .. } => breaking("field with a different type", self.item()),
            ChangeKind::ValuesAdded { values } => minor("new variant", self.variants(values)),
            ChangeKind::ValuesRemoved { values } => {
                breaking("removed variant", self.variants(values))
            }
            ChangeKind::ConstraintChanged { .. } => patch(
                "constraint enforced by the service",
                self.types.1.to_owned(),
            ),
            ChangeKind::WireChanged { .. } => {
                let item = match self.member {
                    Some(_) => self.item(),
                    None => self.types.1.to_owned(),
                };
                patch("field with a different wire format", item)
            }
            ChangeKind::Deprecated => minor("deprecated field", self.item()),
            _ => patch("field no longer deprecated", self.item()),
        }
    }

    /// Whether the location is directly in the input of the operation.
    fn is_input(&self) -> bool {
        self.side == Side::Request && self.types.1.is_empty()
    }

    fn is_union(&self) -> bool {
        let shape = self.services.1.shapes.get(self.types.1);
        shape.is_some_and(|shape| matches!(shape.kind, ShapeKind::Union(_)))
    }

    /// Whether the location is the message of an error, which is always optional.
    fn is_message(&self) -> bool {
        let shape = self.services.1.shapes.get(self.types.1);
        let is_error = shape.is_some_and(
            |shape| matches!(&shape.kind, ShapeKind::Structure(it) if it.error.is_some()),
        );
        is_error
            && self
                .member
                .is_some_and(|name| rust_name(name, names::member_name) == "message")
    }

    /// Whether the Rust type of the member is the same in both models.
    fn same_type(&self) -> bool {
        let rust_type = |service: &Service, id: &str| {
            let id = match id {
                "" => self.root(service)?,
                id => id.to_owned(),
            };
            let members = service.shapes.get(&id)?.kind.members();
            let member = members
                .iter()
                .find(|it| Some(it.name.as_str()) == self.member)?;
            Some((member.boxed, Type::of(service, &member.shape)))
        };
        rust_type(self.services.0, self.types.0) == rust_type(self.services.1, self.types.1)
    }

    /// The input or output of the operation.
    fn root(&self, service: &Service) -> Option<String> {
        let operation = service.operations.get(self.operation)?;
        match self.side {
            Side::Request => operation.input.clone(),
            _ => operation.output.clone(),
        }
    }

    /// The Rust type that contains the location.
    fn owner(&self) -> String {
        match (self.types.1, self.side) {
            ("", Side::Request) => format!("{}Input", type_name(self.operation)),
            ("", _) => format!("{}Output", type_name(self.operation)),
            (shape, _) => type_name(shape),
        }
    }

    /// The Rust path of the member.
    fn item(&self) -> String {
        let member = self.member.unwrap_or_default();
        let name = match self.is_union() {
            true => rust_name(member, names::variant_name),
            false => rust_name(member, names::member_name),
        };
        format!("{}::{name}", self.owner())
    }

    /// The Rust path of enum variants.
    fn variants(&self, values: &[String]) -> String {
        let names: Vec<String> = values
            .iter()
            .map(|value| rust_name(value, names::variant_name))
            .collect();
        match names.as_slice() {
            [name] => format!("{}::{name}", self.owner()),
            names => format!("{}::{{{}}}", self.owner(), names.join(", ")),
        }
    }
}

fn client_method(operation: &str) -> String {
    format!("Client::{}", rust_name(operation, names::method_name))
}

fn type_name(wire: &str) -> String {
    match names::is_type(wire) {
        true => names::type_name(wire).to_string(),
        false => wire.to_owned(),
    }
}

/// The Rust name of an item, or its wire name if it has none.
fn rust_name(wire: &str, name: fn(&str) -> proc_macro2::Ident) -> String {
    match names::is_valid(wire) {
        true => name(wire).to_string(),
        false => wire.to_owned(),
    }
}

fn breaking(description: &'static str, item: String) -> Impact {
    impact(SemverLevel::Breaking, description, item)
}

fn minor(description: &'static str, item: String) -> Impact {
    impact(SemverLevel::Minor, description, item)
}

fn patch(description: &'static str, item: String) -> Impact {
    impact(SemverLevel::Patch, description, item)
}

fn impact(level: SemverLevel, description: &'static str, item: String) -> Impact {
    Impact {
        level,
        description,
        item,
    }
}
