//! Every fixture's output compiles, in a crate with the real runtime, with warnings denied.

mod common;
#[cfg(test)]
#[path = "common/crates.rs"]
mod crates;

use crates::{Extra, Workspace};

#[test]
fn fixtures_compile() {
    let mut workspace = Workspace::new("fixtures");
    for (name, model) in common::models("fixtures").unwrap() {
        let generated = codegen::generate(&model, None).unwrap();
        let name = format!("fixture_{name}");
        workspace.add(&name, &generated, &Extra::default());
    }
    assert!(
        workspace.cargo(&["check"]),
        "a fixture's crate does not compile"
    );
}
