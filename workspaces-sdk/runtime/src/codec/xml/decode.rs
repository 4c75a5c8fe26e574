//! The pull decoder.

use std::fmt;

use super::Decode;
use super::attributes::local_name;
use crate::codec::error::DecodeError;
use crate::codec::layout::Layout;
use crate::codec::memory::Budget;

/// Reads one XML document from front to back.
///
/// It reads the part of XML 1.0 that services use: elements, attributes, text, CDATA sections, character references and
/// the five predefined entities. Comments and processing instructions are skipped. A document type declaration is an
/// error, and with it the entities that a document defines itself, which could expand to any size. Documents are UTF-8,
/// whatever encoding they declare. The prefix of a name is ignored.
///
/// It allocates only for the values that it returns, for a string with references or line breaks of Windows, and for the
/// names of open elements.
#[doc(hidden)]
pub struct Decoder<'a> {
    pub(super) text: &'a str,
    pub(super) position: usize,
    /// The names of the elements that are open, with their prefixes.
    pub(super) open: Vec<&'a str>,
    /// Whether the innermost element is empty and written as `<a/>`, and its end has not been reported.
    pub(super) is_empty: bool,
    /// The position after the name of the start tag that was read last.
    pub(super) attributes: usize,
    /// The name that `child` returned last. An error contains the name only if a structure knows it, so unknown names never
    /// become part of an error.
    pub(super) name: &'a str,
    /// The memory that the decoded values may still take.
    pub(super) budget: Budget,
}

/// What follows `<`.
pub(super) enum Markup<'a> {
    Start,
    End,
    /// The text of a CDATA section, which has been read.
    Text(&'a str),
    /// A comment or a processing instruction, which has been skipped.
    Skipped,
}

impl<'a> Decoder<'a> {
    /// The maximum depth of elements. Decoding recurses, so this limits the stack.
    pub const MAX_DEPTH: usize = 128;

