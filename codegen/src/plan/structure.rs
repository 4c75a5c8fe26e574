//! Structures and their fields.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::format_ident;

use super::binding::{FieldLocation, Payload};
use super::coding::Coding;
use super::default::Fallback;
use super::docs::{Doc, note, repeated};
use super::layout::Layout;
use super::name_conflicts::{Definition, distinct_names, distinct_setters, no_shadowed_import};
use super::types::Type;
use super::{binding, layout, member, names};
use crate::diagnostic::{Report, Scope};
use crate::ir::{self, Member, Service, Shape, ShapeKind, TimestampFormat};
use crate::markup::code;

/// A structure with its builder.
#[derive(Debug)]
pub(crate) struct Structure {
    /// The name of the shape, empty if an operation has no input or output shape.
    pub(crate) shape: String,
    pub(crate) module: String,
    pub(crate) name: Ident,
    pub(crate) builder: Ident,
    pub(crate) doc: Doc,
    pub(crate) fields: Vec<Field>,
    pub(crate) encode: Coding,
    pub(crate) decode: Coding,
    /// Whether some fields are sensitive, and so `Debug` is not derived.
    pub(crate) redacted: bool,
}

/// A member as a field.
#[derive(Debug)]
pub(crate) struct Field {
    /// The name of the member in the body of a message.
    pub(crate) wire: String,
    /// The name of the member in a form, if it differs from that in XML.
    pub(crate) form_name: Option<String>,
    /// The name of the member in the model.
    pub(crate) model_name: String,
    /// The names of elements, if the value is a list or map in XML or a form.
    pub(crate) layout: Option<Layout>,
    /// The location of the member in the messages of an operation.
    pub(crate) location: FieldLocation,
    /// Other names that the decoder accepts.
    pub(crate) aliases: Vec<&'static str>,
    pub(crate) name: Ident,
    pub(crate) setter: Ident,
    pub(crate) getter: Ident,
    pub(crate) setter_kind: SetterKind,
    pub(crate) doc: Doc,
    pub(crate) summary: Doc,
    pub(crate) ty: Type,
    /// Whether the field is an `Option`.
    pub(crate) optional: bool,
    /// The value if it is not set, unless the field is an `Option` or must be set.
    pub(crate) fallback: Option<Fallback>,
    /// Whether the model requires the member.
    pub(crate) required: bool,
    pub(crate) idempotency_token: bool,
    /// The string that clients send if the caller sets none.
    pub(crate) default: Option<String>,
    /// The prefixes that clients remove from a string.
    pub(crate) trimmed_prefixes: Vec<String>,
    /// The format of a timestamp that is not in the protocol's default format.
    pub(crate) timestamp: Option<TimestampFormat>,
    pub(crate) sensitive: bool,
    /// The note of the deprecation.
    pub(crate) deprecated: Option<String>,
}

/// The argument and the effect of the setter that has the field's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetterKind {
    /// Sets a string, and accepts any value that converts into one.
    Into,
    /// Sets the value.
    Value,
    /// Adds an element to the list. `into` means that it accepts any value that converts into a string.
    Push { into: bool },
    /// Adds an entry to the map, with the same conversions of the key and the value.
    Insert { key_into: bool, value_into: bool },
    /// Sets a boxed value, and accepts any value that converts into the box.
    Boxed,
}

impl Field {
    /// Whether the value is a stream. It is empty unless it is set.
    pub(crate) fn is_stream(&self) -> bool {
        self.location == FieldLocation::Payload(Payload::Stream)
    }

    /// Whether the builder fails if the value is not set.
    pub(crate) fn must_be_set(&self) -> bool {
        !self.optional && self.fallback.is_none() && !self.is_stream()
    }
}

impl SetterKind {
    /// Returns the kind of the setter for a field of this type.
    pub(super) fn of(ty: &Type) -> Self {
        let into = |ty: &Type| *ty == Type::String;
        match ty {
            Type::String => Self::Into,
            Type::Box(_) => Self::Boxed,
            Type::Vec(element) => Self::Push {
                into: into(element),
            },
            Type::Map(key, value) => Self::Insert {
                key_into: into(key),
                value_into: into(value),
            },
            _ => Self::Value,
        }
    }
}

