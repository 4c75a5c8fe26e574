//! The report in the format of AWS's API change pages, which show the API as boto3 exposes it.

mod ancestors;
mod literal;
mod method;

use std::fmt::Write;

use self::ancestors::Ancestors;
use self::literal::Literal;
use super::types::{Change, ChangeKind, Changes, MemberPath, PathStep, Side, UpdatedOperation};
use crate::ir::Service;
use crate::markup::Document;

pub(super) fn page(changes: &Changes, new: &Service, date: &str) -> String {
    let mut ancestors = Ancestors::new();
    let updated: Vec<(&UpdatedOperation, String)> = changes
        .updated_operations
        .iter()
        .filter_map(|operation| Some((operation, delta(operation, new, &mut ancestors)?)))
        .collect();
    let mut out = format!("{date} - {} -", text(&changes.service));
    let counts = [
        (changes.new_operations.len(), "new"),
        (updated.len(), "updated"),
    ];
    for (count, label) in counts.iter().filter(|(count, _)| *count > 0) {
        let _ = write!(out, " {count} {label}");
    }
    out.push_str(" api methods\n");
    let added = changes.new_operations.iter();
    let added = added.map(|name| (name, format!("\n{} (new)\n", text(name))));
    let updated = updated.iter().map(|(operation, delta)| {
        let name = &operation.name;
        (name, format!("\n{} (updated)\n{delta}", text(name)))
    });
    for (name, title) in added.chain(updated) {
        if ancestors.is_too_long() {
            out.push_str("\nThe rest of this report is left out, because it is too long.\n");
            break;
        }
        out.push_str(&title);
        method::write(&mut out, new, name, &mut ancestors);
    }
    out
}

/// A name on one line, without invisible characters.
fn text(name: &str) -> String {
    Document::plain(name).text()
}

/// The additions to an operation, if any. The pages list added members and enum values only.
fn delta(operation: &UpdatedOperation, new: &Service, ancestors: &mut Ancestors) -> Option<String> {
    let mut side = |side: Side| {
        let mut delta = Literal::empty();
        let changes = operation
            .changes
            .iter()
            .filter(|change| change.side == side);
        for change in changes {
            if let Some(addition) = addition(new, &operation.name, change, ancestors) {
                delta.insert(&member_names(&change.path), addition);
            }
        }
        delta
    };
    let (request, response) = (side(Side::Request), side(Side::Response));
    match (request.is_empty(), response.is_empty()) {
        (true, true) => None,
        (true, false) => Some(format!(
            "Changes (response)\n\n    {}\n",
            response.render(4)
        )),
        (false, true) => Some(format!("Changes (request)\n\n    {}\n", request.render(4))),
        (false, false) if request == response => {
            Some(format!("Changes (both)\n\n    {}\n", request.render(4)))
        }
        (false, false) => Some(format!(
            "Changes (request, response)\n\nRequest\n\n    {}\n\nResponse\n\n    {}\n",
            request.render(4),
            response.render(4)
        )),
    }
}

/// The type of an added member, or the added values of an enum.
fn addition(
    new: &Service,
    operation: &str,
    change: &Change,
    ancestors: &mut Ancestors,
) -> Option<Literal> {
    match &change.kind {
        ChangeKind::MemberAdded { .. } => {
            let operation = new.operations.get(operation)?;
            let root = match change.side {
                Side::Request => operation.input.as_ref()?,
                _ => operation.output.as_ref()?,
            };
            let shape = shape_at(new, root, &change.path)?;
            Some(Literal::of(new, shape, ancestors))
        }
        ChangeKind::ValuesAdded { values } => Some(Literal::Set(values.iter().cloned().collect())),
        _ => None,
    }
}

/// The shape at the end of a path.
fn shape_at<'a>(service: &'a Service, root: &'a str, path: &MemberPath) -> Option<&'a str> {
    use crate::ir::ShapeKind::{List, Map};
    let mut id = root;
    for step in &path.0 {
        let kind = &service.shapes.get(id)?.kind;
        id = match (step, kind) {
            (PathStep::Element, List(inner))
            | (PathStep::Key, Map { key: inner, .. })
            | (PathStep::Value, Map { value: inner, .. }) => inner,
            (PathStep::Member(name), kind) => {
                &kind.members().iter().find(|it| it.name == *name)?.shape
            }
            _ => return None,
        };
    }
    Some(id)
}

/// The names of the members on a path. The format does not show lists and maps on the way, and keys as `string`.
fn member_names(path: &MemberPath) -> Vec<&str> {
    let steps = path.0.iter();
    let members = steps.filter_map(|step| match step {
        PathStep::Member(name) => Some(name.as_str()),
        PathStep::Key => Some("string"),
        PathStep::Element | PathStep::Value => None,
    });
    members.collect()
}
