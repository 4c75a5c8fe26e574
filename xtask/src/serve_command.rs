//! `cargo xtask serve`: runs the offline service on the loopback interface.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::checkout::root;

/// The options of `cargo xtask serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The port to listen on, or 0 for a free port
    #[arg(long, default_value_t = 8080)]
    port: u16,

    /// The speed of the service's clock relative to real time, from 1 to 100000
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    speed: u32,

    /// The initial number of WorkSpaces, up to 100000
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    fleet: u32,
}

/// Prefixes of the environment variables that cargo sets for this program.
///
/// They are removed for the inner cargo, because they would cause a rebuild of ring and its dependents.
const CARGO_VARIABLES: [&str; 2] = ["CARGO_MANIFEST_", "CARGO_PKG_"];

/// Runs the example `serve`.
///
/// This crate generates the source of the SDK, so it does not depend on the SDK. Otherwise it could not replace generated code
/// that does not compile.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(root()?)
        .args(cargo_arguments(arguments));
    for (name, _) in std::env::vars_os() {
        let lossy = name.to_string_lossy();
        if CARGO_VARIABLES
            .iter()
            .any(|prefix| lossy.starts_with(prefix))
        {
            command.env_remove(&name);
        }
    }
    replace_this_process(command)
}

/// Runs cargo in place of this process, as cargo does with the example. So the server is the process that was called, and ends
/// with it, whatever signal ends it.
#[cfg(unix)]
fn replace_this_process(mut command: Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("cannot run cargo")
}

#[cfg(not(unix))]
fn replace_this_process(mut command: Command) -> Result<ExitCode> {
    let status = command.status().context("cannot run cargo")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Returns the arguments for cargo.
fn cargo_arguments(Arguments { port, speed, fleet }: &Arguments) -> Vec<String> {
    let command = "run --example serve --";
    let command = format!("{command} --port {port} --speed {speed} --fleet {fleet}");
    command.split(' ').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tests of workspaces-sdk run the example. This test checks that it has the same options and defaults.
    #[test]
    fn the_example_has_the_options() {
        let path = root().unwrap().join("workspaces-sdk/examples/serve.rs");
        let example = std::fs::read_to_string(path).unwrap();
        let arguments = cargo_arguments(&Arguments {
            port: 8080,
            speed: 60,
            fleet: 0,
        });
        let options = arguments.split(|argument| argument == "--").nth(1).unwrap();
        assert_eq!(options.len(), 6, "{options:?}");
        let bounds = ["0..=65_535", "1..=100_000", "0..=100_000"];
        for (option, bounds) in options.chunks(2).zip(bounds) {
            let row = format!("(\"{}\", {}, {bounds})", option[0], option[1]);
            assert!(example.contains(&row), "{row}");
        }
    }

    #[test]
    fn options_are_bounded() {
        use clap::Parser;
        let parse = |option: &str, value: &str| {
            crate::Arguments::try_parse_from(["xtask", "serve", option, value])
        };
        for (option, good, bad) in [
            ("--port", ["0", "65535"], ["65536", "-1"]),
            ("--speed", ["1", "100000"], ["0", "100001"]),
            ("--fleet", ["0", "100000"], ["100001", "x"]),
        ] {
            assert!(
                good.iter().all(|value| parse(option, value).is_ok()),
                "{option}"
            );
            assert!(
                bad.iter().all(|value| parse(option, value).is_err()),
                "{option}"
            );
        }
    }
}
