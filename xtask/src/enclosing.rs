//! The Cargo workspace around a generated one.

use std::fs;
use std::path::{Path, PathBuf};

use toml_edit::DocumentMut;

/// Returns a warning if a workspace above the folder `out` does not exclude it.
///
/// Cargo adds each crate that a program depends on by path to the workspace of the program if it is below that, and a crate can be
/// in one workspace only.
pub(crate) fn warning(out: &Path) -> Option<String> {
    let out = real(out)?;
    let (manifest, folder) = out.ancestors().skip(1).find_map(|folder| {
        let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
        let manifest: DocumentMut = text.parse().ok()?;
        manifest
            .contains_key("workspace")
            .then_some((manifest, folder))
    })?;
    let below = out.strip_prefix(folder).ok()?;
    let excluded = manifest.get("workspace")?.get("exclude");
    let excluded = excluded.and_then(|it| it.as_array()).into_iter().flatten();
    let mut excluded = excluded.filter_map(|it| it.as_str());
    if excluded.any(|excluded| below.starts_with(excluded.trim_start_matches("./"))) {
        return None;
    }
    let below = below
        .components()
        .map(|it| it.as_os_str().to_string_lossy());
    let below = below.collect::<Vec<_>>().join("/");
    Some(format!(
        "{} is a Cargo workspace, whose packages cannot depend on crates in {below}; add `exclude = [{below:?}]` to its [workspace]",
        folder.join("Cargo.toml").display()
    ))
}

/// The absolute path of a folder, which may not exist yet.
fn real(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let existing = absolute.ancestors().find(|it| it.exists())?;
    let rest = absolute.strip_prefix(existing).ok()?;
    Some(existing.canonicalize().ok()?.join(rest))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_workspace_must_exclude_the_folder() {
        let root = TempDir::new().unwrap();
        let root = root.path();
        fs::create_dir_all(root.join("app")).unwrap();
        fs::write(root.join("app/Cargo.toml"), "[package]\nname = \"app\"\n").unwrap();
        let warning = |manifest: &str, out: &str| {
            fs::write(root.join("Cargo.toml"), manifest).unwrap();
            super::warning(&root.join(out))
        };
        for (manifest, out) in [
            ("[package]\nname = \"a\"\n", "sdk"),
            ("[workspace]\nexclude = [\"sdk\"]\n", "sdk"),
            (
                "[workspace]\nexclude = [\"b\", \"./app/sdk/\"]\n",
                "app/sdk",
            ),
            ("[workspace]\nexclude = [\"app\"]\n", "app/sdk"),
            ("[workspace", "sdk"),
        ] {
            assert_eq!(warning(manifest, out), None, "{manifest}");
        }
        for (manifest, out) in [
            ("[workspace]\n", "sdk"),
            ("[workspace]\nexclude = [\"sd\"]\n", "sdk"),
            (
                "[package]\nname = \"a\"\n[workspace]\nmembers = [\"app\"]\n",
                "app/sdk",
            ),
        ] {
            let warning = warning(manifest, out).unwrap();
            let remedy = format!("; add `exclude = [\"{out}\"]` to its [workspace]");
            assert!(warning.ends_with(&remedy), "{warning}");
        }
    }
}
