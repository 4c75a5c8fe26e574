//! Lists where `lean-aws-config` differs from the official crates. README.md describes the method.

mod profiles;
mod tables;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Compares lean-aws-config with the official crates
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    part: Part,
}

#[derive(Subcommand)]
enum Part {
    /// Parses mutated config and credentials files with both crates
    Profiles {
        /// The number of pairs of files
        #[arg(long, default_value_t = 1_000_000)]
        runs: u64,
        /// The start of the random numbers
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Loads credentials and settings with both crates, from the tables of the tests
    Tables,
    /// Prints what both crates find in a config and a credentials file, for compare_botocore.py
    Show {
        config: PathBuf,
        credentials: PathBuf,
    },
}

fn main() -> Result<()> {
    match Options::parse().part {
        Part::Profiles { runs, seed } => profiles::compare(runs, seed),
        Part::Tables => tables::compare(),
        Part::Show {
            config,
            credentials,
        } => profiles::show(&config, &credentials),
    }
}
