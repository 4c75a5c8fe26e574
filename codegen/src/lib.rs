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
pub mod package;
mod passes;
mod plan;
mod source;
mod warning;

use std::collections::BTreeMap;

use diagnostic::Faults;
pub use diagnostic::{Diagnostic, Diagnostics};
pub use warning::Warning;

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

/// What is made of a model.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The generated files.
    pub files: Files,
    /// What the crate does without, or leaves to its user.
    pub warnings: Vec<Warning>,
    /// What is said of the crate in its manifest and its README.
    pub about: About,
}

/// What is said of a crate as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The short name of the service, as `WorkSpaces`.
    pub id: String,
    /// The full name of the service, as `Amazon WorkSpaces`.
    pub title: String,
    /// The version of the API, as `2015-04-08`.
    pub api_version: String,
    /// How many operations there are.
    pub operations: usize,
    /// The method of an operation that can be called first, with as little as possible to set.
    pub example: String,
    /// What the crate depends on beside what every crate does: lines of a manifest.
    pub dependencies: Vec<&'static str>,
}

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

/// Generates the model-dependent part of a crate, of all operations or of those that `only` names.
///
/// # Errors
/// The faults of the model, one diagnostic for each, sorted by place, or those of `only`.
pub fn generate(files: &ModelFiles, only: Option<&[String]>) -> Result<Generated, Diagnostics> {
    let (plan, warnings) = planned(files, only)?;
    let about = plan.about.clone();
    Ok(Generated {
        files: format::files(emit::emit(&plan))?,
        warnings,
        about,
    })
}

/// What is decided for the crate of a model.
fn planned(
    files: &ModelFiles,
    only: Option<&[String]>,
) -> Result<(plan::Plan, Vec<Warning>), Diagnostics> {
    let mut faults = Faults::default();
    let service = lower::lower(files, &mut faults);
    let rules_file = files.endpoint_rules.as_ref().unwrap_or(&files.service);
    match service.map(|service| passes::run(service, only)) {
        Some(Ok((service, warnings))) => {
            match plan::plan(&service, &files.service.name, &rules_file.name) {
                Ok(plan) if faults.is_empty() => return Ok((plan, warnings)),
                Ok(_) => {}
                Err(found) => faults.extend(found),
            }
        }
        Some(Err(found)) => faults.extend(found.0),
        None => {}
    }
    Err(told(faults, files))
}

/// The IR of a model.
fn lowered(files: &ModelFiles) -> Result<ir::Service, Diagnostics> {
    let mut faults = Faults::default();
    match lower::lower(files, &mut faults) {
        Some(service) if faults.is_empty() => {
            passes::run(service, None).map(|(service, _)| service)
        }
        _ => Err(told(faults, files)),
    }
}

/// The faults of a model, each with its place in the file as the user wrote it.
fn told(mut faults: Faults, files: &ModelFiles) -> Diagnostics {
    lower::native(faults.found_mut(), &files.service);
    faults.into_diagnostics().located(&files.all())
}
