//! Mutated models: the generator reports all faults, and never panics or hangs.
//!
//! `mutation/single_faults` lists mistakes that people make, one in an otherwise valid model, and
//! `mutation/random.rs` changes fixtures at random, in the same way each time. For more random mutations, and
//! different ones each time:
//!
//! ```sh
//! CODEGEN_MUTATION_SECONDS=600 cargo test -p lean-aws-codegen --test measurements mutation --release
//! ```
//!
//! `mutation/edits` changes the meaning of models, of which at least 40 % remain valid. A long run edits this many
//! models, those in a folder as well as the fixtures, and checks that the crates of all accepted models compile:
//!
//! ```sh
//! CODEGEN_EDITED_MODELS=1000 CODEGEN_MODELS=FOLDER cargo test -p lean-aws-codegen --test measurements edited -- --nocapture
//! ```
//!
//! The folder contains models of botocore as `NAME.json`, next to `NAME.paginators.json`, `NAME.waiters.json` and
//! `NAME.endpoint-rules.json`. `CODEGEN_SEED` selects other edits.

mod edits;
mod files;
mod random;
mod single_faults;

use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs};

use files::files;
use lean_aws_codegen::ModelFiles;
use random::Random;
use single_faults::botocore;

use crate::common;
use crate::crates::{Extra, Workspace};

/// The model that single faults are inserted into, in both formats.
const VALID: &str = "mutation";

/// The number of random mutations in a normal run.
const MUTATIONS: usize = 400;

/// The maximum time for the generation from one of the small models. Most take a hundredth of it.
const TIME_LIMIT: Duration = Duration::from_secs(20);

#[test]
fn every_fault_of_a_botocore_model_is_reported() {
    let (_, valid) = common::models(VALID).unwrap().remove(0);
    let faults = [
        (Some(&valid.service), botocore::SERVICE),
        (valid.paginators.as_ref(), botocore::PAGINATORS),
        (valid.endpoint_rules.as_ref(), botocore::ENDPOINT_RULES),
        (valid.partitions.as_ref(), botocore::PARTITIONS),
    ];
    let reports =
        faults.map(|(file, faults)| single_faults::reports(&valid, file.unwrap(), faults));
    insta::assert_snapshot!("botocore_faults", reports.concat());
}

#[test]
fn every_fault_of_a_smithy_model_is_reported() {
    let (_, valid) = common::smithy_models(VALID).unwrap().remove(0);
    let reports = single_faults::reports(&valid, &valid.service, single_faults::smithy::FAULTS);
    insta::assert_snapshot!("smithy_faults", reports);
}

#[test]
fn any_mutation_results_in_a_crate_or_diagnostics_in_a_short_time() {
    let _alone = crate::alone();
    let seconds: Option<u64> = env::var("CODEGEN_MUTATION_SECONDS").ok().map(|it| {
        it.parse()
            .expect("CODEGEN_MUTATION_SECONDS is not a number of seconds")
    });
    let now = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let mut random = Random::new(seconds.map_or(7, |_| now().unwrap().as_nanos() as u64));
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(0));
    let mut models = Vec::new();
    for folder in ["fixtures", VALID] {
        models.extend(common::models(folder).unwrap());
        models.extend(common::smithy_models(folder).unwrap());
    }
    let (mut count, mut accepted) = (0, 0);
    while count < MUTATIONS || Instant::now() < end {
        let (name, model) = random.choose(&models);
        let (_, other) = random.choose(&models);
        let mutated = random::mutate(model, other, &mut random);
        if seconds.is_some() {
            // A stack overflow ends the process, so the mutation is saved before it is tried.
            save(&mutated);
        }
        let start = Instant::now();
        let result = catch_unwind(|| {
            lean_aws_codegen::generate(&mutated, &lean_aws_codegen::Options::default())
        });
        let time = start.elapsed();
        let problem = match &result {
            Err(_) => Some("the generator panics".to_owned()),
            Ok(_) if time > TIME_LIMIT => Some(format!("the generator takes {time:?}")),
            Ok(Err(diagnostics)) if diagnostics.0.is_empty() => {
                Some("the model is rejected without a diagnostic".to_owned())
            }
            Ok(_) => None,
        };
        if let Some(problem) = problem {
            panic!(
                "{problem} for a mutation of {name}, saved in {}",
                save(&mutated)
            );
        }
        accepted += usize::from(matches!(result, Ok(Ok(_))));
        count += 1;
    }
    println!("{count} mutations, {accepted} of them accepted");
    // Otherwise the mutations are too weak or too strong to test anything.
    assert!(accepted > count / 20, "{accepted} of {count} are accepted");
    assert!(accepted < count / 2, "{accepted} of {count} are accepted");
}

