//! The pull decoder.

use std::borrow::Cow;
use std::fmt;

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

use super::error::DecodeError;
use super::{Decode, string};

/// Reads one JSON document from front to back.
///
/// It refuses what RFC 8259 refuses, lone surrogates besides. It allocates only for what it returns,
/// and for a string only when that has escapes.
///
/// What generated code calls for each member is never inlined: over 300 structures that is 11 CPU
/// seconds of compilation instead of 14, for 3 % more instructions when it runs.
pub(crate) struct Decoder<'a> {
    pub(super) text: &'a str,
    pub(super) position: usize,
    /// How many objects and lists are open.
    depth: usize,
    /// Whether the innermost object or list was only just entered, so that no comma comes next.
    entered: bool,
    /// The name that `member` returned last, a question mark if it has escapes. An error takes it from
    /// here only where a structure knows the member, so keys of maps and unknown names stay out of it.
    name: &'a str,
}

impl<'a> Decoder<'a> {
    /// How deep objects and lists may nest. Decoding recurses, so this bounds the stack.
    pub(crate) const MAX_DEPTH: usize = 128;

    /// Starts at the beginning of a document; one of nothing but white space counts as `{}`.
    ///
    /// # Errors
    /// When the bytes are no UTF-8.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| DecodeError::new(error.valid_up_to(), "UTF-8", "other bytes"))?;
        let mut input = Self {
            text,
            position: 0,
            depth: 0,
            entered: false,
            name: "",
        };
        if input.peek().is_none() {
            (input.text, input.position) = ("{}", 0);
        }
        Ok(input)
    }

    /// Checks that nothing but white space is left.
    ///
    /// # Errors
    /// When something is.
    pub(crate) fn finish(&mut self) -> Result<(), DecodeError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end")),
        }
    }

    /// Enters an object.
    ///
    /// # Errors
    /// When no object follows, or it is nested too deeply.
    #[inline(never)]
    pub(crate) fn object(&mut self) -> Result<(), DecodeError> {
        self.enter(b'{', "an object")
    }

    /// Enters an object, or passes over a value of another kind; says whether it was an object.
    ///
    /// # Errors
    /// When what follows is no JSON, or it is nested too deeply.
    pub(crate) fn object_or_skip(&mut self) -> Result<bool, DecodeError> {
        let is_object = self.peek() == Some(b'{');
        if is_object {
            self.object()?;
        } else {
            self.skip()?;
        }
        Ok(is_object)
    }

    /// Reads a string, or passes over a value of another kind.
    ///
    /// # Errors
    /// When what follows is no JSON, or it is nested too deeply.
    pub(crate) fn text_or_skip(&mut self) -> Result<Option<String>, DecodeError> {
        if self.peek() == Some(b'"') {
            return Ok(Some(self.string()?.into_owned()));
        }
        self.skip()?;
        Ok(None)
    }

    /// Goes to the next member of an object and returns its name; leaves the object after the last.
    ///
    /// The value of the member has to be read, by [`value`](Self::value) or [`skip`](Self::skip),
    /// before the next call.
    ///
    /// # Errors
    /// When what follows is no JSON.
    #[inline(never)]
    pub(crate) fn member(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        if !self.advance(b'}', "`,` or `}`")? {
            return Ok(None);
        }
        if self.peek() != Some(b'"') {
            return Err(self.expected("the name of a member"));
        }
        let name = self.string()?;
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

    /// Reads the value of the member that [`member`](Self::member) returned; `null` is none.
    ///
    /// # Errors
    /// When the value is no JSON or does not fit the type.
    #[inline(never)]
    pub(crate) fn value<T: Decode>(&mut self) -> Result<Option<T>, DecodeError> {
        if self.null()? {
            return Ok(T::null());
        }
        let name = self.name;
        match T::decode(self) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error.within_member(name)),
        }
    }

    /// Reads the value of a member that is a timestamp in a format of its own; `null` is none.
    ///
    /// # Errors
    /// When the value is no JSON or no timestamp in that format.
    #[allow(dead_code, reason = "a model may have no such member")]
    pub(crate) fn timestamp(&mut self, format: Format) -> Result<Option<DateTime>, DecodeError> {
        if self.null()? {
            return Ok(None);
        }
        let name = self.name;
        match self.date_time(format) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error.within_member(name)),
        }
    }

    /// Enters a union and goes to the one member that it has set; returns its name.
    ///
    /// Members that are `null`, and `__type`, are passed over. A union is decoded so:
    ///
    /// ```ignore
    /// let name = input.variant()?;
    /// let union = match &*name {
    ///     "Text" => Self::Text(input.variant_value()?),
    ///     _ => {
    ///         input.skip()?;
    ///         Self::Unknown
    ///     }
    /// };
    /// input.end_variant()?;
    /// Ok(union)
    /// ```
    ///
    /// # Errors
    /// When no object follows, or none of its members is set.
    pub(crate) fn variant(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        self.peek();
        let start = self.position;
        self.enter(b'{', "a union")?;
        match self.set_member()? {
            Some(name) => Ok(name),
            None => Err(DecodeError::new(
                start,
                "a union with one member",
                "none set",
            )),
        }
    }

    /// Reads the value of the member that [`variant`](Self::variant) returned.
    ///
    /// # Errors
    /// When the value is no JSON or does not fit the type.
    pub(crate) fn variant_value<T: Decode>(&mut self) -> Result<T, DecodeError> {
        match self.value()? {
            Some(value) => Ok(value),
            None => Err(self.expected("a value")),
        }
    }

    /// Reads the value of the member that [`variant`](Self::variant) returned, a timestamp in a format
    /// of its own.
    ///
    /// # Errors
    /// When the value is no JSON or no timestamp in that format.
    #[allow(dead_code, reason = "a model may have no such member")]
    pub(crate) fn variant_timestamp(&mut self, format: Format) -> Result<DateTime, DecodeError> {
        match self.timestamp(format)? {
            Some(value) => Ok(value),
            None => Err(self.expected("a value")),
        }
    }

    /// Leaves a union after its one member.
    ///
    /// # Errors
    /// When it has another member, known or not, that is set.
    pub(crate) fn end_variant(&mut self) -> Result<(), DecodeError> {
        match self.set_member()? {
            None => Ok(()),
            Some(_) => Err(self.expected_but("a union with one member", "another one set")),
        }
    }

    /// Enters a list.
    ///
    /// # Errors
    /// When no list follows, or it is nested too deeply.
    #[inline(never)]
    pub(crate) fn list(&mut self) -> Result<(), DecodeError> {
        self.enter(b'[', "a list")
    }

    /// Goes to the next element of a list and says whether there is one; leaves the list after the
    /// last.
    ///
    /// # Errors
    /// When what follows is no JSON.
    #[inline(never)]
    pub(crate) fn element(&mut self) -> Result<bool, DecodeError> {
        self.advance(b']', "`,` or `]`")
    }

    /// Passes over one value of any kind, which has to be JSON nevertheless.
    ///
    /// # Errors
    /// When it is no JSON or is nested too deeply.
    #[inline(never)]
    pub(crate) fn skip(&mut self) -> Result<(), DecodeError> {
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

    /// Reads a string, without copying when it has no escapes.
    ///
    /// # Errors
    /// When no string follows, or it has a control character, an unknown escape or a lone surrogate.
    #[inline(never)]
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        if self.peek() != Some(b'"') {
            return Err(self.expected("a string"));
        }
        let start = self.position + 1;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let end = start + string::plain(rest);
        if self.text.as_bytes().get(end) == Some(&b'"') {
            self.position = end + 1;
            return Ok(Cow::Borrowed(self.text.get(start..end).unwrap_or_default()));
        }
        let (value, end) = string::read_escaped(self.text, start, end)?;
        self.position = end;
        Ok(Cow::Owned(value))
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// When neither follows.
    #[inline(never)]
    pub(crate) fn boolean(&mut self) -> Result<bool, DecodeError> {
        self.peek();
        if self.literal("true") {
            Ok(true)
        } else if self.literal("false") {
            Ok(false)
        } else {
            Err(self.expected("true or false"))
        }
    }

    /// Passes over `null` if it follows, and says whether it did.
    ///
    /// # Errors
    /// When what follows only begins as `null` does.
    #[inline(never)]
    pub(crate) fn null(&mut self) -> Result<bool, DecodeError> {
        match self.peek() {
            Some(b'n') if self.literal("null") => Ok(true),
            Some(b'n') => Err(self.expected("a value")),
            _ => Ok(false),
        }
    }

    /// How many bytes of the document are behind.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// Passes over white space and returns the byte behind it, none at the end.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.position) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.position += 1,
                other => return other.copied(),
            }
        }
    }

    fn enter(&mut self, open: u8, expected: &'static str) -> Result<(), DecodeError> {
        if self.peek() != Some(open) {
            return Err(self.expected(expected));
        }
        if self.depth == Self::MAX_DEPTH {
            return Err(self.expected_but("at most 128 levels", "another level"));
        }
        self.depth += 1;
        self.position += 1;
        self.entered = true;
        Ok(())
    }

    /// Goes to the next member or element, or past `close`; says which.
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

    fn set_member(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        while let Some(name) = self.member()? {
            if name == "__type" {
                self.skip()?;
            } else if !self.null()? {
                return Ok(Some(name));
            }
        }
        Ok(None)
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

    #[cold]
    pub(super) fn expected(&self, expected: &'static str) -> DecodeError {
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

/// Tells nothing of the document, which may hold secrets.
impl fmt::Debug for Decoder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("position", &self.position)
            .field("depth", &self.depth)
            .finish_non_exhaustive()
    }
}
