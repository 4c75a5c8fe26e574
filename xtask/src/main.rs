//! The project's commands, run as `cargo xtask <command>` in a checkout of the project, or as `lean-aws <command>` anywhere.

mod changes_command;
mod checkout;
mod clients;
mod codegen_command;
mod conflicts;
mod crate_name;
mod disk;
mod embedded;
mod enclosing;
mod files;
mod import_command;
mod inherited;
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
mod sdk;
mod serve_command;
mod timings;
mod update;
mod workspace;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use codegen::printable;

/// Clients of AWS services, generated from their models
#[derive(Debug, Parser)]
#[command(name = "lean-aws", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Regenerate workspaces-sdk/src/generated, or generate a crate from any model
    Codegen(codegen_command::Arguments),
    /// Generate an SDK of the services and operations that a file names
    Sdk(sdk::Arguments),
    /// Report what changed between two models
    Changes(changes_command::Arguments),
    /// Import a newer model into models/, keeping our documentation
    Import(import_command::Arguments),
    /// Serve an offline WorkSpaces on the loopback interface, for any SDK or the AWS CLI
    Serve(serve_command::Arguments),
}

/// The name under which the program is called.
fn program() -> &'static str {
    // Cargo sets this variable for the programs that it runs.
    let package = std::env::var_os("CARGO_PKG_NAME");
    match package.is_some_and(|it| it == env!("CARGO_PKG_NAME")) {
        true => "cargo xtask",
        false => "lean-aws",
    }
}

fn main() -> ExitCode {
    let matches = Arguments::command().bin_name(program()).get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let result = match arguments.command {
        Command::Codegen(arguments) => codegen_command::run(&arguments),
        Command::Sdk(arguments) => sdk::run(&arguments),
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
