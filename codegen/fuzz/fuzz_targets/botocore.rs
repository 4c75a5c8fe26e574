//! Generates crates from changed models of the format: see the library.

#![no_main]

use std::sync::LazyLock;

use codegen::ModelFiles;
use codegen_fuzz::{Format, run, seeds};
use libfuzzer_sys::fuzz_target;

static SEEDS: LazyLock<Vec<ModelFiles>> = LazyLock::new(|| seeds(Format::Botocore));

fuzz_target!(|input: &[u8]| run(&SEEDS, input));
