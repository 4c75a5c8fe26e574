//! A model on disk: the files that belong together, plain or compressed, and how their faults are printed.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use codegen::{Diagnostics, Generated, ModelFile, ModelFiles, Options, Stages, Warning};
use flate2::read::GzDecoder;

/// The model of the SDK crate, relative to the root of the repository.
pub(crate) const OURS: &str = "models/workspaces/2015-04-08";

/// The first bytes of a gzip file.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The name, or the end of the name, of the main file of a model in botocore's layout.
const SERVICE: &str = "service-2.json";

/// Partitions for a model that has none near it.
const PARTITIONS: &str = "models/partitions.json";

/// Generates from the model at `path`, see [`load`].
///
/// # Errors
/// Returns an error if there is no model, or if it has faults. Then the error has a line for each fault.
pub(crate) fn generate(path: &Path, options: &Options<'_>) -> Result<Generated> {
    let mut stages = Stages::default();
    let files = stages.time("read", || load(path))?;
    let generated = codegen::generate(&files, options)
        .map_err(|faults| refused(&faults, "nothing was written"))?;
    Ok(Generated {
        stages: stages.chain(generated.stages),
        ..generated
    })
}

/// Reads a model: a folder in botocore's layout, the service's folder above it, of whose versions the
/// newest is taken, or a single file. Neighbours of a `service-2.json` are read too; those of
/// `2018-04-30.service-2.json` begin with `2018-04-30.`, too.
pub(crate) fn load(path: &Path) -> Result<ModelFiles> {
    let service = service(path)?;
    let folder = service.parent().unwrap_or(Path::new(""));
    let name = service.file_name().unwrap_or_default().to_string_lossy();
    let prefix = name.trim_end_matches(".gz").strip_suffix(SERVICE);
    // A file by another name says all by itself.
    let beside = |file: &str| match prefix {
        Some(prefix) => in_folder(folder, &format!("{prefix}{file}"))
            .map(|path| read(&path))
            .transpose(),
        None => Ok(None),
    };
    Ok(ModelFiles {
        paginators: beside("paginators-1.json")?,
        waiters: beside("waiters-2.json")?,
        endpoint_rules: beside("endpoint-rule-set-1.json")?,
        enum_docs: beside("enum-docs.json")?,
        rust: beside("rust.json")?,
        partitions: partitions(folder)?,
        service: read(&service)?,
    })
}

/// The main file of a model.
fn service(path: &Path) -> Result<PathBuf> {
    if path.is_file() {
        return Ok(path.to_owned());
    }
    if !path.is_dir() {
        bail!(
            "{} does not exist; pass the file or folder of a model",
            path.display()
        );
    }
    let versions = fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))?;
    let versions = versions.filter_map(|entry| Some(entry.ok()?.path()));
    let newest = versions
        .filter_map(|version| in_folder(&version, SERVICE))
        .max();
    in_folder(path, SERVICE).or(newest).with_context(|| {
        format!(
            "{} contains no {SERVICE} or {SERVICE}.gz; pass the file or folder of a model",
            path.display()
        )
    })
}

/// A file of a folder, plain or compressed, if it exists.
fn in_folder(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut found = [folder.join(name), folder.join(format!("{name}.gz"))].into_iter();
    found.find(|path| path.is_file())
}

/// The `partitions.json` of the nearest folder above the model, or else that of this repository.
fn partitions(folder: &Path) -> Result<Option<ModelFile>> {
    let folder = folder.canonicalize().unwrap_or_default();
    let above = folder
        .ancestors()
        .find_map(|above| in_folder(above, "partitions.json"));
    let path = match above {
        Some(path) => path,
        None => root()?.join(PARTITIONS),
    };
    read(&path).map(Some)
}

fn read(path: &Path) -> Result<ModelFile> {
    let cannot = || format!("cannot read {}", path.display());
    let mut bytes = fs::read(path).with_context(cannot)?;
    if bytes.starts_with(&GZIP) {
        let mut plain = Vec::new();
        GzDecoder::new(bytes.as_slice())
            .read_to_end(&mut plain)
            .with_context(cannot)?;
        bytes = plain;
    }
    // Terminals can open relative paths, which are shorter.
    let root = root()?;
    let name = path.strip_prefix(&root).unwrap_or(path);
    Ok(ModelFile {
        name: name.display().to_string(),
        bytes,
    })
}

/// Prints the warnings about features that the crate does not support.
pub(crate) fn warn(warnings: &[Warning]) {
    for warning in warnings {
        eprintln!("warning: {warning}");
    }
}

/// An error with a line for each fault, in the style of compilers, and the outcome on the last line.
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

/// The root of the repository, which contains the folder of this crate.
pub(crate) fn root() -> Result<PathBuf> {
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(crate_root
        .parent()
        .context("xtask has no parent folder")?
        .to_owned())
}
