//! The wire codec: JSON as awsJson 1.0 and 1.1 write it.
//!
//! A type says by [`Encode`] how it is pushed into an [`Encoder`] and by [`Decode`] how it is pulled
//! out of a [`Decoder`]; both walk the bytes once, with no tree in between. What the protocol adds to
//! JSON stands here: a member that is not set is left out, `null` means not set, timestamps are
//! seconds since 1970, blobs are base64, and NaN and the infinities are strings.

mod choices;
mod decode;
mod encode;
mod error;
mod members;
mod number;
mod string;
mod values;

#[cfg(test)]
mod tests;

pub(crate) use choices::choices;
pub(crate) use decode::Decoder;
pub(crate) use encode::Encoder;
pub(crate) use error::DecodeError;
pub(crate) use members::members;

/// A value that can be written as JSON.
pub(crate) trait Encode {
    /// Writes the value, exactly one JSON value.
    fn encode(&self, out: &mut Encoder);

    /// Whether a structure leaves out a member with this value; only `None` is absent.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value that can be read from JSON.
///
/// A structure decodes its members in a loop. Unknown members are skipped, and the last of several
/// members of one name wins:
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
pub(crate) trait Decode: Sized {
    /// Reads exactly one JSON value.
    ///
    /// # Errors
    /// When what follows is no JSON or does not fit the type.
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError>;

    /// What a required member becomes when a response lacks it, so that an answer of a service that
    /// dropped a member can still be read: zero, empty, 1970, or what `{}` decodes to.
    ///
    /// # Errors
    /// When the type has no such value, as a union.
    fn missing() -> Result<Self, DecodeError> {
        decode(b"{}")
    }

    /// What `null` becomes: nothing, so that it is skipped, except for types that know a null.
    fn null() -> Option<Self> {
        None
    }
}

/// The value, or what a required member becomes without one.
///
/// # Errors
/// See [`Decode::missing`].
pub(crate) fn required<T: Decode>(value: Option<T>) -> Result<T, DecodeError> {
    match value {
        Some(value) => Ok(value),
        None => T::missing(),
    }
}

/// Decodes one value and does not look at what follows it: an error is told although its body goes on.
///
/// # Errors
/// As [`decode`], apart from what follows.
pub(crate) fn decode_first<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    T::decode(&mut Decoder::new(bytes)?)
}

/// Decodes one whole document. An empty one, or one of nothing but white space, counts as `{}`.
///
/// # Errors
/// When the bytes are no JSON (which is UTF-8), hold more than one value, nest deeper than
/// [`Decoder::MAX_DEPTH`] or do not fit the type.
pub(crate) fn decode<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut input = Decoder::new(bytes)?;
    let value = T::decode(&mut input)?;
    input.finish()?;
    Ok(value)
}

/// Decodes a value and encodes it again.
#[cfg(test)]
pub(crate) fn round_trip<T: Encode + Decode>(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    decode::<T>(bytes).map(|value| encode(&value))
}

/// Makes a table of the names of shapes and the round trips of their types.
#[cfg(test)]
macro_rules! all_types {
    ($($shape:literal => $type:ty;)*) => {
        /// The name of the shape, and decoding and encoding its type again.
        pub(crate) const ALL_TYPES: &[(
            &str,
            fn(&[u8]) -> Result<Vec<u8>, $crate::runtime::json::DecodeError>,
        )] = &[$(($shape, $crate::runtime::json::round_trip::<$type>)),*];
    };
}
#[cfg(test)]
pub(crate) use all_types;

/// Encodes a value as one document.
pub(crate) fn encode<T: Encode + ?Sized>(value: &T) -> Vec<u8> {
    let mut out = Encoder::new();
    value.encode(&mut out);
    out.into_bytes()
}
