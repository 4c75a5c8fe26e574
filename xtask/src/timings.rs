//! `cargo xtask codegen --timings`: how long each stage takes.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use codegen::Stages;

use crate::model::{self, root};

/// How the table is to be read.
pub(crate) const HELP: &str = "\
Tell how long each stage took in this run (cold), and takes when repeated (warm)

Warm is the median of ten more runs in the same process, up to what is made in memory. The times
are those of a clock on the wall; `compare` and `write` wait for the disk. `format` takes more than
half of the rest: it parses what was emitted, every token of it, and lays it out in lines, where
the stages before it go through shapes.

A build without optimisation takes some five times as long. To measure:
cargo run --release --package xtask -- codegen --timings";

/// So many runs follow the first.
const AGAIN: usize = 10;

/// The stages of more runs, which write nothing.
pub(crate) fn again(model: Option<&Path>, operations: Option<&[String]>) -> Result<Vec<Stages>> {
    let ours = root()?.join(model::OURS);
    let run = |_| Ok(model::generate(model.unwrap_or(&ours), operations)?.stages);
    (0..AGAIN).map(run).collect()
}

/// A row for each stage of a run, with its share of the whole, and the same of the median of more runs.
pub(crate) fn table(cold: &Stages, again: &[Stages]) -> String {
    let median = |i: usize| {
        let times = again.iter().filter_map(|run| run.iter().nth(i));
        let mut times: Vec<Duration> = times.map(|(_, time)| time).collect();
        times.sort_unstable();
        times.get(times.len() / 2).copied()
    };
    let stages = cold.iter().enumerate();
    let mut rows: Vec<_> = stages
        .map(|(i, (stage, time))| (stage, Some(time), median(i)))
        .collect();
    let total = (
        Some(cold.total()),
        Some(rows.iter().filter_map(|row| row.2).sum()),
    );
    rows.push(("total", total.0, total.1));
    let mut text = format!(
        "{:<8}{:>10}{:>7}{:>10}{:>7}\n",
        "stage", "cold ms", "share", "warm ms", "share"
    );
    for (stage, cold, warm) in rows {
        let (cold, warm) = (cells(cold, total.0), cells(warm, total.1));
        // Writing to a text does not fail.
        let _ = writeln!(text, "{stage:<8}{cold}{warm}");
    }
    text
}

/// A time and its share of the whole.
fn cells(time: Option<Duration>, whole: Option<Duration>) -> String {
    let Some((time, whole)) = time.zip(whole) else {
        return format!("{:>10}{:>7}", "-", "-");
    };
    let share = 100.0 * time.as_secs_f64() / whole.as_secs_f64();
    format!("{:>10.1}{share:>5.0} %", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::{Arguments, Command, codegen_command};

    /// It goes with a model of one's own, and changes nothing of what is made.
    #[test]
    fn of_any_model() {
        let out = std::env::temp_dir().join(format!("xtask-timings-{}", std::process::id()));
        let model = root().unwrap().join("models/workspaces");
        let (model, to) = (model.display().to_string(), out.display().to_string());
        let words = ["xtask", "codegen", "--timings", "--operations=DescribeTags"];
        let words = words.into_iter().chain(["--model", &model, "--out", &to]);
        let Command::Codegen(arguments) = Arguments::parse_from(words).command else {
            panic!("another command");
        };
        codegen_command::run(&arguments).unwrap();
        assert!(
            out.join("src/generated/operation/describe_tags.rs")
                .exists()
        );
        std::fs::remove_dir_all(&out).unwrap();
    }

    /// Every stage of a run has a row; what only the run itself does has no time of more runs.
    #[test]
    fn all_stages() {
        let ours = root().unwrap().join(model::OURS);
        let mut cold = model::generate(&ours, None).unwrap().stages;
        cold.time("compare", || ());
        let warm = model::generate(&ours, None).unwrap().stages;
        let table = table(&cold, &[warm]);
        let stages: Vec<&str> = table
            .lines()
            .filter_map(|line| line.split(' ').next())
            .collect();
        let expected = [
            "stage", "read", "lower", "passes", "plan", "emit", "format", "compare", "total",
        ];
        assert_eq!(stages, expected, "{table}");
        let width = |line: &str| line.chars().count();
        assert!(table.lines().all(|line| width(line) == 42), "{table}");
        let row = |name: &str| table.lines().find(|line| line.starts_with(name)).unwrap();
        assert!(row("compare").ends_with("-      -"), "{table}");
        assert!(row("total").ends_with("  100 %"), "{table}");
    }
}
