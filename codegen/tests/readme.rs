//! The files named in the README of the generator exist.

use std::path::Path;

/// The folders that contain these files, relative to this crate.
const FOLDERS: [&str; 5] = [
    ".",
    "..",
    "tests/fixtures",
    "tests/snapshots",
    "../models/workspaces/2015-04-08",
];

#[test]
fn named_files_exist() {
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = include_str!("../README.md");
    let code_spans = readme.split('`').skip(1).step_by(2);
    let endings = ["/", ".rs", ".json", ".snap"];
    let is_file = |span: &&str| {
        !span.contains(char::is_whitespace) && endings.iter().any(|end| span.ends_with(end))
    };
    let files: Vec<&str> = code_spans.filter(is_file).collect();
    let exists = |file: &str| {
        FOLDERS
            .iter()
            .any(|folder| crate_root.join(folder).join(file).exists())
    };
    let missing: Vec<&&str> = files.iter().filter(|file| !exists(file)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(files.len() > 30, "{files:?}");
}
