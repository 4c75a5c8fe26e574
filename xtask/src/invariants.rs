//! Rules for the dependencies between modules.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::checkout::root;

/// The compiler keeps the runtime from using a generated crate. It must not mention one, either.
#[test]
fn the_runtime_mentions_no_service() {
    let found = lines_with(&runtime(), &["workspaces", "generated::"]).unwrap();
    assert_eq!(found, Vec::<String>::new());
}

/// A protocol other than those of JSON compiles no JSON.
#[test]
fn only_the_json_codec_and_its_protocols_mention_json() {
    let allowed = [
        "codec/json/",
        "codec/mod.rs",
        "protocol/aws_json.rs",
        "protocol/json_error.rs",
        "protocol/rest_json/",
        "protocol/mod.rs",
        // Macros, which name JSON only where a crate of such a protocol uses them.
        "presigning/macros.rs",
        "protocol/bindings/",
        "codegen.rs",
        "lib.rs",
    ];
    let found = lines_with(&runtime(), &["json"]).unwrap();
    let is_allowed = |line: &str| allowed.iter().any(|path| line.contains(path));
    // Comments are not compiled, and conditions only name features.
    let is_code = |line: &str| {
        !["// ", "//! ", "/// ", "feature = "]
            .iter()
            .any(|it| line.contains(it))
    };
    let found: Vec<_> = found
        .iter()
        .filter(|line| is_code(line) && !is_allowed(line))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Emitters depend on the plan, not on earlier stages.
#[test]
fn emitters_depend_on_the_plan_only() {
    let emit = root().unwrap().join("codegen/src/emit");
    let found = lines_with(
        &emit,
        &[
            "crate::source",
            "crate::lower",
            "crate::ir",
            "crate::passes",
        ],
    )
    .unwrap();
    assert_eq!(found, Vec::<String>::new());
}

fn runtime() -> PathBuf {
    root().unwrap().join("workspaces-sdk/runtime/src")
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
