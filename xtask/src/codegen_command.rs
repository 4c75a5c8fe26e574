//! `cargo xtask codegen`: from `models/` to `workspaces-sdk/src/generated`.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use codegen::Files;

use crate::files::{self, Changes};
use crate::model::{self, root};

/// Where its generated part goes.
const GENERATED: &str = "workspaces-sdk/src/generated";

/// What `cargo xtask codegen` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail and name each file that is not up to date
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let root = root()?;
    let files = generate(&root.join(model::OURS))?;
    let target = root.join(GENERATED);
    let changes = files::compare(&target, &files)?;
    if arguments.check {
        return Ok(report_stale(&changes));
    }
    files::apply(&target, &files, &changes)?;
    let lines: usize = files.values().map(|text| text.lines().count()).sum();
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

/// The generated part of a crate from a model in botocore's layout.
fn generate(folder: &Path) -> Result<Files> {
    codegen::generate(&model::load(folder)?)
        .map_err(|faults| model::refused(&faults, "nothing was written"))
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
        let files = generate(&root.join(model::OURS)).unwrap();
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
        assert_eq!(generate(&folder).unwrap(), generate(&folder).unwrap());
    }
}
