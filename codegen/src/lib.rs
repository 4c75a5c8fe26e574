//! A model of an AWS service in, a Rust client for it out.
//!
//! ```text
//! source ── lower ──> IR ── passes ──> IR ── plan ──> plan ── emit ──> tokens ── format ──> files
//! ```
//!
//! Beside that way stand [`package`], which makes a crate of its own around the files, [`changes`], which
//! compares two models, and [`import`], which takes a newer one over.
//!
//! The library touches no files: it is given their bytes and gives back texts. What is wrong with a
//! model comes back as [`Diagnostics`], all of it at once.

pub mod changes;
mod diagnostic;
mod emit;
mod files;
mod format;
pub mod import;
pub mod ir;
mod locate;
mod lower;
mod module_path;
pub mod package;
mod passes;
mod plan;
mod source;
mod stages;
mod warning;

use diagnostic::Faults;
pub use diagnostic::{
    Diagnostic, Diagnostics, EndpointFault, Expected, Fault, Item, JsonFault, JsonType, NameFault,
    Scope, Suggestion, Syntax, WaiterFault,
};
pub use files::{CrateMetadata, Files, Generated, ModelFile, ModelFiles, Options};
pub use module_path::{InvalidModulePath, ModulePath};
pub use stages::Stages;
pub use warning::{StreamSide, Warning, WarningKind};

/// Generates the model-dependent part of a crate.
///
/// # Errors
/// Returns a diagnostic for each fault of the model or of the options, sorted by place.
pub fn generate(files: &ModelFiles, options: &Options<'_>) -> Result<Generated, Diagnostics> {
    let mut stages = Stages::default();
    let (plan, warnings) = planned(files, options, &mut stages)?;
    let emitted = stages.time("emit", || emit::emit(&plan));
    let tokens = emitted.into_iter().map(|file| (file.path, file.tokens));
    Ok(Generated {
        files: stages.time("format", || format::files(tokens))?,
        warnings,
        metadata: plan.crate_metadata,
        stages,
    })
}

/// What is decided for the crate of a model.
fn planned(
    files: &ModelFiles,
    options: &Options<'_>,
    stages: &mut Stages,
) -> Result<(plan::Plan, Vec<Warning>), Diagnostics> {
    let mut faults = Faults::default();
    let service = stages.time("lower", || lower::lower(files, &mut faults));
    let rules_file = files.endpoint_rules.as_ref().unwrap_or(&files.service);
    match service.map(|service| stages.time("passes", || passes::run(service, options.operations)))
    {
        Some(Ok((service, warnings))) => {
            let (file, rules) = (&files.service.name, &rules_file.name);
            match stages.time("plan", || plan::plan(&service, options, file, rules)) {
                Ok(plan) if faults.is_empty() => return Ok((plan, warnings)),
                Ok(_) => {}
                Err(found) => faults.extend(found),
            }
        }
        Some(Err(found)) => faults.extend(found.0),
        None => {}
    }
    Err(located(faults, files))
}

/// The IR of a model, and what the crate does without.
fn lowered(files: &ModelFiles) -> Result<(ir::Service, Vec<Warning>), Diagnostics> {
    let mut faults = Faults::default();
    match lower::lower(files, &mut faults) {
        Some(service) if faults.is_empty() => passes::run(service, None),
        _ => Err(located(faults, files)),
    }
}

/// The faults of a model, each with its line and column.
fn located(faults: Faults, files: &ModelFiles) -> Diagnostics {
    faults.into_diagnostics().located(&files.all())
}
