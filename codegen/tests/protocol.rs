//! Protocol cases, in the format of botocore's protocol tests: what a call sends, and what it makes of an
//! answer. From the model of each file a crate is generated, with a program that runs its cases.
//!
//! The cases here are our own. `PROTOCOL_TESTS` names a folder with others, as `input/json_1_0.json`.

mod common;
#[cfg(test)]
#[path = "common/crates.rs"]
mod crates;
#[cfg(test)]
#[path = "protocol/harness.rs"]
mod harness;

use std::env;
use std::path::{Path, PathBuf};

use codegen::Files;
use crates::{Extra, Workspace};

/// What every program is: the rows for its cases follow.
const PROGRAM: &str = include_str!("protocol/program.rs");

/// The tests for endpoints that depend on what operations say.
const ENDPOINTS: &str = include_str!("protocol/endpoints.rs");

/// A crate with a program of tests.
fn with(program: String) -> Extra {
    Extra {
        files: Files::from([("src/protocol.rs".to_owned(), program)]),
        library: "\n#[cfg(test)]\nmod protocol;\n".to_owned(),
        manifest: "\n[dev-dependencies]\nserde_json = \"1.0.154\"\n",
    }
}

#[test]
fn protocol_cases() {
    let mut workspace = Workspace::new("protocol");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protocol");
    let folders = [Some(own), env::var_os("PROTOCOL_TESTS").map(PathBuf::from)];
    for (number, folder) in folders.into_iter().flatten().enumerate() {
        for direction in ["input", "output"] {
            for (name, suites) in harness::suites(&folder.join(direction)) {
                let name = format!("{direction}_{name}_{number}");
                let generated = codegen::generate(&harness::model(&suites), None);
                let generated = generated.unwrap_or_else(|faults| panic!("{name}: {faults}"));
                let program = format!("{PROGRAM}\n{}", harness::rows(&suites, &generated));
                workspace.add(&name, &generated, &with(program));
            }
        }
    }
    let (name, model) = (common::models("fixtures").unwrap().into_iter())
        .find(|(name, _)| name == "endpoint_context")
        .unwrap();
    let generated = codegen::generate(&model, None).unwrap();
    workspace.add(&name, &generated, &with(ENDPOINTS.to_owned()));
    // Without the default features there is no HTTPS client to build.
    let arguments = ["test", "--lib", "--no-default-features", "--no-fail-fast"];
    assert!(
        workspace.cargo(&arguments),
        "a case fails, or a crate does not compile"
    );
}
