//! The memory of decoded values, which is bounded in proportion to the document.

use super::Decoder;
use crate::codec::error::DecodeError;
use crate::codec::memory::LIMIT;

/// The length of the shortest element, `<a/>`.
const MIN_ELEMENT: usize = 4;

impl Decoder<'_> {
    /// Returns for how many more elements a list reserves room that has no room for the element just decoded.
    ///
    /// Each of its `len` elements before that one has `size` bytes.
    ///
    /// # Errors
    /// When the decoded values take too much memory.
    pub(super) fn list_room(&mut self, len: usize, size: usize) -> Result<usize, DecodeError> {
        let more = 1 + self.rest().len() / MIN_ELEMENT;
        let room = self.budget.grow_list(len, size, more, false);
        room.map_err(|exceeded| exceeded.at(self.position, LIMIT))
    }

    /// Takes memory for more entries of a map that has no room for another one.
    ///
    /// # Errors
    /// When the decoded values take too much memory.
    pub(super) fn map_room(&mut self, capacity: usize, size: usize) -> Result<(), DecodeError> {
        let room = self.budget.grow_map(capacity, size);
        room.map_err(|exceeded| exceeded.at(self.position, LIMIT))
    }

    /// Takes memory for a value of `size` bytes behind a pointer.
    ///
    /// # Errors
    /// When the decoded values take too much memory.
    pub(super) fn box_room(&mut self, size: usize) -> Result<(), DecodeError> {
        let room = self.budget.take(size);
        room.map_err(|exceeded| exceeded.at(self.position, LIMIT))
    }
}
