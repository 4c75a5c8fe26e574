//! Rules for the dependencies between modules.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::model::root;

/// The runtime supports any generated crate, so it depends on no service and no generated code.
#[test]
fn the_runtime_knows_no_service() {
    let runtime = root().unwrap().join("workspaces-sdk/src/runtime");
    assert_eq!(
        lines_with(&runtime, &["workspace", "generated::"]).unwrap(),
        Vec::<String>::new()
    );
}

/// Emitters depend on the plan, not on earlier stages.
#[test]
fn emitters_depend_on_the_plan_only() {
    let emit = root().unwrap().join("codegen/src/emit");
    let found = lines_with(&emit, &["crate::source", "crate::lower", "crate::passes"]).unwrap();
    assert_eq!(found, Vec::<String>::new());
}

/// Returns the lines of all files below a folder that contain one of the words, ignoring case.
fn lines_with(folder: &Path, words: &[&str]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut entries = fs::read_dir(folder)?.peekable();
    ensure!(entries.peek().is_some(), "{} is empty", folder.display());
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(lines_with(&path, words)?);
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let lines = text.lines().enumerate();
        let lines =
            lines.filter(|(_, line)| words.iter().any(|word| line.to_lowercase().contains(word)));
        found.extend(lines.map(|(i, line)| format!("{}:{}: {line}", path.display(), i + 1)));
    }
    Ok(found)
}
