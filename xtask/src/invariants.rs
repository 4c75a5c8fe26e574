//! Rules that the compiler does not check: dependencies between modules, and the form of sources.

use std::collections::BTreeMap;
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

/// A fact about one service is a row of a table, and never a condition.
#[test]
fn the_code_names_no_service() {
    let root = root().unwrap();
    let table = fs::read_to_string(root.join("codegen/src/tables/services.json")).unwrap();
    let table: BTreeMap<String, serde_json::Value> = serde_json::from_str(&table).unwrap();
    let names: Vec<String> = table.keys().map(|id| format!("\"{id}\"")).collect();
    assert!(names.len() > 50);
    let stages =
        ["lower", "passes", "plan", "emit"].map(|stage| root.join("codegen/src").join(stage));
    for folder in stages.into_iter().chain([runtime()]) {
        each_file(&folder, &mut |path, text| {
            let is_test = path.components().any(|it| it.as_os_str() == "tests");
            let code = text.split("\nmod tests {").next().unwrap_or_default();
            let found = names.iter().find(|name| code.contains(*name));
            let is_test = is_test || path.ends_with("tests.rs");
            assert!(is_test || found.is_none(), "{}: {found:?}", path.display());
        })
        .unwrap();
    }
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

/// The builds of the runtime and of a generated crate do not include the code that few programs need.
#[test]
fn functions_that_few_programs_need_are_inline() {
    let files = [
        "auth/custom.rs",
        "auth/macros.rs",
        "auth/shared_cache.rs",
        "endpoint/custom.rs",
        "endpoint/macros.rs",
        "endpoint/params.rs",
        "interceptor/bag.rs",
        "interceptor/classifiers.rs",
        "interceptor/execution.rs",
        "interceptor/failure.rs",
        "orchestrator/intercepted.rs",
        "presigning/intercepted.rs",
        "settings/invocation_id.rs",
        "settings/macros/bearer.rs",
        "settings/macros/builder.rs",
        "settings/macros/config.rs",
        "settings/macros/extensions.rs",
        "settings/macros/plumbing.rs",
    ];
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(runtime().join(file)).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let mut before = code;
        while let Some((rest, signature)) = before.rsplit_once("fn ") {
            let declaration = rest.lines().next_back().unwrap();
            let is_function = ["", "pub", "pub(crate)", "pub(super)", "async", "const"].contains(
                &declaration
                    .split_whitespace()
                    .next_back()
                    .unwrap_or_default(),
            );
            let end = signature.find(['{', ';']).unwrap();
            let has_body = signature[end..].starts_with('{');
            let attribute = rest.lines().nth_back(1).unwrap_or_default();
            if is_function && has_body && attribute.trim() != "#[inline]" {
                let name = signature.split(['(', '<']).next().unwrap();
                found.push(format!("{file}: {name}"));
            }
            before = rest;
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

/// The programs of tests consist of modules. A file that none of them names would be skipped silently.
#[test]
fn every_file_of_tests_belongs_to_a_program() {
    let root = root().unwrap();
    for package in ["codegen", "workspaces-sdk", "workspaces-sdk/tests/drop-in"] {
        let package = root.join(package);
        let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap();
        let mut sources = Vec::new();
        for folder in ["src", "tests"] {
            sources_of_package(&package.join(folder), &mut sources);
        }
        let is_named = |path: &Path| {
            let module = match path.ends_with("mod.rs") {
                true => path.parent().unwrap(),
                false => path,
            };
            let (folder, name) = (module.parent().unwrap(), module.file_stem().unwrap());
            let name = name.to_str().unwrap();
            let declaration = format!("mod {name};");
            let file = module.with_extension("rs");
            let file = file.file_name().unwrap().to_str().unwrap();
            let paths = [format!("/{file}\""), format!("\"{file}\"")];
            manifest.contains(&format!("name = \"{name}\""))
                || sources.iter().any(|(parent, text)| {
                    let is_parent =
                        parent.parent() == Some(folder) || parent.with_extension("") == folder;
                    (is_parent && text.contains(&declaration))
                        || paths.iter().any(|path| text.contains(path))
                })
        };
        let tests = sources.iter().map(|(path, _)| path.as_path());
        let tests = tests.filter(|path| path.starts_with(package.join("tests")));
        let (named, skipped): (Vec<_>, Vec<_>) = tests.partition(|path| is_named(path));
        assert_eq!(skipped, Vec::<&Path>::new());
        assert!(named.len() > 3, "{named:?}");
    }
}

/// Adds the Rust files below a folder that belong to the same package, with their texts.
fn sources_of_package(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        } else if path.is_dir() && !path.join("Cargo.toml").exists() {
            sources_of_package(&path, found);
        }
    }
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
            // It could import one of them in braces.
            "use crate::{",
        ],
    )
    .unwrap();
    assert_eq!(found, Vec::<String>::new());
}

fn runtime() -> PathBuf {
    root().unwrap().join("workspaces-sdk/runtime/src")
}

/// The number of columns that rustdoc shows in a window of 1200 pixels.
const MAX_COLUMNS: usize = 92;

/// Examples in the documentation are readable without scrolling.
#[test]
fn examples_do_not_scroll() {
    let root = root().unwrap();
    let mut wide = Vec::new();
    for folder in ["workspaces-sdk/src", "workspaces-sdk/config/src"] {
        each_file(&root.join(folder), &mut |path, text| {
            let is_markdown = path.extension().is_some_and(|it| it == "md");
            let mut in_example = false;
            for line in text.lines() {
                let doc = match is_markdown {
                    true => Some(line),
                    false => documentation(line),
                };
                let Some(doc) = doc else {
                    in_example = false;
                    continue;
                };
                if doc.trim_start().starts_with("```") {
                    in_example = !in_example;
                } else if in_example && !doc.starts_with("# ") && doc.chars().count() > MAX_COLUMNS
                {
                    wide.push(format!("{}: {doc}", path.display()));
                }
            }
        })
        .unwrap();
    }
    assert_eq!(wide, Vec::<String>::new());
}

/// Returns the text of a line of documentation.
fn documentation(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let doc = line.strip_prefix("///").or(line.strip_prefix("//!"))?;
    Some(doc.strip_prefix(' ').unwrap_or(doc))
}

/// Returns the lines of all files below a folder that contain one of the words, ignoring case.
fn lines_with(folder: &Path, words: &[&str]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    each_file(folder, &mut |path, text| {
        let lines = text.lines().enumerate();
        let lines =
            lines.filter(|(_, line)| words.iter().any(|word| line.to_lowercase().contains(word)));
        found.extend(lines.map(|(i, line)| format!("{}:{}: {line}", path.display(), i + 1)));
    })?;
    Ok(found)
}

/// Calls `visit` with the path and the text of each file below a folder.
fn each_file(folder: &Path, visit: &mut dyn FnMut(&Path, &str)) -> Result<()> {
    let mut entries = fs::read_dir(folder)?.peekable();
    ensure!(entries.peek().is_some(), "{} is empty", folder.display());
    for entry in entries {
        let path = entry?.path();
        match path.is_dir() {
            true => each_file(&path, visit)?,
            false => visit(&path, &fs::read_to_string(&path)?),
        }
    }
    Ok(())
}
