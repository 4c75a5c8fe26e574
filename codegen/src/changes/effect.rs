//! What a change of the model does to the Rust crate that is generated from it.
//!
//! Structures, enums and error enums are `non_exhaustive`, so they may grow. All fields of an input
//! are `Option`s, and `send()` checks those that are required; elsewhere a required field is none.

use super::{Effect, FactChange, Level, Side, What};
use crate::ir::{Operation, Pagination, Service, ShapeKind};
use crate::plan::names;
use crate::plan::types::Type;

/// Where a change lies.
pub(super) struct Place<'a> {
    /// The older model and the newer one.
    pub(super) services: (&'a Service, &'a Service),
    pub(super) operation: &'a str,
    pub(super) side: Side,
    /// The shape in either model; empty where it is the input or output itself.
    pub(super) shape: (&'a str, &'a str),
    /// The member that changed, where it is one.
    pub(super) member: Option<&'a str>,
    /// Whether the value must be there.
    pub(super) required: bool,
}

pub(super) fn new_method(operation: &str) -> Effect {
    minor("new method", client(operation))
}

pub(super) fn removed_method(operation: &str) -> Effect {
    breaking("removed method", client(operation))
}

pub(super) fn of_fact(fact: &FactChange) -> Effect {
    patch("requests differ in the", fact.fact.to_owned())
}

pub(super) fn of_error(operation: &str, error: &str, what: &What) -> Effect {
    let item = format!("{}Error::{}", type_name(operation), type_name(error));
    match what {
        What::ErrorRemoved => breaking("removed variant", item),
        _ => minor("new variant", item),
    }
}

pub(super) fn of_operation(name: &str, what: &What, before: &Operation, now: &Operation) -> Effect {
    match what {
        What::Deprecated => minor("deprecated method", client(name)),
        What::NoLongerDeprecated => patch("no longer deprecated method", client(name)),
        _ => {
            let item = format!("{}Paginator", type_name(name));
            match (&before.pagination, &now.pagination) {
                (None, Some(_)) => minor("new paginator", item),
                (Some(_), None) => breaking("removed paginator", item),
                (Some(was), Some(is)) => paginator(was, is, item),
                (None, None) => patch("unchanged paginator", item),
            }
        }
    }
}

/// `items()` and `page_size()` of a paginator come and go with what they need; tokens are no one's business.
fn paginator(was: &Pagination, is: &Pagination, item: String) -> Effect {
    let lost = was.items.is_some() && was.items != is.items
        || was.page_size.is_some() && was.page_size != is.page_size;
    if lost {
        breaking("paginator that pages otherwise", item)
    } else if was.items != is.items || was.page_size != is.page_size {
        minor("paginator that can more", item)
    } else {
        patch("paginator with another token", item)
    }
}

