//! A bound on the memory of decoded values.
//!
//! A few bytes of a document can stand for a large value: `{},` is a whole structure, with room for each of its members.
//! Without a bound, a response of 10 MB could take gigabytes. Codecs take the memory of elements, entries and boxes from a
//! [`Budget`] before they allocate it. Strings and blobs need none, as they are never larger than their encoding.

use super::error::DecodeError;

/// The memory that a document may take for each of its bytes.
///
/// Of what services send in great numbers, small maps take the most, about 25 bytes: `{"a":{"N":"1"}}`, an item of Amazon
/// DynamoDB, is a map with room for three entries of 80 bytes.
pub(crate) const FACTOR: usize = 32;

/// What a document of a text encoding is expected to have, in errors.
#[cfg(any(feature = "json", feature = "xml"))]
pub(crate) const LIMIT: &str = "values of at most 32 times the size of the document";

/// A document that is smaller than this, in bytes, may take as much memory as one of this size: 8 MiB, which is enough for a
/// page of 1,000 large structures with few members.
const MIN_SIZE: usize = 256 * 1024;

/// The memory, in bytes, that a document may still take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget(usize);

/// The error of a document whose values take more memory than its budget.
#[derive(Debug, PartialEq)]
pub(crate) struct Exceeded;

impl Exceeded {
    /// Returns the error at a position, in bytes from the beginning of the document, which names the limit.
    #[cold]
    pub(super) fn at(self, offset: usize, limit: &'static str) -> DecodeError {
        DecodeError::new(offset, limit, "more")
    }
}

impl Budget {
    /// The budget of a document of `size` bytes.
    pub(crate) fn of(size: usize) -> Self {
        Self(size.max(MIN_SIZE).saturating_mul(FACTOR))
    }

    /// Takes memory from the budget.
    ///
    /// # Errors
    /// When too little is left.
    pub(crate) fn take(&mut self, bytes: usize) -> Result<(), Exceeded> {
        self.0 = self.0.checked_sub(bytes).ok_or(Exceeded)?;
        Ok(())
    }

    /// Takes memory for more elements of a list that is full, and returns their number.
    ///
    /// The capacity grows by need: `rest` is the number of elements from the first without room on. It grows to a multiple at
    /// most, as fewer elements may follow, and to a larger one if `rest` is reliable.
    ///
    /// # Errors
    /// When too little is left for one element.
    pub(crate) fn grow_list(
        &mut self,
        capacity: usize,
        element_size: usize,
        rest: usize,
        is_reliable: bool,
    ) -> Result<usize, Exceeded> {
        let most = match capacity {
            0 if element_size <= 32 => 4,
            0 => 1,
            _ if is_reliable => capacity.saturating_mul(32),
            1..16 => capacity * 3,
            _ => capacity,
        };
        let affordable = (self.0 / element_size.max(1)).saturating_sub(capacity);
        let more = rest.min(most).min(affordable).max(1);
        self.replace(
            capacity.saturating_mul(element_size),
            capacity.saturating_add(more).saturating_mul(element_size),
        )?;
        Ok(more)
    }

    /// Takes memory for more entries of a hash map that is full. The standard library doubles its capacity.
    ///
    /// # Errors
    /// When too little is left.
    pub(crate) fn grow_map(&mut self, capacity: usize, entry_size: usize) -> Result<(), Exceeded> {
        // An eighth of the buckets is always free. Each has a byte for its state.
        let buckets = match capacity {
            0 => 0,
            _ => capacity + capacity / 7 + 1,
        };
        let doubled = buckets.saturating_mul(2).max(4);
        self.replace(
            buckets.saturating_mul(entry_size + 1),
            doubled.saturating_mul(entry_size + 1),
        )
    }

    /// Takes `new` bytes, and then returns the `old` ones, from which the values have been moved.
    fn replace(&mut self, old: usize, new: usize) -> Result<(), Exceeded> {
        self.take(new)?;
        self.0 = self.0.saturating_add(old);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_grow_by_need_and_never_beyond_the_budget() {
        let mut budget = Budget(20_000);
        assert_eq!(budget.grow_list(0, 24, 1000, false), Ok(4));
        assert_eq!(budget.grow_list(0, 600, 1000, false), Ok(1));
        assert_eq!(budget.grow_list(1, 600, 1000, false), Ok(3));
        assert_eq!(budget.grow_list(4, 600, 2, false), Ok(2));
        assert_eq!(budget.grow_list(6, 600, 0, false), Ok(1));
        let left = budget.0;
        assert_eq!(left, 20_000 - 4 * 24 - 7 * 600);
        // While the elements move, both their old and their new place take memory.
        assert_eq!(budget.grow_list(16, 600, 1000, false), Ok(left / 600 - 16));
        assert_eq!(budget.grow_list(26, 600, 1000, false), Err(Exceeded));
        // Values without a size take no memory.
        assert_eq!(budget.grow_list(16, 0, 1000, false), Ok(16));

        let mut budget = Budget(60_000);
        assert_eq!(budget.grow_list(0, 600, 1000, true), Ok(1));
        assert_eq!(budget.grow_list(1, 600, 24, true), Ok(24));
        assert_eq!(budget.grow_list(1, 600, 1000, true), Ok(32));
        let left = budget.0;
        assert_eq!(budget.grow_list(33, 600, 1000, true), Ok(left / 600 - 33));
    }

    #[test]
    fn the_budget_is_in_proportion_to_the_document() {
        assert!(Budget::of(0).take(MIN_SIZE * FACTOR).is_ok());
        let size = 10_000_000;
        assert!(Budget::of(size).take(size * FACTOR).is_ok());
        assert!(Budget::of(size).take(size * FACTOR + 1).is_err());
        assert!(Budget::of(usize::MAX).take(usize::MAX).is_ok());
    }
}
