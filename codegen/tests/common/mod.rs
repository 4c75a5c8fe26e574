//! The fixtures: small models, one for each feature of the generator.

#![allow(dead_code, reason = "each test program uses some of it")]

use std::path::Path;
use std::{fs, io};

use codegen::{ModelFile, ModelFiles};

/// The models of botocore's format in a folder below `tests/` by name, sorted.
pub(crate) fn models(folder: &str) -> io::Result<Vec<(String, ModelFiles)>> {
    // `enum.rust.json` stands beside the model `enum.json`.
    read(folder, ".json")
}

/// The Smithy models in a folder below `tests/` by name, sorted.
pub(crate) fn smithy_models(folder: &str) -> io::Result<Vec<(String, ModelFiles)>> {
    read(folder, ".smithy.json")
}

fn read(folder: &str, ending: &str) -> io::Result<Vec<(String, ModelFiles)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        names.extend(
            file.strip_suffix(ending)
                .filter(|name| !name.contains('.'))
                .map(str::to_owned),
        );
    }
    names.sort();
    assert!(!names.is_empty(), "no models in {}", folder.display());
    let file = |name: String| {
        let bytes = fs::read(folder.join(&name))?;
        Ok::<_, io::Error>(ModelFile { name, bytes })
    };
    let beside_botocore = |name: String| match ending {
        ".json" => file(name).ok(),
        _ => None,
    };
    let read = |name: String| {
        let files = ModelFiles {
            service: file(format!("{name}{ending}"))?,
            paginators: beside_botocore(format!("{name}.paginators.json")),
            waiters: beside_botocore(format!("{name}.waiters.json")),
            endpoint_rules: beside_botocore(format!("{name}.endpoint-rules.json")),
            partitions: file(format!("{name}.partitions.json")).ok(),
            enum_docs: file(format!("{name}.enum-docs.json")).ok(),
            rust: file(format!("{name}.rust.json")).ok(),
        };
        Ok((name, files))
    };
    names.into_iter().map(read).collect()
}
