//! Strings: escapes, in both directions.

use std::borrow::Cow;

use super::Decoder;
use super::error::DecodeError;

crate::codec::strings::strings!(plain_string);

impl<'a> Decoder<'a> {
    /// Reads a string without escapes that does not end in the last bytes of the document, as nearly all are. Returns `None`,
    /// and reads nothing but white space, if the next value is anything else.
    #[inline(never)]
    pub(super) fn plain_string(&mut self) -> Option<&'a str> {
        self.plain_string_inlined()
    }

    /// Does the same as [`plain_string`](Self::plain_string). `member` inlines it, which saves 4% of the instructions of decoding.
    #[inline(always)]
    pub(super) fn plain_string_inlined(&mut self) -> Option<&'a str> {
        if self.peek() != Some(b'"') {
            return None;
        }
        let start = self.position + 1;
        let (words, _) = self.text.as_bytes().get(start..)?.as_chunks();
        let mut end = start;
        for word in words {
            if let Some(length) = plain_bytes(*word) {
                end += length;
                if self.text.as_bytes().get(end) != Some(&b'"') {
                    return None;
                }
                self.position = end + 1;
                return self.text.get(start..end);
            }
            end += size_of_val(word);
        }
        None
    }

    /// Reads a string that [`plain_string`](Self::plain_string) does not read.
    ///
    /// # Errors
    /// See [`string`](Self::string).
    #[cold]
    pub(super) fn other_string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        if self.peek() != Some(b'"') {
            return Err(self.expected("a string"));
        }
        let start = self.position + 1;
        let rest = self.text.get(start..).unwrap_or_default();
        let length = plain(rest.as_bytes());
        if let Some((value, behind)) = rest.split_at_checked(length)
            && behind.as_bytes().first() == Some(&b'"')
        {
            self.position = start + length + 1;
            return Ok(Cow::Borrowed(value));
        }
        let (value, end) = read_escaped(self.text, start, start + length)?;
        self.position = end;
        Ok(Cow::Owned(value))
    }
}

/// Returns the number of bytes before the first quote, backslash or control character.
fn plain(bytes: &[u8]) -> usize {
    let (words, tail) = bytes.as_chunks();
    let mut length = 0;
    for word in words {
        if let Some(before) = plain_bytes(*word) {
            return length + before;
        }
        length += size_of_val(word);
    }
    if tail.is_empty() {
        return length;
    }
    // The last word overlaps the one before it, whose bytes are plain.
    let (word, start) = match bytes.last_chunk() {
        Some(word) => (*word, bytes.len() - size_of_val(word)),
        None => (padded(tail), 0),
    };
    plain_bytes(word).map_or(bytes.len(), |before| start + before)
}

