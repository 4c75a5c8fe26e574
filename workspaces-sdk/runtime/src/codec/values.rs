//! Strings, numbers and other values without parts, in JSON and in CBOR.

use super::error::DecodeError;

/// Implements the traits `Encode` and `Decode` of a codec, which are in scope with its `Encoder` and `Decoder`.
///
/// A row is a type, how it is written and read, and its value if a response lacks a required member.
macro_rules! values {
    ($($type:ty: |$value:ident, $out:ident| $write:expr, |$input:ident| $read:expr, $missing:expr;)*) => {
        $(
            impl Encode for $type {
                fn encode(&self, $out: &mut Encoder) {
                    let $value = self;
                    $write;
                }
            }

            impl Decode for $type {
                fn decode($input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    $read
                }

                fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    Ok($missing)
                }
            }
        )*
    };
}

/// Implements the traits for integers, with a row of [`values`] for each.
macro_rules! integers {
    ($($type:ident: $expected:literal;)*) => {
        $crate::codec::values::values! {
            $(
                $type:
                    |value, out| out.integer(i64::from(*value)),
                    // The value is in range, so the cast keeps it.
                    |input| Ok(input.integer(Self::MIN.into(), Self::MAX.into(), $expected)? as Self),
                    0;
            )*
        }
    };
}

pub(super) use {integers, values};

/// What a number that does not fit [`f32`] should have been.
pub(super) const FLOAT32: &str = "a float of 32 bits";

/// Returns the number of 32 bits that is nearest to a number, which was read at a position.
///
/// # Errors
/// When the number is finite, but out of the range of `f32`.
pub(super) fn to_f32(value: f64, position: usize) -> Result<f32, DecodeError> {
    let narrow = value as f32;
    match narrow.is_infinite() && value.is_finite() {
        true => Err(DecodeError::new(position, FLOAT32, "a number out of range")),
        false => Ok(narrow),
    }
}
