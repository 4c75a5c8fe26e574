//! Types behave like those of the official crates: what is printed, what is decoded if members are not set, and what is sent.

use std::fs;
use std::path::Path;

use lean_aws_codegen::{ModelFile, ModelFiles};
use serde_json::Value;

use crate::crates::Workspace;
use crate::modules::Modules;
use crate::programs;

/// The tests of the generated crates. Those after the line about null are for JSON.
const PROGRAM: &str = include_str!("types/program.rs");

const NULL: &str = "// XML has no null.";

/// The tests of serde in the generated crates.
const SERDE: &str = include_str!("types/serde.rs");

/// The members that XML and forms cannot have.
const WITH_NULL: [&str; 3] = ["Sparse", "SparseTexts", "Anything"];

/// Reads a model of an awsJson service, and makes it one of another protocol.
fn model(name: &str, protocol: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/types");
    let mut model: Value = serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap();
    let shapes = model["shapes"].as_object_mut().unwrap();
    let service = shapes.values_mut().find(|it| it["type"] == "service");
    let traits = service.unwrap()["traits"].as_object_mut().unwrap();
    let of_json = traits.remove("aws.protocols#awsJson1_1").unwrap();
    traits.insert(protocol.to_owned(), of_json);
    if !has_null(protocol) {
        let item = &mut model["shapes"]["com.example#Item"]["members"];
        (item.as_object_mut().unwrap()).retain(|name, _| !WITH_NULL.contains(&name.as_str()));
    }
    model
}

fn has_null(protocol: &str) -> bool {
    !protocol.ends_with("Xml") && !protocol.ends_with("Query")
}

fn files(model: &Value) -> ModelFiles {
    ModelFiles::new(ModelFile {
        name: "model.json".to_owned(),
        bytes: model.to_string().into_bytes(),
    })
}

#[test]
fn types_behave_like_official_ones() {
    let mut modules = Modules::default();
    for (name, protocol) in [
        ("types_json", "aws.protocols#awsJson1_1"),
        ("types_rest_json", "aws.protocols#restJson1"),
        ("types_rest_xml", "aws.protocols#restXml"),
    ] {
        let (common, of_null) = PROGRAM.split_once(NULL).unwrap();
        let of_null = of_null.trim_start_matches(|_: char| protocol.ends_with("Xml"));
        let program = common.replace("\"PROTOCOL\"", &format!("{name:?}")) + of_null;
        let added = modules.add(name, &files(&model("model.json", protocol)), |generated| {
            assert_eq!(generated.warnings.len(), 1, "{:?}", generated.warnings);
            programs::tests(program)
        });
        added.unwrap();
    }
    for (name, protocol) in [
        ("serde_json_1_1", "aws.protocols#awsJson1_1"),
        ("serde_cbor", "smithy.protocols#rpcv2Cbor"),
        ("serde_rest_json", "aws.protocols#restJson1"),
        ("serde_rest_xml", "aws.protocols#restXml"),
        ("serde_query", "aws.protocols#awsQuery"),
        ("serde_ec2", "aws.protocols#ec2Query"),
    ] {
        let model = files(&model("serde.json", protocol));
        let null = if has_null(protocol) { "yes" } else { "no" };
        let program = SERDE.replace("PROTOCOL_HAS_NULL", null);
        let added = modules.add(name, &model, |_| programs::tests(program));
        added.unwrap();
    }
    let mut workspace = Workspace::new("types");
    workspace.add_modules("types", modules);
    assert!(
        workspace.cargo(&[
            "test",
            "--bins",
            "--no-default-features",
            "--features",
            "serde"
        ]),
        "a type differs from that in an official crate, or in serde"
    );
}
