//! `cargo xtask codegen`: from `models/` to `workspaces-sdk/src/generated`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use codegen::{Files, ModelFile, ModelFiles};

use crate::files::{self, Changes};

/// Where the model of the crate stands, from the project's root.
const MODEL: &str = "models/workspaces/2015-04-08";

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
    let files = generate(&root.join(MODEL))?;
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
    let model = ModelFiles {
        service: read(&folder.join("service-2.json"))?,
        paginators: read_if_there(&folder.join("paginators-1.json"))?,
        waiters: read_if_there(&folder.join("waiters-2.json"))?,
        endpoint_rules: read_if_there(&folder.join("endpoint-rule-set-1.json"))?,
        partitions: partitions(folder)?,
        enum_docs: read_if_there(&folder.join("enum-docs.json"))?,
        rust: read_if_there(&folder.join("rust.json"))?,
    };
    codegen::generate(&model).map_err(|faults| {
        let lines: Vec<String> = faults.0.iter().map(ToString::to_string).collect();
        let count = match lines.len() {
            1 => "1 fault".to_owned(),
            count => format!("{count} faults"),
        };
        // One line for each fault, as compilers do, and the outcome at the end.
        anyhow!(
            "{}\nerror: {count} in the model; nothing was written",
            lines.join("\nerror: ")
        )
    })
}

/// `partitions.json` of the nearest folder above a model's.
fn partitions(folder: &Path) -> Result<Option<ModelFile>> {
    let above = folder
        .ancestors()
        .map(|above| above.join("partitions.json"));
    above
        .into_iter()
        .find(|path| path.exists())
        .map(|path| read(&path))
        .transpose()
}

fn read(path: &Path) -> Result<ModelFile> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    // Short names, which a terminal can open from the project's root.
    let root = root()?;
    let name = path.strip_prefix(&root).unwrap_or(path);
    Ok(ModelFile {
        name: name.display().to_string(),
        bytes,
    })
}

fn read_if_there(path: &Path) -> Result<Option<ModelFile>> {
    path.exists().then(|| read(path)).transpose()
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

/// The project's root: the parent of this crate.
pub(crate) fn root() -> Result<PathBuf> {
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(crate_root
        .parent()
        .context("xtask has no parent folder")?
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The committed crate is what the generator makes of the committed model.
    #[test]
    fn generated_is_up_to_date() {
        let root = root().unwrap();
        let files = generate(&root.join(MODEL)).unwrap();
        let changes = files::compare(&root.join(GENERATED), &files).unwrap();
        assert!(
            changes.is_empty(),
            "{changes:?}; run `cargo xtask codegen` and commit what it writes"
        );
    }

    /// The same model gives the same bytes.
    #[test]
    fn generation_is_deterministic() {
        let folder = root().unwrap().join(MODEL);
        assert_eq!(generate(&folder).unwrap(), generate(&folder).unwrap());
    }
}
