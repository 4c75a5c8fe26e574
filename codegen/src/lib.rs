//! A model of an AWS service in, a Rust client for it out.
//!
//! ```text
//! source ── lower ──> IR ── passes ──> IR ── plan ──> plan ── emit ──> tokens ── format ──> files
//! ```
//!
//! The library touches no files: it is given their bytes and gives back texts. What is wrong with a
//! model comes back as [`Diagnostics`], all of it at once.

pub mod changes;
mod diagnostic;
mod emit;
mod format;
pub mod import;
pub mod ir;
mod locate;
mod lower;
mod passes;
mod plan;
mod source;

use std::collections::BTreeMap;

use diagnostic::Faults;
pub use diagnostic::{Diagnostic, Diagnostics};

/// A file of a model.
#[derive(Clone, Debug)]
pub struct ModelFile {
    /// The name that diagnostics give the file.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// The files of a model: botocore's, or a Smithy model in place of the first three.
#[derive(Clone, Debug)]
pub struct ModelFiles {
    /// `service-2.json`: operations and shapes. Or Smithy's JSON AST, which is told by its content.
    pub service: ModelFile,
    /// `paginators-1.json`: which operations page.
    pub paginators: Option<ModelFile>,
    /// `waiters-2.json`: what can be waited for.
    pub waiters: Option<ModelFile>,
    /// `endpoint-rule-set-1.json`: how the address of the service is found.
    pub endpoint_rules: Option<ModelFile>,
    /// `partitions.json`: the partitions that endpoint rules ask for.
    pub partitions: Option<ModelFile>,
    /// `enum-docs.json`, ours: words for enum values.
    pub enum_docs: Option<ModelFile>,
    /// `rust.json`, ours: names and the like that the official Rust crate chose otherwise.
    pub rust: Option<ModelFile>,
}

/// The generated files: texts by their paths below `generated/`.
pub type Files = BTreeMap<String, String>;

impl ModelFiles {
    /// All files that are there.
    fn all(&self) -> Vec<&ModelFile> {
        let beside = [
            &self.paginators,
            &self.waiters,
            &self.endpoint_rules,
            &self.partitions,
            &self.enum_docs,
            &self.rust,
        ];
        let beside = beside.into_iter().flatten();
        std::iter::once(&self.service).chain(beside).collect()
    }
}

/// Generates the model-dependent part of a crate.
///
/// # Errors
/// The faults of the model, one diagnostic for each, sorted by place.
pub fn generate(files: &ModelFiles) -> Result<Files, Diagnostics> {
    format::files(emit::emit(&planned(files)?))
}

/// What is decided for the crate of a model.
fn planned(files: &ModelFiles) -> Result<plan::Plan, Diagnostics> {
    let mut faults = Faults::default();
    let service = lower::lower(files, &mut faults).map(passes::run);
    let rules_file = files.endpoint_rules.as_ref().unwrap_or(&files.service);
    let plan = service.map(|it| plan::plan(&it, &files.service.name, &rules_file.name));
    match plan {
        Some(Ok(plan)) if faults.is_empty() => return Ok(plan),
        Some(Err(found)) => faults.extend(found),
        _ => {}
    }
    Err(told(faults, files))
}

/// The IR of a model.
fn lowered(files: &ModelFiles) -> Result<ir::Service, Diagnostics> {
    let mut faults = Faults::default();
    match lower::lower(files, &mut faults) {
        Some(service) if faults.is_empty() => Ok(passes::run(service)),
        _ => Err(told(faults, files)),
    }
}

/// The faults of a model, each with its place in the file as the user wrote it.
fn told(mut faults: Faults, files: &ModelFiles) -> Diagnostics {
    lower::native(faults.found_mut(), &files.service);
    faults.into_diagnostics().located(&files.all())
}