impl Place<'_> {
    pub(super) fn effect(&self, what: &What) -> Effect {
        let is_union = self.is_union();
        match what {
            What::MemberAdded { .. }
            | What::MemberRemoved
            | What::BecameRequired
            | What::BecameOptional
                if self.is_message() =>
            {
                patch("message that stays an Option", self.item())
            }
            What::MemberAdded { .. } if is_union => minor("new variant", self.item()),
            What::MemberRemoved if is_union => breaking("removed variant", self.item()),
            What::MemberAdded { required: true, .. } if self.is_input() => {
                breaking("field that send() demands", self.item())
            }
            What::MemberAdded { required: true, .. } => {
                breaking("new field that build() demands", self.item())
            }
            What::MemberAdded { .. } => minor("new field", self.item()),
            What::MemberRemoved => breaking("removed field", self.item()),
            What::BecameRequired if self.is_input() => {
                breaking("field that send() demands", self.item())
            }
            What::BecameOptional if self.is_input() => {
                minor("field that send() no longer demands", self.item())
            }
            What::BecameRequired => breaking("field that is no Option any more", self.item()),
            What::BecameOptional => breaking("field that is an Option now", self.item()),
            What::TypeChanged { .. } if self.same_type() => {
                patch("value that is written otherwise", self.item())
            }
            What::TypeChanged { .. } if is_union => {
                breaking("variant of another type", self.item())
            }
            What::TypeChanged { .. } => breaking("field of another type", self.item()),
            What::ValuesAdded { values } => minor("new variant", self.variants(values)),
            What::ValuesRemoved { values } => breaking("removed variant", self.variants(values)),
            What::ConstraintChanged { .. } => self.constraint(),
            What::Deprecated => minor("deprecated field", self.item()),
            _ => patch("no longer deprecated field", self.item()),
        }
    }

    /// A text that is required and may not be empty is the one thing that the crate checks.
    fn constraint(&self) -> Effect {
        let nonempty = |service: &Service, id: &str| {
            let shape = service.shapes.get(id);
            shape.is_some_and(|shape| shape.nonempty)
        };
        let was = nonempty(self.services.0, self.shape.0);
        let is = nonempty(self.services.1, self.shape.1);
        let checked = self.required && self.side == Side::Request;
        match (was, is) {
            (false, true) if checked => breaking("text that send() refuses empty", self.owner()),
            (true, false) if checked => minor("text that may be empty", self.owner()),
            _ => patch("limit that the service checks", self.shape.1.to_owned()),
        }
    }

    /// Whether it is a member of an operation's input itself.
    fn is_input(&self) -> bool {
        self.side == Side::Request && self.shape.1.is_empty()
    }

    fn is_union(&self) -> bool {
        let shape = self.services.1.shapes.get(self.shape.1);
        shape.is_some_and(|shape| matches!(shape.kind, ShapeKind::Union(_)))
    }

    /// Whether it is the message of an error, which may always be missing.
    fn is_message(&self) -> bool {
        let shape = self.services.1.shapes.get(self.shape.1);
        let is_error = shape.is_some_and(
            |shape| matches!(&shape.kind, ShapeKind::Structure(it) if it.error.is_some()),
        );
        is_error
            && self
                .member
                .is_some_and(|name| rust_name(name, names::member_name) == "message")
    }

    /// Whether a member has the same type in Rust as before.
    fn same_type(&self) -> bool {
        let of = |service: &Service, id: &str| {
            let id = match id {
                "" => self.top(service)?,
                id => id.to_owned(),
            };
            let members = service.shapes.get(&id)?.kind.members();
            let member = members
                .iter()
                .find(|it| Some(it.name.as_str()) == self.member)?;
            Some((member.boxed, Type::of(service, &member.shape)))
        };
        of(self.services.0, self.shape.0) == of(self.services.1, self.shape.1)
    }

    /// The input or output of the operation.
    fn top(&self, service: &Service) -> Option<String> {
        let operation = service.operations.get(self.operation)?;
        match self.side {
            Side::Request => operation.input.clone(),
            _ => operation.output.clone(),
        }
    }

    fn owner(&self) -> String {
        match (self.shape.1, self.side) {
            ("", Side::Request) => format!("{}Input", type_name(self.operation)),
            ("", _) => format!("{}Output", type_name(self.operation)),
            (shape, _) => type_name(shape),
        }
    }

    fn item(&self) -> String {
        let member = self.member.unwrap_or_default();
        let name = match self.is_union() {
            true => rust_name(member, names::variant_name),
            false => rust_name(member, names::member_name),
        };
        format!("{}::{name}", self.owner())
    }

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

fn client(operation: &str) -> String {
    format!("Client::{}", rust_name(operation, names::method_name))
}

fn type_name(wire: &str) -> String {
    match names::is_type(wire) {
        true => names::type_name(wire).to_string(),
        false => wire.to_owned(),
    }
}

/// The Rust name of something, or its own where there is none.
fn rust_name(wire: &str, name: fn(&str) -> proc_macro2::Ident) -> String {
    match names::is_speakable(wire) {
        true => name(wire).to_string(),
        false => wire.to_owned(),
    }
}

fn breaking(what: &'static str, item: String) -> Effect {
    effect(Level::Breaking, what, item)
}

fn minor(what: &'static str, item: String) -> Effect {
    effect(Level::Minor, what, item)
}

fn patch(what: &'static str, item: String) -> Effect {
    effect(Level::Patch, what, item)
}

fn effect(level: Level, what: &'static str, item: String) -> Effect {
    Effect { level, what, item }
}
