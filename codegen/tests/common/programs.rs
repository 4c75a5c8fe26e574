//! Programs that test a generated crate from within.

use lean_aws_codegen::Files;

use crate::crates::{DEPENDENCIES, Extra};

/// A module of tests for a crate.
pub(crate) fn tests(program: String) -> Extra {
    Extra {
        files: Files::from([("src/program.rs".to_owned(), program)]),
        library: "\n#[cfg(test)]\nmod program;\n".to_owned(),
        manifest: DEPENDENCIES.to_owned(),
    }
}
