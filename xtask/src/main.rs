//! The project's commands, run as `cargo xtask <command>`.

mod changes_command;
mod checkout;
mod clients;
mod codegen_command;
mod conflicts;
mod crate_name;
mod disk;
mod files;
mod import_command;
#[cfg(test)]
mod invariants;
mod journal;
mod lock;
mod model;
mod new_crate;
mod outcome;
mod read;
#[cfg(test)]
mod readme;
mod record;
mod serve_command;
mod timings;
mod update;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use codegen::printable;

/// The commands of this project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Regenerate workspaces-sdk/src/generated, or generate a crate from any model
    Codegen(codegen_command::Arguments),
    /// Report what changed between two models
    Changes(changes_command::Arguments),
    /// Import a newer model into models/, keeping our documentation
    Import(import_command::Arguments),
    /// Serve an offline WorkSpaces on the loopback interface, for any SDK or the AWS CLI
    Serve(serve_command::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Codegen(arguments) => codegen_command::run(&arguments),
        Command::Changes(arguments) => changes_command::run(&arguments),
        Command::Import(arguments) => import_command::run(&arguments),
        Command::Serve(arguments) => serve_command::run(&arguments),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {}", printable(&format!("{error:#}")));
            ExitCode::FAILURE
        }
    }
}
