//! The lines of a list, with those below them.

use std::collections::BTreeMap;
use std::fmt::{Formatter, Result};

use proc_macro2::TokenTree;

use super::print::print;

/// Lines, each with the lines below it. Sorted, so that an item that moves within its module is no change. Where the order
/// matters, each line has a position.
#[derive(Default)]
pub(crate) struct Lines(BTreeMap<(usize, String), Lines>);

impl Lines {
    /// Lines in the order of the source, such as those of variants, which are compared by it.
    pub(crate) fn in_order(rows: &[Vec<TokenTree>]) -> Self {
        let rows = rows.iter().enumerate();
        Self(
            rows.map(|(at, row)| ((at, print(row)), Self::default()))
                .collect(),
        )
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a line with those below it. Equal lines become one, with all that is below them.
    pub(crate) fn add(&mut self, line: String, below: Self) {
        self.add_at((0, line), below);
    }

    fn add_at(&mut self, line: (usize, String), below: Self) {
        let existing = self.0.entry(line).or_default();
        for (line, below) in below.0 {
            existing.add_at(line, below);
        }
    }

    pub(crate) fn write(&self, f: &mut Formatter<'_>, depth: usize) -> Result {
        for ((_, line), below) in &self.0 {
            writeln!(f, "{:indent$}{line}", "", indent = depth * 2)?;
            below.write(f, depth + 1)?;
        }
        Ok(())
    }
}
