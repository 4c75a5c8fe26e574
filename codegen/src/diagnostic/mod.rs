//! The faults of a model, each with its place and what to do about it.

mod endpoint;
mod fault;
mod item;
mod json;
mod names;
mod report;
mod suggestion;
mod waiter;

use std::fmt;

pub use endpoint::EndpointFault;
pub use fault::Fault;
pub use item::{Expected, Item};
pub use json::{JsonFault, JsonType, Syntax};
pub use names::{NameFault, Scope};
pub(crate) use report::{Faults, Report};
pub use suggestion::Suggestion;
pub(crate) use suggestion::{did_you_mean, nearest};
pub use waiter::WaiterFault;

use crate::ModelFile;
use crate::locate::Locator;

/// One fault of a model.
///
/// Printed as `service-2.json:7:34: shapes.Tag.members.Key.shape: unknown shape "TagKye"; did you mean "TagKey"?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file that holds the fault, as the caller named it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// Where in the file: a JSON path such as `shapes.Tag.members.Key`; empty for the file as a whole.
    pub path: String,
    /// What is wrong; its text says what to do about it, too.
    pub fault: Fault,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: ", self.file, self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        self.fault.fmt(f)
    }
}

/// All faults found in one run, at least one, sorted by file, line and column.
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

impl Diagnostics {
    /// Gives every fault the line and column of its path, and sorts all by place.
    pub(crate) fn located(mut self, files: &[&ModelFile]) -> Self {
        for file in files {
            let mut locator = Locator::new(&file.bytes);
            let here = |it: &&mut Diagnostic| it.file == file.name && it.line == NOWHERE;
            for diagnostic in self.0.iter_mut().filter(here) {
                (diagnostic.line, diagnostic.column) = locator.position(&diagnostic.path);
            }
        }
        // Faults of one place stay in the order in which they were found.
        self.0.sort_by(|one, other| {
            let place = |it: &'_ Diagnostic| (it.line, it.column);
            (&one.file, place(one)).cmp(&(&other.file, place(other)))
        });
        self
    }
}

/// The line and column of a fault that was not located yet.
const NOWHERE: usize = 0;
