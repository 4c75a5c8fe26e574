//! JSON as the protocols of AWS write it.
//!
//! [`Encode`] pushes a value into an [`Encoder`], and [`Decode`] pulls a value out of a [`Decoder`]. Both go over the
//! bytes once and build no tree. The protocols add conventions to JSON: a member that is not set is left out,
//! `null` means not set, timestamps are seconds since 1970, blobs are base64, and NaN and the infinities are strings.

mod choices;
mod containers;
mod decode;
mod document;
mod encode;
mod members;
mod memory;
mod name;
mod number;
mod scalars;
mod schema;
mod string;
mod string_enum;
mod union;

#[cfg(test)]
mod tests;

use super::error;

pub use decode::Decoder;
pub use encode::Encoder;
pub use error::DecodeError;
pub use name::{Key, Name};
pub use schema::deserialize;

/// A value that can be written as JSON.
#[doc(hidden)]
pub trait Encode {
    /// Writes the value as exactly one JSON value.
    fn encode(&self, out: &mut Encoder);

    /// Whether a structure leaves out a member with this value. Only `None` is absent.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value that can be read from JSON.
///
/// A structure decodes its members in a loop. It skips unknown members, and the last of several members with one name
/// wins:
///
/// ```ignore
/// input.object()?;
/// while let Some(name) = input.member()? {
///     match &*name {
///         "Key" => builder.key = input.value()?,
///         _ => input.skip()?,
///     }
/// }
/// ```
///
/// A union has exactly one member, see [`Decoder::variant`].
#[doc(hidden)]
pub trait Decode: Sized {
    /// Reads exactly one JSON value.
    ///
    /// # Errors
    /// When the input is malformed or does not match the type.
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError>;

    /// The value of a required member that a response lacks: zero, empty, 1970, or the value of `{}`.
    ///
    /// It keeps responses readable when a service drops a member.
    ///
    /// # Errors
    /// When the type has no such value, or its value is nested too deeply or takes too much memory.
    fn missing(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.empty_object()
    }

    /// The value of `null`: none, so that it is skipped, except for types with a null value.
    fn null() -> Option<Self> {
        None
    }
}

/// Decodes one value and ignores the bytes after it, so that an error is found even if its body continues.
///
/// # Errors
/// The same as [`decode`], except for the bytes after the value.
#[cfg(feature = "aws-json")]
pub(crate) fn decode_first<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    T::decode(&mut Decoder::new(bytes)?)
}

/// Decodes one whole document. An empty document, or one of white space only, counts as `{}`.
///
/// # Errors
/// When the bytes are not JSON in UTF-8, hold more than one value, nest deeper than [`Decoder::MAX_DEPTH`], take more than
/// 32 times their size in memory, or do not match the type.
#[doc(hidden)]
pub fn decode<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut input = Decoder::new(bytes)?;
    let value = T::decode(&mut input)?;
    input.finish()?;
    Ok(value)
}

/// Decodes a value and encodes it again, for tests that go over all types of a crate.
///
/// # Errors
/// The same as [`decode`].
#[doc(hidden)]
pub fn round_trip<T: Encode + Decode>(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    decode::<T>(bytes).map(|value| encode(&value))
}

/// Declares a table of the names of shapes and the round trips of their types.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_all_types {
    ($($rows:tt)*) => {
        $crate::__all_types! { json $($rows)* }
    };
}

/// Encodes a value as one document.
#[doc(hidden)]
pub fn encode<T: Encode + ?Sized>(value: &T) -> Vec<u8> {
    let mut out = Encoder::new();
    value.encode(&mut out);
    out.into_bytes()
}
