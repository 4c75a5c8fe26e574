//! IR to Rust: every decision about names, types and words, so that emitting is only printing.

pub(crate) mod docs;
pub(crate) mod endpoint;
mod names;
mod operation;
mod structure;
pub(crate) mod types;

use proc_macro2::Ident;

pub(crate) use docs::Doc;
pub(crate) use operation::{ErrorVariant, HostPrefix, Operation, Paginator};
pub(crate) use structure::{Field, Structure};
use types::Type;

use crate::diagnostic::{Diagnostics, Report};
use crate::ir::{self, Service, ShapeKind};

/// A crate, decided down to the last name.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) title: String,
    pub(crate) facts: Facts,
    pub(crate) structures: Vec<Structure>,
    pub(crate) enumerations: Vec<Enumeration>,
    pub(crate) unions: Vec<Union>,
    pub(crate) errors: Vec<ErrorStructure>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) endpoints: endpoint::Endpoints,
}

/// What the runtime must know of the service.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) id: String,
    pub(crate) signing_name: String,
    pub(crate) target_prefix: String,
    pub(crate) content_type: &'static str,
}

/// An enum of strings.
#[derive(Debug)]
pub(crate) struct Enumeration {
    pub(crate) shape: String,
    pub(crate) module: String,
    pub(crate) name: Ident,
    pub(crate) doc: Doc,
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

/// One out of several members.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) shape: String,
    pub(crate) module: String,
    pub(crate) name: Ident,
    pub(crate) doc: Doc,
    pub(crate) variants: Vec<UnionVariant>,
    pub(crate) encode: bool,
    pub(crate) decode: bool,
    pub(crate) sensitive: bool,
}

/// A member of a union.
#[derive(Debug)]
pub(crate) struct UnionVariant {
    pub(crate) wire: String,
    pub(crate) name: Ident,
    pub(crate) is: Ident,
    pub(crate) as_: Ident,
    pub(crate) doc: Doc,
    pub(crate) ty: Type,
    pub(crate) timestamp: Option<ir::TimestampFormat>,
}

/// A structure that is an error.
#[derive(Debug)]
pub(crate) struct ErrorStructure {
    pub(crate) structure: Structure,
    pub(crate) code: String,
    pub(crate) summary: Doc,
}

/// Decides everything.
///
/// # Errors
/// One diagnostic for every two things of the model that get the same Rust name.
pub(crate) fn plan(service: &Service, file: &str) -> Result<Plan, Diagnostics> {
    let mut report = Report::new(file);
    let mut plan = Plan {
        title: service.title.clone(),
        facts: Facts {
            id: service.id.clone(),
            signing_name: service.signing_name.clone(),
            target_prefix: service.target_prefix.clone(),
            content_type: match service.protocol {
                ir::Protocol::AwsJson1_0 => "application/x-amz-json-1.0",
                ir::Protocol::AwsJson1_1 => "application/x-amz-json-1.1",
            },
        },
        structures: Vec::new(),
        enumerations: Vec::new(),
        unions: Vec::new(),
        errors: Vec::new(),
        operations: operation::operations(service, &mut report),
        endpoints: endpoint::endpoints(service, &mut report),
    };
    let nested = nested(service);
    for (id, shape) in &service.shapes {
        match &shape.kind {
            ShapeKind::Enum(values) => {
                plan.enumerations
                    .push(enumeration(id, shape, values, &mut report))
            }
            ShapeKind::Union(members) => {
                plan.unions
                    .push(union(service, id, shape, members, &mut report))
            }
            ShapeKind::Structure(ir::Structure {
                error: Some(error), ..
            }) => {
                plan.errors.push(ErrorStructure {
                    structure: structure::error(service, id, shape, &mut report),
                    code: error.code.clone(),
                    summary: Doc::summary(
                        &shape.documentation,
                        &format!("The error `{}`.", error.code),
                    ),
                });
            }
            ShapeKind::Structure(_) if nested.contains(id.as_str()) => {
                plan.structures
                    .push(structure::nested(service, id, shape, &mut report));
            }
            _ => {}
        }
    }
    distinct(&plan, &mut report);
    let found = report.into_found();
    if found.is_empty() {
        Ok(plan)
    } else {
        Err(Diagnostics(found))
    }
}

