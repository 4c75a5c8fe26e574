//! Structures and their fields.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::format_ident;

use super::docs::Doc;
use super::types::Type;
use super::{names, no_clash, with_deprecation};
use crate::diagnostic::{Expected, Fault, NameFault, Report, Scope};
use crate::ir::{Member, Service, Shape, ShapeKind, TimestampFormat};

/// A structure with its builder.
#[derive(Debug)]
pub(crate) struct Structure {
    /// The shape it is made from; empty where there is none.
    pub(crate) shape: String,
    pub(crate) module: String,
    pub(crate) name: Ident,
    pub(crate) builder: Ident,
    pub(crate) doc: Doc,
    pub(crate) fields: Vec<Field>,
    pub(crate) encode: bool,
    pub(crate) decode: bool,
    /// Some values must not be shown, so `Debug` is written out.
    pub(crate) redacted: bool,
}

/// A member as a field.
#[derive(Debug)]
pub(crate) struct Field {
    /// The name that is written, and read, on the wire.
    pub(crate) wire: String,
    /// Other names that are read.
    pub(crate) aliases: Vec<&'static str>,
    pub(crate) name: Ident,
    pub(crate) setter: Ident,
    pub(crate) doc: Doc,
    pub(crate) summary: Doc,
    pub(crate) ty: Type,
    /// The field is an `Option`.
    pub(crate) optional: bool,
    /// The model says it must be there.
    pub(crate) required: bool,
    /// It is a required text that must not be empty.
    pub(crate) nonempty: bool,
    /// Its value can lack something required.
    pub(crate) can_lack: bool,
    pub(crate) idempotency_token: bool,
    /// The format of a moment that is not written in the protocol's own.
    pub(crate) timestamp: Option<TimestampFormat>,
    pub(crate) sensitive: bool,
    /// Why it should no longer be used.
    pub(crate) deprecated: Option<String>,
}

impl Structure {
    /// Whether building can fail because something required is not set.
    pub(crate) fn fallible(&self) -> bool {
        self.fields.iter().any(|field| !field.optional)
    }

    /// Hides what is sensitive; of a shape that is so itself, everything.
    fn redacted_as(mut self, shape: &Shape) -> Self {
        for field in &mut self.fields {
            field.sensitive |= shape.sensitive;
        }
        self.redacted = self.fields.iter().any(|field| field.sensitive);
        self
    }

    /// Whether something that is sent can be missing.
    pub(crate) fn is_checked(&self) -> bool {
        let checked =
            |field: &Field| field.nonempty || field.can_lack || (field.required && field.optional);
        self.encode && self.fields.iter().any(checked)
    }

    /// The paths that a file must `use` to name the types of all fields.
    pub(crate) fn imports(&self) -> BTreeSet<String> {
        let mut uses = BTreeSet::new();
        for field in &self.fields {
            field.ty.imports(&mut uses);
        }
        uses
    }
}

/// A structure that others are made of: what is required is no `Option`.
pub(super) fn nested(service: &Service, id: &str, shape: &Shape, report: &mut Report) -> Structure {
    let name = names::type_name(id);
    let path = format!("shapes.{id}.members");
    Structure {
        shape: id.to_owned(),
        module: names::module_name(id),
        builder: format_ident!("{name}Builder"),
        name,
        doc: with_deprecation(
            Doc::of(
                service,
                &shape.documentation,
                &format!("The structure `{id}`."),
            ),
            &shape.deprecated,
        ),
        fields: fields(
            service,
            shape.kind.members(),
            Presence::AsModelled,
            &path,
            report,
        ),
        encode: shape.direction.input,
        // Few types are only ever sent, and all of them have `deserialize` in the official interface.
        decode: true,
        redacted: false,
    }
    .redacted_as(shape)
}

/// An error: like any structure, but it always has a message.
pub(super) fn error(service: &Service, id: &str, shape: &Shape, report: &mut Report) -> Structure {
    let mut structure = nested(service, id, shape, report);
    structure.decode = true;
    for field in &mut structure.fields {
        // Every error's builder has a `set_meta` of its own.
        if field.setter == "set_meta" {
            field.setter = names::prefixed("set_", "meta_value");
        }
    }
    if !structure.fields.iter().any(is_message) {
        structure.fields.insert(0, message());
    }
    // An error always tells its message, deprecated or not, under whichever name it came.
    let named: Vec<String> = structure.fields.iter().map(|it| it.wire.clone()).collect();
    if let Some(message) = structure.fields.iter_mut().find(|it| is_message(it)) {
        message.optional = true;
        message.deprecated = None;
        message.aliases = MESSAGES
            .into_iter()
            .filter(|name| !named.iter().any(|wire| wire == name))
            .collect();
        if message.ty != Type::String {
            let path = format!("shapes.{id}.members.{}", message.wire);
            let wire = &message.wire;
            report.fault(path, Fault::wrong_type(wire, None, Expected::Message));
        }
    }
    structure
}

