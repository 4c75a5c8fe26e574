//! A model on disk: the files that belong together, and how their faults are told.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use codegen::{Diagnostics, ModelFile, ModelFiles};

/// Where the model of the crate stands, from the project's root.
pub(crate) const OURS: &str = "models/workspaces/2015-04-08";

/// What the main file of a model in botocore's layout is called, or ends with.
const SERVICE: &str = "service-2.json";

/// Reads a model: a folder in botocore's layout, or its `service-2.json`, whose neighbours are read
/// too. Neighbours of `2018-04-30.service-2.json` begin with `2018-04-30.`, too.
pub(crate) fn load(path: &Path) -> Result<ModelFiles> {
    let service = match path.is_dir() {
        true => path.join(SERVICE),
        false => path.to_owned(),
    };
    let name = service.file_name().unwrap_or_default().to_string_lossy();
    let beside = |file: &str| match name.strip_suffix(SERVICE) {
        Some(prefix) => read_if_there(&service.with_file_name(format!("{prefix}{file}"))),
        None => Ok(None),
    };
    Ok(ModelFiles {
        service: read(&service)?,
        paginators: beside("paginators-1.json")?,
        waiters: beside("waiters-2.json")?,
        endpoint_rules: beside("endpoint-rule-set-1.json")?,
        partitions: partitions(&service)?,
        enum_docs: beside("enum-docs.json")?,
        rust: beside("rust.json")?,
    })
}

/// `partitions.json` of the nearest folder above a model's, or else the project's own.
fn partitions(service: &Path) -> Result<Option<ModelFile>> {
    let above = service
        .ancestors()
        .skip(1)
        .map(|above| above.join("partitions.json"));
    let mut all = above.chain([root()?.join("models/partitions.json")]);
    all.find(|path| path.exists())
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

/// One line for each fault, as compilers do, and the outcome at the end.
pub(crate) fn refused(faults: &Diagnostics, outcome: &str) -> anyhow::Error {
    let lines: Vec<String> = faults.0.iter().map(ToString::to_string).collect();
    let count = match lines.len() {
        1 => "1 fault".to_owned(),
        count => format!("{count} faults"),
    };
    anyhow!(
        "{}\nerror: {count} in the model; {outcome}",
        lines.join("\nerror: ")
    )
}

/// The project's root: the parent of this crate.
pub(crate) fn root() -> Result<PathBuf> {
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(crate_root
        .parent()
        .context("xtask has no parent folder")?
        .to_owned())
}
