//! Turns endpoint rules with test cases into a program.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use lean_aws_codegen::{Files, ModelFile, ModelFiles};
use serde_json::{Value, json};

use crate::crates::Extra;
use crate::programs;

/// The rules that use all functions, with their cases.
const FUNCTIONS: &str = include_str!("functions.json");

/// The beginning of every program. A table of services follows.
const PROGRAM: &str = include_str!("program.rs");

/// The model, the rules and the cases of [`FUNCTIONS`].
pub(crate) fn functions() -> (ModelFiles, Value) {
    let cases: Value = serde_json::from_str(FUNCTIONS).unwrap();
    let model = json!({
        "metadata": {
            "apiVersion": "2024-01-01", "endpointPrefix": "functions", "jsonVersion": "1.1", "protocol": "json",
            "serviceId": "Functions", "targetPrefix": "Functions",
        },
        "operations": {"Get": {
            "input": {"shape": "Input"},
            "operationContextParams": {"Names": {"path": "Names"}},
        }},
        "shapes": {
            "Input": {"type": "structure", "members": {
                "Case": {"shape": "Text", "contextParam": {"name": "Case"}},
                "Name": {"shape": "Text", "contextParam": {"name": "Name"}},
                "Names": {"shape": "Texts"},
            }},
            "Text": {"type": "string"},
            "Texts": {"type": "list", "member": {"shape": "Text"}},
        },
        "clientContextParams": {
            "Fast": {"type": "boolean"},
            "Suffix": {"type": "string"},
        },
    });
    let file = |name: &str, value: &Value| ModelFile {
        name: name.to_owned(),
        bytes: value.to_string().into_bytes(),
    };
    let files = ModelFiles {
        endpoint_rules: Some(file("endpoint-rule-set-1.json", &cases["rules"])),
        partitions: Some(file("partitions.json", &cases["partitions"])),
        ..ModelFiles::new(file("service-2.json", &model))
    };
    (files, cases)
}

/// A program that resolves the endpoints of cases.
#[derive(Default)]
pub(crate) struct Program {
    /// The rows of the table of services.
    rows: String,
    /// The rules and cases.
    files: Files,
}

impl Program {
    /// Adds the cases of a service. `rules` is an expression for a function.
    pub(crate) fn add(&mut self, name: &str, rules: &str, set: &Value, tests: &Value) {
        let [set, tests] = [("rules", set), ("tests", tests)].map(|(kind, value)| {
            let file = format!("{name}.{kind}.json");
            self.files.insert(format!("src/{file}"), value.to_string());
            format!("include_str!({file:?})")
        });
        writeln!(self.rows, "    ({name:?}, {rules}, {set}, {tests}),").unwrap();
    }

    /// The module of tests.
    pub(crate) fn into_extra(self) -> Extra {
        let rows = self.rows;
        let table = format!("const SERVICES: &[(&str, Rules, &str, &str)] = &[\n{rows}];\n");
        let mut extra = programs::tests(format!("{PROGRAM}\n{table}"));
        extra.files.extend(self.files);
        extra
    }
}

/// Reads a file of JSON.
#[allow(dead_code, reason = "not all test programs use it")]
pub(crate) fn read_json(path: &Path) -> Value {
    let text = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap()
}
