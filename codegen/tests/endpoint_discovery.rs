//! The client of the fixture `endpoint_discovery` discovers its endpoint and keeps it valid.
//!
//! [`program.rs`](endpoint_discovery/program.rs) has the tests, which become a module of the generated crate.

use lean_aws_codegen::{Files, Options};

use crate::common;
use crate::crates::{DEPENDENCIES, Extra, Workspace};

#[test]
fn endpoints_are_discovered() {
    let models = common::models("fixtures").unwrap();
    let named = |(name, _): &(String, _)| name == "endpoint_discovery";
    let (name, model) = models.into_iter().find(named).unwrap();
    let options = Options {
        crate_name: Some(&name),
        ..Options::default()
    };
    let generated = lean_aws_codegen::generate(&model, &options).unwrap();
    let program = include_str!("endpoint_discovery/program.rs").to_owned();
    let extra = Extra {
        files: Files::from([("src/program.rs".to_owned(), program)]),
        library: "\n#[cfg(test)]\nmod program;\n".to_owned(),
        manifest: DEPENDENCIES.to_owned(),
    };
    let mut workspace = Workspace::new("discovery");
    workspace.has_declared_features = true;
    workspace.add(&name, generated, extra);
    // The tests of the documentation include the example of the method.
    assert!(
        workspace.cargo(&["test"]),
        "a test of the generated crate fails"
    );
}
