//! XML as the protocols of AWS write it.
//!
//! [`Encode`] pushes a value into an [`Encoder`], and [`Decode`] pulls a value out of a [`Decoder`]. Both go over the bytes
//! once and build no tree. The
//! [Smithy specification](https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings) says how values are written: a
//! member of a structure is an element with its name, blobs are base64, and a [`Layout`] has what a model may choose.

mod attributes;
mod choices;
mod containers;
mod decode;
mod encode;
mod members;
mod memory;
mod scalars;
mod string_enum;
mod text;
mod union;
mod values;

#[cfg(test)]
mod tests;

use super::layout::Layout;

pub use super::error::DecodeError;
pub use decode::Decoder;
pub use encode::Encoder;

/// A value that can be written as XML.
#[doc(hidden)]
pub trait Encode {
    /// Writes the content of an element.
    fn encode(&self, out: &mut Encoder, layout: &Layout);

    /// Writes the value as a member of a structure: one element, except for flat lists and maps.
    fn encode_member(&self, out: &mut Encoder, name: &str, layout: &Layout) {
        out.element(name, self, layout);
    }

    /// Whether a structure leaves out a member with this value. Only `None` is absent.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value that can be read from XML.
///
/// A structure decodes its members in a loop. It skips unknown elements, and the last of several elements with one name
/// wins unless the member is a flat list or map:
///
/// ```ignore
/// while let Some(name) = input.child()? {
///     match name {
///         "Key" => input.member(&mut builder.key, &Layout::DEFAULT)?,
///         _ => input.skip()?,
///     }
/// }
/// ```
///
/// A union has exactly one member, see [`Decoder::variant`].
#[doc(hidden)]
pub trait Decode: Sized {
    /// Reads the content of an element whose start tag has been read, and its end tag.
    ///
    /// # Errors
    /// When the input is malformed or does not match the type.
    fn decode(input: &mut Decoder<'_>, layout: &Layout) -> Result<Self, DecodeError>;

    /// Reads an element into a member of a structure. Flat lists and maps grow; any other value is replaced.
    ///
    /// # Errors
    /// The same as [`decode`](Self::decode).
    fn decode_into(
        slot: &mut Option<Self>,
        input: &mut Decoder<'_>,
        layout: &Layout,
    ) -> Result<(), DecodeError> {
        *slot = Some(Self::decode(input, layout)?);
        Ok(())
    }

    /// The value of a required member that a response lacks: zero, empty, 1970, or the value of an empty element.
    ///
    /// It keeps responses readable when a service drops a member.
    ///
    /// # Errors
    /// When the type has no such value, or its value is nested too deeply or takes too much memory.
    fn missing(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.empty_element()
    }
}

/// Encodes a value as one document with this root element. The layout has its namespace.
#[doc(hidden)]
pub fn encode<T: Encode + ?Sized>(root: &str, value: &T, layout: &Layout) -> Vec<u8> {
    let mut out = Encoder::new();
    out.element(root, value, layout);
    out.into_bytes()
}

/// Decodes one whole document from its root element, whose name does not matter.
///
/// # Errors
/// When the bytes are not XML in UTF-8, have a document type declaration, nest deeper than [`Decoder::MAX_DEPTH`], take more
/// than 32 times their size in memory, or do not match the type.
#[doc(hidden)]
pub fn decode<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut input = Decoder::new(bytes)?;
    input.root()?;
    let value = T::decode(&mut input, &Layout::DEFAULT)?;
    input.finish()?;
    Ok(value)
}
