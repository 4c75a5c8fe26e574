//! The pull decoder.

use std::borrow::Cow;
use std::fmt;

use aws_smithy_types::date_time::Format;

use super::Decode;
use super::error::DecodeError;
use crate::codec::memory::Budget;

/// Reads one JSON document from front to back.
///
/// It rejects documents that do not conform to RFC 8259, and lone surrogates. It allocates only for the values that it
/// returns, and for a string only if the string has escapes.
///
/// The functions that generated code calls for each member are never inlined: for 300 structures, compilation takes 11
/// CPU seconds instead of 14, at the cost of 3% more instructions at run time.
#[doc(hidden)]
pub struct Decoder<'a> {
    pub(super) text: &'a str,
    pub(super) position: usize,
    /// The number of objects and lists that are open.
    pub(super) depth: usize,
    /// Whether the innermost object or list has just been entered, so that no comma follows.
    pub(super) entered: bool,
    /// The name that `member` returned last, or a question mark if it has escapes. An error contains the name only if a
    /// structure knows the member, so keys of maps and unknown names never become part of an error.
    pub(super) name: &'a str,
    /// The memory that the decoded values may still take.
    pub(super) budget: Budget,
    /// The format of timestamps.
    pub(super) format: Format,
}

impl<'a> Decoder<'a> {
    /// The maximum depth of objects and lists. Decoding recurses, so this limits the stack.
    pub const MAX_DEPTH: usize = 128;

