//! Every fixture's crate compiles without warnings, with the real runtime. So does the example of each
//! operation, which becomes a function of the crate.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "all of it is a test"
)]

mod common;
#[cfg(test)]
#[path = "common/crates.rs"]
mod crates;

use std::collections::BTreeMap;

use codegen::{Files, Generated, ModulePath, Options};
use crates::{Extra, Workspace};

#[test]
fn every_fixture_compiles() {
    let mut workspace = Workspace::new("fixtures");
    for (name, model) in common::models("fixtures").unwrap() {
        let name = format!("fixture_{name}");
        let options = Options {
            crate_name: Some(&name),
            ..Options::default()
        };
        let generated = codegen::generate(&model, &options).unwrap();
        let examples = examples(&name, &generated);
        workspace.add(&name, generated, examples);
    }
    let (root, modules) = clients_in_modules();
    workspace.add("clients_in_modules", root, modules);
    assert!(
        workspace.cargo(&["check"]),
        "a fixture's crate does not compile"
    );
}

/// A crate with a client at its root and two in modules.
fn clients_in_modules() -> (Generated, Extra) {
    let models: BTreeMap<_, _> = common::models("fixtures").unwrap().into_iter().collect();
    let mut extra = Extra::default();
    for (module, fixture) in [
        ("waiting", "waiters"),
        ("nested::paging", "paginated_operation"),
    ] {
        let path: ModulePath = module.parse().unwrap();
        let options = Options {
            module: Some(&path),
            ..Options::default()
        };
        let generated = codegen::generate(&models[fixture], &options).unwrap();
        let folder = module.replace("::", "/");
        let files = generated.files.into_iter();
        extra
            .files
            .extend(files.map(|(path, text)| (format!("src/{folder}/{path}"), text)));
    }
    extra.library =
        "\npub mod waiting;\n\n/// Nested.\npub mod nested {\n    pub mod paging;\n}\n".to_owned();
    let root = codegen::generate(&models["structure"], &Options::default()).unwrap();
    (root, extra)
}

/// A module with the examples, which refer to the crate by name.
fn examples(name: &str, generated: &Generated) -> Extra {
    let client = &generated.files["client.rs"];
    let blocks = client.split("/// ```no_run\n").skip(1);
    let mut program = String::new();
    for (i, block) in blocks.clone().enumerate() {
        let (block, _) = block.split_once("/// ```\n").unwrap();
        let lines = block
            .lines()
            .map(|line| line.trim_start().trim_start_matches("///"));
        let lines = lines.map(|line| line.strip_prefix(" # ").unwrap_or(line));
        let text = lines.collect::<Vec<_>>().join("\n");
        program += &text.replace("fn example(", &format!("fn example_{i}("));
        program += "\n";
    }
    let found = blocks.count();
    assert_eq!(
        found, generated.metadata.operations,
        "{name}: an example for each operation"
    );
    let named = format!("\nextern crate self as {name};\n");
    Extra {
        files: Files::from([("src/examples.rs".to_owned(), program)]),
        library: named + "#[allow(dead_code, deprecated)]\nmod examples;\n",
        manifest: "",
    }
}
