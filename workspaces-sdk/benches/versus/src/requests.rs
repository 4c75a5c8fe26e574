//! The cost of a request: time, memory, instructions, allocations.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::Side;
use crate::process;
use crate::programs::Program;
use crate::results::{Figures, Results};

/// The argument in place of the URL for requests without a network.
const MEMORY: &str = "memory";

/// The kinds of requests: the name for the programs, a description, the number in a round, and the number for counting.
const REQUESTS: [(&str, &str, usize, usize); 5] = [
    ("void", "ModifyWorkspaceState", 2000, 100),
    ("error", "an error response", 2000, 100),
    ("page-1", "a page of 1 WorkSpace", 2000, 100),
    ("page-25", "a page of 25", 1000, 50),
    ("page-1000", "a page of 1,000", 100, 5),
];

/// Requests whose cost is mostly encoding or decoding, and before them the requests without it, to whose cost the difference is
/// taken, without a network.
const CODEC: [(&str, &str, &str, usize, usize); 2] = [
    (
        "input-25",
        "create-25",
        "encode a request of 25 WorkSpaces",
        1000,
        50,
    ),
    (
        "void",
        "page-1000",
        "decode a response of 1,000 WorkSpaces",
        100,
        5,
    ),
];

/// The program that sends requests over CBOR.
const CBOR: Program = Program {
    name: "cbor",
    features: None,
    is_kept: true,
    steps: &[],
};

/// The program that sends requests, for each side.
pub struct Programs {
    programs: Vec<(Side, PathBuf)>,
    /// The commands that precede the program.
    prefix: Vec<OsString>,
}

/// The cost of a round of requests. Microseconds are per request.
pub struct Round {
    pub cpu_us: f64,
    between_us: f64,
    latency_us: f64,
    process_ms: f64,
    pub peak_mb: f64,
}

/// The name of a metric, its unit, and its value in a round.
pub type Metric = (&'static str, &'static str, fn(&Round) -> f64);

pub const CPU: Metric = ("CPU time", " µs", |it| it.cpu_us);

/// The requests with their numbers in a round.
fn timed() -> [(&'static str, &'static str, usize); 5] {
    REQUESTS.map(|(scenario, what, count, _)| (scenario, what, count))
}

impl Programs {
    /// The programs at these paths.
    pub fn new(programs: Vec<(Side, PathBuf)>) -> Self {
        Self {
            programs,
            prefix: Vec::new(),
        }
    }

    /// Sets an environment variable of the programs.
    pub fn with_variable(mut self, name: &str, value: &Path) -> Self {
        let mut assignment = OsString::from(name);
        assignment.push("=");
        assignment.push(value);
        self.prefix.extend(["env".into(), assignment]);
        self
    }

    /// Builds the programs. Ours uses CBOR on request; the official crate has no other protocol than JSON.
    pub fn build(sides: &[Side], is_cbor: bool) -> Result<Self> {
        let build = |side: &Side| {
            if is_cbor && *side == Side::Ours {
                let arguments = ["--bin", "requests"];
                CBOR.fetch(*side);
                CBOR.build(*side, "release", &arguments)?;
                return Ok((*side, CBOR.target(*side).join("release/requests")));
            }
            let name = side.name();
            let mut command = Command::new("cargo");
            command.args(["build", "--release", "--package", &format!("versus-{name}")]);
            command.args(["--target-dir", "target"]);
            if *side != Side::Floor {
                command.args(["--features", "requests"]);
            }
            ensure!(
                command.status()?.success(),
                "requests-{name} does not build"
            );
            Ok((*side, format!("target/release/requests-{name}").into()))
        };
        Ok(Self::new(sides.iter().map(build).collect::<Result<_>>()?))
    }

    /// Measures the CPU time of requests alone.
    pub fn time_cpu(&self, url: &str, rounds: usize, results: &mut Results) -> Result<()> {
        self.time_each(url, rounds, &timed(), &[CPU], results)
    }

    /// Measures metrics of requests that follow each other.
    pub fn time_each(
        &self,
        url: &str,
        rounds: usize,
        requests: &[(&str, &str, usize)],
        metrics: &[Metric],
        results: &mut Results,
    ) -> Result<()> {
        for (scenario, what, count) in requests {
            let round = self.rounds(rounds, url, scenario, *count, 1)?;
            for (metric, unit, figure) in metrics {
                results.row(format!("{metric}, {what}"), unit, round.median(*figure))?;
            }
        }
        Ok(())
    }

