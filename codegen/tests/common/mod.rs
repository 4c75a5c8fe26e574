//! The fixtures: small models, one for each feature of the generator.

use std::path::Path;
use std::{fs, io};

use codegen::{ModelFile, ModelFiles};

/// The models of a folder below `tests/` by name, sorted.
pub(crate) fn models(folder: &str) -> io::Result<Vec<(String, ModelFiles)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        // `enum.rust.json` stands beside the model `enum.json`.
        names.extend(
            file.strip_suffix(".json")
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
    let read = |name: String| {
        let files = ModelFiles {
            service: file(format!("{name}.json"))?,
            paginators: file(format!("{name}.paginators.json")).ok(),
            waiters: file(format!("{name}.waiters.json")).ok(),
            endpoint_rules: file(format!("{name}.endpoint-rules.json")).ok(),
            partitions: file(format!("{name}.partitions.json")).ok(),
            enum_docs: file(format!("{name}.enum-docs.json")).ok(),
            rust: file(format!("{name}.rust.json")).ok(),
        };
        Ok((name, files))
    };
    names.into_iter().map(read).collect()
}
