//! Enums of strings.

use proc_macro2::Ident;

use super::docs::Doc;
use super::name_conflicts::{Definition, distinct_names};
use super::names;
use crate::diagnostic::{Report, Scope};
use crate::ir::{EnumValue, Service, Shape, ShapeKind};
use crate::markup::code;

/// An enum of strings.
#[derive(Debug)]
pub(crate) struct Enumeration {
    pub(crate) shape: String,
    pub(crate) module: String,
    pub(crate) name: Ident,
    pub(crate) doc: Doc,
    /// The variants, sorted by their values on the wire.
    pub(crate) variants: Vec<Variant>,
    pub(crate) sensitive: bool,
}

/// A value of an enum.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) wire: String,
    pub(crate) name: Ident,
    pub(crate) doc: Doc,
}

impl Enumeration {
    /// Returns the name and module of the type.
    pub(super) fn definition(&self) -> Definition<'_> {
        Definition {
            shape: &self.shape,
            module: &self.module,
            name: &self.name,
        }
    }
}

/// Plans the enums of the service.
pub(super) fn enumerations(service: &Service, report: &mut Report) -> Vec<Enumeration> {
    let enums = service.shapes.iter();
    let enums = enums.filter_map(|(id, shape)| match &shape.kind {
        ShapeKind::Enum(values) => Some(enumeration(service, id, shape, values, report)),
        _ => None,
    });
    enums.collect()
}

fn enumeration(
    service: &Service,
    id: &str,
    shape: &Shape,
    values: &[EnumValue],
    report: &mut Report,
) -> Enumeration {
    let mut variants: Vec<Variant> = values
        .iter()
        .map(|value| Variant {
            wire: value.value.clone(),
            name: names::variant_name(&value.name),
            doc: Doc::of(
                service,
                &[],
                &value.documentation,
                &format!("The value {}.", code(&value.value)),
            ),
        })
        .collect();
    distinct_names(
        variants
            .iter()
            .map(|variant| (&variant.name, variant.wire.as_str())),
        |i, _| {
            let value = values.get(i);
            value.map_or_else(|| shape.path.clone(), |value| value.path.clone())
        },
        &Scope::Variant(id.to_owned()),
        report,
    );
    // The order of `values()` and of `Ord` in the official crate.
    variants.sort_by(|one, other| one.wire.cmp(&other.wire));
    let default = format!("The values of {}.", code(id));
    Enumeration {
        shape: id.to_owned(),
        module: names::module_name(id),
        name: names::type_name(id),
        doc: Doc::of(service, &[], &shape.documentation, &default)
            .and_deprecation(&shape.deprecated),
        variants,
        sensitive: shape.sensitive,
    }
}
