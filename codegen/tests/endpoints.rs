//! The endpoint rules of all services, with the test cases that botocore has for them.
//!
//! They are in its source distribution, which `ENDPOINT_TESTS` names. This takes minutes, so without the variable only the
//! cases of this project are run, in the test `protocol`.
//!
//! ```sh
//! ENDPOINT_TESTS=~/botocore-1.44.8 cargo test -p lean-aws-codegen --test generator endpoints:: -- --nocapture
//! ```

pub(crate) mod harness;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use lean_aws_codegen::{Files, ModelFile, ModelFiles};
use serde_json::Value;

use crate::crates::Workspace;

#[test]
fn endpoints_of_all_services() {
    let Some(botocore) = env::var_os("ENDPOINT_TESTS").map(PathBuf::from) else {
        return;
    };
    let partitions = file(&botocore.join("botocore/data/partitions.json"));
    let (functions, _) = harness::functions();
    let generated =
        lean_aws_codegen::generate(&functions, &lean_aws_codegen::Options::default()).unwrap();
    let mut modules = String::from("mod partitions;\n");
    let mut files = Files::new();
    let mut program = harness::Program::default();
    let mut not_run = Vec::new();
    for folder in folders(&botocore.join("tests/functional/endpoint-rules")) {
        let service = folder.file_name().unwrap().to_string_lossy().into_owned();
        let models = folders(&botocore.join("botocore/data").join(&service));
        let Some(version) = models.last() else {
            not_run.push(format!("{service}: no model"));
            continue;
        };
        let rules = file(&version.join("endpoint-rule-set-1.json"));
        let set: Value = serde_json::from_slice(&rules.bytes).unwrap();
        let model = ModelFiles {
            endpoint_rules: Some(rules),
            partitions: Some(partitions.clone()),
            ..ModelFiles::new(file(&version.join("service-2.json")))
        };
        let mut generated =
            match lean_aws_codegen::generate(&model, &lean_aws_codegen::Options::default()) {
                Ok(generated) => generated.files,
                Err(faults) => {
                    not_run.push(format!("{service}: {faults}"));
                    continue;
                }
            };
        let name = format!("service_{}", service.replace('-', "_"));
        modules += &format!("mod {name};\n");
        let rules = generated.remove("endpoint.rs").unwrap();
        let rules = rules.replace("pub(super) fn", "pub(in crate::program) fn");
        files.insert(format!("src/program/{name}.rs"), rules);
        if let Some(partitions) = generated.remove("partitions.rs") {
            let path = "src/program/partitions.rs".to_owned();
            files.insert(path, partitions);
        }
        let tests = harness::read_json(&folder.join("endpoint-tests-1.json"));
        program.add(&service, &format!("{name}::resolve"), &set, &tests);
    }
    let mut extra = program.into_extra();
    *extra.files.get_mut("src/program.rs").unwrap() += &modules;
    extra.files.extend(files);
    let mut workspace = Workspace::new("endpoints");
    workspace.add("endpoints", generated, extra);
    println!("not run: {not_run:#?}");
    let arguments = [
        "test",
        "--lib",
        "--no-default-features",
        "--",
        "--nocapture",
    ];
    assert!(workspace.cargo(&arguments), "an endpoint is wrong");
}

/// The folders in a folder, sorted.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Reads a file that may be compressed.
fn file(path: &Path) -> ModelFile {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let compressed = path.with_file_name(format!("{name}.gz"));
    let bytes = match compressed.exists() {
        true => {
            let output = Command::new("gzip").arg("-dc").arg(compressed).output();
            output.unwrap().stdout
        }
        false => fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    };
    ModelFile { name, bytes }
}
