//! What changed in the operations of an SDK since the last run: with newer models, or with another version of this program.
//!
//! The folder `models` of an SDK has a snapshot of the operations of each service as they were generated. It is small, because it
//! has no documentation, and has a line for each operation and shape, so that its differences can be read in version control.

use std::path::Path;

use codegen::Files;
use codegen::changes::{Comparison, Snapshot};

use super::generate::Generated;
use crate::read;

/// The folder of the snapshots in an SDK.
pub(crate) const MODELS: &str = "models";

/// Returns the snapshots of services, by their paths in the SDK.
pub(crate) fn files(services: &[Generated<'_>]) -> Files {
    let files = services.iter();
    let files = files.map(|service| (path(service), service.generated.snapshot.to_text()));
    files.collect()
}

/// Returns the lines of a report for each service whose operations changed since the last run. `out` is the folder of the SDK.
///
/// A service without a snapshot, or with one of another version of this program, has no report.
pub(crate) fn changes(out: &Path, services: &[Generated<'_>]) -> Vec<String> {
    let reports = services.iter().filter_map(|service| {
        let bytes = read::read(&out.join(path(service))).ok()?;
        let older = Snapshot::parse(&String::from_utf8(bytes).ok()?)?;
        let comparison: Comparison = service.generated.snapshot.changes_since(&older)?;
        let name = &service.entry.key.value;
        let report = comparison.to_markdown();
        Some(format!(
            "\nWhat changed in {name} since the last run:\n\n{}",
            report.trim_end()
        ))
    });
    reports.collect()
}

fn path(service: &Generated<'_>) -> String {
    format!("{MODELS}/{}.json", service.entry.key.value)
}
