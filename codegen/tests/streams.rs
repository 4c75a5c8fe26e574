//! Streams in requests and responses over a real connection, with a crate that is generated from a model with streams, and what
//! Amazon S3 has beyond them.
//!
//! `STREAM_BYTES` sets the size of the streams whose memory is measured.

use lean_aws_codegen::{Files, Generated, ModelFile, ModelFiles};

use crate::crates::{DEPENDENCIES, Extra, Workspace};

const MODEL: &[u8] = include_bytes!("streams/model.json");

/// A program that measures its memory.
const MEMORY: &str = "\n[[test]]\nname = \"memory\"\nharness = false\n";

/// A client of a small model with the customizations of Amazon S3.
fn s3() -> Generated {
    let file = |name: &str, text: &str| ModelFile {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let model = ModelFiles {
        endpoint_rules: Some(file("rules.json", include_str!("s3/rules.json"))),
        paginators: Some(file("paginators.json", include_str!("s3/paginators.json"))),
        ..ModelFiles::new(file("model.json", include_str!("s3/model.json")))
    };
    let generated = lean_aws_codegen::generate(&model, &lean_aws_codegen::Options::default());
    generated.unwrap_or_else(|faults| panic!("{faults}"))
}

fn programs_of_s3() -> Extra {
    let files = [
        ("interceptors.rs", include_str!("s3/interceptors.rs")),
        ("main.rs", include_str!("s3/calls.rs")),
        ("mock.rs", include_str!("s3/mock.rs")),
        ("requests.rs", include_str!("s3/requests.rs")),
        ("responses.rs", include_str!("s3/responses.rs")),
        ("settings.rs", include_str!("s3/settings.rs")),
    ];
    let files = files.map(|(path, text)| (format!("tests/s3/{path}"), text.to_owned()));
    Extra {
        files: Files::from(files),
        library: String::new(),
        manifest: DEPENDENCIES.to_owned(),
    }
}

#[test]
fn streams_over_a_connection() {
    let model = ModelFile {
        name: "service-2.json".to_owned(),
        bytes: MODEL.to_vec(),
    };
    let generated = lean_aws_codegen::generate(
        &ModelFiles::new(model),
        &lean_aws_codegen::Options::default(),
    );
    let server = include_str!("streams/server.rs");
    let files = [
        ("memory/main.rs", include_str!("streams/memory.rs")),
        ("memory/server.rs", server),
        ("streams/main.rs", include_str!("streams/connection.rs")),
        ("streams/downloads.rs", include_str!("streams/downloads.rs")),
        ("streams/server.rs", server),
        ("streams/uploads.rs", include_str!("streams/uploads.rs")),
    ];
    let files = files.map(|(path, text)| (format!("tests/{path}"), text.to_owned()));
    let mut workspace = Workspace::new("streams");
    workspace.add(
        "streams",
        generated.unwrap_or_else(|faults| panic!("{faults}")),
        Extra {
            files: Files::from(files),
            library: String::new(),
            manifest: DEPENDENCIES.to_owned() + MEMORY,
        },
    );
    workspace.add("s3", s3(), programs_of_s3());
    // Most tests wait most of the time.
    let arguments = [
        "test",
        "--tests",
        "--no-fail-fast",
        "--",
        "--test-threads=32",
    ];
    assert!(workspace.cargo(&arguments), "a stream fails");
}
