//! The report as one HTML page without other resources: it can be sent by mail, printed, and read on a telephone.

mod escape;
mod rows;

use std::fmt::Write;

use self::escape::{anchor, breakable, escape};
use super::types::{Changes, Impact, SemverLevel, UpdatedOperation, Verdict};
use crate::ir::Service;
use crate::plan::docs::summary_text;

/// The style of all pages. A table becomes a list of cells with labels where the screen is narrow.
const STYLE: &str = include_str!("html/page.css");

/// The maximum number of compatible impacts of one kind that are listed. More are counted instead.
const MAX_LISTED: usize = 40;

pub(super) fn page(changes: &Changes, (old, new): (&Service, &Service)) -> String {
    let title = format!("{}: changes of the API", escape(&changes.service));
    let mut body = verdict(&changes.verdict);
    body += &contents(changes);
    body += &operations("New operations", "new", &changes.new_operations, new);
    if !changes.updated_operations.is_empty() {
        body.push_str("<section id=\"updated\">\n<h2>Updated operations</h2>\n");
        for operation in &changes.updated_operations {
            body += &updated(operation);
        }
        body.push_str("</section>\n");
    }
    body += &operations(
        "Removed operations",
        "removed",
        &changes.removed_operations,
        old,
    );
    body += &rows::of_service(&changes.service_changes);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n</header>\n\
         <main>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// The impact on the Rust crate, with the reasons for it.
fn verdict(verdict: &Verdict) -> String {
    let Verdict { level, impacts } = verdict;
    let mut out = format!(
        "<section id=\"verdict\" class=\"verdict {level}\">\n<h2>Impact on the Rust crate: "
    );
    let _ = writeln!(out, "<strong>{level}</strong></h2>");
    let meaning = match level {
        _ if impacts.is_empty() => "No changes other than documentation.",
        SemverLevel::Patch => "The public interface stays the same.",
        SemverLevel::Minor => "The public interface grows. Existing programs compile and work.",
        SemverLevel::Breaking => {
            "An existing program may fail to compile, or the crate may reject its requests."
        }
    };
    let _ = writeln!(out, "<p>{meaning}</p>");
    let groups = groups(impacts);
    if !groups.is_empty() {
        out.push_str("<ul>\n");
        out.extend(groups.iter().map(reason));
        out.push_str("</ul>\n");
    }
    out + "</section>\n"
}

/// The impacts of one level and kind.
struct Group<'a> {
    level: SemverLevel,
    description: &'a str,
    items: Vec<&'a str>,
}

fn groups(impacts: &[Impact]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for Impact {
        level,
        description,
        item,
    } in impacts
    {
        let group = groups
            .iter_mut()
            .find(|group| (group.level, group.description) == (*level, *description));
        match group {
            Some(group) => group.items.push(item),
            None => groups.push(Group {
                level: *level,
                description,
                items: vec![item],
            }),
        }
    }
    groups
}

fn reason(group: &Group<'_>) -> String {
    let Group {
        level,
        description,
        items,
    } = group;
    let is_long = items.len() > MAX_LISTED && *level < SemverLevel::Breaking;
    let items = match is_long {
        true => format!("({} items)", items.len()),
        false => items
            .iter()
            .map(|item| code(item))
            .collect::<Vec<_>>()
            .join(", "),
    };
    format!("<li>{} {description} {items}</li>\n", badge(*level))
}

/// The links to all operations.
fn contents(changes: &Changes) -> String {
    let updated: Vec<&String> = changes
        .updated_operations
        .iter()
        .map(|it| &it.name)
        .collect();
    let groups: [(&str, Vec<&String>); 3] = [
        ("New", changes.new_operations.iter().collect()),
        ("Updated", updated),
        ("Removed", changes.removed_operations.iter().collect()),
    ];
    let groups = groups.iter().filter(|(_, names)| !names.is_empty());
    let lines: String = groups
        .map(|(label, names)| {
            let links: Vec<String> = names
                .iter()
                .map(|name| format!("<a href=\"#{}\">{}</a>", anchor(name), escape(name)))
                .collect();
            format!(
                "<dt>{label} ({})</dt>\n<dd>{}</dd>\n",
                names.len(),
                links.join(", ")
            )
        })
        .collect();
    match lines.as_str() {
        "" => lines,
        lines => format!(
            "<nav aria-label=\"Operations\">\n<h2>Operations</h2>\n<dl>\n{lines}</dl>\n</nav>\n"
        ),
    }
}

/// New or removed operations, with the first sentence of their documentation.
fn operations(title: &str, id: &str, names: &[String], service: &Service) -> String {
    if names.is_empty() {
        return String::new();
    }
    let mut out = format!("<section id=\"{id}\">\n<h2>{title}</h2>\n<dl>\n");
    for name in names {
        let operation = service.operations.get(name);
        let documentation = operation.map(|operation| operation.documentation.as_str());
        let summary = summary_text(documentation.unwrap_or_default());
        let _ = write!(
            out,
            "<dt id=\"{}\">{}</dt>\n<dd>{}</dd>\n",
            anchor(name),
            code(name),
            escape(&summary)
        );
    }
    out + "</dl>\n</section>\n"
}

/// The changes of an operation, old and new side by side.
fn updated(operation: &UpdatedOperation) -> String {
    let level = operation
        .changes
        .iter()
        .map(|change| change.impact.level)
        .max();
    let badge = badge(level.unwrap_or(SemverLevel::Patch));
    let (name, id) = (escape(&operation.name), anchor(&operation.name));
    let rows = rows::of_operation(operation);
    format!(
        "<section id=\"{id}\">\n<h3>{badge} <a href=\"#{id}\">{name}</a></h3>\n<table>\n\
         <caption>Changes of {name}</caption>\n<thead>\n<tr><th scope=\"col\">member</th><th scope=\"col\">old</th>\
         <th scope=\"col\">new</th><th scope=\"col\">impact</th></tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</section>\n"
    )
}

fn badge(level: SemverLevel) -> String {
    format!("<span class=\"badge {level}\">{level}</span>")
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", breakable(text))
}
