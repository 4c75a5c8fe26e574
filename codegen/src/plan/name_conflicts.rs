//! Diagnostics for names of a model that have no Rust name, or whose Rust name something else has.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use super::names;
use super::types::Type;
use crate::diagnostic::Report;
use crate::ir::{Service, ShapeKind, TimestampFormat};

/// A type that the crate defines.
pub(super) struct Definition<'a> {
    pub(super) shape: &'a str,
    pub(super) module: &'a str,
    pub(super) name: &'a Ident,
}

/// Reports each name of which no Rust name can be formed.
pub(super) fn all_speakable(service: &Service, report: &mut Report) {
    let mut check = |speakable: fn(&str) -> bool, path: String, wire: &str, hint: &str| {
        if !speakable(wire) {
            report.fault(path, format!("\"{wire}\" gives no name in Rust"), hint);
        }
    };
    let rename = "rename it, with letters and digits of ASCII";
    let letter_first = "rename it, with letters and digits of ASCII, a letter first";
    for name in service.operations.keys() {
        check(
            names::is_type,
            format!("operations.{name}"),
            name,
            letter_first,
        );
    }
    for (id, shape) in &service.shapes {
        check(names::is_type, format!("shapes.{id}"), id, letter_first);
        for member in shape.kind.members() {
            let path = format!("shapes.{id}.members.{}", member.name);
            check(names::is_speakable, path, &member.name, rename);
        }
        if let ShapeKind::Enum(values) = &shape.kind {
            for (i, value) in values.iter().enumerate() {
                let path = format!("shapes.{id}.enum[{i}]");
                let hint = format!("name it in rust.json: {{\"variants\": {{\"{id}\": ...}}}}");
                check(names::is_speakable, path, &value.name, &hint);
            }
        }
    }
}

/// Reports each Rust name that two wire names share; `path` locates a wire name, given its index and
/// the name.
pub(super) fn distinct_names<'a>(
    names: impl Iterator<Item = (&'a Ident, &'a str)>,
    path: impl Fn(usize, &str) -> String,
    hint: &str,
    report: &mut Report,
) {
    let mut seen = BTreeMap::new();
    for (i, (name, wire)) in names.enumerate() {
        // A wire name that occurs twice is already reported.
        if let Some(other) = seen.insert(name.to_string(), wire).filter(|it| *it != wire) {
            let fault = format!("\"{other}\" and \"{wire}\" would both be `{name}` in Rust");
            report.fault(path(i, wire), fault, hint);
        }
    }
}

/// Reports each member whose name is that of another member's `set_` method. A member is its wire name,
/// its name and its `set_` method.
pub(super) fn distinct_setters<'a>(
    members: impl Iterator<Item = (&'a str, &'a Ident, &'a Ident)> + Clone,
    path: impl Fn(&str) -> String,
    report: &mut Report,
) {
    for (wire, name, _) in members.clone() {
        if let Some((other, ..)) = members.clone().find(|(_, _, setter)| *setter == name) {
            let fault = format!(
                "the setter of \"{wire}\" and one of \"{other}\" would both be `{name}` in Rust"
            );
            report.fault(path(wire), fault, "rename one of them");
        }
    }
}

/// Reports a type whose file imports another type of the same name from `primitives`, for a
/// value of the type or for the format of a timestamp.
pub(super) fn no_shadowed_import<'a>(
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
        let fault = format!("`{name}` is made of another type that is called so in Rust");
        report.fault(format!("shapes.{shape}"), fault, "rename it");
    }
}

/// Reports each module that two operations share. An operation is its wire name and its module.
pub(super) fn distinct_operations<'a>(
    operations: impl Iterator<Item = (&'a str, &'a str)>,
    report: &mut Report,
) {
    let mut seen = BTreeMap::new();
    for (wire, module) in operations {
        if let Some(other) = seen.insert(module, wire) {
            let fault =
                format!("\"{other}\" and \"{wire}\" would both be the module `{module}` in Rust");
            report.fault(format!("operations.{wire}"), fault, "rename one of them");
        }
    }
}

/// Reports each name and each module that two types share.
pub(super) fn distinct_types<'a>(
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
            (Some(other), _) => Some((other, format!("`{name}`"))),
            (None, Some(other)) => Some((other, format!("the module `{module}`"))),
            (None, None) => None,
        };
        if let Some((other, name)) = conflict {
            let fault = format!("\"{other}\" and \"{shape}\" would both be {name} in Rust");
            report.fault(format!("shapes.{shape}"), fault, "rename one of them");
        }
    }
}