/// Returns the number of bytes before the first quote, backslash or control character, if a word has one.
#[inline]
fn plain_bytes(word: [u8; 8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHS: u64 = ONES << 7;
    let word = u64::from_le_bytes(word);
    // The high bit of the first such byte is set, and none before it, except for those of bytes that are not ASCII. Bytes after
    // it may be wrong, because of the borrow. With the flipped bit, the quote follows the control characters.
    let flipped = word ^ (ONES * (b'"' ^ b' ') as u64);
    let quote_or_control = flipped.wrapping_sub(ONES * (b' ' + 1) as u64);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    let special = (quote_or_control | backslash) & HIGHS;
    if special == 0 {
        return None;
    }
    match special & !word {
        0 => None,
        special => Some(special.trailing_zeros() as usize / 8),
    }
}

/// A word of less than eight bytes and spaces.
#[inline]
fn padded(bytes: &[u8]) -> [u8; 8] {
    let mut word = [b' '; 8];
    for (place, byte) in word.iter_mut().zip(bytes) {
        *place = *byte;
    }
    word
}

/// Reads a string with escapes. Its first character is at `start`, and it has no escape before `end`.
///
/// Returns the string and the position after its closing quote.
fn read_escaped(
    text: &str,
    mut start: usize,
    mut end: usize,
) -> Result<(String, usize), DecodeError> {
    let bytes = text.as_bytes();
    let mut value = String::new();
    loop {
        value.push_str(text.get(start..end).unwrap_or_default());
        match bytes.get(end) {
            Some(b'"') => return Ok((value, end + 1)),
            Some(b'\\') => {
                let (character, next) = escape(bytes, end)?;
                value.push(character);
                start = next;
            }
            Some(_) => return Err(DecodeError::new(end, "a string", "a control character")),
            None => return Err(DecodeError::new(end, "a closing quote", "the end")),
        }
        end = start + plain(bytes.get(start..).unwrap_or_default());
    }
}

/// Reads the escape whose backslash is at `start`. Returns the character and the position after the escape.
fn escape(bytes: &[u8], start: usize) -> Result<(char, usize), DecodeError> {
    let character = match bytes.get(start + 1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode_escape(bytes, start),
        _ => {
            return Err(DecodeError::new(
                start,
                "an escape sequence",
                "something else",
            ));
        }
    };
    Ok((character, start + 2))
}

fn unicode_escape(bytes: &[u8], start: usize) -> Result<(char, usize), DecodeError> {
    let error = |found| DecodeError::new(start, "the escape of a character", found);
    let first = code_unit(bytes, start).ok_or_else(|| error("something else"))?;
    if let Some(character) = char::from_u32(first) {
        return Ok((character, start + 6));
    }
    // It is a surrogate, the only kind of 16-bit value that is not a `char`.
    let character = match code_unit(bytes, start + 6) {
        Some(second @ 0xDC00..=0xDFFF) if first < 0xDC00 => {
            char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        }
        _ => None,
    };
    match character {
        Some(character) => Ok((character, start + 12)),
        None => Err(error("a lone surrogate")),
    }
}

/// Returns the 16 bits of the escape `\u0000` at `start`.
fn code_unit(bytes: &[u8], start: usize) -> Option<u32> {
    let digits = bytes
        .get(start..)?
        .strip_prefix(b"\\u")?
        .first_chunk::<4>()?;
    digits.iter().try_fold(0, |value, digit| {
        Some(value << 4 | (*digit as char).to_digit(16)?)
    })
}

/// Writes a string and its quotes.
pub(super) fn write(out: &mut Vec<u8>, value: &str) {
    let bytes = value.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    match is_plain(bytes) {
        true => out.extend_from_slice(bytes),
        false => write_escaped(out, bytes),
    }
    out.push(b'"');
}

/// Whether a string is written as it is. Unlike [`plain`], it needs no position, which makes it shorter.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk() else {
        return plain_bytes(padded(bytes)).is_none();
    };
    // The last word overlaps the one before it.
    let (words, _) = bytes.as_chunks();
    words
        .iter()
        .chain([last])
        .all(|word| plain_bytes(*word).is_none())
}

#[cold]
fn write_escaped(out: &mut Vec<u8>, mut rest: &[u8]) {
    loop {
        let (plain, special) = rest.split_at_checked(plain(rest)).unwrap_or((rest, &[]));
        out.extend_from_slice(plain);
        let Some((byte, behind)) = special.split_first() else {
            return;
        };
        write_escape(out, *byte);
        rest = behind;
    }
}

fn write_escape(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'"' => out.extend_from_slice(b"\\\""),
        b'\\' => out.extend_from_slice(b"\\\\"),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        0x08 => out.extend_from_slice(b"\\b"),
        0x0C => out.extend_from_slice(b"\\f"),
        _ => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_plain, plain};

    #[test]
    fn the_first_special_byte_is_found_wherever_it_is() {
        for length in 0..40 {
            for byte in [b'a', b' ', 0x7F, 0x80, 0xA2, 0xDC, 0xFF] {
                let mut bytes = vec![byte; length];
                assert_eq!(plain(&bytes), length);
                assert!(is_plain(&bytes));
                for first in (0..length).rev() {
                    for special in [b'"', b'\\', 0, 0x1F] {
                        bytes[first] = special;
                        assert_eq!(plain(&bytes), first, "{bytes:?}");
                        assert!(!is_plain(&bytes), "{bytes:?}");
                    }
                }
            }
        }
    }
}
