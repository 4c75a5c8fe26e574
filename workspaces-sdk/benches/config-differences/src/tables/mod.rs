//! The tables of environments, files and servers, with both crates.

mod credentials;
mod data;
mod inputs;
mod logins;
mod metadata;
mod reasons;
mod settings;

use std::collections::BTreeMap;
use std::panic;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;

use self::inputs::Side;

/// An input for both crates.
struct Row {
    /// The part of the crate that it is about.
    source: &'static str,
    name: &'static str,
    /// Runs a crate with the input.
    run: Box<dyn Fn(Side) -> Running + Send + Sync>,
}

type Running = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// What a crate does with an input.
#[derive(Debug, PartialEq)]
struct Outcome {
    /// The credentials, the kind of the error, or the settings.
    result: String,
    /// The requests to the server of the input.
    requests: Vec<String>,
}

impl Outcome {
    fn without_requests(result: impl Into<String>) -> Self {
        Self {
            result: result.into(),
            requests: Vec::new(),
        }
    }
}

/// The number of inputs that run at the same time. Some wait for a timeout.
const CONCURRENT: usize = 8;

/// The time after which a crate is interrupted.
const LIMIT: Duration = Duration::from_secs(120);

/// Compares both crates.
pub fn compare() -> Result<()> {
    reasons::check_readme()?;
    // aws-config panics at some settings, which is a result as well.
    let print = panic::take_hook();
    panic::set_hook(Box::new(|_| ()));
    let runtime = tokio::runtime::Runtime::new()?;
    let outcomes = runtime.block_on(run_all());
    panic::set_hook(print);
    report(outcomes?)
}

/// The outcomes of an input: that of aws-config and that of this crate.
struct Outcomes {
    source: &'static str,
    name: &'static str,
    official: Outcome,
    ours: Outcome,
}

async fn run_all() -> Result<Vec<Outcomes>> {
    let rows = [
        credentials::rows(),
        logins::rows(),
        metadata::rows(),
        settings::rows(),
    ]
    .into_iter();
    let permits = Arc::new(Semaphore::new(CONCURRENT));
    let mut running = JoinSet::new();
    for row in rows.flatten() {
        let permits = permits.clone();
        running.spawn(async move {
            let _permit = permits.acquire_owned().await;
            Outcomes {
                source: row.source,
                name: row.name,
                official: run(&row, Side::Official).await,
                ours: run(&row, Side::Ours).await,
            }
        });
    }
    let mut outcomes = Vec::new();
    while let Some(finished) = running.join_next().await {
        outcomes.push(finished?);
    }
    outcomes.sort_by_key(|row| (row.source, row.name));
    Ok(outcomes)
}

async fn run(row: &Row, side: Side) -> Outcome {
    match timeout(LIMIT, tokio::spawn((row.run)(side))).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Outcome::without_requests("panics"),
        Err(_) => Outcome::without_requests("does not end"),
    }
}

/// The numbers of inputs of a source.
#[derive(Default)]
struct Counts {
    same: usize,
    errors: usize,
    different: BTreeMap<&'static str, usize>,
}

/// Prints the numbers of inputs, and fails at a difference without a reason, and at a reason without a difference.
fn report(outcomes: Vec<Outcomes>) -> Result<()> {
    let mut sources = BTreeMap::<_, Counts>::new();
    let mut failures = 0;
    for row in &outcomes {
        let counts = sources.entry(row.source).or_default();
        let reason = reasons::find(row.source, row.name);
        match (row.official == row.ours, reason) {
            (true, None) if is_error(&row.ours.result) => counts.errors += 1,
            (true, None) => counts.same += 1,
            (false, Some(reason)) => *counts.different.entry(reason).or_default() += 1,
            (same, _) => {
                failures += 1;
                let what = match same {
                    true => "is the same, but a reason is listed",
                    false => "differs without a reason",
                };
                println!("{}: {:?} {what}", row.source, row.name);
                println!("aws-config: {:#?}\nours: {:#?}\n", row.official, row.ours);
            }
        }
    }
    for (source, name) in reasons::inputs() {
        if !outcomes
            .iter()
            .any(|row| (row.source, row.name) == (source, name))
        {
            failures += 1;
            println!("{source}: there is no input {name:?}, but a reason is listed\n");
        }
    }
    println!(
        "| source | inputs | same result | same kind of error | different |\n|---|--:|--:|--:|---|"
    );
    for (source, counts) in &sources {
        let different = counts.different.iter();
        let different = different.map(|(reason, count)| format!("{count}: {reason}"));
        let inputs = outcomes.iter().filter(|row| row.source == *source).count();
        println!(
            "| {source} | {inputs} | {} | {} | {} |",
            counts.same,
            counts.errors,
            different.collect::<Vec<_>>().join("; "),
        );
    }
    println!("| all | {} | | | |", outcomes.len());
    match failures {
        0 => Ok(()),
        failures => bail!("{failures} inputs have differences and reasons that do not match"),
    }
}

/// Whether a result is the kind of an error.
fn is_error(result: &str) -> bool {
    let kinds = [
        "NotLoaded",
        "InvalidConfiguration",
        "ProviderError",
        "ProviderTimedOut",
        "Unhandled",
    ];
    kinds.contains(&result)
}
