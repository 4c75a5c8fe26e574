//! Compares two models: follows the shapes of each operation and reports the differences as Markdown,
//! as a page of HTML, as JSON, or in the format of AWS's API change pages.

mod boto;
mod describe;
mod differences;
mod html;
mod impact;
mod markdown;
mod presence;
mod snapshot;
mod traversal;
mod types;
mod wire;

use std::cmp::Reverse;
use std::collections::HashSet;

pub use self::snapshot::Snapshot;
pub use self::types::{
    Change, ChangeKind, Changes, Impact, MemberPath, PathStep, SemverLevel, ServiceChange, Side,
    UpdatedOperation, Verdict,
};
use crate::diagnostic::Diagnostics;
use crate::ir::Service;
use crate::plan::auth;
use crate::visible::is_visible;
use crate::{ModelFiles, Warning};

/// The comparison of two models.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The differences.
    pub changes: Changes,
    /// Features of the newer model that the generator does not support, and that are not compared.
    pub warnings: Vec<Warning>,
    /// The older model, and the newer one, for the documentation in the reports.
    old: Service,
    new: Service,
}

/// Compares two models. Waiters and the project's own tables are ignored, since they are not part of
/// the service.
///
/// # Errors
/// Returns the faults of both models, one diagnostic for each.
pub fn compare(old: &ModelFiles, new: &ModelFiles) -> Result<Comparison, Diagnostics> {
    match (lower(old), lower(new)) {
        (Ok((old, _)), Ok((new, warnings))) => Ok(Comparison {
            changes: changes(&old, &new),
            warnings,
            old,
            new,
        }),
        (old, new) => {
            let faults = [old.err(), new.err()].into_iter().flatten();
            Err(Diagnostics(faults.flat_map(|faults| faults.0).collect()))
        }
    }
}

fn lower(files: &ModelFiles) -> Result<(Service, Vec<Warning>), Diagnostics> {
    let files = ModelFiles {
        waiters: None,
        enum_docs: None,
        rust: None,
        ..files.clone()
    };
    crate::lower_model(&files)
}

impl Comparison {
    /// Returns the report as Markdown.
    pub fn to_markdown(&self) -> String {
        markdown::report(&self.changes, &self.new)
    }

    /// Returns the report as a page of HTML, which needs no other file.
    pub fn to_html(&self) -> String {
        html::page(&self.changes, (&self.old, &self.new))
    }

    /// Returns the report in the format of AWS's API change pages, with `date` in its first line.
    pub fn to_boto_page(&self, date: &str) -> String {
        boto::page(&self.changes, &self.new, date)
    }

    /// Returns [`Changes`] as JSON.
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(&self.changes);
        // Serialization cannot fail: all keys are strings.
        json.map(|json| escape_invisible(&json) + "\n")
            .unwrap_or_default()
    }
}

/// Escapes the invisible characters of a JSON document, which only occur in its strings.
fn escape_invisible(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if is_visible(c) || c == '\n' {
            escaped.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            escaped.push_str(&format!("\\u{unit:04x}"));
        }
    }
    escaped
}

fn changes(old: &Service, new: &Service) -> Changes {
    let (new_operations, removed_operations) = (names_only_in(new, old), names_only_in(old, new));
    let updated_operations: Vec<UpdatedOperation> = new
        .operations
        .keys()
        .filter_map(|name| {
            let changes = traversal::compare_operation((old, new), name)?;
            let name = name.clone();
            (!changes.is_empty()).then_some(UpdatedOperation { name, changes })
        })
        .collect();
    let service_changes = service_changes(old, new);
    let added = new_operations.iter().map(|name| impact::new_method(name));
    let removed = removed_operations.iter();
    let impacts = added
        .chain(removed.map(|name| impact::removed_method(name)))
        .chain(
            updated_operations
                .iter()
                .flat_map(|updated| &updated.changes)
                .map(|change| change.impact.clone()),
        )
        .chain(service_changes.iter().map(impact::of_service_change));
    Changes {
        service: new.title.clone(),
        verdict: verdict(impacts),
        new_operations,
        updated_operations,
        removed_operations,
        service_changes,
    }
}

/// The names of the operations that `service` has and `other` does not.
fn names_only_in(service: &Service, other: &Service) -> Vec<String> {
    let names = service.operations.keys();
    names
        .filter(|name| !other.operations.contains_key(*name))
        .cloned()
        .collect()
}

fn verdict(all: impl Iterator<Item = Impact>) -> Verdict {
    let mut impacts: Vec<Impact> = Vec::new();
    let mut seen = HashSet::new();
    for impact in all {
        if seen.insert((impact.description, impact.item.clone())) {
            impacts.push(impact);
        }
    }
    impacts.sort_by_key(|impact| Reverse(impact.level));
    Verdict {
        level: impacts
            .first()
            .map_or(SemverLevel::Patch, |impact| impact.level),
        impacts,
    }
}

fn service_changes(old: &Service, new: &Service) -> Vec<ServiceChange> {
    let protocol = |service: &Service| format!("{:?}", service.protocol);
    let schemes = |service: &Service| wire::describe_schemes(&auth::of_service(service));
    let properties = [
        ("protocol", protocol(old), protocol(new)),
        (
            "target prefix",
            old.target_prefix.clone().unwrap_or_default(),
            new.target_prefix.clone().unwrap_or_default(),
        ),
        (
            "signing name",
            old.signing_name.clone(),
            new.signing_name.clone(),
        ),
        ("authentication", schemes(old), schemes(new)),
        (
            "API version",
            old.api_version.clone(),
            new.api_version.clone(),
        ),
    ];
    let mut changes: Vec<ServiceChange> = properties
        .into_iter()
        .filter(|(_, from, to)| from != to)
        .map(|(property, from, to)| ServiceChange { property, from, to })
        .collect();
    if old.endpoints.rules != new.endpoints.rules {
        changes.push(ServiceChange {
            property: "endpoint rules",
            from: String::new(),
            to: String::new(),
        });
    }
    changes
}
