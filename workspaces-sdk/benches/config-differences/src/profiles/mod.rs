//! Both parsers of the shared files, with mutated files.

mod mutate;
mod outcome;
mod reasons;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail, ensure};
use mutate::Random;
use outcome::{Files, Outcome};

/// The files that are mutated. The fuzz target of the parser starts with them as well.
fn corpus() -> Result<Vec<Vec<u8>>> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/parse_profile");
    let mut files = Vec::new();
    for entry in fs::read_dir(seeds)? {
        files.push(entry?.path());
    }
    // The order of a directory is not the same everywhere.
    files.sort();
    let files = files.iter().map(fs::read).collect::<Result<Vec<_>, _>>()?;
    ensure!(!files.is_empty(), "there are no seeds");
    Ok(files)
}

/// Parses mutated files with both crates.
///
/// A difference has to disappear when the files are rewritten without what is a reason for it.
pub fn compare(runs: u64, seed: u64) -> Result<()> {
    let corpus = corpus()?;
    let mut random = Random::new(seed);
    let mut counts = BTreeMap::new();
    for run in 0..runs {
        let files = mutate::files(&corpus, &mut random);
        let (ours, official) = (Outcome::ours(&files), Outcome::official(&files));
        let result = if ours != official {
            let Some(reason) = reasons::explain(&files) else {
                println!("{files}\nours: {ours:#?}\n\nofficial: {official:#?}");
                bail!("run {run} with seed {seed} has a difference without a reason");
            };
            format!("different: {reason}")
        } else {
            match ours {
                Outcome::Invalid { .. } => "same: an error at the same line",
                Outcome::Valid { services, .. } if !services.is_empty() => {
                    "same: properties, with some of services"
                }
                Outcome::Valid { sections, .. } if sections.is_empty() => "same: no sections",
                Outcome::Valid { .. } => "same: properties",
            }
            .to_owned()
        };
        *counts.entry(result).or_insert(0_u64) += 1;
    }
    println!("| result | runs |\n|---|--:|");
    for (result, count) in counts {
        println!("| {result} | {count} |");
    }
    Ok(())
}

/// Prints the outcomes of both crates.
pub fn show(config: &Path, credentials: &Path) -> Result<()> {
    let files = Files {
        config: fs::read(config)?,
        credentials: fs::read(credentials)?,
        profile: "default",
    };
    print!(
        "ours\n{}official\n{}",
        Outcome::ours(&files),
        Outcome::official(&files)
    );
    Ok(())
}
