//! The files that the generator's README names exist.

use std::path::Path;

/// The folders, relative to this crate, in which the README's paths start.
const FOLDERS: [&str; 5] = [
    ".",
    "..",
    "tests/fixtures",
    "tests/snapshots",
    "../models/workspaces/2015-04-08",
];

#[test]
fn the_files_that_the_readme_names_exist() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = include_str!("../README.md");
    let quoted = readme.split('`').skip(1).step_by(2);
    let endings = ["/", ".rs", ".json", ".snap"];
    let named = quoted.filter(|it| {
        !it.contains(char::is_whitespace) && endings.iter().any(|end| it.ends_with(end))
    });
    let named: Vec<&str> = named.collect();
    let is_there = |name: &&&str| FOLDERS.iter().any(|it| here.join(it).join(name).exists());
    let gone: Vec<&&str> = named.iter().filter(|name| !is_there(name)).collect();
    assert!(gone.is_empty(), "{gone:?}");
    assert!(named.len() > 30, "{named:?}");
}
