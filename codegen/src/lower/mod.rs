//! Converts models to the IR, resolves their references and collects their faults.
//!
//! Each format has a module, which reports faults at paths of its files. Functions in other modules are shared by both
//! formats.

mod batches;
mod botocore;
mod context;
mod customizations;
mod endpoint;
mod expression;
mod names;
mod pagination;
mod partitions;
mod presence;
mod protocol;
mod rows;
mod shape;
mod smithy;
mod tables;
#[cfg(test)]
mod tests;
mod values;
mod variants;
mod waiter;
mod warnings;

use std::collections::HashSet;

use serde::de::DeserializeOwned;

use crate::diagnostic::{Fault, Faults, Item, Report, Suggestion};
use crate::ir;
use crate::source::{Entries, parse};
use crate::{ModelFile, ModelFiles};

use protocol::Selection;

pub(crate) use smithy::is_smithy_model;

/// Converts a model of either format to the IR, and collects the faults of its files. Items with faults are left out
/// of the IR, so that later stages can find the faults of the other items.
///
/// `protocol` is the name of the protocol of the client, or `None` for the preferred one.
pub(crate) fn lower(
    files: &ModelFiles,
    protocol: Option<&str>,
    faults: &mut Faults,
) -> Option<ir::Service> {
    // A table with faults selects no protocol. They are reported when the table is applied.
    let rust = files.rust.as_ref();
    let rust = rust.and_then(|it| Some((it.name.clone(), parse(it, &mut Faults::default())?)));
    let selection = Selection::new(protocol, &rust);
    let service = match is_smithy_model(&files.service) {
        true => smithy::lower(&files.service, selection, faults),
        false => botocore::lower(&files.service, selection, faults),
    };
    let mut sidecar = Sidecar { service, faults };
    sidecar.read(&files.paginators, pagination::attach);
    sidecar.read(&files.enum_docs, tables::enum_docs);
    sidecar.read(&files.rust, tables::rust);
    sidecar.read(&files.waiters, waiter::attach);
    sidecar.read(&files.partitions, partitions::partitions);
    sidecar.read(&files.endpoint_rules, endpoint::rules_file);
    let mut service = sidecar.service?;
    customizations::apply(&mut service);
    presence::remove_defaults(&mut service);
    let mut report = Report::new(&files.service.name);
    names::check(&service, &mut report);
    faults.add(report);
    warnings::add(&mut service);
    Some(service)
}

/// Reads the sidecar files of a model.
struct Sidecar<'a> {
    service: Option<ir::Service>,
    faults: &'a mut Faults,
}

impl Sidecar<'_> {
    /// Reads a file, if present, and applies it to the service. A file that cannot be deserialized completely is not
    /// applied, because its parts depend on each other.
    fn read<T: DeserializeOwned>(
        &mut self,
        file: &Option<ModelFile>,
        apply: fn(&T, &mut ir::Service, &mut Report),
    ) {
        let Some(file) = file else { return };
        let faults_before = self.faults.len();
        if let (Some(content), Some(service)) = (parse(file, self.faults), &mut self.service)
            && self.faults.len() == faults_before
        {
            let mut report = Report::new(&file.name);
            apply(&content, service, &mut report);
            self.faults.add(report);
        }
    }
}

/// Returns an operation by its name, or the fault of an unknown one. The report limits the number of suggestions.
fn operation<'a>(
    service: &'a ir::Service,
    name: &str,
    report: &mut Report,
) -> Result<&'a ir::Operation, Fault> {
    service.operations.get(name).ok_or_else(|| {
        let known = service.operations.keys().map(String::as_str);
        Fault::unknown(Item::Operation, name, report.similar(name, known))
    })
}

/// Returns a member by its name, or the fault of an unknown one. The report limits the number of suggestions.
fn member<'a>(
    members: &'a [ir::Member],
    name: &str,
    report: &mut Report,
) -> Result<&'a ir::Member, Fault> {
    let found = members.iter().find(|member| member.name == name);
    found.ok_or_else(|| {
        let known = members.iter().map(|member| member.name.as_str());
        Fault::unknown(Item::Member, name, report.among(name, known))
    })
}

/// Reports each name that is defined more than once. `path` is the prefix of the names.
fn unique<T>(path: &str, entries: &Entries<T>, report: &mut Report) {
    for name in entries.duplicates() {
        report.fault(format!("{path}{name}"), Fault::Duplicate);
    }
}

fn find<'a, T>(entries: &'a Entries<T>, name: &str) -> Option<&'a T> {
    entries.get(name)
}

fn deprecated(is: bool, message: &Option<String>) -> Option<ir::Deprecated> {
    is.then(|| ir::Deprecated(message.clone().unwrap_or_default()))
}

/// Reports each authentication scheme of a list that neither the generator nor the service has.
fn check_auth(names: &[String], path: &str, service: &HashSet<&str>, report: &mut Report) {
    for (i, name) in names.iter().enumerate() {
        let is_known = !matches!(ir::AuthScheme::named(name), ir::AuthScheme::Other(_));
        if !is_known && !service.contains(name.as_str()) {
            let suggestion = Suggestion::among(name, ir::AuthScheme::names());
            let fault = Fault::unknown(Item::AuthScheme, name, suggestion);
            report.fault(format!("{path}[{i}]"), fault);
        }
    }
}
