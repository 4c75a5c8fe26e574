//! The manifests of a workspace, its crates and its runtime.

use toml_edit::{DocumentMut, InlineTable, TomlError, table, value};

use super::escape::{toml, toml_list};
use super::template::{PACKAGE, WORKSPACE, fill};
use super::{Config, MARK, Package};

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
pub(super) fn package(package: &Package<'_>, runtime: &str) -> String {
    let metadata = &package.generated.metadata;
    let features = metadata.runtime_features.iter().copied();
    let version = match package.version {
        Some(version) => format!("version = {}", toml(version)),
        None => "version.workspace = true".to_owned(),
    };
    fill(
        PACKAGE,
        &[
            ("name", &toml(package.name)),
            (
                "description",
                &toml(&format!("A client of {}", metadata.title)),
            ),
            ("version", &version),
            ("runtime", &toml(runtime)),
            ("runtime_version", &toml(env!("CARGO_PKG_VERSION"))),
            ("runtime_features", &toml_list(features)),
        ],
    )
}

/// Renames the runtime in its manifest, and removes the dependencies of its tests.
///
/// # Errors
/// Returns an error if `manifest` is not a TOML document.
pub(super) fn runtime(manifest: &str, name: &str) -> Result<String, TomlError> {
    let mut manifest: DocumentMut = manifest.parse()?;
    rename(&mut manifest, name);
    Ok(manifest.to_string())
}

/// Sets the name, the version and the runtime of `lean-aws-config` in its manifest, and removes the dependencies of its tests.
///
/// # Errors
/// Returns an error if `manifest` is not a TOML document.
pub(super) fn config(
    manifest: &str,
    config: &Config<'_>,
    runtime: &str,
) -> Result<String, TomlError> {
    let mut manifest: DocumentMut = manifest.parse()?;
    rename(&mut manifest, config.name);
    if let Some(version) = config.version {
        set(&mut manifest, "package", "version", value(version));
    }
    let dependencies = manifest
        .get_mut("dependencies")
        .and_then(|it| it.as_table_like_mut());
    let dependency = dependencies
        .and_then(|it| it.get_mut("lean-aws-runtime"))
        .and_then(|it| it.as_table_like_mut());
    if let Some(dependency) = dependency {
        let mut replaced = InlineTable::new();
        replaced.insert("package", runtime.into());
        let kept = dependency
            .iter()
            .filter_map(|(key, item)| Some((key, item.as_value()?)));
        replaced.extend(kept.map(|(key, value)| (key.to_owned(), value.clone())));
        set(
            &mut manifest,
            "dependencies",
            "lean-aws-runtime",
            value(replaced),
        );
    }
    Ok(manifest.to_string())
}

/// What only a package needs that is published.
const PUBLISHED: [&str; 5] = ["repository", "readme", "keywords", "categories", "include"];

/// Sets the name of a package and of its library, which is vendored without its tests.
fn rename(manifest: &mut DocumentMut, name: &str) {
    manifest.remove("dev-dependencies");
    if let Some(package) = manifest
        .get_mut("package")
        .and_then(|it| it.as_table_like_mut())
    {
        PUBLISHED.iter().for_each(|key| drop(package.remove(key)));
    }
    set(manifest, "package", "name", value(name));
    set(manifest, "lib", "name", value(name.replace('-', "_")));
    set(manifest, "lib", "test", value(false));
    set(manifest, "lib", "bench", value(false));
}

fn set(manifest: &mut DocumentMut, section: &str, key: &str, item: toml_edit::Item) {
    let section = manifest.entry(section).or_insert_with(table);
    if let Some(section) = section.as_table_like_mut() {
        section.insert(key, item);
    }
}

#[cfg(test)]
mod tests {
    use super::runtime;

    #[test]
    fn only_the_name_of_the_runtime_and_its_tests_change() {
        let manifest = "[package]\nname = \"a\"\nedition = \"2024\"\n\n[features]\nb = []\n\n[dev-dependencies]\nc = \"1\"\n";
        let renamed = runtime(manifest, "c-runtime").unwrap();
        assert_eq!(
            renamed,
            "[package]\nname = \"c-runtime\"\nedition = \"2024\"\n\n[features]\nb = []\n\n[lib]\nname = \"c_runtime\"\ntest = false\nbench = false\n"
        );
        assert!(runtime("[", "c").is_err());
    }
}
