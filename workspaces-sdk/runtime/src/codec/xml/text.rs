//! The text of an element: character data, CDATA sections and references.

use std::borrow::Cow;

use super::decode::{Decoder, Markup};
use crate::codec::error::DecodeError;

impl<'a> Decoder<'a> {
    /// Reads the text of the current element, which has no children, through its end tag. It is not copied if it is in one
    /// piece.
    ///
    /// # Errors
    /// When the element has a child, or is malformed.
    #[inline(never)]
    pub fn text(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        let mut value = Cow::Borrowed("");
        if self.leave_empty() {
            return Ok(value);
        }
        loop {
            append(&mut value, self.plain());
            match self.peek() {
                Some(b'<') => match self.markup()? {
                    Markup::End => return self.end().map(|()| value),
                    Markup::Start => return Err(self.expected("text")),
                    Markup::Text(text) => append_section(&mut value, text),
                    Markup::Skipped => {}
                },
                Some(_) => value.to_mut().push(self.special()?),
                // The value of an attribute.
                None if self.open.is_empty() => return Ok(value),
                None => return Err(self.expected("an end tag")),
            }
        }
    }

    /// Returns the text before the next byte that has a meaning or is not allowed.
    pub(super) fn plain(&mut self) -> &'a str {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut length = 0;
        while let Some(byte) = bytes.get(length) {
            match byte {
                b'<' | b'&' | b'\r' => break,
                b']' if bytes
                    .get(length..)
                    .is_some_and(|rest| rest.starts_with(b"]]>")) =>
                {
                    break;
                }
                b'\t' | b'\n' | 0x20.. => length += 1,
                _ => break,
            }
        }
        self.position += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Reads a reference or a line break, which [`plain`](Self::plain) stops at, as one character.
    #[cold]
    pub(super) fn special(&mut self) -> Result<char, DecodeError> {
        match self.peek() {
            Some(b'&') => self.reference(),
            Some(b'\r') => {
                self.position += match self.rest().starts_with("\r\n") {
                    true => 2,
                    false => 1,
                };
                Ok('\n')
            }
            Some(b']') if self.open.is_empty() => {
                self.position += 1;
                Ok(']')
            }
            Some(b']') => Err(self.expected_but("text", "`]]>`")),
            _ => Err(self.expected_but("text", "a control character")),
        }
    }

    /// Reads a character reference or a predefined entity.
    #[cold]
    pub(super) fn reference(&mut self) -> Result<char, DecodeError> {
        let rest = self.rest();
        let reference = rest
            .strip_prefix('&')
            .and_then(|rest| rest.split_once(';'))
            .map(|(reference, _)| reference);
        match reference.and_then(|reference| Some((reference, referenced(reference)?))) {
            Some((reference, character)) => {
                self.position += reference.len() + 2;
                Ok(character)
            }
            None => Err(self.expected_but("a known reference", "another one")),
        }
    }
}

/// Returns the character that a reference stands for. It may be a control character other than null, which XML 1.1 allows and
/// services use.
fn referenced(reference: &str) -> Option<char> {
    let code = match reference {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        reference => reference.strip_prefix('#')?,
    };
    let (digits, radix) = match code.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (code, 10),
    };
    if digits.is_empty() {
        return None;
    }
    let code = digits.chars().try_fold(0_u32, |code, digit| {
        code.checked_mul(radix)?.checked_add(digit.to_digit(radix)?)
    })?;
    char::from_u32(code).filter(|character| *character != '\0')
}

/// Appends a piece of text. The first one is borrowed.
fn append<'a>(value: &mut Cow<'a, str>, piece: &'a str) {
    match value {
        Cow::Borrowed("") => *value = Cow::Borrowed(piece),
        _ if piece.is_empty() => {}
        value => value.to_mut().push_str(piece),
    }
}

/// Appends the text of a CDATA section, in which only line breaks have a meaning.
fn append_section<'a>(value: &mut Cow<'a, str>, text: &'a str) {
    match text.contains('\r') {
        true => value
            .to_mut()
            .push_str(&text.replace("\r\n", "\n").replace('\r', "\n")),
        false => append(value, text),
    }
}
