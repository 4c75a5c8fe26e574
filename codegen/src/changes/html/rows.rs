//! The rows of the tables: a member, its old and new state side by side, and the impact.

use super::escape::{anchor, escape};
use super::{badge, code};
use crate::changes::types::{Change, ChangeKind, ServiceChange, Side, UpdatedOperation};

/// The rows of the changes of an operation.
pub(super) fn of_operation(operation: &UpdatedOperation) -> String {
    let changes = operation.changes.iter().enumerate();
    changes
        .map(|(number, change)| row(&operation.name, number, change))
        .collect()
}

fn row(operation: &str, number: usize, change: &Change) -> String {
    let id = format!("change-{number}-{}", anchor(operation));
    let side = match change.side {
        Side::Request => "request",
        Side::Response => "response",
        Side::Error => "error",
        Side::Operation => "operation",
    };
    let path = match change.side {
        Side::Operation => code(operation),
        _ => code(&change.path.to_string()),
    };
    let [property, old, new] = states(&change.kind);
    let property = match property.as_str() {
        "" => property,
        property => format!(" <span class=\"muted\">{property}</span>"),
    };
    let impact = format!(
        "{} {} {}",
        badge(change.impact.level),
        change.impact.description,
        code(&change.impact.item)
    );
    format!(
        "<tr id=\"{id}\">\n<th scope=\"row\"><span class=\"muted\">{side}</span> <a href=\"#{id}\">{path}</a>{property}</th>\n{}{}\
         <td data-label=\"impact\">{impact}</td>\n</tr>\n",
        cell("old", &old),
        cell("new", &new)
    )
}

fn cell(label: &str, content: &str) -> String {
    match content {
        "" => format!("<td data-label=\"{label}\"><span class=\"muted\">none</span></td>\n"),
        content => format!("<td class=\"{label}\" data-label=\"{label}\">{content}</td>\n"),
    }
}

/// The property that changed, if it is not the member itself, and its old and new states. An empty state does not exist.
fn states(kind: &ChangeKind) -> [String; 3] {
    let state = |text: &str| text.to_owned();
    let none = String::new;
    let optional = |value: &Option<String>| value.as_deref().map(code).unwrap_or_default();
    match kind {
        ChangeKind::MemberAdded {
            type_name,
            required,
        } => {
            let required = if *required { ", required" } else { "" };
            [none(), none(), format!("{}{required}", escape(type_name))]
        }
        ChangeKind::MemberRemoved | ChangeKind::ErrorRemoved => [none(), state("present"), none()],
        ChangeKind::ErrorAdded => [none(), none(), state("present")],
        ChangeKind::BecameRequired => [none(), state("optional"), state("required")],
        ChangeKind::BecameOptional => [none(), state("required"), state("optional")],
        ChangeKind::TypeChanged { from, to } => [state("type"), escape(from), escape(to)],
        ChangeKind::ValuesAdded { values } => [state("values"), none(), list(values)],
        ChangeKind::ValuesRemoved { values } => [state("values"), list(values), none()],
        ChangeKind::ValueRenamed { value, from, to } => {
            let name = |name| format!("{} named {}", code(value), code(name));
            [state("values"), name(from), name(to)]
        }
        ChangeKind::ConstraintChanged {
            constraint: property,
            from,
            to,
        }
        | ChangeKind::PropertyChanged { property, from, to } => {
            [state(property), optional(from), optional(to)]
        }
        ChangeKind::PaginatorChanged { from, to } => {
            [state("pagination"), optional(from), optional(to)]
        }
        ChangeKind::WireChanged { from, to } => [state("message"), code(from), code(to)],
        ChangeKind::RequestChanged { from, to } => [state("request"), code(from), code(to)],
        ChangeKind::Deprecated => [none(), state("supported"), state("deprecated")],
        ChangeKind::NoLongerDeprecated => [none(), state("deprecated"), state("supported")],
    }
}

fn list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| code(value)).collect();
    values.join("<br>")
}

/// The changes that affect every request.
pub(super) fn of_service(changes: &[ServiceChange]) -> String {
    if changes.is_empty() {
        return String::new();
    }
    let row = |change: &ServiceChange| {
        let state = |value: &str| match value {
            "" => String::new(),
            value => code(value),
        };
        let [old, new] = match (change.from.as_str(), change.to.as_str()) {
            // These have no text.
            ("", "") => [String::new(), "changed".to_owned()],
            (from, to) => [state(from), state(to)],
        };
        format!(
            "<tr>\n<th scope=\"row\">{}</th>\n{}{}</tr>\n",
            escape(change.property),
            cell("old", &old),
            cell("new", &new)
        )
    };
    let rows: String = changes.iter().map(row).collect();
    format!(
        "<section id=\"all-requests\">\n<h2>All requests</h2>\n<table>\n<caption>Changes of all requests</caption>\n<thead>\n\
         <tr><th scope=\"col\">property</th><th scope=\"col\">old</th><th scope=\"col\">new</th></tr>\n</thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</section>\n"
    )
}
