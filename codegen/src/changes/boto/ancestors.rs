//! The shapes around the one that is described, and the length of the report.

/// The maximum depth of a description. Deeper shapes are described as recursive ones are.
const MAX_DEPTH: usize = 100;

/// The approximate maximum length of a report in bytes. Structures that refer to others several times would make it grow
/// exponentially.
const MAX_LENGTH: usize = 1 << 25;

/// The least that the description of a shape adds to the length.
const MIN_LENGTH: usize = 16;

/// The shapes that enclose the current one, and what is left of the length of the report.
#[derive(Debug)]
pub(super) struct Ancestors {
    ids: Vec<String>,
    left: usize,
}

impl Ancestors {
    /// Returns the state at the start of a report.
    pub(super) fn new() -> Self {
        Self {
            ids: Vec::new(),
            left: MAX_LENGTH,
        }
    }

    /// Enters a shape, unless it encloses itself, the description is too deep, or the report too long.
    pub(super) fn enter(&mut self, id: &str) -> bool {
        let is_recursive = self.ids.iter().any(|other| other == id);
        if is_recursive || self.ids.len() >= MAX_DEPTH || self.is_too_long() {
            return false;
        }
        self.add(MIN_LENGTH);
        self.ids.push(id.to_owned());
        true
    }

    pub(super) fn leave(&mut self) {
        self.ids.pop();
    }

    /// Adds a text to the length of the report.
    pub(super) fn add(&mut self, length: usize) {
        self.left = self.left.saturating_sub(length);
    }

    pub(super) fn is_too_long(&self) -> bool {
        self.left == 0
    }
}
