//! Generates Rust clients from models of AWS services.
//!
//! [`generate`] runs a pipeline. Each stage is a module, and its input is the result of the stage before it and the options:
//!
//! ```text
//! files ── source, lower ──> IR ── passes ──> IR ── plan ──> Plan ── emit ──> tokens ── format ──> files
//! ```
//!
//! | module | task |
//! |---|---|
//! | `source` | deserializes the files of a model, of either format, without interpreting them |
//! | `lower` | converts each format to the IR: resolves references and reports the faults of the model |
//! | [`ir`] | the service by the names of its model, with everything that a protocol needs |
//! | `passes` | transforms the IR in steps, for example to remove unused shapes |
//! | `plan` | makes every decision about the Rust code: names, types, documentation |
//! | `emit` | prints the `Plan` as tokens, one kind of file per module |
//! | `format` | formats the tokens as source code |
//!
//! The stages use these modules:
//!
//! | module | task |
//! |---|---|
//! | `markup` | reads documentation in HTML or Markdown, and prints Markdown without HTML, code that is compiled, or links to items |
//! | `graph` | finds the cycles of shapes that refer to each other |
//! | `visible` | prints text of a model without invisible characters |
//! | `diagnostic`, `warning` | the faults of a model, and its features that clients do not support |
//! | `locate` | finds the lines and columns of faults |
//!
//! Other modules build on the pipeline: [`package`] assembles crates around the generated files, [`changes`]
//! compares two models, and [`import`] merges a newer model into the current one.
//!
//! The library does not access the file system: it receives the contents of files and returns the contents of files.
//! Invalid models result in [`Diagnostics`], which report all faults at once.

pub mod changes;
mod diagnostic;
mod emit;
mod files;
mod format;
mod graph;
pub mod import;
pub mod ir;
mod locate;
mod lower;
mod markup;
mod module_path;
pub mod package;
mod passes;
mod plan;
mod source;
mod stages;
mod visible;
mod warning;

pub use diagnostic::{
    BatchFault, BindingFault, Diagnostic, Diagnostics, EndpointFault, Expected, ExpressionFault,
    Fault, Item, JsonFault, JsonType, NameFault, Opaque, Scope, Suggestion, Syntax,
    UnsupportedExpression, WaiterFault,
};
use diagnostic::{Faults, Report};
pub use files::{CrateMetadata, Files, FirstCall, Generated, ModelFile, ModelFiles, Options};
pub use module_path::{InvalidModulePath, ModulePath};
pub use plan::WINDOWS_DEVICES;
pub use stages::Stages;
pub use visible::printable;
pub use warning::{StreamSide, Warning, WarningKind};

/// The checkout of the project in which this library was built, if Cargo was called in it.
///
/// As the library depends on the variable, which `.cargo/config.toml` sets, Cargo builds it again for each checkout. Otherwise,
/// checkouts that share a target folder could use the library of another one, with other templates.
pub const CHECKOUT: Option<&str> = option_env!("LEAN_AWS_CHECKOUT");

/// Generates the code of a client.
///
/// # Errors
/// Returns a diagnostic for each fault of the model or of the options, sorted by position.
pub fn generate(files: &ModelFiles, options: &Options<'_>) -> Result<Generated, Diagnostics> {
    let mut stages = Stages::default();
    let Planned {
        plan,
        warnings,
        service,
    } = plan_crate(files, options, &mut stages)?;
    let emitted = stages.time("emit", || emit::emit(&plan));
    let tokens = emitted.into_iter().map(|file| (file.path, file.tokens));
    Ok(Generated {
        files: stages.time("format", || format::files(tokens))?,
        warnings,
        first_call: emit::first_call(&plan),
        snapshot: changes::Snapshot::new(service, options.operations.is_none()),
        metadata: plan.crate_metadata,
        stages,
    })
}

/// Returns the names of the operations of a model, except for those with event streams.
///
/// # Errors
/// Returns the faults of the model.
pub fn operations(files: &ModelFiles) -> Result<Vec<String>, Diagnostics> {
    let (service, _) = lower_model(files)?;
    Ok(service.operations.into_keys().collect())
}

/// The result of the stages up to `plan`.
struct Planned {
    plan: plan::Plan,
    warnings: Vec<Warning>,
    service: ir::Service,
}

/// Runs the stages up to `plan`.
///
/// A model with faults continues through the stages as far as possible, so that the faults of all stages are reported
/// at once.
fn plan_crate(
    files: &ModelFiles,
    options: &Options<'_>,
    stages: &mut Stages,
) -> Result<Planned, Diagnostics> {
    let mut faults = Faults::default();
    let service = stages.time("lower", || {
        lower::lower(files, options.protocol, &mut faults)
    });
    let planned = service.and_then(|mut service| {
        service.offline = options.offline;
        let passed = stages.time("passes", || passes::run(service, options.operations));
        let (service, warnings) = faults.take_from(passed)?;
        if service.operations.is_empty() && warnings.iter().any(Warning::leaves_out) {
            let mut report = Report::new(&files.service.name);
            report.fault("operations", Fault::NoOperationLeft);
            faults.add(report);
        }
        let planned = stages.time("plan", || plan::plan(&service, options, files));
        Some(Planned {
            plan: faults.take_from(planned)?,
            warnings,
            service,
        })
    });
    match planned {
        Some(planned) if faults.is_empty() => Ok(planned),
        _ => Err(faults.into_diagnostics().located(&files.all())),
    }
}

/// Runs the stages up to `passes`, for all operations, and checks the limits of models.
fn lower_model(files: &ModelFiles) -> Result<(ir::Service, Vec<Warning>), Diagnostics> {
    let mut faults = Faults::default();
    let service = lower::lower(files, None, &mut faults);
    let passed = service.and_then(|service| faults.take_from(passes::run(service, None)));
    if let Some((service, _)) = &passed {
        let mut report = Report::new(&files.service.name);
        plan::check_limits(service, &mut report);
        faults.add(report);
    }
    match passed {
        Some(passed) if faults.is_empty() => Ok(passed),
        _ => Err(faults.into_diagnostics().located(&files.all())),
    }
}
