//! Small models for tests of the generator, one for each feature.

#![allow(dead_code, reason = "no test program uses all of it")]

use std::path::Path;
use std::{fs, io};

use lean_aws_codegen::{ModelFile, ModelFiles};

/// The kinds of sidecar files of a model `NAME.json`, each called `NAME.KIND.json`. The last is the same service as a
/// Smithy model.
const SIDECARS: [&str; 7] = [
    "paginators",
    "waiters",
    "endpoint-rules",
    "partitions",
    "enum-docs",
    "rust",
    "smithy",
];

/// The botocore models in a folder below `tests/` by name, sorted.
pub(crate) fn models(folder: &str) -> io::Result<Vec<(String, ModelFiles)>> {
    read_folder(folder, ".json")
}

/// The Smithy models in a folder below `tests/` by name, sorted.
pub(crate) fn smithy_models(folder: &str) -> io::Result<Vec<(String, ModelFiles)>> {
    read_folder(folder, ".smithy.json")
}

/// Returns whether a file is a botocore model such as `enum.json`, and not a sidecar file such as `enum.rust.json`. Panics
/// if it is a sidecar file of an unknown kind or without a model, because no test would read it.
pub(crate) fn is_botocore_model(path: &Path) -> bool {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(name) = file.strip_suffix(".json") else {
        return false;
    };
    if let Some((name, kind)) = name.split_once('.') {
        assert!(SIDECARS.contains(&kind), "{file}: unknown kind of file");
        let model = path.with_file_name(format!("{name}.json"));
        assert!(model.exists(), "{file}: there is no {name}.json");
        return false;
    }
    true
}

/// Reads the model at a path together with its sidecar files.
pub(crate) fn read_model(path: &Path) -> io::Result<ModelFiles> {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let (name, ending) = file.split_once('.').unwrap_or((&file, ""));
    let sidecar = |kind: &str| {
        let path = path.with_file_name(format!("{name}.{kind}.json"));
        path.exists().then(|| read_file(&path)).transpose()
    };
    // A Smithy model has its own traits for these.
    let of_botocore = |kind: &str| match ending {
        "json" => sidecar(kind),
        _ => Ok(None),
    };
    Ok(ModelFiles {
        service: read_file(path)?,
        paginators: of_botocore("paginators")?,
        waiters: sidecar("waiters")?,
        endpoint_rules: of_botocore("endpoint-rules")?,
        partitions: sidecar("partitions")?,
        enum_docs: sidecar("enum-docs")?,
        rust: sidecar("rust")?,
    })
}

fn read_file(path: &Path) -> io::Result<ModelFile> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(ModelFile {
        name: name.into_owned(),
        bytes: fs::read(path)?,
    })
}

fn read_folder(folder: &str, ending: &str) -> io::Result<Vec<(String, ModelFiles)>> {
    // An absolute path replaces the beginning.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        is_botocore_model(&path);
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let name = file.strip_suffix(ending);
        names.extend(name.filter(|it| !it.contains('.')).map(str::to_owned));
    }
    names.sort();
    assert!(!names.is_empty(), "no models in {}", folder.display());
    let read = |name: String| {
        let model = read_model(&folder.join(format!("{name}{ending}")))?;
        Ok((name, model))
    };
    names.into_iter().map(read).collect()
}
