//! The program works outside of a checkout of the project, as it does when it is installed.

#![expect(clippy::unwrap_used, reason = "a test that cannot continue fails")]

use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

use tempfile::TempDir;

/// Runs the program in a folder, without the variables that cargo sets.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lean-aws"));
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO") {
            command.env_remove(name);
        }
    }
    command
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

/// Runs the program, and returns what it prints on success.
fn succeed(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let model = folder.path().join("models/workspaces/2015-04-08");
    fs::create_dir_all(&model).unwrap();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/workspaces/2015-04-08");
    for entry in fs::read_dir(ours).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), model.join(entry.file_name())).unwrap();
    }
    folder
}

#[test]
fn commands_need_no_checkout() {
    let folder = folder();
    let folder = folder.path();
    let text =
        "models = \"models\"\n[services.workspaces]\noperations = [\"DescribeTags\"]\n[config]\n";
    fs::write(folder.join("sdk.toml"), text).unwrap();
    let printed = succeed(folder, &["sdk"]);
    assert!(
        printed.contains("\nworkspaces  workspaces-sdk           1  "),
        "{printed}"
    );
    for path in [
        "workspaces/src/lib.rs",
        "runtime/src/lib.rs",
        "aws-config/src/lib.rs",
    ] {
        assert!(folder.join("sdk").join(path).exists(), "{path}");
    }
    succeed(folder, &["sdk", "sdk.toml", "--check"]);
    let crate_of = [
        "codegen",
        "--model",
        "models/workspaces",
        "--operations",
        "DescribeTags",
    ];
    succeed(folder, &[&crate_of[..], &["--out", "crate"]].concat());
    assert!(folder.join("crate/runtime/src/lib.rs").exists());
    let report = succeed(
        folder,
        &["changes", "models/workspaces", "models/workspaces"],
    );
    assert!(report.starts_with("# Amazon WorkSpaces"), "{report}");
    assert!(succeed(folder, &["help"]).contains("Usage: lean-aws <COMMAND>"));

    // What works on the project says so.
    for arguments in [
        &["codegen"][..],
        &["import", "models/workspaces"],
        &["serve"],
    ] {
        let output = run(folder, arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success());
        let expected = "this command works on a checkout of the project workspaces-sdk, and ";
        assert!(error.contains(expected), "{arguments:?}: {error}");
    }
}