impl Structure {
    /// Returns the name and module of the type.
    pub(super) fn definition(&self) -> Definition<'_> {
        Definition {
            shape: &self.shape,
            module: &self.module,
            name: &self.name,
        }
    }

    /// Whether `build` fails if a required member is not set.
    pub(crate) fn fallible(&self) -> bool {
        self.fields.iter().any(Field::must_be_set)
    }

    /// Whether a member is a stream, which can be read only once.
    pub(crate) fn streams(&self) -> bool {
        self.fields.iter().any(Field::is_stream)
    }

    /// Whether a field is decoded. Of several fields with one name, the first list is, or else the first one.
    pub(crate) fn is_decoded(&self, field: &Field) -> bool {
        let is_list = |field: &&Field| matches!(field.ty, Type::Vec(_));
        let mut same = self.fields.iter().filter(|it| it.wire == field.wire);
        let first = same.clone().find(is_list).or_else(|| same.next());
        first.is_none_or(|first| first.name == field.name)
    }

    /// Redacts the sensitive fields, or all fields of a sensitive shape.
    fn redacted_as(mut self, shape: &Shape) -> Self {
        for field in &mut self.fields {
            field.sensitive |= shape.sensitive;
        }
        self.redacted = self.fields.iter().any(|field| field.sensitive);
        self
    }

    /// Returns the fields that the model requires.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(|field| field.required && field.optional)
    }

    /// Returns the paths that a file must `use` to name the types of all fields.
    pub(crate) fn imports(&self) -> BTreeSet<String> {
        let mut uses = BTreeSet::new();
        for field in &self.fields {
            field.ty.imports(&mut uses);
        }
        uses
    }
}

/// Plans the structures of the service that other shapes refer to, apart from errors.
pub(super) fn structures(service: &Service, report: &mut Report) -> Vec<Structure> {
    let structures = service.shapes.iter();
    let structures = structures.filter_map(|(id, shape)| match &shape.kind {
        ShapeKind::Structure(ir::Structure { error: None, .. }) if service.is_nested(id) => {
            Some(nested(service, id, shape, report))
        }
        _ => None,
    });
    structures.collect()
}

/// Returns a structure whose required members are not `Option`s.
pub(super) fn nested(service: &Service, id: &str, shape: &Shape, report: &mut Report) -> Structure {
    let name = names::type_name(id);
    let default = format!("The structure {}.", code(id));
    let members = shape.kind.members();
    let structure = Structure {
        shape: id.to_owned(),
        module: names::module_name(id),
        builder: format_ident!("{name}Builder"),
        name,
        doc: Doc::of(service, &[id], &shape.documentation, &default)
            .and_deprecation(&shape.deprecated),
        fields: fields(service, id, members, Presence::AsModeled, report),
        encode: Coding::of(service, shape.direction.input),
        decode: Coding::of_nested(service, shape),
        redacted: false,
    }
    .redacted_as(shape);
    let values = structure.fields.iter().map(|it| (&it.ty, it.timestamp));
    no_shadowed_import(service, &structure.definition(), values, report);
    structure
}

/// Returns the input or output of an operation, named after the operation.
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
    let id = shape.map(|(id, _)| id).unwrap_or_default();
    let structure = Structure {
        shape: id.to_owned(),
        module: String::new(),
        builder: format_ident!("{name}Builder"),
        name,
        doc,
        fields: fields(service, id, members, presence, report),
        encode: Coding::of(service, presence == Presence::Optional),
        decode: Coding::of(service, presence == Presence::AsModeled),
        redacted: false,
    };
    match shape {
        Some((_, shape)) => structure.redacted_as(shape),
        None => structure,
    }
}

/// The fields that are `Option`s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// All fields: an input is built step by step, and the service decides what must be set.
    Optional,
    /// The fields that the model marks as optional.
    AsModeled,
}