/// The input or output of an operation, whose name is the operation's.
pub(super) fn of_operation(
    service: &Service,
    shape: Option<(&str, &Shape)>,
    name: Ident,
    doc: Doc,
    presence: Presence,
    report: &mut Report,
) -> Structure {
    let members = shape
        .map(|(_, shape)| shape.kind.members())
        .unwrap_or_default();
    let path = shape
        .map(|(id, _)| format!("shapes.{id}.members"))
        .unwrap_or_default();
    let structure = Structure {
        shape: shape.map(|(id, _)| id.to_owned()).unwrap_or_default(),
        module: String::new(),
        builder: format_ident!("{name}Builder"),
        name,
        doc,
        fields: fields(service, members, presence, &path, report),
        encode: matches!(presence, Presence::Optional),
        decode: matches!(presence, Presence::AsModelled),
        redacted: false,
    };
    match shape {
        Some((_, shape)) => structure.redacted_as(shape),
        None => structure,
    }
}

/// The names under which services send the message of an error.
const MESSAGES: [&str; 3] = ["message", "Message", "errorMessage"];

/// Methods of a fluent builder that are no setters; those that [`names`] keeps free are not among them.
const FLUENT_METHODS: [&str; 2] = ["into_paginator", "new"];

/// Which fields are `Option`s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// All: an input is filled step by step, and checked when it is sent.
    Optional,
    /// Those that the model does not require.
    AsModelled,
}

fn fields(
    service: &Service,
    members: &[Member],
    presence: Presence,
    path: &str,
    report: &mut Report,
) -> Vec<Field> {
    let fields: Vec<Field> = members
        .iter()
        .map(|member| field(service, member, presence))
        .collect();
    no_clash(
        fields
            .iter()
            .map(|field| (&field.name, field.wire.as_str())),
        |_, wire| format!("{path}.{wire}"),
        Scope::Member,
        report,
    );
    for field in &fields {
        let path = format!("{path}.{}", field.wire);
        if let Some(other) = fields.iter().find(|other| other.setter == field.name) {
            let (wire, setter) = (&field.wire, &field.name);
            let fault = NameFault::Same {
                names: [other.wire.clone(), wire.clone()],
                rust: setter.to_string(),
                scope: Scope::Setter,
            };
            report.fault(&path, fault);
        }
        if presence == Presence::Optional && FLUENT_METHODS.iter().any(|own| field.name == own) {
            let fault = NameFault::Taken {
                rust: field.wire.clone(),
                scope: Scope::Setter,
            };
            report.fault(path, fault);
        }
    }
    fields
}

fn field(service: &Service, member: &Member, presence: Presence) -> Field {
    let ty = Type::of(service, &member.shape);
    let default = format!("The member `{}`.", member.name);
    let target = service.shapes.get(&member.shape);
    let shape_doc = target
        .map(|shape| shape.documentation.as_str())
        .unwrap_or_default();
    let markdown =
        if member.documentation.is_empty() && matches!(ty, Type::String | Type::Smithy(_)) {
            shape_doc
        } else {
            &member.documentation
        };
    Field {
        wire: member.name.clone(),
        aliases: Vec::new(),
        name: names::member_name(&member.name),
        setter: names::prefixed("set_", &member.name),
        doc: Doc::of(service, markdown, &default),
        summary: Doc::summary_of(service, markdown, &default),
        ty: if member.boxed {
            Type::Box(Box::new(ty))
        } else {
            ty
        },
        optional: presence == Presence::Optional || !member.required,
        required: member.required,
        nonempty: member.required && target.is_some_and(|shape| shape.nonempty),
        can_lack: target.is_some_and(|shape| shape.can_lack),
        idempotency_token: member.idempotency_token,
        timestamp: odd_format(service, member),
        sensitive: is_sensitive(service, member),
        deprecated: member
            .deprecated
            .as_ref()
            .map(|deprecated| deprecated.0.clone()),
    }
}

fn message() -> Field {
    let doc = Doc::new("What went wrong, in the words of the service.", "");
    Field {
        wire: "message".to_owned(),
        aliases: Vec::new(),
        name: names::member_name("message"),
        setter: names::prefixed("set_", "message"),
        summary: doc.clone(),
        doc,
        ty: Type::String,
        optional: true,
        required: false,
        nonempty: false,
        can_lack: false,
        idempotency_token: false,
        timestamp: None,
        sensitive: false,
        deprecated: None,
    }
}

fn is_message(field: &Field) -> bool {
    field.name == "message"
}

/// The format of a moment, unless it is the one that JSON protocols use.
pub(super) fn odd_format(service: &Service, member: &Member) -> Option<TimestampFormat> {
    let of_shape = match service.shapes.get(&member.shape)?.kind {
        ShapeKind::Timestamp(format) => format,
        _ => return None,
    };
    let format = member.timestamp_format.unwrap_or(of_shape);
    (format != TimestampFormat::EpochSeconds).then_some(format)
}

/// Whether the values of a member must not be shown: they, or what the list or map is made of.
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