/// The shapes that others speak of. An input or output that nothing else speaks of is no type of its own.
fn nested(service: &Service) -> std::collections::BTreeSet<&str> {
    service
        .shapes
        .values()
        .flat_map(|shape| shape.kind.references())
        .map(String::as_str)
        .collect()
}

fn enumeration(
    id: &str,
    shape: &ir::Shape,
    values: &[ir::EnumValue],
    report: &mut Report,
) -> Enumeration {
    let variants: Vec<Variant> = values
        .iter()
        .map(|value| Variant {
            wire: value.value.clone(),
            name: names::variant_name(&value.name),
            doc: Doc::new(
                &value.documentation,
                &format!("The value `{}`.", value.value),
            ),
        })
        .collect();
    let path = format!("shapes.{id}.enum");
    no_clash(
        variants
            .iter()
            .map(|variant| (&variant.name, variant.wire.as_str())),
        &path,
        report,
    );
    Enumeration {
        shape: id.to_owned(),
        module: names::module_name(id),
        name: names::type_name(id),
        doc: with_deprecation(
            Doc::new(&shape.documentation, &format!("The values of `{id}`.")),
            &shape.deprecated,
        ),
        variants,
        sensitive: shape.sensitive,
    }
}

fn union(
    service: &Service,
    id: &str,
    shape: &ir::Shape,
    members: &[ir::Member],
    report: &mut Report,
) -> Union {
    let variants: Vec<UnionVariant> = members
        .iter()
        .map(|member| {
            let ty = Type::of(service, &member.shape);
            UnionVariant {
                wire: member.name.clone(),
                name: names::variant_name(&member.name),
                is: names::prefixed("is_", &member.name),
                as_: names::prefixed("as_", &member.name),
                doc: Doc::new(
                    &member.documentation,
                    &format!("The member `{}`.", member.name),
                ),
                ty: if member.boxed {
                    Type::Box(Box::new(ty))
                } else {
                    ty
                },
                timestamp: structure::odd_format(service, member),
            }
        })
        .collect();
    let path = format!("shapes.{id}.members");
    no_clash(
        variants
            .iter()
            .map(|variant| (&variant.name, variant.wire.as_str())),
        &path,
        report,
    );
    Union {
        shape: id.to_owned(),
        module: names::module_name(id),
        name: names::type_name(id),
        doc: with_deprecation(
            Doc::new(&shape.documentation, &format!("The choices of `{id}`.")),
            &shape.deprecated,
        ),
        variants,
        encode: shape.direction.input,
        decode: shape.direction.output,
        sensitive: shape.sensitive
            || members
                .iter()
                .any(|member| structure::is_sensitive(service, member)),
    }
}

/// The deprecation as a paragraph: types say it in words, because an attribute would warn at every
/// place where generated code names them.
fn with_deprecation(doc: Doc, deprecated: &Option<ir::Deprecated>) -> Doc {
    match deprecated {
        Some(deprecated) => doc.and(format!("**Deprecated.** {}", deprecated.0).trim()),
        None => doc,
    }
}

/// Reports each name that two wire names become.
fn no_clash<'a>(
    names: impl Iterator<Item = (&'a Ident, &'a str)>,
    path: &str,
    report: &mut Report,
) {
    let mut seen = std::collections::BTreeMap::new();
    for (name, wire) in names {
        if let Some(other) = seen.insert(name.to_string(), wire) {
            let fault = format!("\"{other}\" and \"{wire}\" would both be `{name}` in Rust");
            report.fault(path, fault, "rename one of them");
        }
    }
}

/// Reports each module name that two shapes become.
fn distinct(plan: &Plan, report: &mut Report) {
    let structures = plan
        .structures
        .iter()
        .map(|structure| (&structure.module, &structure.name));
    let enumerations = plan
        .enumerations
        .iter()
        .map(|enumeration| (&enumeration.module, &enumeration.name));
    let unions = plan.unions.iter().map(|union| (&union.module, &union.name));
    let mut seen = std::collections::BTreeMap::new();
    for (module, name) in structures.chain(enumerations).chain(unions) {
        if let Some(other) = seen.insert(module, name) {
            let fault =
                format!("`{other}` and `{name}` would both be the module `{module}` in Rust");
            report.fault("shapes", fault, "rename one of them");
        }
    }
}
