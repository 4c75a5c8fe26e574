//! The memory of decoded values, which is bounded in proportion to the document.

use super::error::DecodeError;
use super::{Decode, Decoder};

/// A data item takes half of the bytes that the same value takes in JSON, so that the memory for each byte is twice as much.
const LIMIT: &str = "values of at most 64 times the size of the document";

crate::codec::room::room! {}

impl Decoder<'_> {
    /// The size of the document, in bytes.
    fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Returns the number of elements that follow in the innermost list, and whether it is reliable. `estimate` is the number
    /// if the rest of the document has only elements like those before.
    fn elements_after(&self, estimate: usize) -> (usize, bool) {
        match self.announced() {
            Some(left) => (left, true),
            None => (estimate, false),
        }
    }

    /// Decodes an empty map as a part of the document, one level below the current one.
    ///
    /// # Errors
    /// When the type has no value for an empty map, it is nested too deeply, or takes too much memory.
    pub(super) fn empty_object<T: Decode>(&mut self) -> Result<T, DecodeError> {
        let mut object = Decoder {
            depth: self.depth + 1,
            budget: self.budget,
            ..Decoder::new(&[])
        };
        let value = T::decode(&mut object);
        self.budget = object.budget;
        value
    }
}
