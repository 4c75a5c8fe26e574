//! Attributes of elements.

use super::Decode;
use super::decode::Decoder;
use crate::codec::error::DecodeError;
use crate::codec::layout::Layout;
use crate::codec::memory::Budget;

impl<'a> Decoder<'a> {
    /// Reads an attribute of the current element into a member, unless the element has none with this name. It compares
    /// names without their prefixes.
    ///
    /// It must be called before the children of the element are read.
    ///
    /// # Errors
    /// When the value does not match the type.
    pub fn attribute<T: Decode>(
        &self,
        name: &'static str,
        slot: &mut Option<T>,
        layout: &Layout,
    ) -> Result<(), DecodeError> {
        let mut tag = self.part(self.attributes, self.text.len());
        loop {
            tag.space();
            if matches!(tag.peek(), Some(b'>' | b'/') | None) {
                return Ok(());
            }
            let (found, start) = tag.attribute_start()?;
            let end = tag.attribute_end(start)?;
            if !found.starts_with("xmlns") && local_name(found) == local_name(name) {
                let value = T::decode(&mut self.part(start, end), layout);
                *slot = Some(value.map_err(|error| error.within_member(name))?);
            }
        }
    }

    /// Reads the rest of a start tag after its name. The values of attributes are checked.
    pub(super) fn start_tag(&mut self) -> Result<(), DecodeError> {
        loop {
            let is_separated = self.space();
            match self.peek() {
                Some(b'>') => {
                    self.position += 1;
                    return Ok(());
                }
                Some(b'/') => {
                    self.token("/>", "`/>`")?;
                    self.is_empty = true;
                    return Ok(());
                }
                _ if !is_separated => return Err(self.expected("`>`")),
                _ => {
                    let (_, start) = self.attribute_start()?;
                    self.attribute_end(start)?;
                }
            }
        }
    }

    /// Reads the name of an attribute and the quotation mark before its value, and returns the name and the position of the
    /// value.
    fn attribute_start(&mut self) -> Result<(&'a str, usize), DecodeError> {
        let name = self.name()?;
        self.space();
        self.token("=", "`=`")?;
        self.space();
        match self.peek() {
            Some(b'"' | b'\'') => {
                self.position += 1;
                Ok((name, self.position))
            }
            _ => Err(self.expected("a quote")),
        }
    }

    /// Reads the value of an attribute that begins at `start`, with the quotation mark behind it, and returns its end.
    fn attribute_end(&mut self, start: usize) -> Result<usize, DecodeError> {
        let quote = start
            .checked_sub(1)
            .and_then(|it| self.text.as_bytes().get(it));
        let quote = quote.copied();
        loop {
            match self.peek() {
                byte if byte.is_some() && byte == quote => {
                    self.position += 1;
                    return Ok(self.position - 1);
                }
                Some(b'&') => drop(self.reference()?),
                Some(b'<') | None => return Err(self.expected("a closing quote")),
                Some(b'\t' | b'\n' | b'\r' | 0x20..) => self.position += 1,
                Some(_) => return Err(self.expected("a closing quote")),
            }
        }
    }

    /// Returns a decoder of a part of the document. Errors have positions in the document.
    fn part(&self, start: usize, end: usize) -> Self {
        Self {
            text: self.text.get(..end).unwrap_or_default(),
            position: start,
            open: Vec::new(),
            is_empty: false,
            attributes: end,
            name: "",
            budget: Budget::of(0),
        }
    }
}

/// Returns the part of a name behind its prefix.
pub(super) fn local_name(name: &str) -> &str {
    match name.rfind(':') {
        Some(colon) => name.get(colon + 1..).unwrap_or_default(),
        None => name,
    }
}
