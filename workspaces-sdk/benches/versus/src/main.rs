//! Measures `workspaces-sdk` against `aws-sdk-workspaces`, both in one run; README.md tells how.

mod builds;
mod process;
mod requests;
mod server;
mod table;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, ValueEnum};

/// Measures workspaces-sdk against aws-sdk-workspaces and prints a table, in Markdown.
#[derive(Parser)]
struct Options {
    /// What to measure; all of it if nothing is named.
    parts: Vec<Part>,

    /// Writes the table into this file, too.
    #[arg(long)]
    out: Option<PathBuf>,

    /// Measures this crate only, without the official one.
    #[arg(long)]
    ours: bool,

    /// How often each kind of request is measured; the median counts.
    #[arg(long, default_value_t = 9)]
    rounds: usize,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Part {
    /// Build time, memory of the compiler, binaries, documentation, source.
    Builds,
    /// CPU time, latency and memory of requests to a server on loopback.
    Requests,
    /// Instructions and allocations of a request; needs valgrind.
    Counts,
}

/// Which crate a program is built with; the number is the column of the table.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Official,
    Ours,
    /// No SDK at all, but plain hyper.
    Floor,
}

impl Side {
    /// The end of the names of its packages and programs.
    fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Ours => "ours",
            Self::Floor => "floor",
        }
    }

    /// The SDK.
    fn package(self) -> &'static str {
        match self {
            Self::Official => "aws-sdk-workspaces",
            Self::Ours | Self::Floor => "workspaces-sdk",
        }
    }
}

fn main() -> Result<()> {
    if let Some(command) = process::to_be_measured() {
        return process::measure_here(&command);
    }
    let options = Options::parse();
    let wanted = |part| options.parts.is_empty() || options.parts.contains(&part);
    let sides: &[Side] = if options.ours {
        &[Side::Ours]
    } else {
        &[Side::Official, Side::Ours]
    };
    let mut table = table::Table::default();
    if wanted(Part::Builds) {
        builds::measure(sides, &mut table)?;
    }
    if wanted(Part::Requests) || wanted(Part::Counts) {
        let sides = &[sides, &[Side::Floor]].concat();
        let programs = requests::Programs::build(sides)?;
        process::stay_on_one_cpu()?;
        let server = server::start()?;
        if wanted(Part::Requests) {
            programs.time(&server, options.rounds, &mut table)?;
        }
        if wanted(Part::Counts) {
            programs.count(&server, &mut table)?;
        }
    }
    let text = table.markdown();
    print!("{text}");
    if let Some(path) = options.out {
        std::fs::write(path, text)?;
    }
    Ok(())
}
