//! The pull decoder.

use std::borrow::Cow;
use std::fmt;

use super::Decode;
use super::encode::{major, simple};
use super::error::DecodeError;
use crate::codec::memory::Budget;

/// Reads one document from front to back.
///
/// It accepts each well-formed data item of RFC 8949, whether its length is definite or not. It allocates only for the values
/// that it returns, and for a text string only if the string is in several chunks.
///
/// The functions that generated code calls for each member are never inlined, as in the codec of JSON.
#[doc(hidden)]
pub struct Decoder<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) position: usize,
    /// The number of maps and lists that are open.
    pub(super) depth: usize,
    /// For each of them, the number of members or elements that follow.
    pub(super) left: [u32; Decoder::MAX_DEPTH],
    /// The name that `member` returned last, or a question mark if it is in chunks. An error contains the name only if a
    /// structure knows the member, so keys of maps and unknown names never become part of an error.
    pub(super) name: &'a str,
    /// The memory that the decoded values may still take.
    pub(super) budget: Budget,
    /// A part of the document that is UTF-8, and its position. Most data items are, and many strings are validated at once.
    pub(super) valid: &'a str,
    pub(super) valid_from: usize,
}

impl<'a> Decoder<'a> {
    /// The maximum depth of maps and lists. Decoding recurses, so this limits the stack.
    pub const MAX_DEPTH: usize = 128;

    /// Starts at the beginning of a document. An empty document counts as an empty map.
    pub fn new(bytes: &'a [u8]) -> Self {
        let bytes = match bytes.is_empty() {
            true => &[major::MAP],
            false => bytes,
        };
        Self {
            bytes,
            position: 0,
            depth: 0,
            left: [0; Self::MAX_DEPTH],
            name: "",
            // See `LIMIT` in the module `memory`.
            budget: Budget::of(bytes.len().saturating_mul(2)),
            valid: "",
            valid_from: 0,
        }
    }

