//! Diagnostics for names of a model that have no valid or unique form in Rust.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use super::names;
use super::types::Type;
use crate::diagnostic::{NameFault, Report, Scope};
use crate::ir::{Service, ShapeKind, TimestampFormat};

/// A type that the crate defines.
pub(super) struct Definition<'a> {
    pub(super) shape: &'a str,
    pub(super) module: &'a str,
    pub(super) name: &'a Ident,
}

/// Reports each name without a valid form in Rust.
pub(super) fn check_names(service: &Service, report: &mut Report) {
    let mut check = |is_valid: fn(&str) -> bool, path: &str, wire: &str, scope: Scope| {
        if !is_valid(wire) {
            let name = wire.to_owned();
            report.fault(path, NameFault::NotRust { name, scope });
        }
    };
    for (name, operation) in &service.operations {
        check(names::is_type, &operation.path, name, Scope::Operation);
    }
    for (id, shape) in &service.shapes {
        // A shape whose ID has a namespace does not become a Rust type.
        if !id.contains('#') {
            check(names::is_type, &shape.path, id, Scope::Type);
        }
        for member in shape.kind.members() {
            check(names::is_valid, &member.path, &member.name, Scope::Member);
        }
        if let ShapeKind::Enum(values) = &shape.kind {
            for value in values {
                let scope = Scope::Variant(id.clone());
                check(names::is_valid, &value.path, &value.name, scope);
            }
        }
    }
}

/// Reports each Rust name that two wire names share. `path` returns the path of a wire name, given its index and
/// the name.
pub(super) fn distinct_names<'a>(
    names: impl Iterator<Item = (&'a Ident, &'a str)>,
    path: impl Fn(usize, &str) -> String,
    scope: &Scope,
    report: &mut Report,
) {
    let mut seen = BTreeMap::new();
    for (i, (name, wire)) in names.enumerate() {
        // A wire name that occurs twice is already reported.
        if let Some(other) = seen.insert(name.to_string(), wire).filter(|it| *it != wire) {
            let fault = NameFault::Same {
                names: [other, wire].map(str::to_owned),
                rust: name.to_string(),
                scope: scope.clone(),
            };
            report.fault(path(i, wire), fault);
        }
    }
}

/// Reports each member whose name is that of another member's `set_` or `get_` method. A member is its wire name,
/// its name and these methods.
pub(super) fn distinct_setters<'a>(
    members: impl Iterator<Item = (&'a str, &'a Ident, [&'a Ident; 2])> + Clone,
    path: impl Fn(&str) -> String,
    report: &mut Report,
) {
    let methods =
        (members.clone()).flat_map(|(wire, _, methods)| methods.map(|method| (method, wire)));
    let methods: BTreeMap<_, _> = methods.collect();
    for (wire, name, _) in members {
        if let Some(other) = methods.get(name) {
            let fault = NameFault::Same {
                names: [*other, wire].map(str::to_owned),
                rust: name.to_string(),
                scope: Scope::Setter,
            };
            report.fault(path(wire), fault);
        }
    }
}

/// Reports a type whose file imports another type of the same name from `primitives`, for a
/// value of the type or for the format of a timestamp.
pub(super) fn no_shadowed_import<'a>(
    service: &Service,
    definition: &Definition<'_>,
    values: impl Iterator<Item = (&'a Type, Option<TimestampFormat>)>,
    report: &mut Report,
) {
    let (mut imports, mut formats) = (BTreeSet::new(), false);
    for (ty, timestamp) in values {
        ty.imports(&mut imports);
        formats |= timestamp.is_some();
    }
    let Definition { shape, name, .. } = definition;
    let is_imported = imports.contains(&format!("crate::primitives::{name}"));
    if is_imported || (formats && *name == "Format") {
        let fault = NameFault::Taken {
            rust: name.to_string(),
            scope: Scope::Nested,
        };
        report.fault(service.shape_path(shape), fault);
    }
}

/// Reports each module that two operations share. An operation is its wire name and its module.
pub(super) fn distinct_operations<'a>(
    service: &Service,
    operations: impl Iterator<Item = (&'a str, &'a str)>,
    report: &mut Report,
) {
    let mut seen = BTreeMap::new();
    for (wire, module) in operations {
        if let Some(other) = seen.insert(module, wire) {
            let fault = NameFault::Same {
                names: [other, wire].map(str::to_owned),
                rust: module.to_owned(),
                scope: Scope::Module,
            };
            report.fault(service.operation_path(wire), fault);
        }
    }
}

/// Reports each name and each module that two types share.
pub(super) fn distinct_types<'a>(
    service: &Service,
    definitions: impl Iterator<Item = Definition<'a>>,
    report: &mut Report,
) {
    let (mut types, mut modules) = (BTreeMap::new(), BTreeMap::new());
    for Definition {
        shape,
        module,
        name,
    } in definitions
    {
        let same_type = types.insert(name.to_string(), shape);
        let same_module = modules.insert(module, shape);
        let conflict = match (same_type, same_module) {
            (Some(other), _) => Some((other, name.to_string(), Scope::Type)),
            (None, Some(other)) => Some((other, module.to_owned(), Scope::Module)),
            (None, None) => None,
        };
        if let Some((other, rust, scope)) = conflict {
            let fault = NameFault::Same {
                names: [other, shape].map(str::to_owned),
                rust,
                scope,
            };
            report.fault(service.shape_path(shape), fault);
        }
    }
}
