//! CBOR as the protocol rpcv2Cbor writes it.
//!
//! [`Encode`] pushes a value into an [`Encoder`], and [`Decode`] pulls a value out of a [`Decoder`]. Both go over the
//! bytes once and build no tree. The encoding is that of [RFC 8949](https://www.rfc-editor.org/rfc/rfc8949), with the
//! conventions of the
//! [protocol](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html#shape-serialization): a member that is not
//! set is left out, `null` and `undefined` mean not set, and a timestamp is a number of seconds with tag 1.
//!
//! Lists, maps and strings are written with their lengths, and read with or without. A length allocates no memory, whatever
//! it announces: it must fit the rest of the document, and values take memory as they are read.

mod big;
mod choices;
mod containers;
mod decode;
mod document;
mod encode;
mod float;
mod heads;
mod members;
mod memory;
mod scalars;
mod string_enum;
mod strings;
mod union;

#[cfg(test)]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "the macros declare types of a generated crate"
)]
mod tests;

use super::error;

pub use decode::Decoder;
pub use encode::Encoder;
pub use error::DecodeError;

/// A value that can be written as CBOR.
#[doc(hidden)]
pub trait Encode {
    /// Whether a message of this type has no body: the input of an operation for which the model has none.
    const IS_UNIT: bool = false;

    /// Writes the value as exactly one data item.
    fn encode(&self, out: &mut Encoder);

    /// Whether a structure leaves out a member with this value. Only `None` is absent.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value that can be read from CBOR.
///
/// A structure decodes its members in a loop, like those of the codec of JSON. It skips unknown members, and the last of
/// several members with one name wins.
#[doc(hidden)]
pub trait Decode: Sized {
    /// Reads exactly one data item.
    ///
    /// # Errors
    /// When the input is malformed or does not match the type.
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError>;

    /// The value of a required member that a response lacks: zero, empty, 1970, or the value of an empty map.
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
#[cfg(feature = "rpc-v2-cbor")]
pub(crate) fn decode_first<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    T::decode(&mut Decoder::new(bytes))
}

/// Decodes one whole document. An empty document counts as an empty map.
///
/// # Errors
/// When the bytes are not well-formed CBOR, hold more than one data item, nest deeper than [`Decoder::MAX_DEPTH`], take more
/// than 64 times their size in memory, or do not match the type.
#[doc(hidden)]
pub fn decode<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut input = Decoder::new(bytes);
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
macro_rules! __cbor_all_types {
    ($($rows:tt)*) => {
        $crate::__all_types! { cbor $($rows)* }
    };
}

/// Encodes a value as one document.
#[doc(hidden)]
pub fn encode<T: Encode + ?Sized>(value: &T) -> Vec<u8> {
    let mut out = Encoder::new();
    value.encode(&mut out);
    out.into_bytes()
}
