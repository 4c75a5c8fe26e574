//! Tests of the command.

use std::fs;
use std::time::SystemTime;

use super::*;
use crate::checkout::root;
use crate::files::{list, read_files};

/// A folder with `sdk.toml` and models, removed on drop.
struct Project(PathBuf);

impl Project {
    /// Creates a project with four services: `ds`, whose ID is `Directory Service`, `sts`, `stream`, which has event streams,
    /// and `shapes`, which is a Smithy model.
    fn new(test: &str) -> Self {
        let name = format!("xtask-sdk-{test}-{}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        let _ = fs::remove_dir_all(&folder.0);
        for (service, id, fixture) in [
            ("ds", "Directory Service", "paginated_operation"),
            ("sts", "STS", "query"),
            ("stream", "Stream", "event_stream"),
        ] {
            let path = format!("models/{service}/2020-01-01/service-2.json");
            folder.put(&path, &fixture_of(fixture, id));
        }
        let pages = read("paginated_operation.paginators");
        folder.put("models/ds/2020-01-01/paginators-1.json", &pages);
        folder.put("models/shapes.smithy.json", &read("structure.smithy"));
        folder
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs the command with a file of this text after the line for the models.
    fn run_with(&self, text: &str, check: bool, force: bool) -> Result<Outcome> {
        self.put("sdk.toml", &format!("models = \"models\"\n{text}"));
        generate_sdk(&Arguments {
            file: self.0.join("sdk.toml"),
            check,
            force,
        })
    }

    fn run(&self, text: &str) -> Outcome {
        self.run_with(text, false, false).unwrap()
    }

    /// The files of the SDK.
    fn files(&self) -> Files {
        read_files(&self.0.join("sdk")).unwrap()
    }

    /// The error for a file, without the folder.
    fn error(&self, text: &str) -> String {
        let error = self.run_with(text, false, false).unwrap_err();
        let error = format!("{error:#}").replace(&format!("{}/", self.0.display()), "");
        // Its list of protocols is longer in later versions.
        match error.split_once("the supported protocols are ") {
            Some((before, after)) => {
                let (_, after) = after.split_once('\n').unwrap();
                format!("{before}PROTOCOLS\n{after}")
            }
            None => error,
        }
    }

    fn times(&self) -> BTreeMap<String, SystemTime> {
        let out = self.0.join("sdk");
        let paths = list(&out, "").unwrap().into_iter();
        let time = |path: &str| fs::metadata(out.join(path)).unwrap().modified().unwrap();
        paths.map(|path| (path.clone(), time(&path))).collect()
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn read(fixture: &str) -> String {
    let path = root().unwrap().join("codegen/tests/fixtures");
    fs::read_to_string(path.join(format!("{fixture}.json"))).unwrap()
}

fn fixture_of(fixture: &str, id: &str) -> String {
    read(fixture).replace(
        "\"serviceId\": \"Fixture\"",
        &format!("\"serviceId\": \"{id}\""),
    )
}

/// The folders of crates that have any of these files.
fn crates<'a>(paths: impl IntoIterator<Item = &'a String>) -> Vec<&'a str> {
    let folders = paths.into_iter().filter_map(|path| path.split_once('/'));
    let mut folders: Vec<&str> = folders.map(|(folder, _)| folder).collect();
    folders.dedup();
    folders
}

const TWO: &str = "[services.ds]\noperations = [\"ListThings\"]\n[services.sts]\n";

#[test]
fn an_sdk_has_a_crate_for_each_service_and_one_runtime() {
    let project = Project::new("layout");
    let outcome = project.run(&format!("{TWO}[services.shapes]\n[config]\n"));
    let files = project.files();
    assert_eq!(
        crates(files.keys()),
        ["aws-config", "ds", "models", "runtime", "shapes", "sts"]
    );
    let dependency = "lean-aws-runtime = { package = \"sdk-runtime\", path = \"../runtime\"";
    for (folder, name) in [
        ("aws-config", "sdk-config"),
        ("ds", "directoryservice-sdk"),
        ("shapes", "fixture-sdk"),
        ("sts", "sts-sdk"),
    ] {
        let manifest = &files[&format!("{folder}/Cargo.toml")];
        for part in [dependency, &format!("name = \"{name}\"\n")] {
            assert!(manifest.contains(part), "{part} is not in:\n{manifest}");
        }
    }
    let members = "members = [\"ds\", \"sts\", \"shapes\", \"aws-config\", \"runtime\"]";
    assert!(files["Cargo.toml"].contains(members));
    // The crates that all share are copies, but for their names.
    let runtime = embedded::RUNTIME.files();
    for (path, text) in runtime.sources {
        assert_eq!(files[&format!("runtime/src/{path}")], text, "{path}");
    }
    for (path, text) in &files {
        let is_ours = text.contains("lean_aws_config") || text.contains("lean-aws-config");
        assert!(!is_ours || path == "README.md", "{path}");
    }
    // The README has what a program needs.
    let readme = &files["README.md"];
    for part in [
        "\n| `directoryservice-sdk` | Amazon Fixture | 1 | `ds/` |\n",
        "\ndirectoryservice-sdk = { path = \"sdk/ds\" }\n",
        "\naws-config = { package = \"sdk-config\", path = \"sdk/aws-config\" }\n",
        "aws_config::load_defaults",
    ] {
        assert!(readme.contains(part), "{part} is not in:\n{readme}");
    }
    assert!(!readme.contains("patch.crates-io"), "{readme}");
    let head = "crate       package               operations  lines  seconds";
    assert_eq!(outcome.messages[0], head);
    assert_eq!(outcome.messages.len(), 8, "{:?}", outcome.messages);
    assert!(outcome.messages[1].starts_with("ds          directoryservice-sdk           1  "));
}

#[test]
fn a_second_run_touches_only_what_differs() {
    let project = Project::new("again");
    project.run(TWO);
    let before = project.times();
    project.run(TWO);
    assert_eq!(project.times(), before);

    // Another operation.
    let more = TWO.replace("\"ListThings\"", "\"ListThings\", \"ListDeep\"");
    project.run(&more);
    let after = project.times();
    let changed = after
        .iter()
        .filter(|(path, time)| before.get(*path) != Some(time));
    let changed: Vec<&String> = changed.map(|(path, _)| path).collect();
    assert_eq!(crates(changed.iter().copied()), ["ds", "models"]);
    let outside = changed.iter().filter(|path| !path.contains('/'));
    let outside: Vec<&str> = outside.map(|path| path.as_str()).collect();
    assert_eq!(outside, ["README.md", RECORD]);

    // A service less. What is in its folder goes with it, and the rest stays.
    project.put("sdk/target/debug/x", "built");
    let outcome = project.run("[services.ds]\noperations = [\"ListThings\", \"ListDeep\"]\n");
    assert!(!project.0.join("sdk/sts").exists());
    assert!(project.0.join("sdk/target/debug/x").exists());
    let last = outcome.messages.last().unwrap();
    assert!(
        last.contains(" 3 written, ") && !last.contains(" 0 removed"),
        "{last}"
    );
}

#[test]
fn a_check_writes_nothing_and_names_what_is_stale() {
    let project = Project::new("check");
    let outcome = project.run_with(TWO, true, false).unwrap();
    assert!(!project.0.join("sdk").exists());
    assert_eq!(outcome.print(), ExitCode::FAILURE);
    project.run(TWO);
    let before = project.times();
    let outcome = project.run_with(TWO, true, false).unwrap();
    assert_eq!(outcome.stale, Vec::<String>::new());
    assert_eq!(outcome.print(), ExitCode::SUCCESS);

    project.put("sdk/sts/src/lib.rs", "mine");
    let outcome = project.run_with("[services.sts]\n", true, false).unwrap();
    let stale = outcome.stale.iter();
    let stale: Vec<String> = stale
        .map(|line| line.replace(&format!("{}/", project.0.display()), ""))
        .collect();
    for line in [
        "stale: sdk/sts/src/lib.rs",
        "stale: sdk/Cargo.toml",
        "stale: sdk/generated.sha256",
        "no longer generated: sdk/ds/src/lib.rs",
        "run `cargo xtask sdk sdk.toml` and commit the changes",
    ] {
        assert!(stale.iter().any(|it| it == line), "{line}: {stale:#?}");
    }
    assert!(!stale.iter().any(|line| line.contains("runtime")));
    assert_eq!(project.times().len(), before.len());
}

#[test]
fn what_the_user_changed_needs_force() {
    let project = Project::new("force");
    project.run(TWO);
    project.put("sdk/ds/src/lib.rs", "mine");
    project.put("sdk/runtime/src/mine.rs", "mine");
    let error = project.error(TWO);
    let expected = "\
        these are not as this command wrote them:\n  \
        changed     sdk/ds/src/lib.rs\n  \
        added       sdk/runtime/src/mine.rs\n\
        choose another folder, or pass --force to replace what it contains";
    assert_eq!(error, expected);
    project.run_with(TWO, false, true).unwrap();
    assert_ne!(project.files()["ds/src/lib.rs"], "mine");

    // The SDK of another file.
    fs::rename(project.0.join("sdk.toml"), project.0.join("other.toml")).unwrap();
    let run = |force| {
        generate_sdk(&Arguments {
            file: project.0.join("other.toml"),
            check: false,
            force,
        })
    };
    let error = run(false).unwrap_err().to_string();
    let expected = "sdk contains the SDK of ../sdk.toml, not the SDK of ../other.toml\n";
    assert!(error.contains(expected), "{error}");
    run(true).unwrap();
}

/// Everything that is wrong is reported at once, and nothing is written.
#[test]
fn faults_have_positions_and_remedies() {
    let project = Project::new("faults");
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
             error: sdk.toml:4:10: services.ds: is an integer, not a table\n\
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
        assert!(!project.0.join("sdk").exists());
    }
    // Without models, and without anything.
    project.put("empty/x.txt", "");
    for (text, expected) in [
        (
            "models = \"no\"\n[services.ds]\n",
            "sdk.toml:1:10: models: cannot list no: ",
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
            file: project.0.join("sdk.toml"),
            check: true,
            force: false,
        });
        let error = error.unwrap_err().to_string();
        let error = error.replace(&format!("{}/", project.0.display()), "");
        assert!(error.contains(expected), "{error}");
    }
}

