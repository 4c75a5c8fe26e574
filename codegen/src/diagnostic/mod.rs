//! The faults of a model, each with its position and a remedy.

mod batch;
mod binding;
mod endpoint;
mod expression;
mod fault;
mod item;
mod json;
mod names;
mod report;
mod suggestion;
mod waiter;

use std::fmt::{self, Write};

pub use batch::BatchFault;
pub use binding::BindingFault;
pub use endpoint::EndpointFault;
pub use expression::{ExpressionFault, Opaque, UnsupportedExpression};
pub use fault::Fault;
pub use item::{Expected, Item};
pub use json::{JsonFault, JsonType, Syntax};
pub use names::{NameFault, Scope};
pub(crate) use report::{Faults, Report};
pub use suggestion::Suggestion;
pub(crate) use suggestion::nearest;
pub use waiter::WaiterFault;

use crate::ModelFile;
use crate::locate::Locator;
use crate::visible::Message;

/// One fault of a model.
///
/// Displayed as `service-2.json:7:34: shapes.Tag.members.Key.shape: unknown shape "TagKye"; did you mean "TagKey"?`. Invisible
/// characters of the model are displayed as `\u{1b}`, and long names are shortened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the file, as given by the caller, or the name of an option.
    pub file: String,
    /// The line, from 1, or 0 if the fault is of an option.
    pub line: usize,
    /// The column, from 1, in characters, or 0 if the fault is of an option.
    pub column: usize,
    /// The JSON path in the file, such as `shapes.Tag.members.Key`, or an empty string for the whole file.
    pub path: String,
    /// The fault. Its message includes a remedy.
    pub fault: Fault,
}

impl Diagnostic {
    /// Whether the fault is of an option, not of a file.
    pub fn is_of_option(&self) -> bool {
        self.line == NOWHERE
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut message = Message(f);
        match self.is_of_option() {
            true => write!(message, "{}: ", self.file)?,
            false => write!(message, "{}:{}:{}: ", self.file, self.line, self.column)?,
        }
        if !self.path.is_empty() {
            write!(message, "{}: ", self.path)?;
        }
        write!(message, "{}", self.fault)
    }
}

/// The faults of a run, sorted by file, line and column. There is at least one.
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
    /// Sets the lines and columns of all faults, and sorts the faults by position.
    pub(crate) fn located(mut self, files: &[&ModelFile]) -> Self {
        for file in files {
            let mut locator = Locator::new(&file.bytes);
            let needs_position = |it: &&mut Diagnostic| it.file == file.name && it.line == NOWHERE;
            for diagnostic in self.0.iter_mut().filter(needs_position) {
                (diagnostic.line, diagnostic.column) = locator.position(&diagnostic.path);
            }
        }
        // Faults at the same position remain in the order in which they were found.
        self.0.sort_by(|one, other| {
            let position = |it: &'_ Diagnostic| (it.line, it.column);
            (&one.file, position(one)).cmp(&(&other.file, position(other)))
        });
        self
    }
}

/// The line and column of a fault of an option, or of a fault whose position is not known yet.
pub(crate) const NOWHERE: usize = 0;
