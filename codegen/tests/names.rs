//! Models whose names are those of generated code: their crates compile, or the models are rejected.
//!
//! A normal run tries a part of the names. For all of them:
//!
//! ```sh
//! CODEGEN_HOSTILE_NAMES=1 cargo test -p lean-aws-codegen --test generator names
//! ```

mod models;

use std::collections::BTreeSet;
use std::env;

use lean_aws_codegen::{
    Diagnostic, Fault, Generated, ModelFile, ModelFiles, NameFault, Options, Scope,
};
use serde_json::Value;

use crate::common;
use crate::crates::{Extra, Workspace};
use crate::modules::Modules;

/// The names of types of the runtime that a type of the model cannot have if it contains one of them.
const REJECTED: [&str; 3] = ["Blob", "DateTime", "Format"];

/// Members, values, types, operations and waiters with the names that generated code uses compile without warnings.
#[test]
fn every_name_of_generated_code_can_be_a_name_of_the_model() {
    let fixtures = common::models("fixtures").unwrap().into_iter();
    let generated = fixtures.map(|(_, model)| {
        let generated = lean_aws_codegen::generate(&model, &Options::default()).unwrap();
        generated.files.into_values().collect::<Vec<_>>().join("\n")
    });
    let names = models::all(generated);
    assert!(names.len() > 600, "only {} names", names.len());
    let mut modules = Modules::default();
    let is_long = env::var_os("CODEGEN_HOSTILE_NAMES").is_some();
    for (i, (kind, step)) in models::KINDS.into_iter().enumerate() {
        let step = if is_long { 1 } else { step };
        let mut rest: BTreeSet<String> =
            names.iter().skip(i % step).step_by(step).cloned().collect();
        for number in 0..4 {
            let (names, generated) = generate(kind, std::mem::take(&mut rest), &mut rest);
            println!("{kind}: {} names", names.len());
            let name = format!("hostile_{kind}_{number}");
            modules.add_generated(&name, generated, Extra::default());
            if rest.is_empty() {
                break;
            }
        }
        assert!(rest.is_empty(), "{kind}: no crate for {rest:?}");
    }
    let mut workspace = Workspace::new("hostile_names");
    workspace.has_declared_features = true;
    workspace.add_modules("hostile_names", modules);
    assert!(workspace.cargo(&["build"]), "a crate does not compile");
}

/// Generates a crate whose items have these names. Moves the names that are the same as others in Rust to `rest`.
fn generate(
    kind: &str,
    mut names: BTreeSet<String>,
    rest: &mut BTreeSet<String>,
) -> (BTreeSet<String>, Generated) {
    loop {
        let (model, waiters) = models::model_of(kind, &names);
        let mut model = ModelFiles::new(file("service-2.json", &model));
        model.waiters = waiters.map(|waiters| file("waiters-2.json", &waiters));
        let faults = match lean_aws_codegen::generate(&model, &Options::default()) {
            Ok(generated) => return (names, generated),
            Err(faults) => faults,
        };
        let before = names.len();
        for Diagnostic { fault, .. } in &faults.0 {
            match fault {
                Fault::Name(NameFault::Same {
                    names: [_, name], ..
                }) if names.remove(name) => {
                    rest.insert(name.clone());
                }
                // A type that contains another one of the same name, which is not the model's.
                Fault::Name(NameFault::Taken { rust, .. }) if REJECTED.contains(&rust.as_str()) => {
                    names.retain(|name| models::camel(name) != *rust);
                }
                Fault::Name(NameFault::Taken {
                    rust,
                    scope: Scope::OperationError,
                }) => {
                    names.retain(|name| models::camel(name) != *rust);
                }
                // Both are removed already.
                Fault::Name(NameFault::Same {
                    names: [other, name],
                    ..
                }) if rest.contains(name) || rest.contains(other) => {}
                fault => panic!("{kind}: {fault}"),
            }
        }
        assert!(names.len() < before, "{kind}: {faults}");
    }
}

fn file(name: &str, json: &Value) -> ModelFile {
    ModelFile {
        name: name.to_owned(),
        bytes: json.to_string().into_bytes(),
    }
}
