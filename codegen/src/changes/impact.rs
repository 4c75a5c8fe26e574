//! The impact of a model change on the generated Rust crate.
//!
//! Structures, enums and error enums are `non_exhaustive`, so additions to them are compatible. All
//! fields of an input are `Option`s, and the service decides which of them must be set. Everywhere else, a
//! required field is not an `Option`.

use std::collections::HashMap;

use super::types::{ChangeKind, Impact, SemverLevel, ServiceChange, Side};
use crate::ir::{Member, Operation, Pagination, Service, ShapeKind};
use crate::plan::types::Type;
use crate::plan::{member, names};

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
    let item = format!(
        "{}Error::{}",
        names::operation_prefix(operation),
        type_name(error)
    );
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
            let item = names::type_prefix(name) + "Paginator";
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
            | ChangeKind::PropertyChanged { .. }
                if self.is_message() =>
            {
                patch("error message, always an Option", self.item())
            }
            ChangeKind::MemberAdded { .. } if is_union => minor("new variant", self.item()),
            ChangeKind::MemberRemoved if is_union => breaking("removed variant", self.item()),
            ChangeKind::MemberAdded { required, .. } => self.of_new_field(*required),
            ChangeKind::MemberRemoved => breaking("removed field", self.item()),
            ChangeKind::BecameRequired
            | ChangeKind::BecameOptional
            | ChangeKind::PropertyChanged { .. }
                if is_union =>
            {
                patch("variant with the same type", self.item())
            }
            kind @ (ChangeKind::BecameRequired
            | ChangeKind::BecameOptional
            | ChangeKind::PropertyChanged { .. }) => self.of_presence(kind),
            ChangeKind::TypeChanged { .. } if self.same_type() => {
                patch("field with a different wire format", self.item())
            }
            ChangeKind::TypeChanged { .. } if is_union => {
                breaking("variant with a different type", self.item())
            }
            ChangeKind::TypeChanged { .. } => breaking("field with a different type", self.item()),
            ChangeKind::ValuesAdded { values } => minor(
                "new variant",
                self.variants((self.services.1, self.types.1), values),
            ),
            ChangeKind::ValuesRemoved { values } => breaking(
                "removed variant",
                self.variants((self.services.0, self.types.0), values),
            ),
            ChangeKind::ValueRenamed { from, .. } => {
                let item = format!("{}::{}", self.owner(), variant(from));
                breaking("renamed variant", item)
            }
            ChangeKind::ConstraintChanged { .. } => patch(
                "constraint enforced by the service",
                self.types.1.to_owned(),
            ),
            ChangeKind::WireChanged { .. } if self.is_error() && self.member.is_none() => {
                patch("error with a different code", self.owner())
            }
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
    pub(super) fn is_input(&self) -> bool {
        self.side == Side::Request && self.types.1.is_empty()
    }

    fn is_union(&self) -> bool {
        let shape = self.services.1.shapes.get(self.types.1);
        shape.is_some_and(|shape| matches!(shape.kind, ShapeKind::Union(_)))
    }

    fn is_error(&self) -> bool {
        let shape = self.services.1.shapes.get(self.types.1);
        shape.is_some_and(
            |shape| matches!(&shape.kind, ShapeKind::Structure(it) if it.error.is_some()),
        )
    }

    /// Whether the location is the message of an error, which is always optional.
    fn is_message(&self) -> bool {
        self.is_error()
            && self
                .member
                .is_some_and(|name| rust_name(name, names::member_name) == "message")
    }

    /// Whether the Rust type of the member is the same in both models.
    fn same_type(&self) -> bool {
        let rust_type = |service: &Service, id: &str| {
            let member = self.member_in(service, id)?;
            Some((member.boxed, Type::of(service, &member.shape)))
        };
        rust_type(self.services.0, self.types.0) == rust_type(self.services.1, self.types.1)
    }

    /// The changed member in one of the models, whose shape is `id`.
    pub(super) fn member_in<'a>(&self, service: &'a Service, id: &str) -> Option<&'a Member> {
        let mut members = self.members_in(service, id).iter();
        members.find(|member| Some(member.name.as_str()) == self.member)
    }

    /// The members of the shape in one of the models.
    pub(super) fn members_in<'a>(&self, service: &'a Service, id: &str) -> &'a [Member] {
        match id {
            "" => service.members(self.root(service)),
            id => service.members(Some(id)),
        }
    }

    /// The input or output of the operation.
    fn root<'a>(&self, service: &'a Service) -> Option<&'a str> {
        let operation = service.operations.get(self.operation)?;
        match self.side {
            Side::Request => operation.input.as_deref(),
            _ => operation.output.as_deref(),
        }
    }

    /// The Rust type that contains the location.
    fn owner(&self) -> String {
        match (self.types.1, self.side) {
            ("", Side::Request) => names::type_prefix(self.operation) + "Input",
            ("", _) => names::type_prefix(self.operation) + "Output",
            (shape, _) => type_name(shape),
        }
    }

    /// The Rust path of the member.
    pub(super) fn item(&self) -> String {
        let member = self.member.unwrap_or_default();
        let name = match self.is_union() {
            true => variant(member),
            false => self.field(member),
        };
        format!("{}::{name}", self.owner())
    }

    /// The name of a field.
    fn field(&self, member: &str) -> String {
        let service = self.services.1;
        let structure = match self.types.1 {
            "" => self.root(service).unwrap_or_default(),
            id => id,
        };
        rust_name(member, |member| member::name(service, structure, member))
    }

    /// The Rust path of variants of an enum in one of the models.
    fn variants(&self, (service, id): (&Service, &str), values: &[String]) -> String {
        let known: HashMap<&str, &str> = match service.shapes.get(id).map(|it| &it.kind) {
            Some(ShapeKind::Enum(known)) => known
                .iter()
                .map(|it| (it.value.as_str(), it.name.as_str()))
                .collect(),
            _ => HashMap::new(),
        };
        let name = |value: &String| variant(known.get(value.as_str()).copied().unwrap_or(value));
        let names: Vec<String> = values.iter().map(name).collect();
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

/// The Rust name of the variant for a member of a union or a value of an enum.
pub(super) fn variant(name: &str) -> String {
    rust_name(name, names::variant_name)
}

/// The Rust name of an item, or its wire name if it has none.
fn rust_name(wire: &str, name: impl Fn(&str) -> proc_macro2::Ident) -> String {
    match names::is_valid(wire) {
        true => name(wire).to_string(),
        false => wire.to_owned(),
    }
}

pub(super) fn breaking(description: &'static str, item: String) -> Impact {
    impact(SemverLevel::Breaking, description, item)
}

pub(super) fn minor(description: &'static str, item: String) -> Impact {
    impact(SemverLevel::Minor, description, item)
}

pub(super) fn patch(description: &'static str, item: String) -> Impact {
    impact(SemverLevel::Patch, description, item)
}

fn impact(level: SemverLevel, description: &'static str, item: String) -> Impact {
    Impact {
        level,
        description,
        item,
    }
}
