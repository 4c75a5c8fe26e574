//! The decoding of unions.

use super::{Decode, Decoder};
use crate::codec::error::DecodeError;
use crate::codec::layout::Layout;

impl<'a> Decoder<'a> {
    /// Enters the one child of a union, and returns its name.
    ///
    /// This is how a union is decoded:
    ///
    /// ```ignore
    /// let union = match input.variant()? {
    ///     "Text" => Self::Text(input.variant_value(&Layout::DEFAULT)?),
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
    /// When the element has no child.
    pub fn variant(&mut self) -> Result<&'a str, DecodeError> {
        match self.child()? {
            Some(name) => Ok(name),
            None => Err(self.expected_but("a union with one member", "none set")),
        }
    }

    /// Reads the child that [`variant`](Self::variant) returned.
    ///
    /// # Errors
    /// When the value is malformed or does not match the type.
    pub fn variant_value<T: Decode>(&mut self, layout: &Layout) -> Result<T, DecodeError> {
        let mut value = None;
        self.member(&mut value, layout)?;
        self.required(value)
    }

    /// Leaves a union after its one child.
    ///
    /// # Errors
    /// When there is another child, known or not.
    pub fn end_variant(&mut self) -> Result<(), DecodeError> {
        match self.child()? {
            None => Ok(()),
            Some(_) => Err(self.expected_but("a union with one member", "another one set")),
        }
    }
}
