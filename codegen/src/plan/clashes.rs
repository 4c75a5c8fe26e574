//! Names that cannot be: those that are none in Rust, and those that two things would have.

use proc_macro2::Ident;

use super::types::Type;
use super::{Plan, names};
use crate::diagnostic::{NameFault, Report, Scope};
use crate::ir::{Service, ShapeKind};

/// Reports each name of which no Rust name can be formed.
pub(super) fn names_for_all(service: &Service, report: &mut Report) {
    let mut check = |speakable: fn(&str) -> bool, path: String, wire: &str, scope: Scope| {
        if !speakable(wire) {
            let name = wire.to_owned();
            report.fault(path, NameFault::NotRust { name, scope });
        }
    };
    for name in service.operations.keys() {
        check(
            names::is_type,
            format!("operations.{name}"),
            name,
            Scope::Operation,
        );
    }
    for (id, shape) in &service.shapes {
        check(names::is_type, format!("shapes.{id}"), id, Scope::Type);
        for member in shape.kind.members() {
            let path = format!("shapes.{id}.members.{}", member.name);
            check(names::is_speakable, path, &member.name, Scope::Member);
        }
        if let ShapeKind::Enum(values) = &shape.kind {
            for (i, value) in values.iter().enumerate() {
                let path = format!("shapes.{id}.enum[{i}]");
                let scope = Scope::Variant(id.clone());
                check(names::is_speakable, path, &value.name, scope);
            }
        }
    }
}

/// Reports each name that two wire names become; `path` says where a name stands, by its number and
/// itself.
pub(super) fn no_clash<'a>(
    names: impl Iterator<Item = (&'a Ident, &'a str)>,
    path: impl Fn(usize, &str) -> String,
    scope: Scope,
    report: &mut Report,
) {
    let mut seen = std::collections::BTreeMap::new();
    for (i, (name, wire)) in names.enumerate() {
        // That a name itself stands twice was told before.
        if let Some(other) = seen.insert(name.to_string(), wire).filter(|it| *it != wire) {
            let fault = NameFault::Same {
                names: [other.to_owned(), wire.to_owned()],
                rust: name.to_string(),
                scope: scope.clone(),
            };
            report.fault(path(i, wire), fault);
        }
    }
}

/// Reports a type that has the name of one of `aws_smithy_types` and is made of that one.
fn no_shadow<'a>(
    (shape, name): (&str, &Ident),
    types: impl Iterator<Item = &'a Type>,
    timestamp: bool,
    report: &mut Report,
) {
    let mut imports = std::collections::BTreeSet::new();
    types.for_each(|ty| ty.imports(&mut imports));
    let is_made_of = imports.contains(&format!("aws_smithy_types::{name}"));
    if is_made_of || (timestamp && name == "Format") {
        let fault = NameFault::Taken {
            rust: name.to_string(),
            scope: Scope::MadeOf,
        };
        report.fault(format!("shapes.{shape}"), fault);
    }
}

/// Reports each module and each type name that two things become.
pub(super) fn distinct(plan: &Plan, report: &mut Report) {
    let mut operations = std::collections::BTreeMap::new();
    for operation in &plan.operations {
        if let Some(other) = operations.insert(&operation.module, &operation.wire) {
            let (wire, module) = (&operation.wire, &operation.module);
            let fault = NameFault::Same {
                names: [other.clone(), wire.clone()],
                rust: module.clone(),
                scope: Scope::Module,
            };
            report.fault(format!("operations.{wire}"), fault);
        }
    }
    let errors = plan.errors.iter().map(|error| {
        (
            &error.structure.shape,
            &error.structure.module,
            &error.structure.name,
        )
    });
    let structures = plan
        .structures
        .iter()
        .map(|it| (&it.shape, &it.module, &it.name));
    let enumerations = plan
        .enumerations
        .iter()
        .map(|it| (&it.shape, &it.module, &it.name));
    let unions = plan
        .unions
        .iter()
        .map(|it| (&it.shape, &it.module, &it.name));
    for structure in &plan.structures {
        let timestamp = structure.fields.iter().any(|it| it.timestamp.is_some());
        let types = structure.fields.iter().map(|it| &it.ty);
        no_shadow(
            (&structure.shape, &structure.name),
            types,
            timestamp,
            report,
        );
    }
    for union in &plan.unions {
        let timestamp = union.variants.iter().any(|it| it.timestamp.is_some());
        let types = union.variants.iter().map(|it| &it.ty);
        no_shadow((&union.shape, &union.name), types, timestamp, report);
    }
    let mut types = std::collections::BTreeMap::new();
    let mut modules = std::collections::BTreeMap::new();
    let all = structures.chain(enumerations).chain(unions).chain(errors);
    for (shape, module, name) in all {
        let as_type = types.insert(name.to_string(), shape);
        let as_module = modules.insert(module, shape);
        let clash = match (as_type, as_module) {
            (Some(other), _) => Some((other, name.to_string(), Scope::Type)),
            (None, Some(other)) => Some((other, module.clone(), Scope::Module)),
            (None, None) => None,
        };
        if let Some((other, rust, scope)) = clash {
            let fault = NameFault::Same {
                names: [other.clone(), shape.clone()],
                rust,
                scope,
            };
            report.fault(format!("shapes.{shape}"), fault);
        }
    }
}
