//! Streams in requests and responses over a real connection, with a crate that is generated from a model with streams.
//!
//! `STREAM_BYTES` sets the size of the streams whose memory is measured.

#[cfg(test)]
#[path = "common/crates.rs"]
mod crates;

use codegen::{Files, ModelFile, ModelFiles};
use crates::{Extra, Workspace};

const MODEL: &[u8] = include_bytes!("streams/model.json");

/// The dependencies and the programs of the crate.
const MANIFEST: &str = r#"
[dev-dependencies]
aws-smithy-types = { version = "1.9.3", features = ["http-body-1-x"] }
bytes = "1.12.2"
http-body = "1.1.0"
tokio = { version = "1.54.1", default-features = false, features = ["io-util", "macros", "rt", "time"] }

[[test]]
name = "memory"
harness = false
"#;

#[test]
fn streams_over_a_connection() {
    let model = ModelFile {
        name: "service-2.json".to_owned(),
        bytes: MODEL.to_vec(),
    };
    let generated = codegen::generate(&ModelFiles::new(model), &codegen::Options::default());
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
            manifest: MANIFEST,
        },
    );
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
