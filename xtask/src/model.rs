//! A model on disk: the files that belong together, plain or compressed, and how their faults are printed.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use codegen::{Diagnostics, Generated, ModelFile, ModelFiles, Options, Stages, Warning};
use flate2::read::GzDecoder;

/// The model of the SDK crate, relative to the root of the repository.
pub(crate) const OURS: &str = "models/workspaces/2015-04-08";

/// The options of the SDK crate.
pub(crate) const OUR_OPTIONS: Options<'_> = Options {
    operations: None,
    crate_name: None,
    module: None,
    offline: true,
};

/// The first bytes of a gzip file.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The name, or the end of the name, of the main file of a model in botocore's layout.
const SERVICE: &str = "service-2.json";

/// The files beside a model.
const SIDECARS: [&str; 5] = [
    "paginators-1.json",
    "waiters-2.json",
    "endpoint-rule-set-1.json",
    "enum-docs.json",
    "rust.json",
];

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

/// Reads a model: a folder in botocore's layout, the folder above it, of whose versions it takes the newest, or a single file.
/// It also reads the files beside the model:
///
/// - for `service-2.json`, files such as `waiters-2.json`, and our tables;
/// - for `2018-04-30.service-2.json`, files with the same prefix, such as `2018-04-30.waiters-2.json`;
/// - for `NAME.json` or `NAME.smithy.json`, files such as `NAME.waiters-2.json`, and also `waiters-2.json` if the folder has no
///   other model.
pub(crate) fn load(path: &Path) -> Result<ModelFiles> {
    let service = service(path)?;
    let folder = service.parent().unwrap_or(Path::new(""));
    let prefixes = prefixes(&service, folder);
    let sidecar = |name: &str| {
        let mut names = prefixes.iter().map(|prefix| format!("{prefix}{name}"));
        let path = names.find_map(|name| in_folder(folder, &name));
        path.map(|path| read(&path)).transpose()
    };
    let [paginators, waiters, endpoint_rules, enum_docs, rust] = SIDECARS.map(sidecar);
    Ok(ModelFiles {
        paginators: paginators?,
        waiters: waiters?,
        endpoint_rules: endpoint_rules?,
        enum_docs: enum_docs?,
        rust: rust?,
        partitions: partitions(folder)?,
        service: read(&service)?,
    })
}

/// The prefixes of the names of the files beside a model, most specific first.
fn prefixes(service: &Path, folder: &Path) -> Vec<String> {
    let name = service.file_name().unwrap_or_default().to_string_lossy();
    let name = name.trim_end_matches(".gz");
    if let Some(prefix) = name.strip_suffix(SERVICE) {
        return vec![prefix.to_owned()];
    }
    let stem = name.trim_end_matches(".json").trim_end_matches(".smithy");
    let mut prefixes = vec![format!("{stem}.")];
    if is_only_model(name, folder) {
        prefixes.push(String::new());
    }
    prefixes
}

/// Whether a folder has no other model than the file of this name, plain or compressed.
fn is_only_model(name: &str, folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut others = names.filter(|other| {
        let other = other.trim_end_matches(".gz");
        let is_sidecar = SIDECARS.iter().any(|sidecar| other.ends_with(sidecar));
        other.ends_with(".json") && other != name && other != "partitions.json" && !is_sidecar
    });
    others.next().is_none()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with files whose content is their name.
    fn folder(test: &str, names: &[&str]) -> PathBuf {
        let name = format!("xtask-model-{test}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for name in names {
            fs::write(folder.join(name), name).unwrap();
        }
        folder
    }

    fn sidecars(folder: &Path, model: &str) -> [Option<String>; 2] {
        let files = load(&folder.join(model)).unwrap();
        let content =
            |file: Option<ModelFile>| file.map(|file| String::from_utf8(file.bytes).unwrap());
        [content(files.waiters), content(files.rust)]
    }

    #[test]
    fn sidecars_of_a_smithy_model_have_its_name() {
        let names = [
            "books.smithy.json",
            "books.waiters-2.json",
            "other.json",
            "waiters-2.json",
            "rust.json",
        ];
        let folder = folder("named", &names);
        let waiters = |name: &str| Some(name.to_owned());
        assert_eq!(
            sidecars(&folder, "books.smithy.json"),
            [waiters("books.waiters-2.json"), None]
        );
        assert_eq!(sidecars(&folder, "other.json"), [None, None]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn sidecars_of_the_only_model_need_no_name() {
        let names = [
            "books.json",
            "books.rust.json",
            "waiters-2.json",
            "rust.json",
        ];
        let folder = folder("only", &names);
        let expected = ["waiters-2.json", "books.rust.json"];
        assert_eq!(
            sidecars(&folder, "books.json"),
            expected.map(|name| Some(name.to_owned()))
        );
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn sidecars_of_a_version_have_its_prefix() {
        let names = [
            "1.service-2.json",
            "1.rust.json",
            "rust.json",
            "waiters-2.json",
        ];
        let folder = folder("prefix", &names);
        let expected = [None, Some("1.rust.json".to_owned())];
        assert_eq!(sidecars(&folder, "1.service-2.json"), expected);
        fs::remove_dir_all(folder).unwrap();
    }
}