    /// Checks that nothing is left.
    ///
    /// # Errors
    /// When anything is left.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end")),
        }
    }

    /// Enters a map.
    ///
    /// # Errors
    /// When the next value is not a map, or it is nested too deeply.
    #[inline(never)]
    pub fn object(&mut self) -> Result<(), DecodeError> {
        self.enter_object("a map")
    }

    /// Enters a map, which the error calls `expected`.
    pub(super) fn enter_object(&mut self, expected: &'static str) -> Result<(), DecodeError> {
        self.enter(major::MAP, 2, expected)
    }

    /// Enters a map, or skips a value of another kind. Returns whether it was a map.
    ///
    /// # Errors
    /// When the value is malformed or nested too deeply.
    pub fn object_or_skip(&mut self) -> Result<bool, DecodeError> {
        let is_object = self.major() == Some(major::MAP);
        if is_object {
            self.object()?;
        } else {
            self.skip()?;
        }
        Ok(is_object)
    }

    /// Reads a text string, or skips a value of another kind.
    ///
    /// # Errors
    /// When the value is malformed or nested too deeply.
    pub fn string_or_skip(&mut self) -> Result<Option<String>, DecodeError> {
        if self.major() == Some(major::TEXT) {
            return self.owned_string().map(Some);
        }
        self.skip()?;
        Ok(None)
    }

    /// Goes to the next member of a map and returns its name; leaves the map after the last.
    ///
    /// The caller must read the value of the member, by [`value`](Self::value) or [`skip`](Self::skip), before the next
    /// call.
    ///
    /// # Errors
    /// When the map is malformed, or the key is not a text string.
    #[inline(never)]
    pub fn member(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        if !self.advance()? {
            return Ok(None);
        }
        if self.major() != Some(major::TEXT) {
            return Err(self.expected("the name of a member"));
        }
        let name = self.string()?;
        self.name = match &name {
            Cow::Borrowed(name) => name,
            Cow::Owned(_) => "?",
        };
        Ok(Some(name))
    }

    /// Reads the value of the member that [`member`](Self::member) returned. `null` is `None`.
    ///
    /// # Errors
    /// When the value is malformed or does not match the type.
    #[inline(never)]
    pub fn value<T: Decode>(&mut self) -> Result<Option<T>, DecodeError> {
        if self.null()? {
            return Ok(T::null());
        }
        let name = self.name;
        match T::decode(self) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error.within_member(name)),
        }
    }

    /// Enters a list.
    ///
    /// # Errors
    /// When the next value is not a list, or it is nested too deeply.
    #[inline(never)]
    pub fn list(&mut self) -> Result<(), DecodeError> {
        self.enter(major::LIST, 1, "a list")
    }

    /// Goes to the next element of a list and returns whether there is one. Leaves the list after the last element.
    ///
    /// # Errors
    /// When the list is malformed.
    #[inline(never)]
    pub fn element(&mut self) -> Result<bool, DecodeError> {
        self.advance()
    }

    /// Skips one value of any kind.
    ///
    /// # Errors
    /// When the value is malformed or nested too deeply.
    #[inline(never)]
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        while self.tag()?.is_some() {}
        match self.major() {
            Some(major::MAP) => {
                self.object()?;
                while self.advance()? {
                    self.skip()?;
                    self.skip()?;
                }
                Ok(())
            }
            Some(major::LIST) => {
                self.list()?;
                while self.element()? {
                    self.skip()?;
                }
                Ok(())
            }
            Some(major::TEXT) => self.string().map(drop),
            Some(major::BYTES) => self.blob().map(drop),
            _ => self.skip_number(),
        }
    }

    /// Skips a value of the other kinds: a number, a boolean, `null`, `undefined`, or another simple value.
    fn skip_number(&mut self) -> Result<(), DecodeError> {
        const SIMPLE_IN_TWO_BYTES: u8 = major::SIMPLE | 24;
        let (start, first) = (self.position, self.peek());
        match (first, self.head("a value")?) {
            // A value that fits the first byte must be there.
            (Some(SIMPLE_IN_TWO_BYTES), Some(0..32)) | (_, None) => {
                Err(DecodeError::new(start, "a value", "a malformed one"))
            }
            _ => Ok(()),
        }
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// When the next value is neither.
    #[inline(never)]
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        let value = match self.peek() {
            Some(simple::TRUE) => true,
            Some(simple::FALSE) => false,
            _ => return Err(self.expected("true or false")),
        };
        self.position += 1;
        Ok(value)
    }

    /// Reads an integer from `min` to `max`.
    ///
    /// # Errors
    /// When the next value is not such an integer. The error names `expected`.
    pub(super) fn integer(
        &mut self,
        min: i64,
        max: i64,
        expected: &'static str,
    ) -> Result<i64, DecodeError> {
        let start = self.position;
        let (is_negative, argument) = self.integer_parts(expected)?;
        let value = i64::try_from(argument).map(|value| match is_negative {
            true => !value,
            false => value,
        });
        match value {
            Ok(value) if (min..=max).contains(&value) => Ok(value),
            _ => Err(DecodeError::new(start, expected, "another number")),
        }
    }

    /// Reads an integer: whether it is negative, and its argument. A negative integer is -1 minus the argument.
    ///
    /// # Errors
    /// When the next value is not an integer. The error names `expected`.
    pub(super) fn integer_parts(
        &mut self,
        expected: &'static str,
    ) -> Result<(bool, u64), DecodeError> {
        let is_negative = match self.major() {
            Some(major::UNSIGNED) => false,
            Some(major::NEGATIVE) => true,
            _ => return Err(self.expected(expected)),
        };
        let start = self.position;
        match self.head(expected)? {
            Some(argument) => Ok((is_negative, argument)),
            None => Err(DecodeError::new(start, expected, "a malformed number")),
        }
    }

    /// Skips `null` or `undefined` if it is the next value, and returns whether it was.
    ///
    /// # Errors
    /// Never. The codec of JSON has errors here.
    #[inline(never)]
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        let is_null = matches!(self.peek(), Some(simple::NULL | simple::UNDEFINED));
        self.position += usize::from(is_null);
        Ok(is_null)
    }

    #[cold]
    pub(super) fn expected(&self, expected: &'static str) -> DecodeError {
        let found = match self.bytes.get(self.position) {
            None => "the end",
            Some(&simple::BREAK) => "a break",
            Some(&(simple::TRUE | simple::FALSE)) => "a boolean",
            Some(&(simple::NULL | simple::UNDEFINED)) => "null",
            Some(byte) => match byte & major::SIMPLE {
                major::UNSIGNED | major::NEGATIVE => "an integer",
                major::BYTES => "a byte string",
                major::TEXT => "a string",
                major::LIST => "a list",
                major::MAP => "a map",
                major::TAG => "a tag",
                _ => "a float or a simple value",
            },
        };
        self.expected_but(expected, found)
    }

    #[cold]
    pub(super) fn expected_but(&self, expected: &'static str, found: &'static str) -> DecodeError {
        DecodeError::new(self.position, expected, found)
    }
}

/// Shows nothing of the document, which may contain secrets.
impl fmt::Debug for Decoder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("position", &self.position)
            .field("depth", &self.depth)
            .finish_non_exhaustive()
    }
}