    /// Measures the time of requests.
    pub fn time(&self, url: &str, rounds: usize, results: &mut Results) -> Result<()> {
        let latency: Metric = ("latency", " µs", |it| it.latency_us);
        self.time_each(url, rounds, &timed(), &[CPU, latency], results)?;
        let round = self.rounds(rounds, url, "page-1", 6400, 64)?;
        results.row(
            "CPU time, page of 1, 64 requests in flight",
            " µs",
            round.median(|it| it.cpu_us),
        )?;
        results.row(
            "time between requests, 64 in flight",
            " µs",
            round.median(|it| it.between_us),
        )?;
        let round = self.rounds(rounds, url, "page-1", 1, 1)?;
        results.row(
            "CPU time of a process with one request",
            " ms",
            round.median(|it| it.process_ms),
        )?;
        let round = self.rounds(1, url, "page-25", 10_000, 1)?;
        results.row(
            "memory after 10,000 requests",
            " MB",
            round.median(|it| it.peak_mb),
        )?;
        for (base, scenario, what, count, _) in CODEC {
            let base = self.rounds(rounds, MEMORY, base, 2000, 1)?;
            let all = self.rounds(rounds, MEMORY, scenario, count, 1)?;
            let difference = all
                .median(|it| it.cpu_us)
                .minus(&base.median(|it| it.cpu_us));
            results.row(format!("CPU time, {what}"), " µs", difference)?;
        }
        Ok(())
    }

    /// Counts the instructions and allocations of requests.
    pub fn count(&self, url: &str, results: &mut Results) -> Result<()> {
        for (unit, counter) in COUNTERS {
            for (scenario, what, _, count) in REQUESTS {
                let counted = self.counted(counter, url, scenario, count)?;
                results.row(format!("{unit}, {what}"), "", counted)?;
            }
            for (base, scenario, what, _, count) in CODEC {
                let base = self.counted(counter, MEMORY, base, 100)?;
                let counted = self.counted(counter, MEMORY, scenario, count)?;
                results.row(format!("{unit}, {what}"), "", counted.minus(&base))?;
            }
        }
        Ok(())
    }

    /// Runs `rounds` rounds of `count` requests. The sides take turns.
    pub fn rounds(
        &self,
        rounds: usize,
        url: &str,
        scenario: &str,
        count: usize,
        at_once: usize,
    ) -> Result<Rounds> {
        let mut all = Rounds(
            self.programs
                .iter()
                .map(|(side, _)| (*side, Vec::new()))
                .collect(),
        );
        for _ in 0..rounds {
            for ((side, program), (_, rounds)) in self.programs.iter().zip(&mut all.0) {
                if *side == Side::Floor && url == MEMORY {
                    continue;
                }
                let arguments = [url, scenario, &count.to_string(), &at_once.to_string()];
                let prefix = self.prefix.iter().map(OsString::as_os_str);
                let command: Vec<_> = prefix
                    .chain([program.as_os_str()])
                    .chain(arguments.map(OsStr::new))
                    .collect();
                let (usage, printed) = process::run(&command)?;
                let mut figures = printed.trim().split(' ').map(str::parse);
                let mut next = || anyhow::Ok(figures.next().context("a figure is missing")??);
                rounds.push(Round {
                    cpu_us: next()?,
                    between_us: next()?,
                    latency_us: next()?,
                    process_ms: usage.cpu * 1e3,
                    peak_mb: usage.peak_mb,
                });
            }
        }
        Ok(all)
    }

    /// Counts an event per request: the difference between a run and one with twice as many requests, divided by their number.
    fn counted(
        &self,
        counter: Counter,
        url: &str,
        scenario: &str,
        count: usize,
    ) -> Result<Figures> {
        let mut figures = Figures::default();
        for (side, program) in &self.programs {
            if *side == Side::Floor && url == MEMORY {
                continue;
            }
            let total = |count: usize| {
                let output = Command::new("valgrind")
                    .args(counter.arguments)
                    .arg(program)
                    .args([url, scenario, &count.to_string(), "1"])
                    .output()
                    .context("valgrind is required")?;
                let report = String::from_utf8_lossy(&output.stderr);
                let line = report.lines().find(|line| line.contains(counter.line));
                let figure = line.and_then(|line| line.rsplit(' ').nth(counter.from_end));
                let figure = figure
                    .with_context(|| format!("the report of valgrind has no count:\n{report}"))?;
                anyhow::Ok(figure.replace(',', "").parse::<f64>()?)
            };
            figures.set(*side, (total(2 * count)? - total(count)?) / count as f64);
        }
        Ok(figures)
    }
}

/// A tool of valgrind, and the position of the count in its report.
#[derive(Clone, Copy)]
struct Counter {
    arguments: [&'static str; 2],
    line: &'static str,
    from_end: usize,
}

const COUNTERS: [(&str, Counter); 2] = [
    (
        "instructions",
        Counter {
            arguments: ["--tool=callgrind", "--callgrind-out-file=/dev/null"],
            line: "Collected :",
            from_end: 0,
        },
    ),
    (
        "allocations",
        Counter {
            arguments: ["--tool=dhat", "--dhat-out-file=/dev/null"],
            line: "Total:",
            from_end: 1,
        },
    ),
];

/// The rounds of each side.
pub struct Rounds(Vec<(Side, Vec<Round>)>);

impl Rounds {
    pub fn median(&self, figure: fn(&Round) -> f64) -> Figures {
        let mut figures = Figures::default();
        for (side, rounds) in &self.0 {
            let mut all: Vec<_> = rounds.iter().map(figure).collect();
            all.sort_by(f64::total_cmp);
            if let Some(median) = all.get(all.len() / 2) {
                figures.set(*side, *median);
            }
        }
        figures
    }
}
