//! The same service gives the same crate, in whichever of the two formats its model is.

mod common;
#[path = "common/to_smithy.rs"]
mod to_smithy;

use std::path::Path;
use std::{fs, io};

use codegen::{Files, ModelFile, ModelFiles};

#[test]
fn fixtures_as_smithy() {
    for (name, model) in common::models("fixtures").unwrap() {
        let (botocore, smithy) = to_smithy::twins(&model);
        same(
            &name,
            &codegen::generate(&botocore, None).unwrap().files,
            &codegen::generate(&smithy, None).unwrap().files,
        );
    }
}

#[test]
fn workspaces_as_smithy() {
    let (botocore, smithy) = to_smithy::twins(&workspaces().unwrap());
    same(
        "workspaces",
        &codegen::generate(&botocore, None).unwrap().files,
        &codegen::generate(&smithy, None).unwrap().files,
    );
}

/// Models written by hand, with what only Smithy has: `<name>.smithy.json` beside `<name>.json`.
#[test]
fn twins_by_hand() {
    let models = common::models("fixtures").unwrap();
    let twins = common::smithy_models("fixtures").unwrap();
    for (name, smithy) in twins {
        let (_, botocore) = models.iter().find(|(other, _)| *other == name).unwrap();
        same(
            &name,
            &codegen::generate(botocore, None).unwrap().files,
            &codegen::generate(&smithy, None).unwrap().files,
        );
    }
}

/// Asserts that two crates are the same, documentation aside.
fn same(name: &str, botocore: &Files, smithy: &Files) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(botocore), names(smithy), "{name}");
    let code = |text: &String| {
        let lines = text.lines();
        let code = lines.filter(|line| !line.trim_start().starts_with("//"));
        code.filter(|line| !line.trim().is_empty())
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    };
    for (path, text) in botocore {
        let (one, other) = (code(text), code(&smithy[path]));
        assert!(
            one == other,
            "{name}, {path}:\n{one}\n---- smithy:\n{other}"
        );
    }
}

fn workspaces() -> io::Result<ModelFiles> {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    let file = |name: &str| {
        let name = name.to_owned();
        let bytes = fs::read(models.join(&name))?;
        Ok::<_, io::Error>(ModelFile { name, bytes })
    };
    let beside = |name: &str| file(&format!("workspaces/2015-04-08/{name}"));
    Ok(ModelFiles {
        service: beside("service-2.json")?,
        paginators: Some(beside("paginators-1.json")?),
        waiters: Some(beside("waiters-2.json")?),
        endpoint_rules: Some(beside("endpoint-rule-set-1.json")?),
        partitions: Some(file("partitions.json")?),
        enum_docs: Some(beside("enum-docs.json")?),
        rust: Some(beside("rust.json")?),
    })
}
