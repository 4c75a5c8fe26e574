//! Protocol cases in the format of botocore's protocol tests: the request that a call sends, and the output or
//! error that it returns for a response. Each file of cases becomes a module, generated from the model in the
//! file, with a program that runs the cases.
//!
//! The cases in this folder are written for this project. `PROTOCOL_TESTS` names a folder with further cases, such as
//! `input/json_1_0.json`. The test fails if it cannot run a file of that folder.

mod harness;
mod values;

use std::path::{Path, PathBuf};
use std::{env, fs};

use lean_aws_codegen::{Generated, ModelFile, ModelFiles};
use serde_json::json;

use crate::common;
use crate::crates::Workspace;
use crate::endpoints::harness as endpoints;
use crate::modules::Modules;
use crate::programs;

/// The beginning of every program. A test with its cases follows.
const PROGRAM: &str = concat!(
    include_str!("protocol/program.rs"),
    include_str!("protocol/cbor.rs")
);

/// Tests of the crates of fixtures, by the name of the fixture.
const FIXTURES: [(&str, &str); 5] = [
    ("bearer", include_str!("protocol/auth.rs")),
    // Endpoints that depend on the operation and its input.
    ("endpoint_context", include_str!("protocol/endpoints.rs")),
    ("presigned", include_str!("protocol/presigned.rs")),
    (
        "presigned_query",
        include_str!("protocol/presigned_query.rs"),
    ),
    ("rest_json", include_str!("protocol/labels.rs")),
];

/// The endpoint rules of a generated crate.
const OWN_RULES: &str = "|params| {
        use lean_aws_runtime::codegen::Service;
        (crate::service::ThisService::METADATA.endpoint)(params)
    }";

/// Cases that expect something else than what happens: each of them must fail.
const WRONG: [(&str, &str); 4] = [
    ("wrong_cbor", include_str!("protocol/wrong/cbor.json")),
    ("wrong_ec2", include_str!("protocol/wrong/ec2.json")),
    (
        "wrong_rest_json",
        include_str!("protocol/wrong/rest_json.json"),
    ),
    (
        "wrong_rest_xml",
        include_str!("protocol/wrong/rest_xml.json"),
    ),
];

/// Tests of types that would be very large.
const LARGE_TYPES: &str = include_str!("protocol/large_types.rs");

/// Returns a model whose output requires structures that double in size with each of 40 levels.
fn large_types() -> ModelFiles {
    let level = |i: usize| {
        let next = json!({"shape": format!("Level{}", i + 1)});
        let level =
            json!({"type": "structure", "required": ["X", "Y"], "members": {"X": next, "Y": next}});
        (format!("Level{i}"), level)
    };
    let mut shapes: serde_json::Map<_, _> = (0..40).map(level).collect();
    shapes.insert(
        "Level40".to_owned(),
        json!({"type": "structure", "members": {"Text": {"shape": "Text"}}}),
    );
    shapes.insert("Text".to_owned(), json!({"type": "string"}));
    shapes.insert(
        "Result".to_owned(),
        json!({"type": "structure", "members": {"Level": {"shape": "Level0"}}}),
    );
    let model = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2024-01-01", "endpointPrefix": "large", "jsonVersion": "1.1", "protocol": "json",
            "serviceId": "Large", "targetPrefix": "Large",
        },
        "operations": {"GetLevel": {"output": {"shape": "Result"}}},
        "shapes": shapes,
    });
    ModelFiles::new(ModelFile {
        name: "service-2.json".to_owned(),
        bytes: model.to_string().into_bytes(),
    })
}

#[test]
fn calls_send_and_return_the_values_in_the_cases() {
    let mut modules = Modules::default();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protocol");
    let folders = [Some(own), env::var_os("PROTOCOL_TESTS").map(PathBuf::from)];
    let mut failures = Vec::new();
    for (number, folder) in folders.into_iter().flatten().enumerate() {
        let cases = harness::read(&folder);
        failures.extend(cases.not_run);
        for (name, suites) in cases.files {
            let name = format!("{name}_{number}");
            let model = harness::model(&suites);
            let added = modules.add(&name, &model, |generated| {
                let rows = harness::rows(&suites, generated);
                programs::tests(format!("{PROGRAM}\n{rows}"))
            });
            added.unwrap_or_else(|faults| panic!("{name}: {faults}"));
        }
    }
    for (name, cases) in WRONG {
        let suites: Vec<serde_json::Value> = serde_json::from_str(cases).unwrap();
        let added = modules.add(name, &harness::model(&suites), |generated| {
            let rows = harness::failing_rows(&suites, generated);
            programs::tests(format!("{PROGRAM}\n{rows}"))
        });
        added.unwrap();
    }
    for (name, model) in common::models("fixtures").unwrap() {
        if let Some((_, program)) = FIXTURES.iter().find(|(fixture, _)| *fixture == name) {
            let program = |_: &Generated| programs::tests((*program).to_owned());
            modules.add(&name, &model, program).unwrap();
        }
    }
    let (functions, cases) = endpoints::functions();
    let mut program = endpoints::Program::default();
    program.add("functions", OWN_RULES, &cases["rules"], &cases);
    let program = |_: &Generated| program.into_extra();
    modules
        .add("endpoint_functions", &functions, program)
        .unwrap();
    let program = |_: &Generated| programs::tests(LARGE_TYPES.to_owned());
    modules.add("large_types", &large_types(), program).unwrap();
    let mut workspace = Workspace::new("protocol");
    workspace.add_modules("protocol", modules);
    let arguments = ["test", "--bins", "--no-default-features", "--no-fail-fast"];
    if !workspace.cargo(&arguments) {
        failures.push("a case fails, or a crate does not compile".to_owned());
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn files_that_are_not_run_are_reported() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("protocol-harness");
    // An earlier version of this test may have left other files.
    let _ = fs::remove_dir_all(&folder);
    let unknown = r#"[{"metadata": {"protocol": "unknown"}, "cases": []}]"#;
    let empty = r#"[{"metadata": {"protocol": "json"}, "cases": []}]"#;
    let unchecked = r#"[{"metadata": {"protocol": "json"}, "cases": [
        {"id": "A", "serialized": {"authType": "none"}}]}]"#;
    let sound = r#"[{"metadata": {"protocol": "json"}, "cases": [{"id": "A"}]}]"#;
    for (path, text) in [
        ("input/empty.json", empty),
        ("input/json_1_0.json", sound),
        ("output/json-1.1.json", sound),
        ("input/unknown.json", unknown),
        ("input/unchecked.json", unchecked),
        ("more/json_1_0.json", sound),
        ("output/notes.txt", "not JSON"),
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let found = harness::read(&folder);
    assert_eq!(
        found.files.keys().collect::<Vec<_>>(),
        ["input_json_1_0", "output_json-1.1"]
    );
    let not_run = found.not_run.iter().map(|it| {
        let path = it.strip_prefix(&format!("{}/", folder.display()));
        path.unwrap()
    });
    assert_eq!(
        not_run.collect::<Vec<_>>(),
        [
            "input/empty.json: there are no cases",
            "input/unchecked.json: \"A\": `authType` is not checked yet",
            "input/unknown.json: the protocol `unknown` is not supported yet",
            "more: cases are files in `input` or `output`",
            "output/notes.txt: expected ident at line 1 column 2",
        ]
    );
}
