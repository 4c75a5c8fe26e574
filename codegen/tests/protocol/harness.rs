//! Turns files of protocol cases into models and programs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, base64};
use codegen::{Generated, ModelFile, ModelFiles, Options};
use serde_json::{Map, Value, json};

/// The program decodes inputs and encodes outputs, which only crates with an offline service can.
pub(super) const OPTIONS: Options<'_> = Options {
    operations: None,
    crate_name: None,
    module: None,
    offline: true,
};

/// The protocols whose cases are run, by their names in models.
const SUPPORTED: [&str; 1] = ["json"];

/// The keys of a case that the program or this harness reads.
const CASE_KEYS: &[&str] = &[
    "description",
    "error",
    "errorCode",
    "errorMessage",
    "errorShape",
    "given",
    "id",
    "params",
    "response",
    "result",
    "serialized",
];

/// The parts of an expected request that the program checks.
const REQUEST_KEYS: &[&str] = &["body", "forbidHeaders", "headers", "host", "method", "uri"];

/// The cases of a folder.
#[derive(Default)]
pub(super) struct CaseFolder {
    /// The suites of each file, by a name such as `input_json_1_0`.
    pub(super) files: BTreeMap<String, Vec<Value>>,
    /// The files that cannot be run, each with the reason.
    pub(super) not_run: Vec<String>,
}

/// Reads `input/` and `output/` of a folder. Other files, except for Rust sources, are reported as not run.
pub(super) fn read(folder: &Path) -> CaseFolder {
    let mut found = CaseFolder::default();
    for entry in entries(folder) {
        let name = file_stem(&entry);
        if entry.is_dir() && (name == "input" || name == "output") {
            for file in entries(&entry) {
                match suites(&file) {
                    Ok(suites) => {
                        drop((found.files).insert(format!("{name}_{}", file_stem(&file)), suites))
                    }
                    Err(reason) => found.not_run.push(format!("{}: {reason}", file.display())),
                }
            }
        } else if entry.extension().is_none_or(|it| it != "rs") {
            let reason = "cases are files in `input` or `output`";
            found.not_run.push(format!("{}: {reason}", entry.display()));
        }
    }
    let is_empty = found.files.is_empty() && found.not_run.is_empty();
    assert!(!is_empty, "{} has no cases", folder.display());
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn file_stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// Returns the suites of a file, or the reason why they cannot be run.
fn suites(path: &Path) -> Result<Vec<Value>, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let suites: Vec<Value> = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    for suite in &suites {
        let protocol = suite["metadata"]["protocol"].as_str().unwrap_or_default();
        if !SUPPORTED.contains(&protocol) {
            return Err(format!("the protocol `{protocol}` is not supported yet"));
        }
    }
    if cases(&suites).next().is_none() {
        return Err("there are no cases".to_owned());
    }
    for (_, case) in cases(&suites) {
        let unchecked = unknown_key(case, CASE_KEYS);
        let unchecked = unchecked.or_else(|| unknown_key(&case["serialized"], REQUEST_KEYS));
        if let Some(key) = unchecked {
            return Err(format!("{}: `{key}` is not checked yet", case["id"]));
        }
    }
    Ok(suites)
}

/// The first key of an object that is not one of `known`.
fn unknown_key<'v>(object: &'v Value, known: &[&str]) -> Option<&'v str> {
    let mut keys = object
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key.as_str());
    keys.find(|key| !known.contains(key))
}

fn cases(suites: &[Value]) -> impl Iterator<Item = (&Value, &Value)> {
    let of_suite = |suite: &'_ Value| suite["cases"].as_array().unwrap().len();
    suites
        .iter()
        .flat_map(move |suite| (0..of_suite(suite)).map(move |i| (suite, &suite["cases"][i])))
}

/// The model of all suites of a file, which belong to one service.
pub(super) fn model(suites: &[Value]) -> ModelFiles {
    let (mut operations, mut shapes) = (Map::new(), Map::new());
    for (suite, case) in cases(suites) {
        let given = &case["given"];
        let name = given["name"].as_str().unwrap();
        let operation = operations.entry(name).or_insert_with(|| given.clone());
        // Each suite lists only those errors of an operation that it tests.
        let mut errors = operation["errors"].as_array().cloned().unwrap_or_default();
        let more = given["errors"].as_array().into_iter().flatten();
        let more: Vec<Value> = more
            .filter(|error| !errors.contains(error))
            .cloned()
            .collect();
        errors.extend(more);
        operation["errors"] = Value::from(errors);
        for (id, shape) in suite["shapes"].as_object().unwrap() {
            let known = shapes.entry(id).or_insert_with(|| shape.clone());
            assert_eq!(known, shape, "two suites differ in {id}");
        }
    }
    let mut metadata = suites[0]["metadata"].clone();
    metadata["endpointPrefix"] = json!("protocol");
    metadata["serviceId"] = json!("Protocol Tests");
    let model = json!({"metadata": metadata, "operations": operations, "shapes": shapes});
    ModelFiles::new(ModelFile {
        name: "service-2.json".to_owned(),
        bytes: model.to_string().into_bytes(),
    })
}

