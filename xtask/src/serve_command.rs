//! `cargo xtask serve`: runs the offline service on the loopback interface.

use std::ffi::OsString;
use std::path::PathBuf;
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

    /// The initial number of WorkSpaces, up to 100000. They are ALWAYS_ON; to stop one, change its running mode first, with
    /// ModifyWorkspaceProperties
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    fleet: u32,

    /// The users of the directories, separated by commas; by default, the directories accept any user name
    #[arg(long, value_delimiter = ',')]
    users: Vec<String>,

    /// The number of calls per second beyond which the service throttles, up to 1000000; WorkSpaces allows 2. By default, there is
    /// no limit
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    rate: Option<u32>,

    /// The number of calls that the service accepts at once before it throttles, up to 1000000
    #[arg(long, default_value_t = 5, requires = "rate", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    burst: u32,

    /// A fault to inject, which can be given several times: throttle, access-denied, server-error=STATUS, delay=SECONDS,
    /// fail-item=CODE, end-in-error=CODE or stuck, restricted by on=OPERATION, item=ITEM and times=NUMBER, such as
    /// throttle,on=DescribeWorkspaces,times=3
    #[arg(long, value_name = "FAULT")]
    fault: Vec<String>,

    /// The file that keeps the state of the service: if it exists, the service goes on with it and ignores --fleet and --users
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

/// Prefixes of the environment variables that cargo sets for this program.
///
/// They are removed for the inner cargo, because they would cause a rebuild of ring and its dependents.
const CARGO_VARIABLES: [&str; 3] = ["CARGO_MANIFEST_", "CARGO_PKG_", "OUT_DIR"];

fn is_set_by_cargo(variable: &str) -> bool {
    let mut prefixes = CARGO_VARIABLES.iter();
    prefixes.any(|prefix| variable.starts_with(prefix))
}

/// Runs the example `serve`.
///
/// This crate generates the source of the SDK, so it does not depend on the SDK. Otherwise it could not replace generated code
/// that does not compile.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(root()?)
        .args(cargo_arguments(arguments)?);
    for (name, _) in std::env::vars_os() {
        if is_set_by_cargo(&name.to_string_lossy()) {
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
fn cargo_arguments(arguments: &Arguments) -> Result<Vec<OsString>> {
    let mut command: Vec<OsString> = [
        "run",
        "--package",
        "workspaces-examples",
        "--example",
        "serve",
        "--",
    ]
    .map(Into::into)
    .into();
    let mut add = |option: &str, value: OsString| command.extend([option.into(), value]);
    add("--port", arguments.port.to_string().into());
    add("--speed", arguments.speed.to_string().into());
    add("--fleet", arguments.fleet.to_string().into());
    if let Some(rate) = arguments.rate {
        add("--rate", rate.to_string().into());
        add("--burst", arguments.burst.to_string().into());
    }
    if !arguments.users.is_empty() {
        add("--users", arguments.users.join(",").into());
    }
    for fault in &arguments.fault {
        add("--fault", fault.into());
    }
    if let Some(path) = &arguments.state {
        // The example runs in another folder.
        let path = std::path::absolute(path).context("cannot find the current folder")?;
        add("--state", path.into());
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tests of the example run it. This test checks that it has the same options and defaults.
    #[test]
    fn the_example_has_the_options() {
        let path = root().unwrap().join("workspaces-sdk/examples/serve.rs");
        let example = std::fs::read_to_string(path).unwrap();
        let arguments = cargo_arguments(&Arguments {
            port: 8080,
            speed: 60,
            fleet: 0,
            users: vec!["ada".to_owned(), "grace".to_owned()],
            rate: Some(2),
            burst: 5,
            fault: vec!["stuck".to_owned(), "delay=1".to_owned()],
            state: Some("state.json".into()),
        });
        let arguments = arguments.unwrap();
        let options = arguments.split(|argument| argument == "--").nth(1).unwrap();
        let options: Vec<&str> = options.iter().map(|it| it.to_str().unwrap()).collect();
        let numbers = [
            ("--port", "8080", "0..=65_535"),
            ("--speed", "60", "1..=100_000"),
            ("--fleet", "0", "0..=100_000"),
            ("--rate", "2", "0..=1_000_000"),
            ("--burst", "5", "1..=1_000_000"),
        ];
        let (passed, rest) = options.split_at(2 * numbers.len());
        for (option, (name, value, bounds)) in passed.chunks(2).zip(numbers) {
            assert_eq!(option, [name, value]);
            // Without a limit, the example has the rate 0.
            let default = if name == "--rate" { "0" } else { value };
            let row = format!("(\"{name}\", {default}, {bounds})");
            assert!(example.contains(&row), "{row}");
        }
        let state = std::path::absolute("state.json").unwrap();
        let expected = [
            "--users",
            "ada,grace",
            "--fault",
            "stuck",
            "--fault",
            "delay=1",
            "--state",
        ];
        assert_eq!(rest, [&expected[..], &[state.to_str().unwrap()]].concat());
        for option in ["--users", "--fault", "--state"] {
            assert!(
                example.contains(&format!("(\"{option}\", _, Some(")),
                "{option}"
            );
        }
    }

    /// These are the variables that a program has under `cargo run`, apart from those that say where cargo is.
    #[test]
    fn the_inner_cargo_does_not_get_what_the_outer_one_sets_for_a_package() {
        let kept = ["CARGO", "CARGO_HOME", "LEAN_AWS_CHECKOUT", "PATH"];
        let set = [
            "CARGO_MANIFEST_DIR",
            "CARGO_MANIFEST_PATH",
            "CARGO_PKG_NAME",
            "OUT_DIR",
        ];
        assert!(kept.into_iter().all(|name| !is_set_by_cargo(name)));
        assert!(set.into_iter().all(is_set_by_cargo));
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
            ("--rate", ["1", "1000000"], ["0", "1000001"]),
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
