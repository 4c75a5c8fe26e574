//! Compares `workspaces-sdk` with `aws-sdk-workspaces` in one run. README.md describes the method.

mod cbor;
mod failures;
mod generated;
mod loopback;
mod objects;
mod picture;
mod process;
mod programs;
mod requests;
mod results;
mod rows;
mod s3;
mod sdk_crate;
mod server;
mod start;
mod table;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use clap::builder::PossibleValuesParser;
use results::Results;
use rows::{ROWS, Row};

/// Compares workspaces-sdk with aws-sdk-workspaces, row by row
///
/// The figures of each row are in a file in the folder with the results, as soon as they are measured. A row that is complete there
/// is not measured again. After each row, table.md, readme.md and versus.svg in that folder show all results.
#[derive(Parser)]
struct Options {
    /// The rows to measure [default: all, but those that need models only with --models]
    #[arg(value_parser = PossibleValuesParser::new(ROWS.iter().map(|row| row.name).chain(["failures"])))]
    rows: Vec<String>,

    /// The folder `data` of botocore, from whose models our clients are generated: four-services, ec2, s3 and objects need it
    #[arg(long)]
    models: Option<PathBuf>,

    /// The folder with the results
    #[arg(long, default_value = "results")]
    results: PathBuf,

    /// Measure rows again that have results
    #[arg(long)]
    again: bool,

    /// Measure nothing, and write the tables and the picture of the results
    #[arg(long)]
    draw: bool,

    /// Leave out the official crate
    #[arg(long)]
    ours: bool,

    /// The number of rounds for each kind of request, of which the median counts
    #[arg(long, default_value_t = 9)]
    rounds: usize,
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
    if options.draw {
        return draw(&options);
    }
    let named = |name| options.rows.iter().any(|row| row == name);
    let failures = options.results.join("failures.md");
    let is_new = options.again || !failures.exists();
    if !options.ours && is_new && (options.rows.is_empty() || named("failures")) {
        eprintln!("failures: calls that fail, about 15 minutes of CPU time");
        let differences = failures::compare()?;
        fs::create_dir_all(&options.results)?;
        fs::write(&failures, &differences)?;
        print!("{differences}");
    }
    for row in ROWS {
        let has_models = options.models.is_some() || !row.needs_models();
        if named(row.name) || options.rows.is_empty() && has_models {
            measure(row, &options).with_context(|| format!("row {}", row.name))?;
            draw(&options)?;
        }
    }
    print!("{}", table::all(&options.results)?);
    Ok(())
}

fn measure(row: &Row, options: &Options) -> Result<()> {
    let mut results = Results::load(&options.results, row.name)?;
    let sides = row.sides(options.ours);
    if options.again {
        results.forget(sides);
    }
    if results.is_complete(sides) {
        eprintln!("{}: has results; --again measures it again", row.name);
        return Ok(());
    }
    let sides = match options.ours {
        true => "less without the official crate",
        false => "both sides",
    };
    eprintln!(
        "{}: {}, about {} minutes of CPU time ({sides})",
        row.name, row.title, row.minutes
    );
    row.measure(options, &mut results)
}

/// Writes the tables and the picture.
fn draw(options: &Options) -> Result<()> {
    let folder = &options.results;
    fs::create_dir_all(folder)?;
    fs::write(folder.join("table.md"), table::all(folder)?)?;
    fs::write(folder.join("readme.md"), table::readme(folder)?)?;
    fs::write(folder.join("versus.svg"), picture::draw(folder)?)?;
    Ok(())
}
