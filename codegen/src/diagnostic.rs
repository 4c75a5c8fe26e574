//! What is wrong with a model, told so that it can be mended: file, place, fault, hint.

use std::fmt;

/// One fault of a model.
///
/// Printed as `service-2.json: shapes.Tag.members.Key.shape: no shape "TagKye"; did you mean "TagKey"?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file that holds the fault, as the caller named it.
    pub file: String,
    /// Where in the file: a JSON path such as `shapes.Tag.members.Key`, or `line 3, column 7`.
    pub path: String,
    /// What is wrong.
    pub fault: String,
    /// What was probably meant, or how to mend it; empty when there is nothing to say.
    pub hint: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.path, self.fault)?;
        if !self.hint.is_empty() {
            write!(f, "; {}", self.hint)?;
        }
        Ok(())
    }
}

/// All faults found in one run, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// Collects the faults of one file while the work goes on.
#[derive(Debug)]
pub(crate) struct Report {
    file: String,
    found: Vec<Diagnostic>,
}

impl Report {
    pub(crate) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            found: Vec::new(),
        }
    }

    /// Notes a fault; the same one at the same place is told once.
    pub(crate) fn fault(
        &mut self,
        path: impl fmt::Display,
        fault: impl fmt::Display,
        hint: impl fmt::Display,
    ) {
        let diagnostic = Diagnostic {
            file: self.file.clone(),
            path: path.to_string(),
            fault: fault.to_string(),
            hint: hint.to_string(),
        };
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    pub(crate) fn into_found(self) -> Vec<Diagnostic> {
        self.found
    }
}

/// `did you mean "x"?` for the known name closest to a wrong one, or else what to do instead.
pub(crate) fn did_you_mean<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
    or_else: &str,
) -> String {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len() / 5)
        .min()
        .map_or_else(
            || or_else.to_owned(),
            |(_, name)| format!("did you mean \"{name}\"?"),
        )
}
