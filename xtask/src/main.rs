//! The project's commands, run as `cargo xtask <command>`.

mod codegen_command;
mod files;
#[cfg(test)]
mod invariants;
mod serve_command;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The commands of this project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Regenerate workspaces-sdk/src/generated from models/
    Codegen(codegen_command::Arguments),
    /// Serve an offline WorkSpaces on loopback, for any SDK or command line
    Serve(serve_command::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Codegen(arguments) => codegen_command::run(&arguments),
        Command::Serve(arguments) => serve_command::run(&arguments),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
