//! Strings, booleans, numbers, timestamps and blobs.

use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, base64};

use super::error::DecodeError;
use super::{Decode, Decoder, Encode, Encoder, number};

impl Encode for str {
    fn encode(&self, out: &mut Encoder) {
        out.string(self);
    }
}

impl Encode for String {
    fn encode(&self, out: &mut Encoder) {
        out.string(self);
    }
}

impl Decode for String {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(input.string()?.into_owned())
    }

    fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self::new())
    }
}

impl Encode for bool {
    fn encode(&self, out: &mut Encoder) {
        out.boolean(*self);
    }
}

impl Decode for bool {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.boolean()
    }

    fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(false)
    }
}

macro_rules! integer {
    ($($type:ident: $expected:literal;)*) => {
        $(
            impl Encode for $type {
                fn encode(&self, out: &mut Encoder) {
                    out.integer(i64::from(*self));
                }
            }

            impl Decode for $type {
                fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    let value = input.integer(Self::MIN.into(), Self::MAX.into(), $expected)?;
                    // The value is in range, so the cast keeps it.
                    Ok(value as Self)
                }

                fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    Ok(0)
                }
            }
        )*
    };
}

integer! {
    i8: "an integer of 8 bits";
    i16: "an integer of 16 bits";
    i32: "an integer of 32 bits";
    i64: "an integer of 64 bits";
}

impl Encode for f32 {
    fn encode(&self, out: &mut Encoder) {
        out.float32(*self);
    }
}

impl Decode for f32 {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.peek();
        let start = input.position();
        let value = input.float()?;
        let narrow = value as Self;
        match narrow.is_infinite() && value.is_finite() {
            true => Err(DecodeError::new(
                start,
                "a float of 32 bits",
                "a number out of range",
            )),
            false => Ok(narrow),
        }
    }

    fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(0.0)
    }
}

impl Encode for f64 {
    fn encode(&self, out: &mut Encoder) {
        out.float(*self);
    }
}

impl Decode for f64 {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.float()
    }

    fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(0.0)
    }
}

impl Encode for DateTime {
    fn encode(&self, out: &mut Encoder) {
        out.timestamp(self, out.format);
    }
}

impl Decode for DateTime {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.date_time(input.format)
    }

    fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self::from_secs(0))
    }
}

impl Encode for Blob {
    fn encode(&self, out: &mut Encoder) {
        out.string(&base64::encode(self));
    }
}

impl Decode for Blob {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.peek();
        let start = input.position();
        match base64::decode(input.string()?) {
            Ok(bytes) => Ok(Self::new(bytes)),
            Err(_) => Err(DecodeError::new(start, "base64", "another string")),
        }
    }

    fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self::default())
    }
}

macro_rules! big_number {
    ($($type:ident: $expected:literal;)*) => {
        $(
            impl Encode for $type {
                fn encode(&self, out: &mut Encoder) {
                    out.raw(&number::to_json(self.as_ref()));
                }
            }

            impl Decode for $type {
                fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    let quoted = input.peek() == Some(b'"');
                    let start = input.position();
                    let value = match quoted {
                        true => input.string()?.parse(),
                        false => input.number($expected)?.parse(),
                    };
                    value.map_err(|_| DecodeError::new(start, $expected, "something else"))
                }

                fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    Ok(Self::default())
                }
            }
        )*
    };
}

// Some services write big numbers as strings, so that no parser rounds them.
big_number! {
    BigInteger: "an integer";
    BigDecimal: "a number";
}
