//! Tests of the errors for an invalid `sdk.toml`.

use std::fs;

use super::super::{Arguments, generate_file, generate_sdk};
use super::{Project, fixture_of};

/// Everything that is wrong is reported at once, and nothing is written.
#[test]
fn faults_have_positions_and_remedies() {
    let project = Project::new();
    for (text, expected) in [
        (
            "[services.ds]\noperation = [\"ListThings\"]\npackge = 1\n[services.sts]\nversion = \"1\"\npackage = \"std\"\n",
            "sdk.toml:3:1: services.ds.operation: unknown key; did you mean \"operations\"?\n\
             error: sdk.toml:4:1: services.ds.packge: unknown key; did you mean \"package\"?\n\
             error: sdk.toml:6:11: services.sts.version: is not a version such as \"1.2.3\": unexpected end of input while parsing major version number\n\
             error: sdk.toml:7:11: services.sts.package: a crate cannot be called \"std\", because it is the name of a crate of Rust itself; use a name such as std-sdk\n\
             error: 4 faults in sdk.toml; nothing was written",
        ),
        (
            "[services.directry]\n[services.ds]\noperations = [\"ListThing\", \"ListThings\", \"Call\"]\n",
            "sdk.toml:2:11: services.directry: no model of \"directry\" is in models; did you mean \"directory\"?\n\
             error: sdk.toml:4:15: services.ds.operations: unknown operation \"ListThing\"; did you mean \"ListThings\"?\n\
             error: sdk.toml:4:42: services.ds.operations: unknown operation \"Call\"; others are ListDeep, ListInferred, ListThings\n\
             error: 3 faults in sdk.toml; nothing was written",
        ),
        (
            "[services.stream]\noperations = [\"Watch\"]\n[services.ds]\nprotocol = \"query\"\n[services.sts]\noperations = []\n",
            "sdk.toml:3:15: services.stream.operations: Watch: left out, because its output is an event stream; select an operation that can be generated\n\
             error: sdk.toml:5:12: services.ds.protocol: \"query\" cannot be used: the service has \"json\"; PROTOCOLS\n\
             error: sdk.toml:7:14: services.sts.operations: names no operation; without this line, the crate has all operations\n\
             error: 3 faults in sdk.toml; nothing was written",
        ),
        (
            "out = 1\nname = \"\"\nservices.ds = 2\n[config]\nversion = 3\n[services.sts]\noperations = [\"Search\", \"Search\", 1]\n",
            "sdk.toml:2:7: out: is an integer, not a string\n\
             error: sdk.toml:3:8: name: is empty\n\
             error: sdk.toml:4:10: services.ds: is an integer, not a table; begin it with [services.ds]\n\
             error: sdk.toml:6:11: config.version: is an integer, not a string\n\
             error: sdk.toml:8:25: services.sts.operations: \"Search\" is listed twice\n\
             error: sdk.toml:8:35: services.sts.operations: contains an integer, not only strings\n\
             error: 6 faults in sdk.toml; nothing was written",
        ),
        (
            "[services.ds]\n[services.directory]\n[services.sts]\npackage = \"sdk_runtime\"\n",
            "sdk.toml:3:11: services.directory: its crate is called directoryservice-sdk, as that of ds; set `package` to another name\n\
             error: sdk.toml:4:11: services.sts: its crate is called sdk_runtime, as that of the runtime; set `package` to another name\n\
             error: 2 faults in sdk.toml; nothing was written",
        ),
        (
            "[services.\"../ds\"]\n[services.Runtime]\n[services.\"\"]\n",
            "sdk.toml:2:11: services.../ds: is not the name of a model, such as \"dynamodb\"\n\
             error: sdk.toml:3:11: services.Runtime: is the name of another folder of the SDK\n\
             error: sdk.toml:4:11: services.: is not the name of a model, such as \"dynamodb\"\n\
             error: 3 faults in sdk.toml; nothing was written",
        ),
        (
            "[services.dynamodb]\n",
            "sdk.toml:2:11: services.dynamodb: no model of \"dynamodb\" is in models; others are directory, ds, fixture, shapes, stream, sts\n\
             error: 1 fault in sdk.toml; nothing was written",
        ),
        (
            "\"a\\nerror: \\u001b\" = 1\n[services.ds]\n",
            "sdk.toml:2:1: a\\nerror: \\u{1b}: unknown key; use one of config, models, name, out, services\n\
             error: 1 fault in sdk.toml; nothing was written",
        ),
        (
            "out = \"~/sdk\"\n[services.sts]\n",
            "sdk.toml:2:7: out: only a shell replaces ~ by the home folder; use a path from the folder of this file, or an absolute one\n\
             error: 1 fault in sdk.toml; nothing was written",
        ),
        (
            "[services]\n",
            "sdk.toml:2:2: services: names no service\nerror: 1 fault in sdk.toml; nothing was written",
        ),
        (
            "[services.ds\n",
            "sdk.toml:2:13: unclosed table, expected `]`\nerror: 1 fault in sdk.toml; nothing was written",
        ),
        (
            "models = \"else\"\n[services.ds]\n",
            "sdk.toml:2:1: duplicate key\nerror: 1 fault in sdk.toml; nothing was written",
        ),
    ] {
        assert_eq!(project.error(text), expected, "{text}");
        assert!(!project.0.path().join("sdk").exists());
    }
    // Without models, and without anything.
    project.put("empty/x.txt", "");
    for (text, expected) in [
        (
            "models = \"no\"\n[services.ds]\n",
            "sdk.toml:1:10: models: no does not exist; the path is relative to the folder of the file\n",
        ),
        (
            "models = \"models/ds\"\n[services.ds]\n",
            "sdk.toml:1:10: models: models/ds is the folder of one model; pass the folder above it\n",
        ),
        (
            "models = \"~/models\"\n[services.ds]\n",
            "sdk.toml:1:10: models: only a shell replaces ~ by the home folder; ",
        ),
        (
            "models = \"empty\"\n[services.ds]\n",
            "sdk.toml:1:10: models: empty contains no models; ",
        ),
        (
            "",
            "sdk.toml:1:1: models: missing; add the folder of the models, such as models = ",
        ),
        (
            "",
            "error: sdk.toml:1:1: services: missing; add the operations of a service, such as\n",
        ),
    ] {
        project.put("sdk.toml", text);
        let error = generate_sdk(&Arguments {
            file: project.0.path().join("sdk.toml"),
            check: true,
            force: false,
        });
        let error = error.unwrap_err().to_string();
        let error = error.replace(&format!("{}/", project.0.path().display()), "");
        assert!(error.contains(expected), "{error}");
    }
}