/// The test of a program, which calls `run` for each case.
pub(super) fn rows(suites: &[Value], generated: &Generated) -> String {
    let mut rows = String::from("#[test]\nfn cases() {\n    let mut failures = Vec::new();\n");
    for (suite, case) in cases(suites) {
        let (id, given) = (case["id"].as_str().unwrap(), &case["given"]);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let json = |value: &Value| match value {
            Value::Null => String::new(),
            value => value.to_string(),
        };
        let wire = |place: &Value, value: &Value| match place["shape"].as_str() {
            Some(shape) => on_wire(suite, shape, &Value::Null, value),
            None => json!({}),
        };
        let code = text(&case["errorCode"]);
        let result = match &case["error"] {
            Value::Null => wire(&given["output"], &case["result"]),
            error => {
                let shape = case["errorShape"].as_str().unwrap_or(&code);
                on_wire(suite, shape, &Value::Null, error)
            }
        };
        let (module, input) = input_of(generated, given["name"].as_str().unwrap());
        let error = input.strip_suffix("Input").unwrap();
        let arms: String = (errors_of(generated, &module))
            .map(|name| format!("operation::{module}::{error}Error::{name}(error) => Some(json::encode(error)), "))
            .collect();
        let is_error = !code.is_empty();
        let members = match is_error {
            true => format!("|error| match error {{ {arms}_ => None }}"),
            false => "|_| None".to_owned(),
        };
        let endpoint = suite["clientEndpoint"]
            .as_str()
            .unwrap_or("https://example.com");
        let response = match &case["response"] {
            Value::Null => json!({"status_code": 200, "body": "{}"}),
            response => response.clone(),
        };
        writeln!(
            rows,
            "    run::<operation::{module}::{input}>(&Case {{ id: {id:?}, endpoint: {endpoint:?}, params: {:?}, serialized: {:?}, response: {:?}, result: {:?}, code: {code:?}, message: {:?} }}, {members}, &mut failures);",
            wire(&given["input"], &case["params"]).to_string(),
            json(&case["serialized"]),
            response.to_string(),
            result.to_string(),
            text(&case["errorMessage"]),
        )
        .unwrap();
    }
    rows + "    assert!(failures.is_empty(), \"{}\", failures.join(\"\\n\"));\n}\n"
}

/// The names of an operation's module and input type.
fn input_of(generated: &Generated, operation: &str) -> (String, String) {
    let fact = format!("const NAME: &'static str = \"{operation}\";");
    let found = generated
        .files
        .iter()
        .find(|(_, text)| text.contains(&fact));
    let (path, text) = found.unwrap_or_else(|| panic!("no operation {operation}"));
    let module = path
        .trim_start_matches("operation/")
        .trim_end_matches(".rs");
    let input = text.split("impl Operation for ").nth(1).unwrap();
    (
        module.to_owned(),
        input.split(' ').next().unwrap().to_owned(),
    )
}

/// The variants of an operation's error.
fn errors_of<'a>(generated: &'a Generated, module: &str) -> impl Iterator<Item = &'a str> {
    let text = &generated.files[&format!("operation/{module}.rs")];
    let table = text.split("operation_error! {").nth(1).unwrap();
    let table = table.split("\n}\n").next().unwrap();
    let rows = table
        .lines()
        .filter_map(|line| line.trim().split_once(" => "));
    rows.map(|(_, row)| row.split(',').next().unwrap())
}

/// A value in the form that it has on the wire. In the cases, blobs are strings, timestamps are numbers of
/// seconds, and members have the names of the model.
fn on_wire(suite: &Value, id: &str, place: &Value, value: &Value) -> Value {
    let shape = &suite["shapes"][id];
    let of = |place: &Value, value: &Value| {
        on_wire(suite, place["shape"].as_str().unwrap(), place, value)
    };
    match (shape["type"].as_str().unwrap_or_default(), value) {
        (_, value) if shape["document"] == true => value.clone(),
        ("structure", Value::Object(members)) => {
            let members = members.iter().map(|(name, value)| {
                let member = &shape["members"][name];
                let wire = member["locationName"].as_str().unwrap_or(name);
                (wire.to_owned(), of(member, value))
            });
            Value::Object(members.collect())
        }
        ("structure", Value::Null) => json!({}),
        ("list", Value::Array(elements)) => elements
            .iter()
            .map(|element| of(&shape["member"], element))
            .collect(),
        ("map", Value::Object(entries)) => {
            let entries = entries
                .iter()
                .map(|(key, value)| (key.clone(), of(&shape["value"], value)));
            Value::Object(entries.collect())
        }
        ("blob", Value::String(bytes)) => json!(base64::encode(bytes)),
        ("timestamp", Value::Number(seconds)) => {
            let format = place["timestampFormat"]
                .as_str()
                .or(shape["timestampFormat"].as_str());
            let format = match format {
                Some("iso8601") => Format::DateTime,
                Some("rfc822") => Format::HttpDate,
                _ => return value.clone(),
            };
            json!(
                DateTime::from_secs_f64(seconds.as_f64().unwrap())
                    .fmt(format)
                    .unwrap()
            )
        }
        _ => value.clone(),
    }
}