    /// Starts at the beginning of a document.
    ///
    /// # Errors
    /// When the bytes are not UTF-8.
    pub fn new(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| DecodeError::new(error.valid_up_to(), "UTF-8", "other bytes"))?;
        Ok(Self {
            text,
            position: match text.starts_with('\u{FEFF}') {
                true => '\u{FEFF}'.len_utf8(),
                false => 0,
            },
            open: Vec::with_capacity(8),
            is_empty: false,
            attributes: 0,
            name: "",
            budget: Budget::of(bytes.len()),
        })
    }

    /// Enters the root element and returns its name.
    ///
    /// # Errors
    /// When the document has no root element, or is malformed before it.
    pub fn root(&mut self) -> Result<&'a str, DecodeError> {
        match self.outside()? {
            Some(Markup::Start) => self.start(),
            _ => Err(self.expected("an element")),
        }
    }

    /// Checks that only comments, processing instructions and white space follow the root element.
    ///
    /// # Errors
    /// When anything else is left.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        match self.outside()? {
            None => Ok(()),
            Some(_) => Err(self.expected("the end")),
        }
    }

    /// Enters the next child of the current element and returns its name without the prefix; leaves the current element if
    /// there is none. Text between children is skipped.
    ///
    /// The caller must read the child, by [`member`](Self::member) or [`skip`](Self::skip), before the next call.
    ///
    /// # Errors
    /// When the document is malformed, or the child is nested too deeply.
    #[inline(never)]
    pub fn child(&mut self) -> Result<Option<&'a str>, DecodeError> {
        if self.leave_empty() {
            return Ok(None);
        }
        loop {
            self.plain();
            match self.peek() {
                Some(b'<') => match self.markup()? {
                    Markup::Start => return self.start().map(Some),
                    Markup::End => return self.end().map(|()| None),
                    Markup::Text(_) | Markup::Skipped => {}
                },
                Some(_) => drop(self.special()?),
                None => return Err(self.expected("an end tag")),
            }
        }
    }

    /// Reads the child that [`child`](Self::child) returned into a member.
    ///
    /// # Errors
    /// When the child is malformed or does not match the type.
    #[inline(never)]
    pub fn member<T: Decode>(
        &mut self,
        slot: &mut Option<T>,
        layout: &Layout,
    ) -> Result<(), DecodeError> {
        let name = self.name;
        T::decode_into(slot, self, layout).map_err(|error| error.within_member(name))
    }

    /// Skips the rest of the current element.
    ///
    /// # Errors
    /// When it is malformed or nested too deeply.
    #[inline(never)]
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        let depth = self.open.len();
        while self.open.len() >= depth && depth > 0 {
            self.child()?;
        }
        Ok(())
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

    /// Decodes an element without content as a part of the document, one level below the current one.
    ///
    /// # Errors
    /// When the type has no value for it, or it is nested too deeply or takes too much memory.
    pub(crate) fn empty_element<T: Decode>(&mut self) -> Result<T, DecodeError> {
        self.check_depth()?;
        self.enter_empty();
        T::decode(self, &Layout::DEFAULT)
    }

    /// Enters an element without content that is not in the document.
    pub(crate) fn enter_empty(&mut self) {
        self.open.push("");
        self.is_empty = true;
        self.attributes = self.text.len();
    }

    /// The position, in bytes from the beginning of the document.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Leaves the current element if it is written as `<a/>`, and returns whether it is.
    pub(super) fn leave_empty(&mut self) -> bool {
        let is_empty = std::mem::take(&mut self.is_empty);
        if is_empty {
            self.open.pop();
        }
        is_empty
    }

    /// Goes to the next tag outside of the root element. Returns `None` at the end of the document.
    fn outside(&mut self) -> Result<Option<Markup<'a>>, DecodeError> {
        loop {
            self.space();
            match self.peek() {
                None => return Ok(None),
                Some(b'<') => match self.markup()? {
                    Markup::Skipped => {}
                    markup => return Ok(Some(markup)),
                },
                Some(_) => return Err(self.expected("`<`")),
            }
        }
    }

    /// Finds out what the `<` at the current position begins. Stays at a tag, and skips anything else.
    pub(super) fn markup(&mut self) -> Result<Markup<'a>, DecodeError> {
        let rest = self.rest();
        if rest.starts_with("</") {
            return Ok(Markup::End);
        }
        if rest.starts_with("<?") {
            self.through("?>", "`?>`")?;
            return Ok(Markup::Skipped);
        }
        if !rest.starts_with("<!") {
            return Ok(Markup::Start);
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("--").map(|end| end + 4);
            return match end.and_then(|end| rest.get(end..)) {
                Some(end) if end.starts_with("-->") => {
                    self.position += rest.len() - end.len() + 3;
                    Ok(Markup::Skipped)
                }
                _ => Err(self.expected_but("a comment", "something else")),
            };
        }
        if !rest.starts_with("<![CDATA[") {
            let found = match rest.starts_with("<!DOCTYPE") {
                true => "a document type declaration",
                false => "another declaration",
            };
            return Err(self.expected_but("an element", found));
        }
        if self.open.is_empty() {
            return Err(self.expected_but("an element", "a CDATA section"));
        }
        let section = self.through("]]>", "`]]>`")?;
        Ok(Markup::Text(section.get(9..).unwrap_or_default()))
    }

    /// Goes past the next occurrence of `end` and returns the text before it.
    fn through(
        &mut self,
        end: &'static str,
        expected: &'static str,
    ) -> Result<&'a str, DecodeError> {
        match self.rest().split_once(end) {
            Some((before, _)) => {
                self.position += before.len() + end.len();
                Ok(before)
            }
            None => Err(self.expected_but(expected, "the end")),
        }
    }

    /// Reads a start tag and returns the name of its element without the prefix.
    fn start(&mut self) -> Result<&'a str, DecodeError> {
        self.check_depth()?;
        self.position += 1;
        let name = self.name()?;
        self.attributes = self.position;
        if self.peek() == Some(b'>') {
            self.position += 1;
        } else {
            self.start_tag()?;
        }
        self.open.push(name);
        self.name = local_name(name);
        Ok(self.name)
    }

    /// Checks that another element may be entered.
    fn check_depth(&self) -> Result<(), DecodeError> {
        match self.open.len() < Self::MAX_DEPTH {
            true => Ok(()),
            false => Err(self.expected_but("at most 128 levels", "another level")),
        }
    }

    /// Reads an end tag.
    pub(super) fn end(&mut self) -> Result<(), DecodeError> {
        let name = self.open.last().copied().unwrap_or_default();
        let rest = self.rest();
        let Some(rest) = rest
            .strip_prefix("</")
            .and_then(|rest| rest.strip_prefix(name))
        else {
            return Err(self.expected_but("the end tag of the element", "another end tag"));
        };
        self.position = self.text.len() - rest.len();
        self.space();
        self.token(">", "`>`")?;
        self.open.pop();
        Ok(())
    }

    /// Reads the name of an element or an attribute.
    pub(super) fn name(&mut self) -> Result<&'a str, DecodeError> {
        let rest = self.rest();
        let is_name = |byte: &u8| {
            byte.is_ascii_alphanumeric()
                || matches!(byte, b'_' | b':' | b'-' | b'.')
                || !byte.is_ascii()
        };
        let length = rest.bytes().take_while(is_name).count();
        match rest.as_bytes().first() {
            Some(byte) if length > 0 && !matches!(byte, b'0'..=b'9' | b'-' | b'.') => {
                self.position += length;
                Ok(rest.get(..length).unwrap_or_default())
            }
            _ => Err(self.expected("a name")),
        }
    }

    pub(super) fn token(&mut self, token: &str, expected: &'static str) -> Result<(), DecodeError> {
        if !self.rest().starts_with(token) {
            return Err(self.expected(expected));
        }
        self.position += token.len();
        Ok(())
    }

    /// Skips white space and returns whether there was any.
    pub(super) fn space(&mut self) -> bool {
        let start = self.position;
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.position += 1;
        }
        self.position > start
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.position..).unwrap_or_default()
    }

    #[cold]
    pub(crate) fn expected(&self, expected: &'static str) -> DecodeError {
        let found = match self.peek() {
            None => "the end",
            Some(b'<') if self.rest().starts_with("</") => "an end tag",
            Some(b'<') => "an element",
            Some(_) => "another character",
        };
        self.expected_but(expected, found)
    }

    #[cold]
    pub(crate) fn expected_but(&self, expected: &'static str, found: &'static str) -> DecodeError {
        DecodeError::new(self.position, expected, found)
    }
}

/// Shows nothing of the document, which may contain secrets.
impl fmt::Debug for Decoder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("position", &self.position)
            .field("depth", &self.open.len())
            .finish_non_exhaustive()
    }
}
