//! A model on disk: the files that belong together, plain or compressed, and how their faults are printed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use codegen::{Diagnostics, Generated, ModelFile, ModelFiles, Options, Stages, Warning};

use crate::changes_command::is_date;
use crate::checkout::root;
use crate::embedded;
use crate::read;
use crate::update::exists;

/// The model of the SDK crate, relative to the root of the repository.
pub(crate) const OURS: &str = "models/workspaces/2015-04-08";

/// The name, or the end of the name, of the main file of a model in botocore's layout.
pub(crate) const SERVICE: &str = "service-2.json";

/// The files beside a model.
const SIDECARS: [&str; 5] = [
    "paginators-1.json",
    "waiters-2.json",
    "endpoint-rule-set-1.json",
    "enum-docs.json",
    "rust.json",
];

/// The name of the partitions inside this program.
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
        other != name && is_model_name(other)
    });
    others.next().is_none()
}

/// The main file of a model.
pub(crate) fn service(path: &Path) -> Result<PathBuf> {
    let shown = path.display();
    if !exists(path) {
        bail!("{shown} does not exist; pass the file or folder of a model");
    }
    let metadata = fs::metadata(path).with_context(|| format!("cannot read {shown}"))?;
    if !metadata.is_dir() {
        return Ok(path.to_owned());
    }
    if let Some(service) = in_folder(path, SERVICE) {
        return Ok(service);
    }
    let entries = fs::read_dir(path).with_context(|| format!("cannot list {shown}"))?;
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let versions = entries
        .iter()
        .filter_map(|entry| Some((entry, in_folder(entry, SERVICE)?)));
    let mut versions: Vec<(&PathBuf, PathBuf)> = versions.collect();
    let is_version = |(folder, _): &(&PathBuf, PathBuf)| {
        let name = folder.file_name().unwrap_or_default();
        is_date(&name.to_string_lossy())
    };
    if (versions.len() == 1 || versions.iter().all(is_version))
        && let Some((_, newest)) = versions.pop()
    {
        return Ok(newest);
    }
    let models: Vec<&PathBuf> = entries.iter().filter(|it| may_be_model(it)).collect();
    let examples: Vec<String> = models
        .iter()
        .take(3)
        .map(|it| it.display().to_string())
        .collect();
    match models.len() {
        0 => bail!(
            "{shown} contains no {SERVICE} or {SERVICE}.gz; pass the file or folder of a model"
        ),
        1 => bail!(
            "{shown} is not the folder of a model; pass {}",
            examples.join("")
        ),
        count => bail!(
            "{shown} contains {count} models; pass one of them, such as {}",
            examples.join(" or ")
        ),
    }
}

/// Whether a path looks like a model: a folder of versions or of a version, or a file.
fn may_be_model(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if path.is_dir() {
        return has_versions(path);
    }
    is_model_name(name.trim_end_matches(".gz"))
}

/// Whether a folder is that of a model in botocore's layout, or of its versions.
pub(crate) fn has_versions(path: &Path) -> bool {
    let versions = fs::read_dir(path).into_iter().flatten().flatten();
    let mut folders = versions.map(|it| it.path()).chain([path.to_owned()]);
    folders.any(|folder| in_folder(&folder, SERVICE).is_some())
}

/// Whether a file of this name is neither a sidecar nor of another kind.
pub(crate) fn is_model_name(name: &str) -> bool {
    let is_sidecar = SIDECARS.iter().any(|sidecar| name.ends_with(sidecar));
    name.ends_with(".json") && name != "partitions.json" && !is_sidecar
}

/// A file of a folder, plain or compressed, if it exists. It may turn out not to be a file, which is an error when it is read.
fn in_folder(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut found = [folder.join(name), folder.join(format!("{name}.gz"))].into_iter();
    found.find(|path| exists(path))
}

/// The `partitions.json` of the nearest folder above the model, or else that inside this program.
fn partitions(folder: &Path) -> Result<Option<ModelFile>> {
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let folder = folder.canonicalize().unwrap_or_default();
    let above = folder
        .ancestors()
        .find_map(|above| in_folder(above, "partitions.json"));
    match above {
        Some(path) => read(&path).map(Some),
        None => Ok(Some(ModelFile {
            name: PARTITIONS.to_owned(),
            bytes: embedded::PARTITIONS.as_bytes().to_vec(),
        })),
    }
}

