//! The faults of `sdk.toml` and of the models that it names, which are all reported at once.

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
    /// The faults of models, as lines.
    of_models: Vec<String>,
}

impl<'a> Faults<'a> {
    pub(crate) fn new(file: &Path, text: &'a str) -> Self {
        Self {
            file: file.display().to_string(),
            text,
            of_file: Vec::new(),
            of_models: Vec::new(),
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
        self.of_models.push(line);
    }

    /// Returns an error with a line for each fault, if there is any, in the style of compilers.
    ///
    /// # Errors
    /// Returns the faults.
    pub(crate) fn into_result(mut self) -> anyhow::Result<()> {
        self.of_file.sort();
        let of_file = self.of_file.iter().map(|(at, message)| {
            let (line, column) = position(self.text, *at);
            format!("{}:{line}:{column}: {message}", self.file)
        });
        let lines: Vec<String> = of_file.chain(self.of_models.iter().cloned()).collect();
        let count = match lines.len() {
            0 => return Ok(()),
            1 => "1 fault".to_owned(),
            count => format!("{count} faults"),
        };
        let place = match (self.of_file.is_empty(), self.of_models.is_empty()) {
            (false, true) => self.file,
            (true, _) => "the models".to_owned(),
            (false, false) => format!("{} and the models", self.file),
        };
        Err(anyhow!(
            "{}\nerror: {count} in {place}; nothing was written",
            lines.join("\nerror: ")
        ))
    }
}

/// The line and column of a position, both from 1. The column is in characters.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (line, before.get(start..).unwrap_or("").chars().count() + 1)
}
