//! The manifests of a workspace, its crates and its runtime.

use toml_edit::{DocumentMut, TomlError, table, value};

use super::MARK;
use super::escape::{toml, toml_list};
use super::template::{PACKAGE, WORKSPACE, fill};
use crate::CrateMetadata;

/// Returns the manifest of a workspace.
pub(super) fn workspace<'a>(members: impl Iterator<Item = &'a str>) -> String {
    fill(
        WORKSPACE,
        &[
            ("mark", MARK),
            ("members", &toml_list(members)),
            ("version", &toml(env!("CARGO_PKG_VERSION"))),
            ("rust_version", &toml(env!("CARGO_PKG_RUST_VERSION"))),
        ],
    )
}

/// Returns the manifest of the crate of a service.
pub(super) fn package(name: &str, metadata: &CrateMetadata, runtime: &str) -> String {
    let features = metadata.runtime_features.iter().copied();
    fill(
        PACKAGE,
        &[
            ("name", &toml(name)),
            (
                "description",
                &toml(&format!("A client of {}", metadata.title)),
            ),
            ("runtime", &toml(runtime)),
            ("version", &toml(env!("CARGO_PKG_VERSION"))),
            ("runtime_features", &toml_list(features)),
        ],
    )
}

/// Renames the runtime in its manifest.
///
/// # Errors
/// Returns an error if `manifest` is not a TOML document.
pub(super) fn runtime(manifest: &str, name: &str) -> Result<String, TomlError> {
    let mut manifest: DocumentMut = manifest.parse()?;
    for (section, name) in [
        ("package", name.to_owned()),
        ("lib", name.replace('-', "_")),
    ] {
        let section = manifest.entry(section).or_insert_with(table);
        if let Some(section) = section.as_table_like_mut() {
            section.insert("name", value(name));
        }
    }
    Ok(manifest.to_string())
}

#[cfg(test)]
mod tests {
    use super::runtime;

    #[test]
    fn only_the_name_of_the_runtime_changes() {
        let manifest = "[package]\nname = \"a\"\nedition = \"2024\"\n\n[features]\nb = []\n";
        let renamed = runtime(manifest, "c-runtime").unwrap();
        assert_eq!(
            renamed,
            "[package]\nname = \"c-runtime\"\nedition = \"2024\"\n\n[features]\nb = []\n\n[lib]\nname = \"c_runtime\"\n"
        );
        assert!(runtime("[", "c").is_err());
    }
}
