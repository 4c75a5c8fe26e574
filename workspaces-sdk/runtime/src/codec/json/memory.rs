//! The memory of decoded values, which is bounded in proportion to the document.

use super::error::DecodeError;
use super::{Decode, Decoder};
use crate::codec::memory::LIMIT;

crate::codec::room::room! {}

impl Decoder<'_> {
    /// The size of the document, in bytes.
    fn size(&self) -> usize {
        self.text.len()
    }

    /// Returns the number of elements that follow in the innermost list, and whether it is reliable. `estimate` is the number
    /// if the rest of the document has only elements like those before: the rest of an outer list is most of that.
    fn elements_after(&self, estimate: usize) -> (usize, bool) {
        (estimate, self.depth <= 2)
    }

    /// Decodes `{}` as a part of the document, one level below the current one.
    ///
    /// # Errors
    /// When the type has no value for `{}`, it is nested too deeply, or takes too much memory.
    pub(super) fn empty_object<T: Decode>(&mut self) -> Result<T, DecodeError> {
        let mut object = Decoder {
            text: "{}",
            position: 0,
            depth: self.depth + 1,
            entered: false,
            name: "",
            budget: self.budget,
            format: self.format,
        };
        let value = T::decode(&mut object);
        self.budget = object.budget;
        value
    }
}
