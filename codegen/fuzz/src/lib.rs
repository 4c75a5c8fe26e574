//! Models from the inputs of a fuzzer.
//!
//! Bytes alone rarely pass the parser. So an input is a list of numbers of eight bytes: the first chooses a fixture, and
//! each other one a change, as in the tests of mutations. An input that begins with `{` is a model itself.

#[path = "../../tests/common/mod.rs"]
mod common;
#[path = "../../tests/mutation/edits/mod.rs"]
mod edits;
#[path = "../../tests/mutation/files.rs"]
mod files_of;
#[path = "../../tests/mutation/random.rs"]
mod random;

use codegen::{ModelFile, ModelFiles, Options};
use files_of::files;
use random::Random;

/// A reader of models.
#[derive(Clone, Copy)]
pub enum Format {
    Botocore,
    Smithy,
}

/// Returns the fixtures of a format.
pub fn seeds(format: Format) -> Vec<ModelFiles> {
    let read = match format {
        Format::Botocore => common::models,
        Format::Smithy => common::smithy_models,
    };
    let tests = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests");
    let folders = ["fixtures", "mutation"].map(|folder| {
        let folder = format!("{tests}/{folder}");
        read(&folder).unwrap_or_else(|error| panic!("{folder}: {error}"))
    });
    folders
        .into_iter()
        .flatten()
        .map(|(_, model)| model)
        .collect()
}

/// Generates a crate from the model of an input. Panics if it is rejected without a diagnostic.
pub fn run(seeds: &[ModelFiles], input: &[u8]) {
    let Some(model) = model(seeds, input) else {
        return;
    };
    if let Err(faults) = codegen::generate(&model, &Options::default()) {
        assert!(!faults.0.is_empty(), "rejected without a diagnostic");
        assert!(!faults.to_string().is_empty());
    }
}

fn model(seeds: &[ModelFiles], input: &[u8]) -> Option<ModelFiles> {
    if input.starts_with(b"{") {
        return Some(ModelFiles::new(ModelFile {
            name: "model.json".to_owned(),
            bytes: input.to_vec(),
        }));
    }
    let mut numbers = input.chunks(8).map(|bytes| {
        let mut number = [0; 8];
        number[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(number)
    });
    let mut seed = || Some(&seeds[numbers.next()? as usize % seeds.len()]);
    let (mut model, other) = (seed()?.clone(), seed()?);
    // Edits are for models in which all values have the right types.
    let (mutations, edits): (Vec<u64>, Vec<u64>) =
        numbers.take(16).partition(|number| number % 4 == 0);
    for number in edits {
        if let Some(edited) = edits::edit(&model.service.bytes, &mut Random::new(number)) {
            model.service.bytes = edited;
        }
    }
    for number in mutations {
        model = random::mutate(&model, other, &mut Random::new(number));
    }
    Some(model)
}
