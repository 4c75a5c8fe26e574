//! The outcome of a run of the generator, and how it is printed.

use std::process::ExitCode;

use codegen::{Files, Stages, printable};

/// The outcome of a run.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Lines for standard output.
    pub(crate) messages: Vec<String>,
    /// Features of the models that the crates do not support.
    pub(crate) warnings: Vec<String>,
    /// Lines for standard error about files that are not up to date. Any line makes the run fail.
    pub(crate) stale: Vec<String>,
    /// The duration of each stage.
    pub(crate) stages: Stages,
}

impl Outcome {
    /// Ends a check: with the remedy if anything is not up to date, or else with `message`.
    pub(crate) fn end_check(&mut self, message: String, remedy: String) {
        match self.stale.is_empty() {
            true => self.messages.push(message),
            false => self.stale.push(remedy),
        }
    }

    /// Prints warnings and messages, and returns the exit code.
    pub(crate) fn print(&self) -> ExitCode {
        self.warnings
            .iter()
            .for_each(|line| eprintln!("warning: {}", printable(line)));
        self.stale
            .iter()
            .for_each(|line| eprintln!("{}", printable(line)));
        self.messages
            .iter()
            .for_each(|line| println!("{}", printable(line)));
        match self.stale.is_empty() {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        }
    }
}

/// Returns the total number of lines of some files.
pub(crate) fn count_lines(files: &Files) -> usize {
    files.values().map(|text| text.lines().count()).sum()
}

/// Returns a number of operations in words.
pub(crate) fn count_operations(count: usize) -> String {
    match count {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    }
}
