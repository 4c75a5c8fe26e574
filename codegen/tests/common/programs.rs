//! Programs that test a generated crate from within.

use codegen::Files;

use crate::crates::Extra;

/// The dependencies of every program.
const DEPENDENCIES: &str = r#"
[dev-dependencies]
aws-credential-types = "1.3.1"
aws-smithy-async = "1.3.1"
aws-smithy-runtime-api = { version = "1.20.0", features = ["client", "http-1x"] }
aws-smithy-types = "1.9.3"
aws-types = "1.7.0"
ciborium = "0.2.2"
http = "1.5.0"
serde = { version = "1.0.229", default-features = false }
serde_json = "1.0.154"
"#;

/// A module of tests for a crate.
pub(crate) fn tests(program: String) -> Extra {
    Extra {
        files: Files::from([("src/program.rs".to_owned(), program)]),
        library: "\n#[cfg(test)]\nmod program;\n".to_owned(),
        manifest: DEPENDENCIES,
    }
}
