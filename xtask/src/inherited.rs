//! What the manifest of a package inherits from its workspace. A copy of the package outside of the workspace needs it as well.

use anyhow::{Context, Result};
use toml_edit::{Array, DocumentMut, InlineTable, TableLike, Value};

/// Replaces the dependencies that a manifest inherits by what the manifest of the workspace says about them.
///
/// # Errors
/// When one of the manifests is not TOML, or the workspace has no such dependency.
pub(crate) fn resolve(manifest: &str, workspace: &str) -> Result<String> {
    let mut manifest: DocumentMut = manifest.parse()?;
    let workspace: DocumentMut = workspace.parse()?;
    let shared = workspace.get("workspace");
    let shared = shared.and_then(|it| it.get("dependencies"));
    let shared = shared.and_then(|it| it.as_table_like());
    let shared = shared.context("the workspace has no dependencies")?;
    // The dependencies of tests are not copied.
    let dependencies = manifest.get_mut("dependencies");
    let Some(dependencies) = dependencies.and_then(|it| it.as_table_like_mut()) else {
        return Ok(manifest.to_string());
    };
    for (name, dependency) in dependencies.iter_mut() {
        let Some(own) = dependency.as_table_like() else {
            continue;
        };
        if own.get("workspace").is_none() {
            continue;
        }
        let inherited = shared.get(&name);
        let inherited = inherited.with_context(|| format!("the workspace has no {name}"))?;
        let mut merged = match (inherited.as_str(), inherited.as_inline_table()) {
            (Some(version), _) => InlineTable::from_iter([("version", version)]),
            (None, Some(table)) => table.clone(),
            (None, None) => InlineTable::new(),
        };
        add(&mut merged, own);
        *dependency = toml_edit::value(merged);
    }
    Ok(manifest.to_string())
}

/// Adds what a package says about a dependency to what it inherits.
fn add(inherited: &mut InlineTable, own: &dyn TableLike) {
    for (key, item) in own.iter() {
        let Some(value) = item.as_value() else {
            continue;
        };
        match (key, inherited.get_mut(key).and_then(Value::as_array_mut)) {
            ("workspace", _) => {}
            ("features", Some(features)) => {
                let more = value.as_array().into_iter().flat_map(Array::iter);
                more.for_each(|it| features.push_formatted(it.clone().decorated(" ", "")));
            }
            _ => drop(inherited.insert(key, value.clone())),
        }
    }
    inherited.fmt();
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKSPACE: &str = r#"
[workspace.dependencies]
a = "1.2"
b = { version = "2", default-features = false, features = ["x"] }
"#;

    #[test]
    fn dependencies() {
        for (dependency, expected) in [
            ("a.workspace = true", r#"a = { version = "1.2" }"#),
            (
                "a = { workspace = true, optional = true }",
                r#"a = { version = "1.2", optional = true }"#,
            ),
            (
                r#"b = { workspace = true, features = ["y"] }"#,
                r#"b = { version = "2", default-features = false, features = ["x", "y"] }"#,
            ),
            (r#"c = "3""#, r#"c = "3""#),
            (r#"c = { version = "3" }"#, r#"c = { version = "3" }"#),
        ] {
            let manifest = format!("# A comment.\n[dependencies]\n{dependency}\n");
            let expected = format!("# A comment.\n[dependencies]\n{expected}\n");
            assert_eq!(resolve(&manifest, WORKSPACE).unwrap(), expected);
        }
    }

    #[test]
    fn errors() {
        let missing = "[dependencies]\nz.workspace = true\n";
        let error = resolve(missing, WORKSPACE).unwrap_err();
        assert_eq!(error.to_string(), "the workspace has no z");
        assert!(resolve("[", WORKSPACE).is_err());
        assert!(resolve(missing, "").is_err());
    }
}
