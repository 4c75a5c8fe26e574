//! Unions: enums with one variant for each member.

use proc_macro2::Ident;

use super::coding::Coding;
use super::docs::Doc;
use super::layout::Layout;
use super::name_conflicts::{Definition, distinct_names, no_shadowed_import};
use super::types::Type;
use super::{binding, layout, member, names};
use crate::diagnostic::{Report, Scope};
use crate::ir::{Member, Service, Shape, ShapeKind, TimestampFormat};
use crate::markup::code;

/// An enum that holds the value of one of several members.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) shape: String,
    pub(crate) module: String,
    pub(crate) name: Ident,
    pub(crate) doc: Doc,
    pub(crate) variants: Vec<UnionVariant>,
    pub(crate) encode: Coding,
    pub(crate) decode: Coding,
    /// Whether `Debug` does not print which variant it is.
    pub(crate) sensitive: bool,
}

/// A member of a union.
#[derive(Debug)]
pub(crate) struct UnionVariant {
    /// The name of the member in messages.
    pub(crate) wire: String,
    /// The name of the member in a form, if it differs from that in XML.
    pub(crate) form_name: Option<String>,
    /// The names of elements, if the value is a list or map in XML or a form.
    pub(crate) layout: Option<Layout>,
    /// The name of the member in the model.
    pub(super) model_name: String,
    pub(crate) name: Ident,
    /// The method that tests for the variant.
    pub(crate) is: Ident,
    /// The method that returns the variant's value.
    pub(crate) as_: Ident,
    pub(crate) doc: Doc,
    pub(crate) ty: Type,
    /// The format of a timestamp that is not in the protocol's default format.
    pub(crate) timestamp: Option<TimestampFormat>,
    pub(crate) sensitive: bool,
}

impl Union {
    /// Returns the name and module of the type.
    pub(super) fn definition(&self) -> Definition<'_> {
        Definition {
            shape: &self.shape,
            module: &self.module,
            name: &self.name,
        }
    }
}

/// Plans the unions of the service.
pub(super) fn unions(service: &Service, report: &mut Report) -> Vec<Union> {
    let unions = service.shapes.iter();
    let unions = unions.filter_map(|(id, shape)| match &shape.kind {
        ShapeKind::Union(members) => Some(union(service, id, shape, members, report)),
        _ => None,
    });
    unions.collect()
}

fn union(
    service: &Service,
    id: &str,
    shape: &Shape,
    members: &[Member],
    report: &mut Report,
) -> Union {
    let variants: Vec<UnionVariant> = members.iter().map(|it| variant(service, it)).collect();
    distinct_names(
        variants
            .iter()
            .map(|variant| (&variant.name, variant.model_name.as_str())),
        |_, wire| service.member_path(id, wire),
        &Scope::Member,
        report,
    );
    let default = format!("The variants of {}.", code(id));
    let union = Union {
        shape: id.to_owned(),
        module: names::module_name(id),
        name: names::type_name(id),
        doc: Doc::of(service, &[], &shape.documentation, &default)
            .and_deprecation(&shape.deprecated),
        variants,
        encode: Coding::of(service, shape.direction.input),
        decode: Coding::of_nested(service, shape),
        sensitive: shape.sensitive,
    };
    let values = union.variants.iter().map(|it| (&it.ty, it.timestamp));
    no_shadowed_import(service, &union.definition(), values, report);
    union
}

fn variant(service: &Service, member: &Member) -> UnionVariant {
    let name = names::variant_name(&member.name);
    UnionVariant {
        wire: binding::wire(service, member),
        form_name: binding::form_name(service, member),
        layout: layout::of_member(service, member),
        model_name: member.name.clone(),
        is: names::prefixed("is_", &name.to_string()),
        as_: names::prefixed("as_", &name.to_string()),
        doc: Doc::of(
            service,
            &[],
            &member.documentation,
            &format!("The member {}.", code(&member.name)),
        ),
        ty: member::ty(service, member),
        timestamp: member::timestamp_format(service, member),
        sensitive: member::is_sensitive(service, member),
        name,
    }
}