fn read(path: &Path) -> Result<ModelFile> {
    let bytes = read::read(path)?;
    // Terminals can open relative paths, which are shorter.
    let name = root().ok().and_then(|root| path.strip_prefix(root).ok());
    let name = name.unwrap_or(path);
    Ok(ModelFile {
        name: name.display().to_string(),
        bytes,
    })
}

/// Returns the names of the operations of a model.
pub(crate) fn operations(files: &ModelFiles) -> Result<Vec<String>> {
    codegen::operations(files).map_err(|faults| refused(&faults, "nothing was written"))
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
    let (of_options, of_model): (Vec<_>, Vec<_>) =
        faults.0.iter().partition(|it| it.is_of_option());
    let place = match (of_options.first(), of_model.is_empty()) {
        (Some(option), true) => option.file.clone(),
        (Some(option), false) => format!("the model and {}", option.file),
        (None, _) => "the model".to_owned(),
    };
    anyhow!(
        "{}\nerror: {count} in {place}; {outcome}",
        lines.join("\nerror: ")
    )
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    /// A folder with files whose content is their name.
    fn folder(names: &[&str]) -> TempDir {
        let folder = TempDir::new().unwrap();
        for name in names {
            fs::write(folder.path().join(name), name).unwrap();
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
        let folder = folder(&names);
        let folder = folder.path();
        let waiters = |name: &str| Some(name.to_owned());
        assert_eq!(
            sidecars(folder, "books.smithy.json"),
            [waiters("books.waiters-2.json"), None]
        );
        assert_eq!(sidecars(folder, "other.json"), [None, None]);
    }

    #[test]
    fn sidecars_of_the_only_model_need_no_name() {
        let names = [
            "books.json",
            "books.rust.json",
            "waiters-2.json",
            "rust.json",
        ];
        let folder = folder(&names);
        let folder = folder.path();
        let expected = ["waiters-2.json", "books.rust.json"];
        assert_eq!(
            sidecars(folder, "books.json"),
            expected.map(|name| Some(name.to_owned()))
        );
    }

    #[test]
    fn sidecars_of_a_version_have_its_prefix() {
        let names = [
            "1.service-2.json",
            "1.rust.json",
            "rust.json",
            "waiters-2.json",
        ];
        let folder = folder(&names);
        let folder = folder.path();
        let expected = [None, Some("1.rust.json".to_owned())];
        assert_eq!(sidecars(folder, "1.service-2.json"), expected);
    }

    #[test]
    fn the_error_for_a_folder_of_models_lists_some() {
        let folder = folder(&["b.json", "rust.json"]);
        let folder = folder.path();
        for path in ["acm/2015-01-01", "sts/2011-01-01", "sts/2012-01-01"] {
            fs::create_dir_all(folder.join(path)).unwrap();
            fs::write(folder.join(path).join(SERVICE), path).unwrap();
        }
        let error = |folder: &Path| load(folder).unwrap_err().to_string();
        let shown = folder.display();
        let expected = format!(
            "{shown} contains 3 models; pass one of them, such as {shown}/acm or {shown}/b.json or {shown}/sts"
        );
        assert_eq!(error(folder), expected);

        // Two folders with a model are versions only if they are called so.
        fs::write(folder.join("acm").join(SERVICE), "").unwrap();
        fs::write(folder.join("sts").join(SERVICE), "").unwrap();
        assert_eq!(error(folder), expected);
        fs::remove_file(folder.join("sts").join(SERVICE)).unwrap();
        let newest = load(&folder.join("sts")).unwrap().service;
        assert_eq!(newest.bytes, b"sts/2012-01-01");
    }

    /// A sidecar that cannot be read is not left out silently.
    #[test]
    fn a_sidecar_that_is_no_file_is_an_error() {
        let folder = folder(&["service-2.json"]);
        let folder = folder.path();
        fs::create_dir(folder.join("waiters-2.json")).unwrap();
        let error = load(folder).unwrap_err().to_string();
        assert!(
            error.ends_with("waiters-2.json: it is a folder, not a file"),
            "{error}"
        );
    }
}
