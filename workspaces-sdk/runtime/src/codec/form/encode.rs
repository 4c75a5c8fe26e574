//! The push encoder.

use std::fmt;

use aws_smithy_types::primitive;

use super::Encode;
use crate::codec::layout::Layout;
use crate::percent;

/// Writes one form from front to back.
///
/// The key of the current value is in a buffer of its own, which grows and shrinks with the path, so no key is allocated.
#[doc(hidden)]
#[derive(Default)]
pub struct Encoder {
    text: String,
    /// The current key, encoded.
    key: String,
    /// Whether all lists are flat, and empty ones are not written.
    has_flat_lists: bool,
}

impl Encoder {
    /// Starts an empty form.
    pub fn new() -> Self {
        Self {
            text: String::with_capacity(256),
            key: String::with_capacity(64),
            has_flat_lists: false,
        }
    }

    /// Starts an empty form in which all lists are flat, and empty ones are not written.
    #[cfg(feature = "ec2-query")]
    pub(crate) fn with_flat_lists() -> Self {
        Self {
            has_flat_lists: true,
            ..Self::new()
        }
    }

    /// Returns the form.
    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    /// Writes a member of a structure unless its value is absent.
    #[inline(never)]
    pub fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T, layout: &Layout) {
        if !value.is_absent() {
            let length = self.enter(name);
            value.encode(self, layout);
            self.key.truncate(length);
        }
    }

    /// Writes a value under the current key.
    #[inline(never)]
    pub fn value(&mut self, value: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text += &self.key;
        self.text.push('=');
        percent::push(&mut self.text, value.as_bytes(), b"");
    }

    /// Writes the elements of a list. An empty list is a key without a value.
    pub(super) fn list<T: Encode>(&mut self, elements: &[T], layout: &Layout) {
        if elements.is_empty() && !self.has_flat_lists {
            return self.value("");
        }
        let length = match layout.is_flat || self.has_flat_lists {
            true => self.key.len(),
            false => self.enter(layout.element),
        };
        for (element, number) in elements.iter().zip(1..) {
            let before = self.enter_number(number);
            element.encode(self, layout.inner());
            self.key.truncate(before);
        }
        self.key.truncate(length);
    }

    /// Writes the entries of a map. An empty map is left out.
    pub(super) fn map<'a, T: Encode + 'a>(
        &mut self,
        entries: impl IntoIterator<Item = (&'a str, &'a T)>,
        layout: &Layout,
    ) {
        let length = match layout.is_flat {
            true => self.key.len(),
            false => self.enter(layout.entry),
        };
        for ((key, value), number) in entries.into_iter().zip(1..) {
            let before = self.enter_number(number);
            self.member(layout.key, key, &Layout::DEFAULT);
            self.member(layout.value, value, layout.inner());
            self.key.truncate(before);
        }
        self.key.truncate(length);
    }

    /// Adds a name to the key, and returns the length of the key before.
    fn enter(&mut self, name: &str) -> usize {
        let length = self.key.len();
        if length > 0 {
            self.key.push('.');
        }
        percent::push(&mut self.key, name.as_bytes(), b"");
        length
    }

    fn enter_number(&mut self, number: u64) -> usize {
        self.enter(primitive::Encoder::from(number).encode())
    }
}

/// Shows nothing of the form, which may contain secrets.
impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").finish_non_exhaustive()
    }
}
