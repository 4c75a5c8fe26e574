//! Compares calls that fail: the kind of the error, its code, and the numbers of attempts and requests.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::Side;

/// The faults whose outcomes differ, and the reason.
const KNOWN: [(&str, &str); 21] = [
    (
        "200, not UTF-8",
        "a body that is not UTF-8 is not JSON, also where no member reads it",
    ),
    (
        "400, code in header, HTML",
        "the header has the code, whatever the body is",
    ),
    (
        "400, code in header, not UTF-8",
        "the header has the code, whatever the body is",
    ),
    (
        "400, empty header, code in body",
        "an empty header does not hide the code of the body",
    ),
    (
        "403, HTML",
        "of an operation without modeled errors: a body that is not JSON contains no code, as an empty one",
    ),
    (
        "502, HTML",
        "of an operation without modeled errors: a body that is not JSON contains no code, as an empty one",
    ),
    (
        "403, skewed clock",
        "a second rejection shows that the clock was not the cause",
    ),
    (
        "408, closed",
        "the status 408 invites to repeat the request",
    ),
    ("429", "the status 429 is throttling, also without a code"),
    (
        "endpoint: FTP",
        "another protocol is not attempted, and not retried",
    ),
    ("endpoint: empty", "the official crate panics"),
    (
        "endpoint: port",
        "a port that cannot exist is not replaced by the default one",
    ),
    ("key with a line break", "the official crate panics"),
    (
        "large error",
        "the header has the code, whatever the body is",
    ),
    (
        "proxy: FTP",
        "no request goes past a proxy that cannot be used",
    ),
    (
        "proxy: malformed",
        "no request goes past a proxy that cannot be used",
    ),
    (
        "proxy: SOCKS",
        "a proxy that cannot be used is an error of the user, which is not retried",
    ),
    (
        "proxy: port",
        "a port that cannot exist is not replaced by the default one",
    ),
    (
        "proxy: empty",
        "an empty variable is unset, so the one in lower case counts",
    ),
    ("proxy: NO_PROXY is *", "`*` also matches addresses"),
    ("proxy: NO_PROXY with port", "entries may have a port"),
];

/// The outcomes of calls, by fault and call.
type Outcomes = BTreeMap<(String, String), String>;

/// Runs the programs and returns a table of differences.
///
/// # Errors
/// When [`KNOWN`] does not contain exactly the faults for which outcomes differ.
pub fn compare() -> Result<String> {
    let sides = [Side::Official, Side::Ours];
    for side in sides {
        let package = format!("versus-{}", side.name());
        let mut build = Command::new("cargo");
        build.args(["build", "--package", &package, "--features", "failures"]);
        ensure!(build.status()?.success(), "{package} does not build");
    }
    // The calls mostly wait, so both programs run at once.
    let [official, ours] = sides.map(start);
    let (official, ours) = (outcomes(official?)?, outcomes(ours?)?);
    ensure!(
        official.len() == ours.len(),
        "a program did not make all calls"
    );
    differences(&official, &ours)
}

fn start(side: Side) -> Result<Child> {
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let program = format!("{target}/debug/failures-{}", side.name());
    let mut command = Command::new(&program);
    // What panics is an outcome like any other.
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().with_context(|| program)
}

fn outcomes(program: Child) -> Result<Outcomes> {
    let output = program.wait_with_output()?;
    ensure!(
        output.status.success(),
        "a program failed: {}",
        output.status
    );
    let outcome = |line: &str| {
        let mut parts = line.splitn(3, '|').map(str::to_owned);
        let (call, fault) = (parts.next()?, parts.next()?);
        Some(((fault, call), parts.next()?))
    };
    let lines = String::from_utf8(output.stdout)?;
    lines
        .lines()
        .map(|line| outcome(line).with_context(|| format!("not an outcome: {line}")))
        .collect()
}

/// A table with a row for each fault and pair of outcomes that differ.
fn differences(official: &Outcomes, ours: &Outcomes) -> Result<String> {
    let mut rows = BTreeMap::<_, usize>::new();
    for ((fault, call), outcome) in official {
        let here = ours
            .get(&(fault.clone(), call.clone()))
            .context("a call is missing")?;
        if here != outcome {
            *rows.entry((fault, outcome, here)).or_default() += 1;
        }
    }
    let mut text = String::from(
        "| fault | aws-sdk-workspaces: kind, code, attempts, requests | workspaces-sdk | calls | why |\n|---|---|---|--:|---|\n",
    );
    let mut unknown = Vec::new();
    for ((fault, official, ours), calls) in &rows {
        let known = KNOWN.iter().find(|(known, _)| known == fault);
        let why = known.map_or("**not documented**", |(_, why)| why);
        if known.is_none() {
            unknown.push(fault.as_str());
        }
        let (official, ours) = (cells(official), cells(ours));
        writeln!(text, "| {fault} | {official} | {ours} | {calls} | {why} |")?;
    }
    let (different, total): (usize, _) = (rows.values().sum(), official.len());
    let calls = distinct(official.keys().map(|(_, call)| call));
    let faults = distinct(official.keys().map(|(fault, _)| fault));
    let of_faults = distinct(rows.keys().map(|(fault, ..)| *fault));
    writeln!(
        text,
        "\n{calls} calls under {faults} faults: {different} of {total} outcomes differ, under {of_faults} faults."
    )?;
    unknown.dedup();
    let is_gone = |fault: &&str| !rows.keys().any(|(known, ..)| known == fault);
    let gone: Vec<_> = KNOWN
        .iter()
        .map(|(fault, _)| *fault)
        .filter(is_gone)
        .collect();
    ensure!(
        gone.is_empty(),
        "{text}\nno longer different: {}",
        gone.join(", ")
    );
    ensure!(
        unknown.is_empty(),
        "{text}\nundocumented differences: {}",
        unknown.join(", ")
    );
    Ok(text)
}

fn distinct<'a>(names: impl Iterator<Item = &'a String>) -> usize {
    names.collect::<BTreeSet<_>>().len()
}

fn cells(outcome: &str) -> String {
    let cells: Vec<_> = outcome.split('|').filter(|cell| !cell.is_empty()).collect();
    cells.join(", ")
}
