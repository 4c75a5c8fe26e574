//! Every fixture's output compiles, as the generated part of a crate with the real runtime.
//!
//! The crates stand in a workspace of their own below `target/`, share one lock file with this
//! project, and are checked by one run of cargo with warnings denied. Nothing is downloaded.

mod common;

use std::path::Path;
use std::process::Command;
use std::{fs, io};

const RUNTIME: &str = "\nmod runtime;";

/// A model that, say, never pages leaves a part of the runtime unused.
const MAY_BE_UNUSED: &str = "\n#[allow(dead_code, unused_imports, unused_macros)]";

#[test]
fn fixtures_compile() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let sdk = root.join("workspaces-sdk");
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    if workspace.exists() {
        fs::remove_dir_all(&workspace).unwrap();
    }
    let manifest = fs::read_to_string(sdk.join("Cargo.toml")).unwrap();
    let mut members = Vec::new();
    for (name, model) in common::models("fixtures").unwrap() {
        let member = workspace.join(&name);
        copy(&sdk.join("src"), &member.join("src"), &|path| {
            !path.ends_with("src/generated")
        })
        .unwrap();
        for (path, text) in codegen::generate(&model).unwrap() {
            let path = member.join("src/generated").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let face = fs::read_to_string(member.join("src/lib.rs")).unwrap();
        assert_eq!(
            face.matches(RUNTIME).count(),
            1,
            "lib.rs declares the runtime in another way"
        );
        let face = face.replace(RUNTIME, &format!("{MAY_BE_UNUSED}{RUNTIME}"));
        fs::write(member.join("src/lib.rs"), face).unwrap();
        let package = format!("name = \"fixture_{name}\"");
        let manifest = manifest.replace("name = \"workspaces-sdk\"", &package);
        fs::write(member.join("Cargo.toml"), without_targets(&manifest)).unwrap();
        members.push(name);
    }
    let root_manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let members = format!("members = {members:?}");
    let root_manifest = root_manifest
        .lines()
        .map(|line| {
            if line.starts_with("members") {
                members.as_str()
            } else {
                line
            }
        })
        .collect::<Vec<_>>()
        .join("\n");
    fs::write(workspace.join("Cargo.toml"), root_manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();

    let status = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--offline", "--quiet"])
        .current_dir(&workspace)
        .env(
            "CARGO_TARGET_DIR",
            workspace.with_file_name("fixtures-target"),
        )
        .env("RUSTFLAGS", "-D warnings")
        .status()
        .unwrap();
    assert!(
        status.success(),
        "a fixture's crate does not compile; it stands in {}",
        workspace.display()
    );
}

/// The manifest without development dependencies and explicit targets: a fixture has only a library.
fn without_targets(manifest: &str) -> String {
    let mut kept = String::new();
    let mut skip = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            skip = ["[dev-dependencies", "[[test", "[[example", "[[bench"]
                .iter()
                .any(|table| line.starts_with(table));
        }
        if !skip {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn copy(from: &Path, to: &Path, wanted: &dyn Fn(&Path) -> bool) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if !wanted(&path) {
            continue;
        }
        if path.is_dir() {
            copy(&path, &target, wanted)?;
        } else {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}
