//! `cargo xtask codegen`: from `models/` to `workspaces-sdk/src/generated`, or from any model to a crate.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use codegen::Files;

use crate::files::{self, Changes};
use crate::model::{self, root};
use crate::new_crate::{self, Order};

/// Where its generated part goes.
const GENERATED: &str = "workspaces-sdk/src/generated";

/// What `cargo xtask codegen` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail and name each file that is not up to date
    #[arg(long)]
    check: bool,

    /// Make a crate of its own from this model: a folder in botocore's layout, its service-2.json, or a file
    /// of Smithy's JSON AST; .gz is read too
    #[arg(long, value_name = "PATH", requires = "out", conflicts_with = "check")]
    model: Option<PathBuf>,

    /// Where that crate goes: a new folder, or one that this command made
    #[arg(long, value_name = "DIR", requires = "model")]
    out: Option<PathBuf>,

    /// What that crate is called; without it after the service, as dynamodb-sdk
    #[arg(long, requires = "model")]
    name: Option<String>,

    /// Keep just these operations and what they need
    #[arg(long, value_name = "A,B,..", value_delimiter = ',', requires = "model")]
    operations: Option<Vec<String>>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    if let (Some(model), Some(out)) = (&arguments.model, &arguments.out) {
        return new_crate::run(&Order {
            model,
            out,
            name: arguments.name.as_deref(),
            operations: arguments.operations.as_deref(),
        });
    }
    let started = Instant::now();
    let root = root()?;
    let generated = model::generate(&root.join(model::OURS), None)?;
    model::warn(&generated.warnings);
    let files = generated.files;
    let target = root.join(GENERATED);
    let changes = files::compare(&target, &files)?;
    if arguments.check {
        return Ok(report_stale(&changes));
    }
    files::apply(&target, &files, &changes)?;
    let lines = count_lines(&files);
    println!(
        "{} files, {lines} lines in {GENERATED} ({} ms)",
        files.len(),
        started.elapsed().as_millis()
    );
    println!(
        "{} written, {} deleted, the rest was up to date",
        changes.stale.len(),
        changes.left_over.len()
    );
    Ok(ExitCode::SUCCESS)
}

/// How many lines the files have together.
pub(crate) fn count_lines(files: &Files) -> usize {
    files.values().map(|text| text.lines().count()).sum()
}

fn report_stale(changes: &Changes) -> ExitCode {
    if changes.is_empty() {
        println!("{GENERATED} is up to date");
        return ExitCode::SUCCESS;
    }
    for path in changes.stale.iter() {
        eprintln!("stale: {GENERATED}/{path}");
    }
    for path in changes.left_over.iter() {
        eprintln!("no longer generated: {GENERATED}/{path}");
    }
    eprintln!("run `cargo xtask codegen` and commit what it writes");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The committed crate is what the generator makes of the committed model.
    #[test]
    fn generated_is_up_to_date() {
        let root = root().unwrap();
        let files = model::generate(&root.join(model::OURS), None)
            .unwrap()
            .files;
        let changes = files::compare(&root.join(GENERATED), &files).unwrap();
        assert!(
            changes.is_empty(),
            "{changes:?}; run `cargo xtask codegen` and commit what it writes"
        );
    }

    /// The same model gives the same bytes.
    #[test]
    fn generation_is_deterministic() {
        let folder = root().unwrap().join(model::OURS);
        let files = || model::generate(&folder, None).unwrap().files;
        assert_eq!(files(), files());
    }
}
