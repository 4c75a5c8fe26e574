//! `cargo xtask codegen --timings`: measures the duration of each stage.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use codegen::{Options, Stages};

use crate::clients::CLIENTS;
use crate::model;

/// The help of `--timings`, which explains the table.
pub(crate) const HELP: &str = "\
Print the duration of each stage in this run (cold) and in repeated runs (warm)

Warm is the median of ten more runs in the same process, which write nothing. All durations are
wall-clock times; `compare` and `write` depend on the disk. `format` takes more than half of the
other time, since it parses and prints every token, while the earlier stages work on shapes.

A build without optimization takes about five times as long. To measure:
cargo run --release --package lean-aws -- codegen --timings";

/// The number of runs after the first.
const REPETITIONS: usize = 10;

/// Repeats the run without writing files, and returns the stages of each repetition.
pub(crate) fn repeat(model: Option<&Path>, options: &Options<'_>) -> Result<Vec<Stages>> {
    let run = || match model {
        Some(model) => Ok(model::generate(model, options)?.stages),
        None => CLIENTS.iter().try_fold(Stages::default(), |all, client| {
            Ok(all.chain(client.generate()?.stages))
        }),
    };
    (0..REPETITIONS).map(|_| run()).collect()
}

/// Returns a table of stages: the duration in the first run, the median duration in the repeated runs,
/// and the share of each in its total.
pub(crate) fn table(cold: &Stages, repeated: &[Stages]) -> String {
    let median = |i: usize| {
        let times = repeated.iter().filter_map(|run| run.iter().nth(i));
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
        // Writing to a string does not fail.
        let _ = writeln!(text, "{stage:<8}{cold}{warm}");
    }
    text
}

/// A duration and its share of the total.
fn cells(time: Option<Duration>, total: Option<Duration>) -> String {
    let Some((time, total)) = time.zip(total) else {
        return format!("{:>10}{:>7}", "-", "-");
    };
    let share = 100.0 * time.as_secs_f64() / total.as_secs_f64();
    format!("{:>10.1}{share:>5.0} %", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use tempfile::TempDir;

    use super::*;
    use crate::checkout::root;
    use crate::{Arguments, Command, codegen_command};

    /// `--timings` works with `--model`, which still writes the crate.
    #[test]
    fn timings_of_any_model() {
        let out = TempDir::new().unwrap();
        let out = out.path();
        let model = root().unwrap().join("models/workspaces");
        let (model, to) = (model.display().to_string(), out.display().to_string());
        let words = ["xtask", "codegen", "--timings", "--operations=DescribeTags"];
        let words = words.into_iter().chain(["--model", &model, "--out", &to]);
        let Command::Codegen(arguments) = Arguments::parse_from(words).command else {
            panic!("not `codegen`");
        };
        codegen_command::run(&arguments).unwrap();
        assert!(
            out.join("workspaces-sdk/src/generated/operation/describe_tags.rs")
                .exists()
        );
    }

    /// Every stage has a row. A stage that is not repeated has no warm duration.
    #[test]
    fn rows_for_all_stages() {
        let mut cold = CLIENTS[0].generate().unwrap().stages;
        cold.time("compare", || ());
        let warm = CLIENTS[0].generate().unwrap().stages;
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
