//! IR to Rust: every decision about names, types and words, so that emitting is only printing.

mod about;
mod clashes;
mod constraints;
mod context;
pub(crate) mod docs;
pub(crate) mod endpoint;
pub(crate) mod example;
mod expression;
pub(crate) mod names;
mod operation;
mod related;
mod sample;
mod structure;
pub(crate) mod types;
mod waiter;

use proc_macro2::Ident;

pub(crate) use about::Setting;
use clashes::no_clash;
pub(crate) use constraints::{Constraint, Demand, MemberDemand};
pub(crate) use context::ContextSource;
pub(crate) use docs::Doc;
pub(crate) use expression::Code;
pub(crate) use operation::{ErrorVariant, HostPrefix, Operation, Paginator};
pub(crate) use structure::{Field, Structure};
use types::Type;
pub(crate) use waiter::{Arm, ErrorKind, Ids, Poll, Waiter};

use crate::About;
use crate::diagnostic::{Diagnostic, Report, Scope};
use crate::ir::{self, Service, ShapeKind};

/// A crate, decided down to the last name.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) title: String,
    /// The name by which programs use the crate.
    pub(crate) crate_name: Ident,
    pub(crate) about: About,
    pub(crate) facts: Facts,
    pub(crate) structures: Vec<Structure>,
    pub(crate) enumerations: Vec<Enumeration>,
    pub(crate) unions: Vec<Union>,
    pub(crate) errors: Vec<ErrorStructure>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) endpoints: endpoint::Endpoints,
    /// What inputs must meet, for a crate that answers them itself.
    pub(crate) constraints: Vec<Constraint>,
    /// The settings that only some services have.
    pub(crate) settings: Vec<Setting>,
}

/// What the runtime must know of the service.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) id: String,
    pub(crate) signing_name: String,
    pub(crate) target_prefix: String,
    pub(crate) content_type: &'static str,
    /// Errors bear the codes of the query protocol.
    pub(crate) query_compatible: bool,
    /// The endpoint rules ask for the account, which the credentials tell.
    pub(crate) account_id: bool,
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
/// One diagnostic for every thing of the model that gets no Rust name, or that of something else. The
/// rules of the endpoint may stand in a file of their own.
pub(crate) fn plan(
    service: &Service,
    file: &str,
    rules_file: &str,
) -> Result<Plan, Vec<Diagnostic>> {
    let mut report = Report::new(file);
    let mut rules_report = Report::new(rules_file);
    clashes::names_for_all(service, &mut report);
    let found = report.into_found();
    if !found.is_empty() {
        return Err(found);
    }
    let mut report = Report::new(file);
    let mut plan = Plan {
        title: service.title.clone(),
        crate_name: names::crate_name(&service.id),
        about: about::about(service),
        facts: Facts {
            id: service.id.clone(),
            signing_name: service.signing_name.clone(),
            target_prefix: service.target_prefix.clone(),
            content_type: match service.protocol {
                ir::Protocol::AwsJson1_0 => "application/x-amz-json-1.0",
                ir::Protocol::AwsJson1_1 => "application/x-amz-json-1.1",
            },
            query_compatible: service.query_compatible,
            account_id: endpoint::asks_for_account(service),
        },
        structures: Vec::new(),
        enumerations: Vec::new(),
        unions: Vec::new(),
        errors: Vec::new(),
        operations: operation::operations(service, &mut report),
        endpoints: endpoint::endpoints(service, &mut rules_report),
        constraints: constraints::constraints(service),
        settings: about::settings(service),
    };
    let nested = nested(service);
    for (id, shape) in &service.shapes {
        match &shape.kind {
            ShapeKind::Enum(values) => {
                plan.enumerations
                    .push(enumeration(service, id, shape, values, &mut report))
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
                    code: error
                        .query_code
                        .clone()
                        .unwrap_or_else(|| error.code.clone()),
                    summary: Doc::summary_of(
                        service,
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
    relate(&mut plan, &related::Related::new(service));
    clashes::distinct(&plan, &mut report);
    let mut found = report.into_found();
    found.extend(rules_report.into_found());
    if found.is_empty() {
        Ok(plan)
    } else {
        Err(found)
    }
}

/// Ends the documentation of each type with the operations that have to do with it.
fn relate(plan: &mut Plan, related: &related::Related<'_>) {
    let structures = plan.structures.iter_mut();
    let errors = plan.errors.iter_mut().map(|it| &mut it.structure);
    let structures = structures.chain(errors).map(|it| (&it.shape, &mut it.doc));
    let enumerations = plan
        .enumerations
        .iter_mut()
        .map(|it| (&it.shape, &mut it.doc));
    let unions = plan.unions.iter_mut().map(|it| (&it.shape, &mut it.doc));
    for (shape, doc) in structures.chain(enumerations).chain(unions) {
        *doc = std::mem::take(doc).and_line(related.line(shape));
    }
}

/// Whether a shape is a type of its own.
fn is_type(service: &Service, id: &str) -> bool {
    let is_input = |operation: &ir::Operation| {
        let ends = [&operation.input, &operation.output];
        ends.into_iter().flatten().any(|end| end == id)
    };
    !service.operations.values().any(is_input) || nested(service).contains(id)
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
    service: &Service,
    id: &str,
    shape: &ir::Shape,
    values: &[ir::EnumValue],
    report: &mut Report,
) -> Enumeration {
    let mut variants: Vec<Variant> = values
        .iter()
        .map(|value| Variant {
            wire: value.value.clone(),
            name: names::variant_name(&value.name),
            doc: Doc::of(
                service,
                &value.documentation,
                &format!("The value `{}`.", value.value),
            ),
        })
        .collect();
    no_clash(
        variants
            .iter()
            .map(|variant| (&variant.name, variant.wire.as_str())),
        |i, _| format!("shapes.{id}.enum[{i}]"),
        Scope::Variant(id.to_owned()),
        report,
    );
    // The order of `values()` and of `Ord`, as in the official crate.
    variants.sort_by(|one, other| one.wire.cmp(&other.wire));
    Enumeration {
        shape: id.to_owned(),
        module: names::module_name(id),
        name: names::type_name(id),
        doc: with_deprecation(
            Doc::of(
                service,
                &shape.documentation,
                &format!("The values of `{id}`."),
            ),
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
            let name = names::variant_name(&member.name);
            UnionVariant {
                wire: member.name.clone(),
                is: names::prefixed("is_", &name.to_string()),
                as_: names::prefixed("as_", &name.to_string()),
                doc: Doc::of(
                    service,
                    &member.documentation,
                    &format!("The member `{}`.", member.name),
                ),
                ty: if member.boxed {
                    Type::Box(Box::new(ty))
                } else {
                    ty
                },
                timestamp: structure::odd_format(service, member),
                name,
            }
        })
        .collect();
    no_clash(
        variants
            .iter()
            .map(|variant| (&variant.name, variant.wire.as_str())),
        |_, wire| format!("shapes.{id}.members.{wire}"),
        Scope::Member,
        report,
    );
    Union {
        shape: id.to_owned(),
        module: names::module_name(id),
        name: names::type_name(id),
        doc: with_deprecation(
            Doc::of(
                service,
                &shape.documentation,
                &format!("The choices of `{id}`."),
            ),
            &shape.deprecated,
        ),
        variants,
        encode: shape.direction.input,
        // As structures, in which it may stand.
        decode: true,
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
