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

/// Runs the example `serve`. This crate makes the SDK's source, so it cannot depend on it: a mistake in
/// there could not be mended any more.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(root()?)
        .args(["run", "--package", "workspaces-sdk"])
        .args(["--example", "serve", "--"])
        .args(["--port", &arguments.port.to_string()])
        .args(["--speed", &arguments.speed.to_string()])
        .args(["--fleet", &arguments.fleet.to_string()])
        .status()
        .context("cannot run cargo")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
