//! Mistakes that people make in models, each in an otherwise valid model.
//!
//! The snapshots contain each fault with its diagnostics. Read them as a person who has to correct the file.

pub(crate) mod botocore;
pub(crate) mod smithy;

use std::fmt::Write;

use lean_aws_codegen::{ModelFile, ModelFiles};

/// A string that occurs once in a file, and its replacement.
type Fault = (&'static str, &'static str);

/// Inserts each fault into `file` of a valid model, and returns the faults with their diagnostics. Panics if the
/// generator accepts one.
pub(crate) fn reports(valid: &ModelFiles, file: &ModelFile, faults: &[Fault]) -> String {
    lean_aws_codegen::generate(valid, &lean_aws_codegen::Options::default()).unwrap();
    let text = str::from_utf8(&file.bytes).unwrap();
    let (mut reports, mut accepted) = (String::new(), Vec::new());
    for (from, to) in faults {
        assert_eq!(text.matches(from).count(), 1, "{from} in {}", file.name);
        let mut model = valid.clone();
        let mut files = super::files(&mut model);
        let changed = files.iter_mut().find(|it| it.name == file.name).unwrap();
        changed.bytes = text.replace(from, to).into_bytes();
        match lean_aws_codegen::generate(&model, &lean_aws_codegen::Options::default()) {
            Err(diagnostics) => writeln!(reports, "{from}  ->  {to}\n{diagnostics}\n").unwrap(),
            Ok(_) => accepted.push((from, to)),
        }
    }
    assert!(accepted.is_empty(), "accepted: {accepted:#?}");
    reports
}