    /// Starts at the beginning of a document. A document of white space only counts as `{}`.
    ///
    /// # Errors
    /// When the bytes are not UTF-8.
    pub fn new(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| DecodeError::new(error.valid_up_to(), "UTF-8", "other bytes"))?;
        let mut input = Self {
            text,
            position: 0,
            depth: 0,
            entered: false,
            name: "",
            budget: Budget::of(bytes.len()),
            format: Format::EpochSeconds,
        };
        if input.peek().is_none() {
            (input.text, input.position) = ("{}", 0);
        }
        Ok(input)
    }

    /// Checks that only white space is left.
    ///
    /// # Errors
    /// When anything else is left.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end")),
        }
    }

    /// Enters an object.
    ///
    /// # Errors
    /// When the next value is not an object, or it is nested too deeply.
    #[inline(never)]
    pub fn object(&mut self) -> Result<(), DecodeError> {
        self.enter_object("an object")
    }

    /// Enters an object, which the error calls `expected`.
    pub(super) fn enter_object(&mut self, expected: &'static str) -> Result<(), DecodeError> {
        self.enter(b'{', expected)
    }

    /// Enters an object, or skips a value of another kind. Returns whether it was an object.
    ///
    /// # Errors
    /// When the value is malformed or nested too deeply.
    pub fn object_or_skip(&mut self) -> Result<bool, DecodeError> {
        let is_object = self.peek() == Some(b'{');
        if is_object {
            self.object()?;
        } else {
            self.skip()?;
        }
        Ok(is_object)
    }

    /// Reads a string, or skips a value of another kind.
    ///
    /// # Errors
    /// When the value is malformed or nested too deeply.
    pub fn string_or_skip(&mut self) -> Result<Option<String>, DecodeError> {
        if self.peek() == Some(b'"') {
            return self.owned_string().map(Some);
        }
        self.skip()?;
        Ok(None)
    }

    /// Goes to the next member of an object and returns its name; leaves the object after the last.
    ///
    /// The caller must read the value of the member, by [`value`](Self::value) or [`skip`](Self::skip), before the next
    /// call.
    ///
    /// # Errors
    /// When the object is malformed.
    #[inline(never)]
    pub fn member(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        if !self.advance(b'}', "`,` or `}`")? {
            return Ok(None);
        }
        if self.peek() != Some(b'"') {
            return Err(self.expected("the name of a member"));
        }
        let name = match self.plain_string_inlined() {
            Some(name) => Cow::Borrowed(name),
            None => self.other_string()?,
        };
        self.name = match &name {
            Cow::Borrowed(name) => name,
            Cow::Owned(_) => "?",
        };
        if self.peek() != Some(b':') {
            return Err(self.expected("`:`"));
        }
        self.position += 1;
        Ok(Some(name))
    }

    /// Reads the value of the member that [`member`](Self::member) returned. `null` is `None`.
    ///
    /// # Errors
    /// When the value is malformed or does not match the type.
    #[inline(never)]
    pub fn value<T: Decode>(&mut self) -> Result<Option<T>, DecodeError> {
        if !self.is_at_value() && self.null()? {
            return Ok(T::null());
        }
        let name = self.name;
        match T::decode(self) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error.within_member(name)),
        }
    }

    /// Reads the value of a member that is a timestamp in the given format, or lists or maps of such timestamps. `null` is
    /// `None`.
    ///
    /// # Errors
    /// When the value is malformed or does not match the type or the format.
    pub fn timestamp<T: Decode>(&mut self, format: Format) -> Result<Option<T>, DecodeError> {
        let default = std::mem::replace(&mut self.format, format);
        let value = self.value();
        self.format = default;
        value
    }

    /// Enters a list.
    ///
    /// # Errors
    /// When the next value is not a list, or it is nested too deeply.
    #[inline(never)]
    pub fn list(&mut self) -> Result<(), DecodeError> {
        self.enter(b'[', "a list")
    }

    /// Goes to the next element of a list and returns whether there is one. Leaves the list after the last element.
    ///
    /// # Errors
    /// When the list is malformed.
    #[inline(never)]
    pub fn element(&mut self) -> Result<bool, DecodeError> {
        self.advance(b']', "`,` or `]`")
    }

    /// Skips one value of any kind.
    ///
    /// # Errors
    /// When the value is malformed or nested too deeply.
    #[inline(never)]
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        match self.peek() {
            Some(b'{') => {
                self.object()?;
                while self.member()?.is_some() {
                    self.skip()?;
                }
                Ok(())
            }
            Some(b'[') => {
                self.list()?;
                while self.element()? {
                    self.skip()?;
                }
                Ok(())
            }
            Some(b'"') => self.string().map(drop),
            Some(b't' | b'f') => self.boolean().map(drop),
            Some(b'n') => match self.null()? {
                true => Ok(()),
                false => Err(self.expected("a value")),
            },
            _ => self.number("a value").map(drop),
        }
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// When the next value is neither.
    #[inline(never)]
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        self.peek();
        if self.literal("true") {
            Ok(true)
        } else if self.literal("false") {
            Ok(false)
        } else {
            Err(self.expected("true or false"))
        }
    }

    /// Skips `null` if it is the next value, and returns whether it was.
    ///
    /// # Errors
    /// When the next value only begins like `null`.
    #[inline(never)]
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        match self.peek() {
            Some(b'n') if self.literal("null") => Ok(true),
            Some(b'n') => Err(self.expected("a value")),
            _ => Ok(false),
        }
    }

    /// The position, in bytes from the beginning of the document.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Skips white space and returns the byte after it; `None` at the end.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        match self.text.as_bytes().get(self.position) {
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => self.peek_after_space(),
        }
    }

    /// Whether the next byte starts a value that is not `null`. It may do so after white space otherwise.
    #[inline]
    fn is_at_value(&self) -> bool {
        let next = self.text.as_bytes().get(self.position);
        next.is_some_and(|byte| *byte > b' ' && *byte != b'n')
    }

    /// Not inlined, because services send no white space between values.
    #[cold]
    fn peek_after_space(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.position) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.position += 1,
                other => return other.copied(),
            }
        }
    }

    /// Enters an object or a list, which starts with `open`.
    fn enter(&mut self, open: u8, expected: &'static str) -> Result<(), DecodeError> {
        if self.peek() != Some(open) {
            return Err(self.expected(expected));
        }
        if self.depth >= Self::MAX_DEPTH {
            return Err(self.expected_but("at most 128 levels", "another level"));
        }
        self.depth += 1;
        self.position += 1;
        self.entered = true;
        Ok(())
    }

    /// Goes to the next member or element, or past `close`. Returns whether there is another one.
    fn advance(&mut self, close: u8, expected: &'static str) -> Result<bool, DecodeError> {
        let entered = std::mem::take(&mut self.entered);
        match self.peek() {
            Some(byte) if byte == close => {
                self.position += 1;
                self.depth = self.depth.saturating_sub(1);
                Ok(false)
            }
            _ if entered => Ok(true),
            Some(b',') => {
                self.position += 1;
                Ok(true)
            }
            _ => Err(self.expected(expected)),
        }
    }

    fn literal(&mut self, literal: &str) -> bool {
        let found = self
            .text
            .get(self.position..)
            .is_some_and(|rest| rest.starts_with(literal));
        if found {
            self.position += literal.len();
        }
        found
    }

    /// Returns the error for a value that is not what was expected.
    #[cold]
    pub fn expected(&self, expected: &'static str) -> DecodeError {
        let found = match self.text.as_bytes().get(self.position) {
            None => "the end",
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b'"') => "a string",
            Some(b'-' | b'0'..=b'9') => "a number",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(_) => "another character",
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
