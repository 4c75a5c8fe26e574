//! `cargo xtask serve`: the offline service on loopback.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::model::root;

/// What `cargo xtask serve` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The port to listen at; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,

    /// How many seconds pass there in one second here
    #[arg(long, default_value_t = 60)]
    speed: u32,

    /// How many WorkSpaces there are at the beginning
    #[arg(long, default_value_t = 0)]
    fleet: u32,
}

/// What the names of variables begin with by which cargo tells this program of its crate. Passed on, they
/// would make cargo build ring anew, and all that is built on it.
const OF_THIS_CRATE: [&str; 2] = ["CARGO_MANIFEST_", "CARGO_PKG_"];

/// Runs the example `serve`. This crate makes the SDK's source, so it cannot depend on it: a mistake in
/// there could not be mended any more.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root()?).args(words(arguments));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if OF_THIS_CRATE.iter().any(|start| text.starts_with(start)) {
            command.env_remove(&name);
        }
    }
    let status = command.status().context("cannot run cargo")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What cargo is told.
fn words(Arguments { port, speed, fleet }: &Arguments) -> Vec<String> {
    let example = "run --example serve --";
    let line = format!("{example} --port {port} --speed {speed} --fleet {fleet}");
    line.split(' ').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example, of which the crate's own tests see that it serves, knows every word behind `--`.
    #[test]
    fn the_example_knows_the_options() {
        let path = root().unwrap().join("workspaces-sdk/examples/serve.rs");
        let example = std::fs::read_to_string(path).unwrap();
        let words = words(&Arguments {
            port: 8080,
            speed: 60,
            fleet: 0,
        });
        let options = words.split(|word| word == "--").nth(1).unwrap();
        assert_eq!(options.len(), 6, "{words:?}");
        for option in options.chunks(2) {
            let default = format!("(\"{}\", {})", option[0], option[1]);
            assert!(example.contains(&default), "{default}");
        }
    }
}
