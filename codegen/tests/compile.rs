//! The crates of all fixtures compile without warnings, with the real runtime, and so does a copy of `lean-aws-config`. The
//! examples of their operations and the calls of their READMEs, which become functions of the crates, compile as well.

use std::collections::BTreeMap;

use lean_aws_codegen::{Files, Generated, ModulePath, Options};

use crate::common;
use crate::crates::{Extra, Workspace};
use crate::hostile_models::hostile;
use crate::modules::Modules;

#[test]
fn every_fixture_compiles() {
    let mut workspace = Workspace::new("fixtures");
    workspace.config = true;
    let mut modules = Modules::default();
    for (name, model) in common::models("fixtures").unwrap() {
        let name = format!("fixture_{name}");
        let options = Options {
            crate_name: Some(&name),
            ..Options::default()
        };
        let generated = lean_aws_codegen::generate(&model, &options).unwrap();
        let examples = examples(&name, &generated);
        modules.add_generated(&name, generated, examples);
    }
    for (name, generated) in hostile_crates(&HOSTILE) {
        modules.add_generated(&name, generated, Extra::default());
    }
    workspace.add_modules("fixtures", modules);
    let (root, modules) = clients_in_modules();
    workspace.add("clients_in_modules", root, modules);
    assert!(
        workspace.cargo(&["build", "--features", "blocking,serde"]),
        "a fixture's crate does not compile"
    );
    workspace.assert_dependencies_are_shared();
}

/// The fixtures whose hostile copies are compiled with the others.
const HOSTILE: [&str; 4] = ["whole", "whole_smithy", "examples", "endpoint_rules"];

/// Generates crates from models in which every string is hostile, all or those with these names.
fn hostile_crates(names: &[&str]) -> Vec<(String, Generated)> {
    let mut crates = Vec::new();
    for folder in ["fixtures", "mutation"] {
        let smithy = common::smithy_models(folder).unwrap().into_iter();
        let smithy = smithy.map(|(name, model)| (name + "_smithy", model));
        for (name, model) in common::models(folder).unwrap().into_iter().chain(smithy) {
            if !names.is_empty() && !names.contains(&name.as_str()) {
                continue;
            }
            let name = format!("hostile_{name}");
            let options = Options {
                crate_name: Some(&name),
                ..Options::default()
            };
            let generated = lean_aws_codegen::generate(&hostile(&model), &options).unwrap();
            crates.push((name, generated));
        }
    }
    crates
}

/// The documentation of all hostile crates has no warnings, and its tests are those of the generator. This takes minutes,
/// so it is only run if `CODEGEN_DOCUMENTATION` is set.
#[test]
fn hostile_documentation() {
    if std::env::var_os("CODEGEN_DOCUMENTATION").is_none() {
        return;
    }
    let mut workspace = Workspace::new("hostile");
    for (name, generated) in hostile_crates(&[]) {
        workspace.add(&name, generated, Extra::default());
    }
    assert!(
        workspace.cargo(&["doc", "--no-deps"]),
        "the documentation has warnings"
    );
    assert!(
        workspace.cargo(&["test", "--doc"]),
        "a test of the documentation fails"
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
        let generated = lean_aws_codegen::generate(&models[fixture], &options).unwrap();
        let folder = module.replace("::", "/");
        let files = generated.files.into_iter();
        extra
            .files
            .extend(files.map(|(path, text)| (format!("src/{folder}/{path}"), text)));
    }
    extra.library =
        "\npub mod waiting;\n\n/// Nested.\npub mod nested {\n    pub mod paging;\n}\n".to_owned();
    let root = lean_aws_codegen::generate(&models["structure"], &Options::default()).unwrap();
    (root, extra)
}

/// A module with the examples, which refer to the crate by its name.
fn examples(name: &str, generated: &Generated) -> Extra {
    let client = blocks(&generated.files["client.rs"]);
    let waiters = blocks(&generated.files["waiters/mod.rs"]);
    let mut program = String::new();
    for (i, block) in client.iter().chain(&waiters).enumerate() {
        program += &block.replace("fn example(", &format!("fn example_{i}("));
        program += "\n";
    }
    let call = &generated.first_call;
    assert!(
        !call.statements.is_empty(),
        "{name} has no call for its README"
    );
    program += &format!(
        "async fn first_call(client: &{name}::Client) -> Result<(), {name}::Error> {{\n{}\n{}\nOk(())\n}}\n",
        call.imports.join("\n"),
        call.statements.join("\n")
    );
    assert_eq!(
        client.len(),
        1 + generated.metadata.operations,
        "{name}: an example for the client and for each operation"
    );
    let imported = format!("use crate as {name};\n\n");
    Extra {
        files: Files::from([("src/examples.rs".to_owned(), imported + &program)]),
        library: "\n#[allow(dead_code, deprecated)]\nmod examples;\n".to_owned(),
        manifest: String::new(),
    }
}

/// The examples in the documentation of a file, with their hidden lines.
fn blocks(file: &str) -> Vec<String> {
    let docs = file.lines().filter_map(|line| {
        let line = line.trim_start();
        line.strip_prefix("///").or(line.strip_prefix("//!"))
    });
    let mut blocks = Vec::new();
    let mut block = None;
    for line in docs.map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        match (line, &mut block) {
            ("```no_run", _) => block = Some(String::new()),
            ("```", _) => blocks.extend(block.take()),
            (line, Some(block)) => {
                *block += line.strip_prefix("# ").unwrap_or(line);
                *block += "\n";
            }
            (_, None) => {}
        }
    }
    blocks
}
