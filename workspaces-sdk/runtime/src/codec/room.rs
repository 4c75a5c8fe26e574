//! The memory of decoded values in JSON and in CBOR, which is bounded in proportion to the document.

/// Implements the methods of a `Decoder` that take memory from its budget. It is in scope with its trait `Decode`, and with
/// `LIMIT`, which errors name.
macro_rules! room {
    () => {
        impl Decoder<'_> {
            /// Returns for how many more elements a list reserves room that has no room for the element just decoded.
            ///
            /// The list starts at `start`. Its `len` elements before that one have `size` bytes each.
            ///
            /// # Errors
            /// When the decoded values take too much memory.
            pub(super) fn list_room(
                &mut self,
                start: usize,
                len: usize,
                size: usize,
            ) -> Result<usize, DecodeError> {
                let rest = self.size().saturating_sub(self.position);
                let used = self.position.saturating_sub(start).max(1);
                let estimate = (len + 1).saturating_mul(rest) / used;
                let (rest, is_reliable) = self.elements_after(estimate);
                let room = self.budget.grow_list(len, size, 1 + rest, is_reliable);
                room.map_err(|exceeded| exceeded.at(self.position, LIMIT))
            }

            /// Takes memory for more entries of a map that has no room for another one.
            ///
            /// # Errors
            /// When the decoded values take too much memory.
            pub(super) fn map_room(
                &mut self,
                capacity: usize,
                size: usize,
            ) -> Result<(), DecodeError> {
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

            /// Returns the value of a required member, or its replacement if the response lacks it.
            ///
            /// # Errors
            /// See [`Decode::missing`].
            pub fn required<T: Decode>(&mut self, value: Option<T>) -> Result<T, DecodeError> {
                match value {
                    Some(value) => Ok(value),
                    None => T::missing(self),
                }
            }
        }
    };
}

pub(super) use room;
