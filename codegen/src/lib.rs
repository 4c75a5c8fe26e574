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
mod lower;
mod passes;
mod plan;
mod source;

use std::collections::BTreeMap;

pub use diagnostic::{Diagnostic, Diagnostics};

/// A file of a model.
#[derive(Clone, Debug)]
pub struct ModelFile {
    /// The name that diagnostics give the file.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// The files of a model in botocore's layout.
#[derive(Clone, Debug)]
pub struct ModelFiles {
    /// `service-2.json`: operations and shapes.
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

/// Generates the model-dependent part of a crate.
///
/// # Errors
/// The faults of the model, one diagnostic for each.
pub fn generate(files: &ModelFiles) -> Result<Files, Diagnostics> {
    let service = lower::botocore(files)?;
    let service = passes::run(service);
    let plan = plan::plan(&service, &files.service.name)?;
    let tokens = emit::emit(&plan);
    format::files(tokens)
}
