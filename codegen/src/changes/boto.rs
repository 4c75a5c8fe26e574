//! The report in the form of AWS's pages of API changes, which show what a Python program sees.

mod literal;
mod method;

use std::fmt::Write;

use self::literal::Literal;
use super::{Change, Changes, Path, Side, Step, UpdatedOperation, What};
use crate::ir::Service;

pub(super) fn page(changes: &Changes, new: &Service, date: &str) -> String {
    let updated: Vec<(&UpdatedOperation, String)> = changes
        .updated_operations
        .iter()
        .filter_map(|operation| Some((operation, delta(operation, new)?)))
        .collect();
    let mut out = format!("{date} - {} -", changes.service);
    let counts = [
        (changes.new_operations.len(), "new"),
        (updated.len(), "updated"),
    ];
    for (count, what) in counts.iter().filter(|(count, _)| *count > 0) {
        let _ = write!(out, " {count} {what}");
    }
    out.push_str(" api methods\n");
    for name in &changes.new_operations {
        let _ = write!(out, "\n{name} (new)\n");
        method::write(&mut out, new, name);
    }
    for (operation, delta) in &updated {
        let _ = write!(out, "\n{} (updated)\n{delta}", operation.name);
        method::write(&mut out, new, &operation.name);
    }
    out
}

/// What was added to an operation, if anything was: members and enum values are what these pages tell.
fn delta(operation: &UpdatedOperation, new: &Service) -> Option<String> {
    let side = |side: Side| {
        let mut delta = Literal::empty();
        let changes = operation
            .changes
            .iter()
            .filter(|change| change.side == side);
        for change in changes {
            if let Some(added) = added(new, &operation.name, change) {
                delta.insert(&members(&change.path), added);
            }
        }
        delta
    };
    let (request, response) = (side(Side::Request), side(Side::Response));
    match (request.is_empty(), response.is_empty()) {
        (true, true) => None,
        (true, false) => Some(format!("Changes (response)\n\n    {}\n", response.show(4))),
        (false, true) => Some(format!("Changes (request)\n\n    {}\n", request.show(4))),
        (false, false) if request == response => {
            Some(format!("Changes (both)\n\n    {}\n", request.show(4)))
        }
        (false, false) => Some(format!(
            "Changes (request, response)\n\nRequest\n\n    {}\n\nResponse\n\n    {}\n",
            request.show(4),
            response.show(4)
        )),
    }
}

fn added(new: &Service, operation: &str, change: &Change) -> Option<Literal> {
    match &change.what {
        What::MemberAdded { .. } => {
            let operation = new.operations.get(operation)?;
            let root = match change.side {
                Side::Request => operation.input.as_ref()?,
                _ => operation.output.as_ref()?,
            };
            let shape = end(new, root, &change.path)?;
            Some(Literal::of(new, shape, &mut Vec::new()))
        }
        What::ValuesAdded { values } => Some(Literal::Set(values.iter().cloned().collect())),
        _ => None,
    }
}

/// The shape at the end of a way.
fn end<'a>(service: &'a Service, root: &'a str, path: &Path) -> Option<&'a str> {
    use crate::ir::ShapeKind::{List, Map};
    let mut id = root;
    for step in &path.0 {
        let kind = &service.shapes.get(id)?.kind;
        id = match (step, kind) {
            (Step::Element, List(inner)) | (Step::Value, Map { value: inner, .. }) => inner,
            (Step::Member(name), kind) => &kind.members().iter().find(|it| it.name == *name)?.shape,
            _ => return None,
        };
    }
    Some(id)
}

/// The members on a way; lists and maps leave no trace in a delta.
fn members(path: &Path) -> Vec<&str> {
    let steps = path.0.iter();
    let members = steps.filter_map(|step| match step {
        Step::Member(name) => Some(name.as_str()),
        Step::Element | Step::Value => None,
    });
    members.collect()
}