fn fields(
    service: &Service,
    id: &str,
    members: &[Member],
    presence: Presence,
    report: &mut Report,
) -> Vec<Field> {
    let fields: Vec<Field> = members
        .iter()
        .map(|member| field(service, id, member, presence))
        .collect();
    distinct_names(
        fields
            .iter()
            .map(|field| (&field.name, field.model_name.as_str())),
        |_, wire| service.member_path(id, wire),
        &Scope::Member,
        report,
    );
    check_setters(service, id, &fields, report);
    fields
}

/// Reports each field with the name of another field's `set_` or `get_` method.
pub(super) fn check_setters(service: &Service, id: &str, fields: &[Field], report: &mut Report) {
    let members = fields.iter().map(|field| {
        let methods = [&field.setter, &field.getter];
        (field.model_name.as_str(), &field.name, methods)
    });
    distinct_setters(members, |wire| service.member_path(id, wire), report);
}

fn field(service: &Service, id: &str, member: &Member, presence: Presence) -> Field {
    let ty = member::ty(service, member);
    let default = format!("The member {}.", code(&member.name));
    let target = service.shapes.get(&member.shape);
    let shape_doc = target
        .map(|shape| shape.documentation.as_str())
        .unwrap_or_default();
    let markdown =
        if member.documentation.is_empty() && matches!(ty, Type::String | Type::Smithy(_)) {
            repeated(shape_doc)
        } else {
            &member.documentation
        };
    // Members of outputs are required of the service, which does not concern callers.
    let is_sent = service.shapes.get(id).is_some_and(|it| it.direction.input);
    let document = |doc: Doc| match member.required && is_sent && !member.idempotency_token {
        true => doc.and_sentence("Required."),
        false => doc,
    };
    let is_input_string = presence == Presence::Optional && ty == Type::String;
    let location = binding::location(service, member);
    let is_stream = location == FieldLocation::Payload(Payload::Stream);
    Field {
        wire: binding::wire(service, member),
        form_name: binding::form_name(service, member),
        model_name: member.name.clone(),
        layout: match location {
            FieldLocation::Body => layout::of_member(service, member),
            FieldLocation::Payload(_) if presence == Presence::Optional => {
                layout::of_root(service, member)
            }
            _ => None,
        },
        aliases: Vec::new(),
        name: member::name(service, id, &member.name),
        setter: member::setter(service, id, &member.name),
        getter: member::getter(service, id, &member.name),
        setter_kind: SetterKind::of(&ty),
        doc: document(Doc::of(service, &[id], markdown, &default)),
        summary: document(Doc::summary_of(service, &[id], markdown, &default)),
        ty,
        optional: !is_stream && (presence == Presence::Optional || service.is_optional(member)),
        fallback: Fallback::of(service, member)
            .filter(|_| presence == Presence::AsModeled && !is_stream),
        required: member.required,
        idempotency_token: member.idempotency_token,
        default: member.client_default.clone().filter(|_| is_input_string),
        trimmed_prefixes: match is_input_string {
            true => member.trimmed_prefixes.clone(),
            false => Vec::new(),
        },
        timestamp: binding::timestamp_format(service, member, &location),
        location,
        sensitive: member::is_sensitive(service, member),
        deprecated: note(&member.deprecated),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_decides_the_kind_of_a_setter() {
        let boxed = |ty: &Type| Box::new(ty.clone());
        let (string, number) = (Type::String, Type::I32);
        let list = |element| Type::Vec(boxed(element));
        let map = |key, value| Type::Map(boxed(key), boxed(value));
        let insert = |key_into, value_into| SetterKind::Insert {
            key_into,
            value_into,
        };
        for (ty, kind) in [
            (string.clone(), SetterKind::Into),
            (number.clone(), SetterKind::Value),
            (Type::Smithy("Blob"), SetterKind::Value),
            (Type::Box(boxed(&number)), SetterKind::Boxed),
            (list(&string), SetterKind::Push { into: true }),
            (list(&number), SetterKind::Push { into: false }),
            (list(&list(&string)), SetterKind::Push { into: false }),
            (map(&string, &string), insert(true, true)),
            (map(&string, &number), insert(true, false)),
            (map(&number, &string), insert(false, true)),
            (map(&number, &list(&string)), insert(false, false)),
        ] {
            assert_eq!(SetterKind::of(&ty), kind, "{ty:?}");
        }
    }
}
