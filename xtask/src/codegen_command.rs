//! `cargo xtask codegen`: from `models/` to `workspaces-sdk/src/generated`, or from any model to a crate.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use codegen::{Files, Generated, Stages, Warning};

use crate::files::{self, Changes};
use crate::model::{self, root};
use crate::new_crate::{self, Order};
use crate::timings;

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
    pub(crate) model: Option<PathBuf>,

    /// Where that crate goes: a new folder, or one that this command made
    #[arg(long, value_name = "DIR", requires = "model")]
    out: Option<PathBuf>,

    /// What that crate is called; without it after the service, as dynamodb-sdk
    #[arg(long, requires = "model")]
    pub(crate) name: Option<String>,

    /// Keep just these operations and what they need
    #[arg(long, value_name = "A,B,..", value_delimiter = ',', requires = "model")]
    pub(crate) operations: Option<Vec<String>>,

    /// Tell how long each stage took in this run (cold), and takes when repeated (warm)
    #[arg(long, long_help = timings::HELP)]
    timings: bool,
}

/// What a run has to say, and how long its stages took.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Lines for standard output.
    pub(crate) said: Vec<String>,
    /// What the crate does without.
    pub(crate) warnings: Vec<Warning>,
    /// What is not as it should be, a line for each.
    pub(crate) stale: Vec<String>,
    pub(crate) stages: Stages,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let outcome = match (&arguments.model, &arguments.out) {
        (Some(model), Some(out)) => new_crate::run(&Order {
            model,
            out,
            name: arguments.name.as_deref(),
            operations: arguments.operations.as_deref(),
        })?,
        _ => regenerate(arguments.check)?,
    };
    model::warn(&outcome.warnings);
    outcome.stale.iter().for_each(|line| eprintln!("{line}"));
    outcome.said.iter().for_each(|line| println!("{line}"));
    if arguments.timings {
        let again = timings::again(arguments.model.as_deref(), arguments.operations.as_deref())?;
        print!("\n{}", timings::table(&outcome.stages, &again));
    }
    Ok(match outcome.stale.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn regenerate(check: bool) -> Result<Outcome> {
    let root = root()?;
    let Generated {
        files,
        warnings,
        mut stages,
        ..
    } = model::generate(&root.join(model::OURS), None)?;
    let target = root.join(GENERATED);
    let changes = stages.time("compare", || files::compare(&target, &files))?;
    let (said, stale) = if check {
        staleness(&changes)
    } else {
        stages.time("write", || files::apply(&target, &files, &changes))?;
        let made = format!(
            "{} files, {} lines in {GENERATED} ({} ms)",
            files.len(),
            count_lines(&files),
            stages.total().as_millis()
        );
        let changed = format!(
            "{} written, {} deleted, the rest was up to date",
            changes.stale.len(),
            changes.left_over.len()
        );
        (vec![made, changed], Vec::new())
    };
    Ok(Outcome {
        said,
        warnings,
        stale,
        stages,
    })
}

/// How many lines the files have together.
pub(crate) fn count_lines(files: &Files) -> usize {
    files.values().map(|text| text.lines().count()).sum()
}

/// What `--check` says when all is well, and what when it is not.
fn staleness(changes: &Changes) -> (Vec<String>, Vec<String>) {
    if changes.is_empty() {
        return (vec![format!("{GENERATED} is up to date")], Vec::new());
    }
    let stale = changes.stale.iter();
    let stale = stale.map(|path| format!("stale: {GENERATED}/{path}"));
    let left_over = changes.left_over.iter();
    let left_over = left_over.map(|path| format!("no longer generated: {GENERATED}/{path}"));
    let mend = "run `cargo xtask codegen` and commit what it writes".to_owned();
    (Vec::new(), stale.chain(left_over).chain([mend]).collect())
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
