//! The shapes around the one that is described.

/// The maximum depth of a description. Deeper shapes are described as recursive ones are.
const MAX_DEPTH: usize = 100;

/// The maximum number of shapes in a description. Structures that refer to others several times would make it grow
/// exponentially.
const MAX_SHAPES: usize = 20_000;

/// The shapes that enclose the current one.
#[derive(Debug, Default)]
pub(super) struct Ancestors {
    ids: Vec<String>,
    described: usize,
}

impl Ancestors {
    /// Enters a shape, unless it encloses itself or the description is too deep or too long.
    pub(super) fn enter(&mut self, id: &str) -> bool {
        let is_recursive = self.ids.iter().any(|other| other == id);
        if is_recursive || self.ids.len() >= MAX_DEPTH || self.described >= MAX_SHAPES {
            return false;
        }
        self.described += 1;
        self.ids.push(id.to_owned());
        true
    }

    pub(super) fn leave(&mut self) {
        self.ids.pop();
    }
}
