//! The Markdown report, readable without rendering.

use std::fmt::Write;

use super::types::{
    Change, ChangeKind, Changes, Impact, SemverLevel, ServiceChange, Side, Verdict,
};
use crate::ir::Service;
use crate::markup::{code, plain};
use crate::plan::docs::summary;

/// The maximum number of compatible impacts of one kind that are listed. More are counted instead.
const MAX_LISTED: usize = 8;

pub(super) fn report(changes: &Changes, new: &Service) -> String {
    let mut out = title(changes);
    let Verdict { level, impacts } = &changes.verdict;
    if impacts.is_empty() {
        out.push_str("\nNo changes other than documentation.\n");
        return out;
    }
    let _ = write!(out, "\nImpact on the Rust crate: **{level}**\n\n");
    out.extend(impact_lines(impacts));
    let summary = |name: &String| new_operation(new, name);
    section(&mut out, "New operations", &changes.new_operations, summary);
    if !changes.updated_operations.is_empty() {
        out.push_str("\n## Updated operations\n\n");
        out.push_str(&table(changes));
    }
    section(
        &mut out,
        "Removed operations",
        &changes.removed_operations,
        |name| format!("- {}\n", code(name)),
    );
    section(
        &mut out,
        "All requests",
        &changes.service_changes,
        service_change,
    );
    out
}

/// The line of a new operation, with the first sentence of its documentation.
fn new_operation(service: &Service, name: &str) -> String {
    let operation = service.operations.get(name);
    let documentation = operation.map(|operation| operation.documentation.as_str());
    let name = code(name);
    match summary(documentation.unwrap_or_default()).as_str() {
        "" => format!("- {name}\n"),
        summary => format!("- {name}: {summary}\n"),
    }
}

fn service_change(change: &ServiceChange) -> String {
    let ServiceChange { property, from, to } = change;
    match to.as_str() {
        "" => format!("- {property} changed\n"),
        to => format!("- {property} changed from {} to {}\n", code(from), code(to)),
    }
}

fn title(changes: &Changes) -> String {
    let counts = [
        (changes.new_operations.len(), "new"),
        (changes.updated_operations.len(), "updated"),
        (changes.removed_operations.len(), "removed"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, label)| format!("{count} {label}"))
        .collect();
    let service = plain(&changes.service);
    match counts.as_slice() {
        [] => format!("# {service}: no changed operations\n"),
        [one] if one.starts_with("1 ") => format!("# {service}: {one} operation\n"),
        _ => format!("# {service}: {} operations\n", counts.join(", ")),
    }
}

fn section<T>(out: &mut String, title: &str, entries: &[T], line: impl Fn(&T) -> String) {
    if !entries.is_empty() {
        let _ = write!(out, "\n## {title}\n\n");
        out.extend(entries.iter().map(line));
    }
}

/// One line for each kind of impact. Breaking ones are always listed.
fn impact_lines(impacts: &[Impact]) -> Vec<String> {
    let mut groups: Vec<(SemverLevel, &str, Vec<&str>)> = Vec::new();
    for impact in impacts {
        let group = groups.iter_mut().find(|(level, description, _)| {
            (*level, *description) == (impact.level, impact.description)
        });
        match group {
            Some((_, _, items)) => items.push(&impact.item),
            None => groups.push((impact.level, impact.description, vec![&impact.item])),
        }
    }
    let line = |(level, description, items): (SemverLevel, &str, Vec<&str>)| {
        if items.len() > MAX_LISTED && level < SemverLevel::Breaking {
            return format!("- {level}: {description} ({} items)\n", items.len());
        }
        let items: Vec<String> = items.iter().map(|item| code(item)).collect();
        format!("- {level}: {description} {}\n", items.join(", "))
    };
    groups.into_iter().map(line).collect()
}

