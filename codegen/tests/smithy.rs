//! The crate of a service does not depend on the format of its model.

use std::path::Path;
use std::{fs, io};

use lean_aws_codegen::{Files, ModelFile, ModelFiles};

use crate::common;
use crate::to_smithy;

#[test]
fn fixtures_and_their_translations_generate_the_same_crate() {
    for (name, model) in common::models("fixtures").unwrap() {
        // Fixtures for features that only Smithy has are Smithy models. The translation knows no locations in HTTP messages.
        if to_smithy::is_smithy_model(&model) || !to_smithy::is_json(&model) {
            continue;
        }
        let (botocore, smithy) = to_smithy::twins(&model);
        assert_same(
            &name,
            &lean_aws_codegen::generate(&botocore, &lean_aws_codegen::Options::default())
                .unwrap()
                .files,
            &lean_aws_codegen::generate(&smithy, &lean_aws_codegen::Options::default())
                .unwrap()
                .files,
        );
    }
}

#[test]
fn the_crates_model_and_its_translation_generate_the_same_crate() {
    let (botocore, mut smithy) = to_smithy::twins(&workspaces().unwrap());
    // The table of facts that botocore's models lack has this default.
    let mut model: serde_json::Value = serde_json::from_slice(&smithy.service.bytes).unwrap();
    let shapes = model["shapes"].as_object_mut().unwrap();
    let mut pools = shapes.iter_mut();
    let (_, pool) = pools
        .find(|(id, _)| id.ends_with("#WorkspacesPool"))
        .unwrap();
    pool["members"]["RunningMode"]["traits"]["smithy.api#default"] = "AUTO_STOP".into();
    smithy.service.bytes = serde_json::to_vec_pretty(&model).unwrap();
    assert_same(
        "workspaces",
        &lean_aws_codegen::generate(&botocore, &lean_aws_codegen::Options::default())
            .unwrap()
            .files,
        &lean_aws_codegen::generate(&smithy, &lean_aws_codegen::Options::default())
            .unwrap()
            .files,
    );
}

/// `NAME.smithy.json` is the model `NAME.json`, written by hand with features that only Smithy has.
#[test]
fn fixtures_and_their_smithy_sidecars_generate_the_same_crate() {
    let models = common::models("fixtures").unwrap();
    let twins = common::smithy_models("fixtures").unwrap();
    for (name, smithy) in twins {
        let (_, botocore) = models.iter().find(|(other, _)| *other == name).unwrap();
        assert_same(
            &name,
            &lean_aws_codegen::generate(botocore, &lean_aws_codegen::Options::default())
                .unwrap()
                .files,
            &lean_aws_codegen::generate(&smithy, &lean_aws_codegen::Options::default())
                .unwrap()
                .files,
        );
    }
}

/// Asserts that two crates differ in documentation only.
fn assert_same(name: &str, botocore: &Files, smithy: &Files) {
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
