//! Removes the tests of vendored crates, which need files and dependencies that an SDK does not have.
//!
//! The sources are formatted by rustfmt, so that an item ends at the first line that closes it at its own indentation.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::Lines;

use crate::Files;

const TEST: &str = "#[cfg(test)]";

/// Removes all items with `#[cfg(test)]`, the files of such modules, and the data that only tests read.
pub(super) fn without_tests(sources: &Files) -> Files {
    let mut removed = BTreeSet::new();
    let mut kept = Files::new();
    for (path, text) in sources {
        let (text, modules) = strip(text);
        let folder = module_folder(path);
        removed.extend(modules.iter().map(|module| format!("{folder}{module}")));
        kept.insert(path.clone(), text);
    }
    kept.retain(|path, _| {
        let stem = path.strip_suffix(".rs").unwrap_or(path);
        !removed.iter().any(|module| {
            let below = stem.strip_prefix(module.as_str());
            below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
        })
    });
    let code: Vec<&String> = kept
        .iter()
        .filter_map(|(path, text)| path.ends_with(".rs").then_some(text))
        .collect();
    let is_read = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        path.ends_with(".rs") || code.iter().any(|text| text.contains(name))
    };
    let read: BTreeSet<String> = kept.keys().filter(|path| is_read(path)).cloned().collect();
    kept.retain(|path, _| read.contains(path));
    kept
}

/// Whether a line is the attribute of an item that only tests have.
fn is_of_tests(line: &str) -> bool {
    let is_condition = line.starts_with("#[cfg(all(");
    line == TEST || is_condition && (line.contains("(test, ") || line.ends_with(", test))]"))
}

/// The folder of the modules that a file declares, with `/` at its end unless it is empty.
fn module_folder(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = match folder {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    match name {
        "lib.rs" | "mod.rs" => folder,
        name => format!("{folder}{}/", name.trim_end_matches(".rs")),
    }
}

/// Removes the items with `#[cfg(test)]`, and returns the names of those that are modules in files.
fn strip(text: &str) -> (String, Vec<String>) {
    let mut kept: Vec<&str> = Vec::new();
    let mut modules = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let item = line.trim_start();
        if !is_of_tests(item) {
            kept.push(line);
            continue;
        }
        let indentation = line.len().saturating_sub(item.len());
        // The comments and attributes before it.
        let belongs = |line: &&str| {
            let item = line.trim_start();
            (item.starts_with("///") || item.starts_with("#["))
                && item.len() + indentation == line.len()
        };
        while kept.last().is_some_and(belongs) {
            kept.pop();
        }
        if let Some(module) = skip_item(&mut lines, indentation) {
            modules.push(module);
        }
        // The blank line before the item, if another one or the end of the block follows.
        let ends = |next: &&str| next.is_empty() || next.trim_start().starts_with('}');
        if kept.last().is_some_and(|line| line.is_empty()) && lines.peek().is_none_or(ends) {
            kept.pop();
        }
    }
    let text: String = kept.iter().map(|line| format!("{line}\n")).collect();
    (text, modules)
}

