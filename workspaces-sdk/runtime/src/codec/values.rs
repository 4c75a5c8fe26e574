//! Strings, numbers and other values without parts, in JSON and in CBOR.

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
