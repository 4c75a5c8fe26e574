//! Decoding of text strings and byte strings.

use std::borrow::Cow;

use super::decode::Decoder;
use super::encode::major;
use super::error::DecodeError;

crate::codec::strings::strings!(short_string);

impl<'a> Decoder<'a> {
    /// Reads a text string that [`short_string`](Self::short_string) does not read.
    ///
    /// # Errors
    /// See [`string`](Self::string).
    #[inline(never)]
    fn other_string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
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
    #[inline(never)]
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
}
