//! The faults of `sdk.toml` and of the models that it names, which are all reported at once.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::Path;

use anyhow::anyhow;

/// The faults found so far.
#[derive(Debug)]
pub(crate) struct Faults<'a> {
    /// The name of the file as the user knows it, and its text.
    file: String,
    text: &'a str,
    /// The faults of the file, by their positions in bytes.
    of_file: Vec<(usize, String)>,
    /// The faults of models, as lines. Several models can use the file that has a fault.
    of_models: BTreeSet<String>,
}

/// The maximum number of faults that an error lists.
const MAX_LISTED: usize = 100;

impl<'a> Faults<'a> {
    pub(crate) fn new(file: &Path, text: &'a str) -> Self {
        Self {
            file: file.display().to_string(),
            text,
            of_file: Vec::new(),
            of_models: BTreeSet::new(),
        }
    }

    /// Adds a fault of the file at a position, which is in bytes. `path` is that of the key.
    pub(crate) fn add(&mut self, at: usize, path: &str, message: impl Display) {
        let path = match path {
            "" => String::new(),
            // A key can contain anything.
            path if path.contains(char::is_control) => format!("{}: ", path.escape_debug()),
            path => format!("{path}: "),
        };
        self.of_file.push((at, format!("{path}{message}")));
    }

    /// Adds a fault of a model.
    pub(crate) fn add_of_model(&mut self, line: String) {
        self.of_models.insert(line);
    }

    /// Returns the faults as an error, if there are any.
    ///
    /// # Errors
    /// Returns the faults.
    pub(crate) fn into_result(self) -> anyhow::Result<()> {
        match self.of_file.is_empty() && self.of_models.is_empty() {
            true => Ok(()),
            false => Err(self.into_error()),
        }
    }

    /// Returns an error with a line for each fault, in the style of compilers.
    pub(crate) fn into_error(mut self) -> anyhow::Error {
        self.of_file.sort();
        let of_file = self.of_file.iter().map(|(at, message)| {
            let (line, column) = position(self.text, *at);
            format!("{}:{line}:{column}: {message}", self.file)
        });
        let lines = of_file.chain(self.of_models.iter().cloned());
        let mut lines: Vec<String> = lines.take(MAX_LISTED).collect();
        let total = self.of_file.len() + self.of_models.len();
        if total > MAX_LISTED {
            lines.push(format!("and {} more", total - MAX_LISTED));
        }
        let count = match total {
            1 => "1 fault".to_owned(),
            count => format!("{count} faults"),
        };
        let place = match (self.of_file.is_empty(), self.of_models.is_empty()) {
            (false, true) => self.file,
            (true, _) => "the models".to_owned(),
            (false, false) => format!("{} and the models", self.file),
        };
        anyhow!(
            "{}\nerror: {count} in {place}; nothing was written",
            lines.join("\nerror: ")
        )
    }
}

/// The line and column of a position, both from 1. The column is in characters.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (line, before.get(start..).unwrap_or("").chars().count() + 1)
}
