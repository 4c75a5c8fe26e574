//! Decoding of the heads of data items: their types, and the lengths of strings, maps and lists.

use super::decode::Decoder;
use super::encode::{major, simple};
use super::error::DecodeError;

/// Stands for the number of members or elements before a break.
const INDEFINITE: u32 = u32::MAX;

impl<'a> Decoder<'a> {
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
    pub(super) fn head(&mut self, expected: &'static str) -> Result<Option<u64>, DecodeError> {
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
    pub(super) fn take(&mut self, len: u64) -> Result<&'a [u8], DecodeError> {
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
    pub(super) fn enter(
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
    pub(super) fn advance(&mut self) -> Result<bool, DecodeError> {
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

    /// Returns the number of members or elements that follow in the innermost map or list, if it has been announced.
    pub(super) fn announced(&self) -> Option<usize> {
        match self.left.get(self.depth.checked_sub(1)?) {
            None | Some(&INDEFINITE) => None,
            Some(left) => Some(*left as usize),
        }
    }

    /// Skips a break if it is next, and returns whether it was.
    pub(super) fn end(&mut self) -> Result<bool, DecodeError> {
        match self.peek() {
            None => Err(self.expected("a value or a break")),
            Some(byte) => {
                let is_break = byte == simple::BREAK;
                self.position += usize::from(is_break);
                Ok(is_break)
            }
        }
    }
}
