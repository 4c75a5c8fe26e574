//! The decoding of unions.

use std::borrow::Cow;

use aws_smithy_types::date_time::Format;

use super::error::DecodeError;
use super::{Decode, Decoder};

crate::codec::union::union_decoding! {}

impl Decoder<'_> {
    /// Reads the value of the member that [`variant`](Self::variant) returned: a timestamp in the given format, or lists or
    /// maps of such timestamps.
    ///
    /// # Errors
    /// When the value is malformed or does not match the type or the format.
    pub fn variant_timestamp<T: Decode>(&mut self, format: Format) -> Result<T, DecodeError> {
        match self.timestamp(format)? {
            Some(value) => Ok(value),
            None => Err(self.expected("a value")),
        }
    }
}
