//! Turns files of protocol cases into models and programs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use heck::ToUpperCamelCase;
use lean_aws_codegen::{Generated, ModelFile, ModelFiles};
use serde_json::{Map, Value, json};

use super::values::built;

/// The protocols whose cases are run, by their names in models.
const SUPPORTED: [&str; 6] = ["ec2", "json", "query", "rest-json", "rest-xml", CBOR];

/// The protocol whose bodies are not text. botocore's cases have them in base64, and ours in the key `cbor`, in hexadecimal
/// digits with text in quotes between them.
const CBOR: &str = "smithy-rpc-v2-cbor";

/// The keys of a case that the program or this harness reads.
const CASE_KEYS: &[&str] = &[
    "description",
    "error",
    "errorCode",
    "errorMessage",
    "errorShape",
    "given",
    "id",
    "malformed",
    "params",
    "response",
    "result",
    "serialized",
];

/// The parts of an expected request that the program checks.
const REQUEST_KEYS: &[&str] = &[
    "body",
    "cbor",
    "forbidHeaders",
    "headers",
    "host",
    "method",
    "requireHeaders",
    "uri",
];

/// The cases of a folder.
#[derive(Default)]
pub(super) struct CaseFolder {
    /// The suites of each file, by a name such as `input_json_1_0`.
    pub(super) files: BTreeMap<String, Vec<Value>>,
    /// The files that cannot be run, each with the reason.
    pub(super) not_run: Vec<String>,
}

/// Reads `input/` and `output/` of a folder. Other files, except for Rust sources and `wrong/`, are reported as not run.
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
        } else if name != "wrong" && entry.extension().is_none_or(|it| it != "rs") {
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
    // A suite can use the facts that are known about a service.
    let mut ids = suites
        .iter()
        .filter_map(|suite| suite["metadata"]["serviceId"].as_str());
    metadata["serviceId"] = json!(ids.next().unwrap_or("Protocol Tests"));
    let model = json!({"metadata": metadata, "operations": operations, "shapes": shapes});
    ModelFiles::new(ModelFile {
        name: "service-2.json".to_owned(),
        bytes: model.to_string().into_bytes(),
    })
}

/// The test of a program, in which all cases succeed.
pub(super) fn rows(suites: &[Value], generated: &Generated) -> String {
    calls(suites, generated)
        + "    assert!(failures.is_empty(), \"{}\", failures.join(\"\\n\"));\n}\n"
}

/// The test of a program, in which each case fails.
pub(super) fn failing_rows(suites: &[Value], generated: &Generated) -> String {
    let ids: Vec<&str> = cases(suites)
        .map(|(_, case)| case["id"].as_str().unwrap())
        .collect();
    let mut test = calls(suites, generated);
    writeln!(
        test,
        "    let failed = failures.iter().map(|it| it.split(':').next().unwrap());
    let mut failed: Vec<_> = failed.collect();
    failed.dedup();
    assert_eq!(failed, {ids:?}, \"{{failures:?}}\");\n}}"
    )
    .unwrap();
    test
}

/// The beginning of the test of a program, which calls `run` for each case.
fn calls(suites: &[Value], generated: &Generated) -> String {
    let mut rows = String::from("#[test]\nfn cases() {\n    let mut failures = Vec::new();\n");
    for (suite, case) in cases(suites) {
        let is_cbor = suite["metadata"]["protocol"] == CBOR;
        let (id, given) = (case["id"].as_str().unwrap(), &case["given"]);
        let json = |value: &Value| match value {
            Value::Null => String::new(),
            value if is_cbor => in_base64(value).to_string(),
            value => value.to_string(),
        };
        let (module, input) = input_of(generated, given["name"].as_str().unwrap());
        let name = input.strip_suffix("Input").unwrap();
        let of = |place: &Value| place["shape"].as_str().unwrap_or_default().to_owned();
        let builder = format!("operation::{module}::{input}::builder()");
        let params = built_input(suite, &builder, &of(&given["input"]), &case["params"]);
        let check = match () {
            () if !case["serialized"].is_null() => "|_, _| {}".to_owned(),
            () if case["malformed"] == true => "check_malformed".to_owned(),
            () if case["errorCode"].is_null() => {
                let builder = format!("operation::{module}::{name}Output::builder()");
                let expected = built(suite, &builder, &of(&given["output"]), &case["result"]);
                format!("|outcome, fail| check_output(outcome, {expected}, fail)")
            }
            () => {
                let error = error_of(suite, case);
                let builder = format!("types::error::{}::builder()", error.to_upper_camel_case());
                let expected = built(suite, &builder, error, &case["error"]);
                let code = case["errorCode"].as_str().unwrap();
                let message = case["errorMessage"].as_str();
                format!(
                    "|outcome, fail| check_error!(outcome, operation::{module}::{name}Error::{}, {expected}, {code:?}, {message:?}, fail)",
                    error.to_upper_camel_case()
                )
            }
        };
        let endpoint = suite["clientEndpoint"]
            .as_str()
            .unwrap_or("https://example.com");
        let response = match &case["response"] {
            Value::Null if is_cbor => {
                json!({"status_code": 200, "headers": {"smithy-protocol": "rpc-v2-cbor"}})
            }
            Value::Null => json!({"status_code": 200, "body": "{}"}),
            response if is_cbor => in_base64(response),
            response => response.clone(),
        };
        writeln!(
            rows,
            "    run(&Case {{ id: {id:?}, endpoint: {endpoint:?}, serialized: {:?}, response: {:?} }}, {params}, {check}, &mut failures);",
            json(&case["serialized"]),
            response.to_string(),
        )
        .unwrap();
    }
    rows
}

/// Marks the body of a message as base64, unless it is empty.
fn in_base64(message: &Value) -> Value {
    let mut message = message.clone();
    if message["body"]
        .as_str()
        .is_some_and(|body| !body.is_empty())
    {
        message["base64"] = message["body"].take();
    }
    message
}

/// Returns an expression that builds an input. Its builder fails for no input.
fn built_input(suite: &Value, builder: &str, shape: &str, params: &Value) -> String {
    let input = built(suite, builder, shape, params);
    match input.ends_with(".unwrap()") {
        true => input,
        false => input + ".unwrap()",
    }
}

/// Returns the shape of the error that a case expects.
fn error_of<'v>(suite: &'v Value, case: &'v Value) -> &'v str {
    let code = case["errorCode"].as_str().unwrap();
    let errors = case["given"]["errors"].as_array().unwrap();
    let mut errors = errors.iter().map(|error| error["shape"].as_str().unwrap());
    let has_code = |shape: &&str| suite["shapes"][*shape]["error"]["code"] == code;
    let named = case["errorShape"].as_str();
    let named = named.or_else(|| errors.clone().find(|shape| *shape == code));
    named.or_else(|| errors.find(has_code)).unwrap()
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
