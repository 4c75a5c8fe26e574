//! Structures and their fields.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::format_ident;

use super::docs::Doc;
use super::types::Type;
use super::{names, no_clash, with_deprecation};
use crate::diagnostic::Report;
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
    pub(crate) aliases: &'static [&'static str],
    pub(crate) name: Ident,
    pub(crate) setter: Ident,
    pub(crate) doc: Doc,
    pub(crate) summary: Doc,
    pub(crate) ty: Type,
    /// The field is an `Option`.
    pub(crate) optional: bool,
    /// The model says it must be there.
    pub(crate) required: bool,
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
            Doc::new(&shape.documentation, &format!("The structure `{id}`.")),
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
        redacted: is_redacted(service, shape),
    }
}

/// An error: like any structure, but it always has a message.
pub(super) fn error(service: &Service, id: &str, shape: &Shape, report: &mut Report) -> Structure {
    let mut structure = nested(service, id, shape, report);
    structure.encode = false;
    structure.decode = true;
    match structure
        .fields
        .iter_mut()
        .find(|field| field.name == "message")
    {
        Some(message) => {
            message.aliases = aliases(&message.wire);
            message.optional = true;
        }
        None => structure.fields.insert(0, message()),
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
    Structure {
        shape: shape.map(|(id, _)| id.to_owned()).unwrap_or_default(),
        module: String::new(),
        builder: format_ident!("{name}Builder"),
        name,
        doc,
        fields: fields(service, members, presence, &path, report),
        encode: matches!(presence, Presence::Optional),
        decode: matches!(presence, Presence::AsModelled),
        redacted: shape.is_some_and(|(_, shape)| is_redacted(service, shape)),
    }
}

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
        path,
        report,
    );
    fields
}

fn field(service: &Service, member: &Member, presence: Presence) -> Field {
    let ty = Type::of(service, &member.shape);
    let default = format!("The member `{}`.", member.name);
    let shape_doc = service
        .shapes
        .get(&member.shape)
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
        aliases: &[],
        name: names::member_name(&member.name),
        setter: names::prefixed("set_", &member.name),
        doc: Doc::new(markdown, &default),
        summary: Doc::summary(markdown, &default),
        ty: if member.boxed {
            Type::Box(Box::new(ty))
        } else {
            ty
        },
        optional: presence == Presence::Optional || !member.required,
        required: member.required,
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
        aliases: aliases("message"),
        name: names::member_name("message"),
        setter: names::prefixed("set_", "message"),
        summary: doc.clone(),
        doc,
        ty: Type::String,
        optional: true,
        required: false,
        idempotency_token: false,
        timestamp: None,
        sensitive: false,
        deprecated: None,
    }
}

/// The other names under which services send the message of an error.
fn aliases(wire: &str) -> &'static [&'static str] {
    match wire {
        "Message" => &["message", "errorMessage"],
        _ => &["Message", "errorMessage"],
    }
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

pub(super) fn is_sensitive(service: &Service, member: &Member) -> bool {
    service
        .shapes
        .get(&member.shape)
        .is_some_and(|shape| shape.sensitive)
}

fn is_redacted(service: &Service, shape: &Shape) -> bool {
    shape.sensitive
        || shape
            .kind
            .members()
            .iter()
            .any(|member| is_sensitive(service, member))
}
