//! Compares `workspaces-sdk` with `aws-sdk-workspaces` in one run. README.md describes the method.

mod builds;
mod failures;
mod loopback;
mod objects;
mod process;
mod requests;
mod server;
mod services;
mod table;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, ValueEnum};

/// Compares workspaces-sdk with aws-sdk-workspaces and prints a table in Markdown
#[derive(Parser)]
struct Options {
    /// The parts to measure [default: all, but s3 and ec2 only with --models]
    parts: Vec<Part>,

    /// The folder `data` of botocore, from whose models our clients of S3 and EC2 are generated
    #[arg(long, required_if_eq_any([("parts", "s3"), ("parts", "ec2")]))]
    models: Option<PathBuf>,

    /// Also write the table to this file
    #[arg(long)]
    out: Option<PathBuf>,

    /// Leave out the official crate
    #[arg(long)]
    ours: bool,

    /// The number of rounds for each kind of request, of which the median counts
    #[arg(long, default_value_t = 9)]
    rounds: usize,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Part {
    /// Build time, memory of the compiler, binaries, documentation, source
    Builds,
    /// The same for a program with default credentials, and the time to its first response
    Credentials,
    /// CPU time, latency and memory of requests to a server on the loopback interface
    Requests,
    /// Instructions and allocations of a request, which needs valgrind
    Counts,
    /// The kind, the code and the number of attempts of calls that fail
    Failures,
    /// The build of a program that uses S3, and requests to S3; needs `--models`
    S3,
    /// The build of a program that uses EC2; needs `--models`
    Ec2,
}

/// The crate with which a program is built. Its number is the column of the table.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Official,
    Ours,
    /// Plain hyper, without an SDK.
    Floor,
}

impl Side {
    /// The suffix of the names of its packages and programs.
    fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Ours => "ours",
            Self::Floor => "floor",
        }
    }

    /// The packages of the SDK: its crate and, for ours, the runtime that only generated crates use.
    fn sdk(self) -> &'static [&'static str] {
        match self {
            Self::Official => &["aws-sdk-workspaces"],
            Self::Ours => &["workspaces-sdk", "lean-aws-runtime"],
            Self::Floor => &[],
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
    let mut differences = String::new();
    if wanted(Part::Failures) && !options.ours {
        differences = failures::compare()?;
    }
    if wanted(Part::Builds) {
        builds::measure(builds::PROGRAM, sides, &mut table)?;
    }
    if wanted(Part::Credentials) {
        builds::measure(builds::WITH_CONFIG, sides, &mut table)?;
    }
    if let Some(models) = &options.models {
        if wanted(Part::Ec2) {
            services::EC2.generate(models)?;
            services::EC2.build(sides, &mut table)?;
        }
        if wanted(Part::S3) {
            services::S3.generate(models)?;
            services::S3.build(sides, &mut table)?;
            let programs = services::requests(sides)?;
            process::stay_on_one_cpu()?;
            services::time(programs, &objects::start()?, options.rounds, &mut table)?;
        }
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
    let mut text = match options.parts[..] {
        [Part::Failures] => String::new(),
        _ => table.markdown() + "\n",
    };
    text += &differences;
    print!("{text}");
    if let Some(path) = options.out {
        std::fs::write(path, text)?;
    }
    Ok(())
}