/// A fault of a model is reported at its place, beside those of the file.
#[test]
fn faults_of_models_are_reported_with_those_of_the_file() {
    let project = Project::new("model");
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

#[test]
fn services_are_found_by_their_official_names() {
    let project = Project::new("names");
    for name in ["ds", "directory", "aws-sdk-directory"] {
        let text =
            format!("[services.{name}]\npackage = \"aws-sdk-directory\"\nversion = \"1.2.3\"\n");
        project.run(&text);
        let files = project.files();
        let manifest = &files[&format!("{name}/Cargo.toml")];
        assert!(manifest.contains("name = \"aws-sdk-directory\"\n"));
        assert!(manifest.contains("version = \"1.2.3\"\n"), "{manifest}");
        let patch = format!("[patch.crates-io]\naws-sdk-directory = {{ path = \"sdk/{name}\" }}\n");
        assert!(
            files["README.md"].contains(&patch),
            "{}",
            files["README.md"]
        );
    }
}

/// Cargo rejects a patch without a feature of the original.
#[test]
fn crates_have_the_features_of_the_official_ones() {
    let project = Project::new("features");
    project.run("[services.ds]\n[config]\npackage = \"aws-config\"\nversion = \"1.13.0\"\n");
    let files = project.files();
    for (folder, features) in [
        (
            "ds",
            &[
                "behavior-version-latest",
                "default",
                "default-https-client",
                "gated-tests",
                "http-02x",
                "http-1x",
                "legacy-https-client",
                "legacy-test-util",
                "rt-tokio",
                "rustls",
                "sigv4a",
                "test-util",
            ][..],
        ),
        (
            "aws-config",
            &[
                "allow-compilation",
                "behavior-version-latest",
                "client-hyper",
                "credentials-login",
                "credentials-process",
                "default",
                "default-https-client",
                "legacy-client",
                "rt-tokio",
                "rustls",
                "sso",
                "test-util",
            ],
        ),
    ] {
        let manifest = &files[&format!("{folder}/Cargo.toml")];
        let manifest: toml_edit::Document<_> = toml_edit::Document::parse(manifest).unwrap();
        for feature in features {
            let found = manifest["features"].get(feature);
            assert!(found.is_some(), "{folder} has no feature {feature}");
        }
    }
    assert!(files["aws-config/Cargo.toml"].contains("version = \"1.13.0\"\n"));
    let patch = "[patch.crates-io]\naws-config = { path = \"sdk/aws-config\" }\n";
    assert!(files["README.md"].contains(patch), "{}", files["README.md"]);
}

/// The official `aws-config` is built on crates that could be replaced.
#[test]
fn missing_operations_of_aws_config_are_named() {
    let project = Project::new("aws-config");
    let text = fixture_of("query", "STS").replace("\"Search\"", "\"AssumeRole\"");
    project.put("models/sts/2020-01-01/service-2.json", &text);
    let official = "[services.sts]\noperations = [\"AssumeRole\"]\npackage = \"aws-sdk-sts\"\n";
    let warnings = project.run(official).warnings;
    let expected = "sts: the official aws-config does not build with this aws-sdk-sts, because it calls AssumeRoleWithWebIdentity; \
                    add that to `operations`, or replace aws-config in [config], too";
    assert_eq!(warnings, [expected]);
    for text in [
        format!("{official}[config]\npackage = \"aws-config\"\n"),
        official.replace("aws-sdk-sts", "my-sts"),
        official.replace("operations = [\"AssumeRole\"]\n", ""),
    ] {
        assert_eq!(project.run(&text).warnings, Vec::<String>::new(), "{text}");
    }
}

/// Operations that are left out are named with their service.
#[test]
fn warnings_name_the_service() {
    let project = Project::new("warnings");
    let warnings = project.run("[services.stream]\n").warnings;
    let expected = "stream: operations.Watch: left out, because its output is an event stream";
    assert!(warnings.contains(&expected.to_owned()), "{warnings:?}");
}

/// A crate that `codegen --out` wrote is not replaced by an SDK without force.
#[test]
fn an_sdk_does_not_replace_a_crate() {
    let project = Project::new("crate");
    crate::new_crate::run(&crate::new_crate::NewCrateOptions {
        model: &project.0.join("models/sts"),
        out: &project.0.join("sdk"),
        name: None,
        operations: None,
        protocol: None,
        force: false,
    })
    .unwrap();
    let error = project.error("[services.sts]\n");
    let expected = "sdk contains the crate sts-sdk of STS, not the SDK of ../sdk.toml\n";
    assert!(error.starts_with(expected), "{error}");
}

/// A run with newer models reports what changed for the operations in the file.
#[test]
fn changes_of_the_models_are_reported() {
    let project = Project::new("changes");
    let report = |text: &str, check| {
        let messages = project.run_with(text, check, false).unwrap().messages;
        let reports = messages.iter().filter(|it| it.contains("last run"));
        reports
            .map(|it| it.trim_start().to_owned())
            .collect::<Vec<_>>()
    };
    let text = "[services.ds]\noperations = [\"ListThings\", \"ListDeep\"]\n[services.shapes]\n";
    assert!(report(text, false).is_empty());
    // Another operation of the same model is no change of the model, and neither are all.
    assert!(report(TWO, false).is_empty());
    assert!(report("[services.ds]\n[services.shapes]\n", false).is_empty());
    assert!(report(text, false).is_empty());

    // A newer model: an operation that the file does not name changes, and two that it names.
    let mut model: serde_json::Value =
        serde_json::from_str(&fixture_of("paginated_operation", "Directory Service")).unwrap();
    model["operations"]["ListInferred"]["deprecated"] = true.into();
    model["operations"]["ListDeep"]["deprecated"] = true.into();
    let input = model["operations"]["ListThings"]["input"]["shape"].clone();
    let input = input.as_str().unwrap().to_owned();
    model["shapes"]["NewText"] = serde_json::json!({"type": "string"});
    model["shapes"][input]["members"]["Added"] = serde_json::json!({"shape": "NewText"});
    project.put("models/ds/2021-01-01/service-2.json", &model.to_string());
    let pages = read("paginated_operation.paginators");
    project.put("models/ds/2021-01-01/paginators-1.json", &pages);
    let shapes = read("structure.smithy").replace("\"RightNumber\"", "\"Number\"");
    project.put("models/shapes.smithy.json", &shapes);
    let expected = "\
What changed in ds since the last run:

# Amazon Fixture: 2 updated operations

Impact on the Rust crate: **minor**

- minor: deprecated method `Client::list_deep`
- minor: new field `ListThingsInput::added`

## Updated operations

| operation    | side    | change |
|--------------|---------|---|
| `ListDeep`   |         | operation is now deprecated |
| `ListThings` | request | `Added` was added: string |";
    for check in [true, false] {
        let reports = report(text, check);
        assert_eq!(reports[0], expected);
        assert!(
            reports[1].starts_with("What changed in shapes "),
            "{reports:?}"
        );
        assert!(reports[1].contains("**breaking**"), "{reports:?}");
        assert_eq!(reports.len(), 2);
    }
    assert!(report(text, false).is_empty());

    // A snapshot of another version is replaced.
    project.put("models/ds/2022-01-01/service-2.json", &model.to_string());
    let snapshot = project.files()["models/ds.json"].replace("\"format\": 1", "\"format\": 0");
    project.put("sdk/models/ds.json", &snapshot);
    assert!(project.run_with(text, false, true).unwrap().messages.len() > 1);
}
