//! Random values of all types of Amazon WorkSpaces and Amazon CloudWatch, which has floats, go from botocore to the codec of CBOR
//! and back.
//!
//! This needs a Python with botocore, and takes some minutes:
//!
//! ```sh
//! CBOR_PEER=venv/bin/python cargo test -p lean-aws-codegen --test generator cbor_peer -- --nocapture
//! ```

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use lean_aws_codegen::{ModelFile, ModelFiles, Options};

use crate::crates::Workspace;
use crate::programs;

/// The test of a generated crate: decodes and encodes the values in a file.
const PROGRAM: &str = r#"
use std::fs;

use crate::all_types::ALL_TYPES;

#[test]
fn round_trips() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/values.txt");
    let mut written = String::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let (shape, value) = line.split_once(' ').unwrap();
        let (_, round_trip) = ALL_TYPES.iter().find(|(name, _)| *name == shape).unwrap();
        let bytes = (0..value.len()).step_by(2);
        let bytes: Vec<u8> = bytes.map(|i| u8::from_str_radix(&value[i..i + 2], 16).unwrap()).collect();
        let bytes = round_trip(&bytes).unwrap_or_else(|error| panic!("{shape}: {error}: {value}"));
        let value: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        written += &format!("{shape} {value}\n");
    }
    fs::write(path.replace("values.txt", "written.txt"), written).unwrap();
}
"#;

#[test]
fn values_survive_the_way_from_botocore_and_back() {
    let Some(python) = env::var_os("CBOR_PEER") else {
        return;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cbor_peer/values.py");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cbor-peer-values");
    let python = |step: &str, service: &str| {
        let mut command = Command::new(&python);
        command.args([script, step, service]).arg(&folder);
        assert!(command.status().unwrap().success());
    };
    for service in ["workspaces", "cloudwatch"] {
        fs::create_dir_all(&folder).unwrap();
        python("write", service);
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let model = ModelFiles::new(ModelFile {
            name: "service-2.json".to_owned(),
            bytes: read("service-2.json").into_bytes(),
        });
        let options = Options {
            offline: true,
            protocol: Some("smithy-rpc-v2-cbor"),
            ..Options::default()
        };
        let generated = lean_aws_codegen::generate(&model, &options).unwrap();
        let mut extra = programs::tests(PROGRAM.to_owned());
        (extra.files).insert("values.txt".to_owned(), read("values.txt"));
        let mut workspace = Workspace::new("cbor-peer");
        workspace.add(service, generated, extra);
        assert!(workspace.cargo(&["test", "--lib", "--no-default-features"]));
        let written = folder.with_file_name(format!("cbor-peer/{service}/written.txt"));
        fs::copy(written, folder.join("written.txt")).unwrap();
        python("check", service);
    }
}