/// The number of edited models in a normal run, which does not compile their crates.
const EDITED: usize = 100;

/// The maximum time and memory, in KiB, for the generation from an edited model.
const EDITED_TIME: Duration = Duration::from_secs(10);
const EDITED_MEMORY: u64 = 1 << 20;

/// The number of crates that are compiled together.
const CRATES: usize = 100;

#[test]
fn edited_models_are_rejected_or_become_crates_that_compile() {
    let _alone = crate::alone();
    let number = |name: &str| {
        let value = env::var(name).ok();
        value.map(|it| it.parse::<usize>().unwrap())
    };
    let long = number("CODEGEN_EDITED_MODELS");
    let mut random = Random::new(number("CODEGEN_SEED").unwrap_or(11) as u64);
    let mut models = common::models("fixtures").unwrap();
    models.extend(common::models(VALID).unwrap());
    models.extend(common::smithy_models("fixtures").unwrap());
    models.extend(common::smithy_models(VALID).unwrap());
    if let Some(folder) = env::var_os("CODEGEN_MODELS") {
        models.extend(common::models(&folder.to_string_lossy()).unwrap());
    }
    let (mut accepted, mut broken) = (Vec::new(), Vec::new());
    let (mut slowest, mut largest) = (Duration::ZERO, 0);
    let count = long.unwrap_or(EDITED);
    for i in 0..count {
        let (name, model) = random.choose(&models);
        let mut edited = model.clone();
        edited.service.bytes = edits::edit(&model.service.bytes, &mut random).unwrap();
        // A stack overflow ends the process, so the model is saved before it is tried.
        let saved = save_as(&format!("edited/{i}_{name}"), &edited);
        reset_peak();
        let start = Instant::now();
        let result = catch_unwind(|| {
            lean_aws_codegen::generate(&edited, &lean_aws_codegen::Options::default())
        });
        let (time, memory) = (start.elapsed(), peak_memory());
        assert!(time < EDITED_TIME, "{saved}: takes {time:?}");
        assert!(memory < EDITED_MEMORY, "{saved}: takes {memory} KiB");
        (slowest, largest) = (slowest.max(time), largest.max(memory));
        match result.unwrap_or_else(|_| panic!("{saved}: the generator panics")) {
            Ok(generated) => accepted.push((format!("edited_{i}"), generated)),
            Err(faults) => assert!(!faults.0.is_empty(), "{saved}: no diagnostic"),
        }
    }
    println!(
        "{count} edited models, {} accepted; at most {slowest:?} and {largest} KiB",
        accepted.len()
    );
    assert!(accepted.len() * 5 >= count * 2, "too few are accepted");
    assert!(accepted.len() < count, "all are accepted");
    while long.is_some() && !accepted.is_empty() {
        let mut workspace = Workspace::new(&format!("edited_crates_{}", accepted.len()));
        for (name, generated) in accepted.drain(..CRATES.min(accepted.len())) {
            workspace.add(&name, generated, Extra::default());
        }
        broken.extend(workspace.failures());
    }
    assert!(broken.is_empty(), "these do not compile: {broken:?}");
}

/// Starts a new measurement of the peak memory of this process, on Linux.
fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Returns the peak memory of this process in KiB, or zero on other systems.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|it| it.trim().strip_suffix(" kB")?.parse().ok());
    peak.unwrap_or_default()
}

/// Saves a mutated model, and returns its path.
fn save(model: &ModelFiles) -> String {
    save_as("mutation", model)
}

fn save_as(name: &str, model: &ModelFiles) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for file in files(&mut model.clone()) {
        fs::write(folder.join(&file.name), &file.bytes).unwrap();
    }
    folder.display().to_string()
}