/// The differences as a table with aligned columns.
fn table(changes: &Changes) -> String {
    let head = ["operation", "side", "change"].map(str::to_owned);
    let mut rows = Vec::new();
    for operation in &changes.updated_operations {
        rows.extend(operation.changes.iter().map(|change| {
            [
                cell(&operation.name),
                side(change.side).to_owned(),
                sentence(change),
            ]
        }));
    }
    let width = |column: fn(&[String; 3]) -> &String| {
        let cells = rows.iter().chain([&head]);
        cells
            .map(|row| column(row).chars().count())
            .max()
            .unwrap_or_default()
    };
    let (first, second) = (width(|[cell, ..]| cell), width(|[_, cell, _]| cell));
    let line = |[operation, side, change]: &[String; 3]| {
        format!("| {operation:first$} | {side:second$} | {change} |\n")
    };
    let rule = format!("|{:-<1$}|{2:-<3$}|---|\n", "", first + 2, "", second + 2);
    let rows: String = rows.iter().map(line).collect();
    format!("{}{rule}{rows}", line(&head))
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Request => "request",
        Side::Response => "response",
        Side::Error => "errors",
        Side::Operation => "",
    }
}

fn sentence(change: &Change) -> String {
    let subject = match change.side {
        Side::Operation => "operation".to_owned(),
        _ => cell(&change.path.to_string()),
    };
    match &change.kind {
        ChangeKind::MemberAdded {
            type_name,
            required,
        } => {
            let required = if *required { ", required" } else { "" };
            format!("{subject} was added: {}{required}", plain(type_name))
        }
        ChangeKind::MemberRemoved => format!("{subject} was removed"),
        ChangeKind::BecameRequired => format!("{subject} is now required"),
        ChangeKind::BecameOptional => format!("{subject} is now optional"),
        ChangeKind::PropertyChanged { property, from, to } => {
            format!("{subject}: {}", transition(property, from, to))
        }
        ChangeKind::TypeChanged { from, to } => {
            format!("{subject} changed from {} to {}", plain(from), plain(to))
        }
        ChangeKind::ValuesAdded { values } => format!("{subject} can now be {}", list(values)),
        ChangeKind::ValuesRemoved { values } => {
            format!("{subject} can no longer be {}", list(values))
        }
        ChangeKind::ValueRenamed { value, from, to } => {
            let [value, from, to] = [value, from, to].map(|it| cell(it));
            format!("{subject}: {value} is now named {to} instead of {from}")
        }
        ChangeKind::ConstraintChanged {
            constraint,
            from,
            to,
        } => format!("{subject}: {}", transition(constraint, from, to)),
        ChangeKind::ErrorAdded => format!("{subject} was added"),
        ChangeKind::ErrorRemoved => format!("{subject} was removed"),
        ChangeKind::PaginatorChanged { from, to } => transition("pagination", from, to),
        ChangeKind::WireChanged { from, to } => {
            format!(
                "{subject} is now sent as {} instead of {}",
                cell(to),
                cell(from)
            )
        }
        ChangeKind::RequestChanged { from, to } => {
            format!("request changed from {} to {}", cell(from), cell(to))
        }
        ChangeKind::Deprecated => format!("{subject} is now deprecated"),
        ChangeKind::NoLongerDeprecated => format!("{subject} is no longer deprecated"),
    }
}

/// Describes the change of an optional property.
fn transition(property: &str, from: &Option<String>, to: &Option<String>) -> String {
    match (from.as_deref().map(cell), to.as_deref().map(cell)) {
        (Some(from), Some(to)) => format!("{property} changed from {from} to {to}"),
        (None, Some(to)) => format!("{property} {to} was added"),
        (Some(from), None) => format!("{property} {from} was removed"),
        (None, None) => format!("{property} is unchanged"),
    }
}

/// Values in backticks, separated by commas.
fn list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| cell(value)).collect();
    values.join(", ")
}

/// A value as code in a cell of a table, which a pipe would end.
fn cell(value: &str) -> String {
    code(value).replace('|', "\\|")
}
