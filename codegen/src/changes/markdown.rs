//! The report for people: Markdown that reads well as it is, too.

use std::fmt::Write;

use super::{Change, Changes, Effect, Level, Side, What};
use crate::ir::Service;
use crate::plan::Doc;

/// Effects of one kind are told one by one up to this many, and counted beyond it.
const FEW: usize = 8;

pub(super) fn report(changes: &Changes, new: &Service) -> String {
    let mut out = title(changes);
    if changes.verdict.why.is_empty() {
        out.push_str("\nNothing changed but words, if those.\n");
        return out;
    }
    let _ = write!(
        out,
        "\nFor the Rust crate: **{}**\n\n",
        changes.verdict.level
    );
    out.extend(why(&changes.verdict.why));
    section(
        &mut out,
        "New operations",
        &changes.new_operations,
        |name| {
            let operation = new.operations.get(name);
            let words = operation.map(|operation| operation.documentation.as_str());
            let summary = Doc::summary(words.unwrap_or_default(), "")
                .lines()
                .collect::<String>();
            match summary.trim() {
                "" => format!("- `{name}`\n"),
                words => format!("- `{name}`: {words}\n"),
            }
        },
    );
    if !changes.updated_operations.is_empty() {
        out.push_str("\n## Updated operations\n\n");
        out.push_str(&table(changes));
    }
    section(
        &mut out,
        "Removed operations",
        &changes.removed_operations,
        |name| format!("- `{name}`\n"),
    );
    section(
        &mut out,
        "All requests",
        &changes.service_facts,
        |fact| match fact.to.as_str() {
            "" => format!("- other {}\n", fact.fact),
            to => format!("- {}: `{}`, now `{to}`\n", fact.fact, fact.from),
        },
    );
    out
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
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    match counts.as_slice() {
        [] => format!("# {}: the same operations\n", changes.service),
        [one] if one.starts_with("1 ") => format!("# {}: {one} operation\n", changes.service),
        _ => format!("# {}: {} operations\n", changes.service, counts.join(", ")),
    }
}

fn section<T>(out: &mut String, title: &str, entries: &[T], line: impl Fn(&T) -> String) {
    if !entries.is_empty() {
        let _ = write!(out, "\n## {title}\n\n");
        out.extend(entries.iter().map(line));
    }
}

/// One line for each kind of effect; what breaks is told one by one.
fn why(effects: &[Effect]) -> Vec<String> {
    let mut kinds: Vec<(Level, &str, Vec<&str>)> = Vec::new();
    for effect in effects {
        let kind = kinds
            .iter_mut()
            .find(|(level, what, _)| (*level, *what) == (effect.level, effect.what));
        match kind {
            Some((_, _, items)) => items.push(&effect.item),
            None => kinds.push((effect.level, effect.what, vec![&effect.item])),
        }
    }
    let line = |(level, what, items): (Level, &str, Vec<&str>)| {
        if items.len() > FEW && level < Level::Breaking {
            return format!("- {level}: {what} ({} times)\n", items.len());
        }
        let items: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
        format!("- {level}: {what} {}\n", items.join(", "))
    };
    kinds.into_iter().map(line).collect()
}

/// The differences as a table whose columns are aligned.
fn table(changes: &Changes) -> String {
    let head = ["operation", "side", "change"].map(str::to_owned);
    let mut rows = Vec::new();
    for operation in &changes.updated_operations {
        rows.extend(operation.changes.iter().map(|change| {
            [
                format!("`{}`", operation.name),
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
    let path = match change.side {
        Side::Operation => "operation".to_owned(),
        _ => format!("`{}`", change.path),
    };
    let values = |values: &[String]| -> String {
        let values: Vec<String> = values.iter().map(|value| code(value)).collect();
        values.join(", ")
    };
    let or_none = |value: &Option<String>| value.as_deref().map_or("none".to_owned(), code);
    match &change.what {
        What::MemberAdded { kind, required } => {
            let required = if *required { ", required" } else { "" };
            format!("{path} is new: {kind}{required}")
        }
        What::MemberRemoved => format!("{path} is gone"),
        What::BecameRequired => format!("{path} is required now"),
        What::BecameOptional => format!("{path} is optional now"),
        What::TypeChanged { from, to } => format!("{path} is now {to}, was {from}"),
        What::ValuesAdded { values: added } => format!("{path} may be {}", values(added)),
        What::ValuesRemoved { values: gone } => {
            format!("{path} cannot be {} any more", values(gone))
        }
        What::ConstraintChanged {
            constraint,
            from,
            to,
        } => format!(
            "{path} has the {constraint} {}, was {}",
            or_none(to),
            or_none(from)
        ),
        What::ErrorAdded => format!("{path} may come"),
        What::ErrorRemoved => format!("{path} does not come any more"),
        What::PaginatorChanged { from, to } => match (from, to) {
            (None, Some(to)) => format!("pages: {}", code(to)),
            (Some(from), None) => format!("does not page any more: {}", code(from)),
            (from, to) => format!("pages by {}, was by {}", or_none(to), or_none(from)),
        },
        What::Deprecated => format!("{path} is deprecated"),
        What::NoLongerDeprecated => format!("{path} is not deprecated any more"),
    }
}

/// A value in backticks; a bar would end the cell of a table, and a line end its row.
fn code(value: &str) -> String {
    let value = value.replace('|', "\\|").replace(['\n', '\r'], " ");
    match value.contains('`') {
        true => format!("`` {value} ``"),
        false => format!("`{value}`"),
    }
}