/// A fault of a model is reported at its place, beside those of the file.
#[test]
fn faults_of_models_are_reported_with_those_of_the_file() {
    let project = Project::new();
    let text = fixture_of("query", "STS")
        .replace("\"shape\": \"SearchInput\"", "\"shape\": \"SearchInptu\"");
    project.put("models/sts/2020-01-01/service-2.json", &text);
    let error = project.error("[services.sts]\n[services.sst]\n");
    let mut lines = error.lines();
    assert_eq!(
        lines.next().unwrap(),
        "sdk.toml:3:11: services.sst: no model of \"sst\" is in models; did you mean \"sts\"?"
    );
    let line = lines.next().unwrap();
    assert!(
        line.starts_with("error: models/sts/2020-01-01/service-2.json:"),
        "{line}"
    );
    assert!(line.ends_with("; did you mean \"SearchInput\"?"), "{line}");
    assert_eq!(
        lines.next().unwrap(),
        "error: 2 faults in sdk.toml and the models; nothing was written"
    );
}

/// A file that many models use has one fault, and a long list of faults is cut.
#[test]
fn lists_of_faults_are_short() {
    let project = Project::new();
    project.put("models/partitions.json", "[");
    let error = project.error("[services.ds]\n[services.sts]\n");
    assert_eq!(error.matches("partitions.json").count(), 1, "{error}");

    let services = (0..2_000).map(|number| format!("[services.a{number}]\n"));
    let error = project.error(&services.collect::<String>());
    let end = "\nerror: and 1900 more\nerror: 2000 faults in sdk.toml; nothing was written";
    assert!(error.ends_with(end), "{error}");
    let names: String = (0..5_000).map(|number| format!("\"A{number}\",")).collect();
    fs::remove_file(project.0.path().join("models/partitions.json")).unwrap();
    let error = project.error(&format!("[services.ds]\noperations = [{names}]\n"));
    assert!(error.contains("\nerror: and 4900 more\n"), "{error}");
}

#[test]
fn a_missing_or_large_file_is_an_error() {
    let project = Project::new();
    let path = project.0.path().join("sdk.toml");
    let error = generate_file(&path).unwrap_err().to_string();
    let expected = "sdk.toml does not exist; `cargo xtask sdk --help` says what it contains";
    assert!(error.ends_with(expected), "{error}");
    project.put("sdk.toml", &" ".repeat(1024 * 1024 + 1));
    let error = generate_file(&path).unwrap_err().to_string();
    assert!(
        error.ends_with("it has more than 1 MiB, the limit"),
        "{error}"
    );
}
