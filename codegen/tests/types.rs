//! Types behave like those of the official crates: what is printed, what is decoded if members are not set, and what is sent.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

#[path = "common/crates.rs"]
mod crates;
#[path = "common/programs.rs"]
mod programs;

use std::fs;
use std::path::Path;

use codegen::{Generated, ModelFile, ModelFiles, Options};
use crates::Workspace;
use serde_json::Value;

/// The tests of the generated crates. Those after the line about null are for JSON.
const PROGRAM: &str = include_str!("types/program.rs");

const NULL: &str = "// XML has no null.";

/// Generates a crate of `types/model.json`, which is an awsJson service, for another protocol.
fn generate(protocol: &str) -> Generated {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/types/model.json");
    let mut model: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let traits = model["shapes"]["com.example#Types"]["traits"]
        .as_object_mut()
        .unwrap();
    let of_json = traits.remove("aws.protocols#awsJson1_1").unwrap();
    traits.insert(protocol.to_owned(), of_json);
    if protocol.ends_with("Xml") {
        let item = &mut model["shapes"]["com.example#Item"]["members"];
        item.as_object_mut().unwrap().remove("Sparse").unwrap();
    }
    let model = ModelFiles::new(ModelFile {
        name: "model.json".to_owned(),
        bytes: model.to_string().into_bytes(),
    });
    codegen::generate(&model, &Options::default()).unwrap()
}

#[test]
fn types_behave_like_official_ones() {
    let mut workspace = Workspace::new("types");
    for (name, protocol) in [
        ("types_json", "aws.protocols#awsJson1_1"),
        ("types_rest_json", "aws.protocols#restJson1"),
        ("types_rest_xml", "aws.protocols#restXml"),
    ] {
        let generated = generate(protocol);
        assert_eq!(generated.warnings.len(), 1, "{:?}", generated.warnings);
        let (common, of_null) = PROGRAM.split_once(NULL).unwrap();
        let of_null = of_null.trim_start_matches(|_: char| protocol.ends_with("Xml"));
        let program = common.replace("\"PROTOCOL\"", &format!("{name:?}")) + of_null;
        workspace.add(name, generated, programs::tests(program));
    }
    assert!(
        workspace.cargo(&["test", "--lib", "--no-default-features"]),
        "a type differs from that in an official crate"
    );
}
