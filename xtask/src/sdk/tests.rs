//! Tests of the command.

mod changes;
mod faults;
mod official;

use std::fs;
use std::time::SystemTime;

use tempfile::TempDir;

use super::*;
use crate::checkout::root;
use crate::files::{list, read_files};

/// A folder with `sdk.toml` and models, removed on drop.
struct Project(TempDir);

impl Project {
    /// Creates a project with four services: `ds`, whose ID is `Directory Service`, `sts`, `stream`, which has event streams,
    /// and `shapes`, which is a Smithy model.
    fn new() -> Self {
        let folder = Self(TempDir::new().unwrap());
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
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs the command with a file of this text after the line for the models.
    fn run_with(&self, text: &str, check: bool, force: bool) -> Result<Outcome> {
        self.put("sdk.toml", &format!("models = \"models\"\n{text}"));
        generate_sdk(&Arguments {
            file: self.0.path().join("sdk.toml"),
            check,
            force,
        })
    }

    fn run(&self, text: &str) -> Outcome {
        self.run_with(text, false, false).unwrap()
    }

    /// The files of the SDK.
    fn files(&self) -> Files {
        read_files(&self.0.path().join("sdk")).unwrap()
    }

    /// The error for a file, without the folder.
    fn error(&self, text: &str) -> String {
        let error = self.run_with(text, false, false).unwrap_err();
        let error = format!("{error:#}").replace(&format!("{}/", self.0.path().display()), "");
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
        let out = self.0.path().join("sdk");
        let paths = list(&out, "").unwrap().into_iter();
        let time = |path: &str| fs::metadata(out.join(path)).unwrap().modified().unwrap();
        paths.map(|path| (path.clone(), time(&path))).collect()
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
    let project = Project::new();
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
    // The crates that all share are copies without tests, but for their names.
    assert!(files.contains_key("runtime/src/orchestrator.rs"));
    assert!(files.contains_key("aws-config/src/loader.rs"));
    assert_eq!(files.keys().find(|path| path.ends_with("tests.rs")), None);
    // They need nothing that only tests need, and `cargo fmt` of a program does not change them.
    for folder in ["aws-config", "runtime"] {
        let manifest = &files[&format!("{folder}/Cargo.toml")];
        assert!(manifest.contains("\n[lib]\n") && manifest.contains("\ntest = false\n"));
        assert!(!manifest.contains("dev-dependencies"), "{manifest}");
    }
    assert!(files["rustfmt.toml"].ends_with("\ndisable_all_formatting = true\n"));
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
        "\nexclude = [\"sdk\"]\n",
        "\n`lean-aws sdk ../sdk.toml` of the project ",
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
    let project = Project::new();
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
    assert!(!project.0.path().join("sdk/sts").exists());
    assert!(project.0.path().join("sdk/target/debug/x").exists());
    let last = outcome.messages.last().unwrap();
    assert!(
        last.contains(" 3 written, ") && !last.contains(" 0 removed"),
        "{last}"
    );
}

#[test]
fn a_check_writes_nothing_and_names_what_is_stale() {
    let project = Project::new();
    let outcome = project.run_with(TWO, true, false).unwrap();
    assert!(!project.0.path().join("sdk").exists());
    assert_eq!(outcome.print(), ExitCode::FAILURE);
    project.run(TWO);
    let before = project.times();
    let outcome = project.run_with(TWO, true, false).unwrap();
    assert_eq!(outcome.stale, Vec::<String>::new());
    assert_eq!(outcome.print(), ExitCode::SUCCESS);

    // The record of an older run, and a service less.
    fs::remove_file(project.0.path().join("sdk/sts/src/lib.rs")).unwrap();
    let outcome = project.run_with("[services.sts]\n", true, false).unwrap();
    let stale = outcome.stale.iter();
    let stale: Vec<String> = stale
        .map(|line| line.replace(&format!("{}/", project.0.path().display()), ""))
        .collect();
    for line in [
        "stale: sdk/sts/src/lib.rs",
        "stale: sdk/Cargo.toml",
        "stale: sdk/README.md",
        "no longer generated: sdk/ds/Cargo.toml",
        "and 4 more",
        "run `cargo xtask sdk sdk.toml` and commit the changes",
    ] {
        assert!(stale.iter().any(|it| it == line), "{line}: {stale:#?}");
    }
    assert!(!stale.iter().any(|line| line.contains("runtime")));
    assert_eq!(project.times().len(), before.len() - 1);
}

/// Where a run would fail, so does a check, with the same error.
#[test]
fn a_check_fails_as_a_run_does() {
    let project = Project::new();
    let out = project.0.path().join("sdk");
    let clear = || {
        let _ = fs::remove_file(&out);
        let _ = fs::remove_dir_all(&out);
    };
    let states: [(&str, &dyn Fn()); 6] = [
        ("changed ", &|| project.put("sdk/sts/src/lib.rs", "mine")),
        ("added ", &|| project.put("sdk/sts/src/mine.rs", "mine")),
        ("in the way ", &|| {
            fs::remove_dir_all(out.join("ds/src")).unwrap();
            project.put("sdk/ds/src", "mine");
        }),
        ("was not written by this command", &|| {
            clear();
            project.put("sdk/mine", "mine");
        }),
        ("is not a folder", &|| {
            clear();
            project.put("sdk", "mine");
        }),
        ("not the SDK of ../sdk.toml", &|| {
            clear();
            project.put("other.toml", &format!("models = \"models\"\n{TWO}"));
            generate_file(&project.0.path().join("other.toml")).unwrap();
        }),
    ];
    for (expected, change) in states {
        clear();
        project.run(TWO);
        change();
        let run = |check| project.run_with(TWO, check, false).unwrap_err().to_string();
        assert!(run(true).contains(expected), "{}", run(true));
        // Only what to do next is different.
        let checked = run(true).replace("run without --check and with --force", "pass --force");
        assert_eq!(checked, run(false));
    }
}

#[test]
fn what_the_user_changed_needs_force() {
    let project = Project::new();
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
    fs::rename(
        project.0.path().join("sdk.toml"),
        project.0.path().join("other.toml"),
    )
    .unwrap();
    let run = |force| {
        generate_sdk(&Arguments {
            file: project.0.path().join("other.toml"),
            check: false,
            force,
        })
    };
    let error = run(false).unwrap_err().to_string();
    let expected = "sdk contains the SDK of ../sdk.toml, not the SDK of ../other.toml\n";
    assert!(error.contains(expected), "{error}");
    run(true).unwrap();
}

/// Files of Smithy models can have a version in their names.
#[test]
fn the_newest_model_of_a_service_is_used() {
    let project = Project::new();
    let text = read("structure.smithy");
    for (name, title) in [("2020-01-01", "Old"), ("2021-01-01", "New")] {
        let text = text.replace("Amazon Fixture", title);
        project.put(&format!("models/shapes-{name}.json"), &text);
    }
    fs::remove_file(project.0.path().join("models/shapes.smithy.json")).unwrap();
    project.run("[services.fixture]\n");
    let readme = &project.files()["fixture/README.md"];
    assert!(readme.contains("A Rust client of New, "), "{readme}");
}

/// The first call changes nothing if it can, and needs no values.
#[test]
fn the_first_call_of_an_sdk_can_succeed() {
    let project = Project::new();
    let text = fixture_of("query", "STS").replace("\"Search\"", "\"CreateThing\"");
    project.put("models/sts/2020-01-01/service-2.json", &text);
    project.run("[services.sts]\n[services.ds]\noperations = [\"ListThings\"]\n");
    let readme = &project.files()["README.md"];
    assert!(readme.contains("client.list_things()"), "{readme}");
}

/// Operations that are left out are named with their service.
#[test]
fn warnings_name_the_service() {
    let project = Project::new();
    let warnings = project.run("[services.stream]\n").warnings;
    let expected = "stream: operations.Watch: left out, because its output is an event stream";
    assert!(warnings.contains(&expected.to_owned()), "{warnings:?}");
}

/// A crate that `codegen --out` wrote is not replaced by an SDK without force.
#[test]
fn an_sdk_does_not_replace_a_crate() {
    let project = Project::new();
    crate::new_crate::run(&crate::new_crate::NewCrateOptions {
        model: &project.0.path().join("models/sts"),
        out: &project.0.path().join("sdk"),
        name: None,
        operations: None,
        protocol: None,
        check: false,
        force: false,
    })
    .unwrap();
    let error = project.error("[services.sts]\n");
    let expected = "sdk contains the crate sts-sdk of STS, not the SDK of ../sdk.toml\n";
    assert!(error.starts_with(expected), "{error}");
}
