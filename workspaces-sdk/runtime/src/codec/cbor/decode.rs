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

/// Stands for the number of members or elements before a break.
const INDEFINITE: u32 = u32::MAX;

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
            return Ok(Some(self.string()?.into_owned()));
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

    /// Reads a text string, without copying it if it is in one piece.
    ///
    /// # Errors
    /// When the next value is not a text string, or is not UTF-8.
    #[inline(never)]
    pub fn string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        if let Some(text) = self.short_string() {
            return Ok(Cow::Borrowed(text));
        }
        let start = self.position;
        let error = |_| DecodeError::new(start, "UTF-8", "other bytes");
        match self.pieces(major::TEXT, "a string")? {
            Cow::Borrowed(bytes) => {
                let text = std::str::from_utf8(bytes);
                text.map(Cow::Borrowed).map_err(error)
            }
            Cow::Owned(bytes) => {
                let text = String::from_utf8(bytes);
                text.map(Cow::Owned).map_err(|it| error(it.utf8_error()))
            }
        }
    }

    /// Reads a text string of less than 256 bytes, if it is valid.
    fn short_string(&mut self) -> Option<&'a str> {
        const LENGTH_IN_ONE_BYTE: u8 = major::TEXT | 24;
        let (head, len) = match self.bytes.get(self.position..)? {
            [first @ major::TEXT..LENGTH_IN_ONE_BYTE, ..] => (1, first & 0x1F),
            [LENGTH_IN_ONE_BYTE, len, ..] => (2, *len),
            _ => return None,
        };
        let start = self.position + head;
        let end = start + usize::from(len);
        if start < self.valid_from || end > self.valid_from + self.valid.len() {
            self.validate(start);
        }
        // A text that is not UTF-8 begins or ends in a character, or where the valid part ends.
        let (from, to) = (start - self.valid_from, end - self.valid_from);
        let text = self.valid.get(from..to)?;
        self.position = end;
        Some(text)
    }

    /// Finds the part of the document from a position on that is UTF-8.
    #[inline(never)]
    fn validate(&mut self, start: usize) {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let valid = std::str::from_utf8(rest);
        self.valid = valid.unwrap_or_else(|error| {
            let valid = rest.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(valid).unwrap_or_default()
        });
        self.valid_from = start;
    }

    /// Reads a byte string.
    ///
    /// # Errors
    /// When the next value is not a byte string.
    pub(super) fn blob(&mut self) -> Result<Cow<'a, [u8]>, DecodeError> {
        self.pieces(major::BYTES, "a byte string")
    }

    /// Reads the bytes of a string, which can be in chunks.
    fn pieces(&mut self, major: u8, expected: &'static str) -> Result<Cow<'a, [u8]>, DecodeError> {
        if self.major() != Some(major) {
            return Err(self.expected(expected));
        }
        if let Some(len) = self.head(expected)? {
            return self.take(len).map(Cow::Borrowed);
        }
        let mut bytes = Vec::new();
        while !self.end()? {
            let start = self.position;
            let is_chunk = self.major() == Some(major);
            match self.head("a chunk")? {
                Some(len) if is_chunk => bytes.extend_from_slice(self.take(len)?),
                _ => return Err(DecodeError::new(start, "a chunk", "another value")),
            }
        }
        Ok(Cow::Owned(bytes))
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

    /// Skips a tag before the next value, and returns it.
    ///
    /// # Errors
    /// When the tag is malformed.
    pub(super) fn tag(&mut self) -> Result<Option<u64>, DecodeError> {
        if self.major() != Some(major::TAG) {
            return Ok(None);
        }
        let start = self.position;
        match self.head("a tag")? {
            None => Err(DecodeError::new(start, "a tag", "a malformed one")),
            tag => Ok(tag),
        }
    }

    /// The position, in bytes from the beginning of the document.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Returns the first byte of the next value; `None` at the end.
    pub fn peek(&mut self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    /// Returns the major type of the next value.
    pub(super) fn major(&mut self) -> Option<u8> {
        self.peek().map(|byte| byte & major::SIMPLE)
    }

    /// Reads the head of a data item and returns its argument; `None` for one without, such as an indefinite length or a
    /// break.
    fn head(&mut self, expected: &'static str) -> Result<Option<u64>, DecodeError> {
        let rest = self.bytes.get(self.position..).unwrap_or_default();
        let Some((first, rest)) = rest.split_first() else {
            return Err(self.expected(expected));
        };
        let argument = match first & 0x1F {
            short @ 0..24 => Some((short.into(), 0)),
            24 => rest.first().map(|byte| ((*byte).into(), 1)),
            25 => (rest.first_chunk()).map(|bytes| (u16::from_be_bytes(*bytes).into(), 2)),
            26 => (rest.first_chunk()).map(|bytes| (u32::from_be_bytes(*bytes).into(), 4)),
            27 => (rest.first_chunk()).map(|bytes| (u64::from_be_bytes(*bytes), 8)),
            31 => {
                self.position += 1;
                return Ok(None);
            }
            _ => return Err(self.expected_but(expected, "a reserved byte")),
        };
        let Some((argument, width)) = argument else {
            return Err(self.expected_but(expected, "the end"));
        };
        self.position += 1 + width;
        Ok(Some(argument))
    }

    /// Reads that many bytes.
    fn take(&mut self, len: u64) -> Result<&'a [u8], DecodeError> {
        let rest = self.bytes.get(self.position..).unwrap_or_default();
        match usize::try_from(len).ok().and_then(|len| rest.get(..len)) {
            Some(bytes) => {
                self.position += bytes.len();
                Ok(bytes)
            }
            None => Err(self.expected_but("as many bytes as announced", "the end")),
        }
    }

    /// Enters a map or a list, whose members or elements have at least `width` bytes.
    fn enter(
        &mut self,
        major: u8,
        width: usize,
        expected: &'static str,
    ) -> Result<(), DecodeError> {
        if self.major() != Some(major) {
            return Err(self.expected(expected));
        }
        if self.depth >= Self::MAX_DEPTH {
            return Err(self.expected_but("at most 128 levels", "another level"));
        }
        let len = self.head(expected)?;
        let rest = self.bytes.len().saturating_sub(self.position) / width;
        let len = match len {
            None => INDEFINITE,
            Some(len) => match u32::try_from(len) {
                Ok(len) if len as usize <= rest && len != INDEFINITE => len,
                _ => return Err(self.expected_but("as many values as announced", "fewer")),
            },
        };
        if let Some(left) = self.left.get_mut(self.depth) {
            *left = len;
        }
        self.depth += 1;
        Ok(())
    }

    /// Goes to the next member or element, or leaves the map or list. Returns whether there is another one.
    fn advance(&mut self) -> Result<bool, DecodeError> {
        let level = self.depth.saturating_sub(1);
        let more = match self.left.get_mut(level) {
            Some(&mut INDEFINITE) => !self.end()?,
            Some(0) | None => false,
            Some(left) => {
                *left -= 1;
                true
            }
        };
        if !more {
            self.depth = level;
        }
        Ok(more)
    }

    /// Skips a break if it is next, and returns whether it was.
    fn end(&mut self) -> Result<bool, DecodeError> {
        match self.peek() {
            None => Err(self.expected("a value or a break")),
            Some(byte) => {
                let is_break = byte == simple::BREAK;
                self.position += usize::from(is_break);
                Ok(is_break)
            }
        }
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