/// Skips the rest of an item, from the attributes after `#[cfg(test)]`. Returns its name if it is a module in a file.
fn skip_item(lines: &mut Peekable<Lines<'_>>, indentation: usize) -> Option<String> {
    let is_end = |line: &str, closed: &[char]| {
        let rest = line.trim_start();
        line.len().saturating_sub(rest.len()) == indentation && rest.starts_with(closed)
    };
    while let Some(line) = lines.next() {
        let item = line.trim();
        if item.starts_with("#[") {
            while !item.ends_with(']') && lines.next().is_some_and(|line| !is_end(line, &[')'])) {}
            continue;
        }
        if !item.ends_with([';', '}']) {
            while lines.next().is_some_and(|line| !is_end(line, &['}'])) {}
        }
        let module = item.strip_prefix("pub(crate) ").unwrap_or(item);
        let module = module.strip_prefix("mod ")?.strip_suffix(';')?;
        return Some(module.to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn items_of_tests_are_removed() {
        for (source, expected) in [
            (
                "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    fn b() {\n    }\n}\n",
                "fn a() {}\n",
            ),
            (
                "mod a;\n/// Doc.\n#[cfg(test)]\n#[expect(\n    x,\n)]\nmod tests;\nmod b;\n",
                "mod a;\nmod b;\n",
            ),
            ("#[cfg(test)]\nuse a::b;\nuse c;\n", "use c;\n"),
            (
                "#[cfg(all(feature = \"d\", test))]\nmod a;\nmod b;\n",
                "mod b;\n",
            ),
            (
                "impl A {\n    fn a() {}\n\n    #[cfg(unix)]\n    #[cfg(test)]\n    fn b() {\n        {\n        }\n    }\n}\n",
                "impl A {\n    fn a() {}\n}\n",
            ),
            (
                "fn a() {}\n\n#[cfg(test)]\nfn b() {}\n\n#[cfg(any(c, test))]\nfn d() {}\n",
                "fn a() {}\n\n#[cfg(any(c, test))]\nfn d() {}\n",
            ),
        ] {
            assert_eq!(strip(source).0, expected);
        }
    }

    #[test]
    fn files_of_tests_are_removed() {
        let sources = [
            ("lib.rs", "mod a;\nmod b;\n#[cfg(test)]\nmod l_tests;\n"),
            ("l_tests.rs", ""),
            ("l_tests/data.rs", ""),
            ("a.rs", "#[cfg(test)]\nmod tests;\n"),
            (
                "a/tests.rs",
                "const KEY: &str = include_str!(\"key.pem\");\n",
            ),
            ("a/key.pem", ""),
            (
                "b/mod.rs",
                "#[cfg(test)]\nmod tests;\nconst B: &str = include_str!(\"b.txt\");\n",
            ),
            ("b/tests/mod.rs", ""),
            ("b/tests_of.rs", ""),
            ("b/b.txt", ""),
        ];
        let sources = sources.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let kept = without_tests(&Files::from(sources));
        let paths: Vec<&String> = kept.keys().collect();
        assert_eq!(
            paths,
            ["a.rs", "b/b.txt", "b/mod.rs", "b/tests_of.rs", "lib.rs"]
        );
    }

    /// What is left of the vendored crates is Rust, and has a file for each of its modules.
    #[test]
    fn vendored_crates_are_whole_without_their_tests() {
        for folder in ["runtime", "config"] {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../workspaces-sdk");
            let mut sources = Files::new();
            read(&root.join(folder).join("src"), "", &mut sources);
            let kept = without_tests(&sources);
            assert!(kept.len() > 40 && kept.len() < sources.len(), "{folder}");
            for (path, text) in &kept {
                // Documentation that Rust includes.
                if path.ends_with(".md") {
                    continue;
                }
                assert!(path.ends_with(".rs"), "{path}");
                for part in [TEST, "#[test]", "../tests/"] {
                    assert!(!text.contains(part), "{path} contains {part}");
                }
                let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
                for item in file.items {
                    let syn::Item::Mod(module) = item else {
                        continue;
                    };
                    let declared = format!("{}{}", module_folder(path), module.ident);
                    let files = [format!("{declared}.rs"), format!("{declared}/mod.rs")];
                    let exists = files.iter().any(|file| kept.contains_key(file));
                    assert!(exists || module.content.is_some(), "{declared}");
                }
            }
        }
    }

    fn read(folder: &Path, prefix: &str, files: &mut Files) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            match entry.file_type().unwrap().is_dir() {
                true => read(&entry.path(), &format!("{path}/"), files),
                false => drop(files.insert(path, std::fs::read_to_string(entry.path()).unwrap())),
            }
        }
    }
}
