//! Documents: values of any kind.
//!
//! The protocol has no documents. This is how other codecs read and write what they have in common with CBOR.

use aws_smithy_types::{Document, Number, base64};

use super::encode::{major, simple};
use super::error::DecodeError;
use super::{Decode, Decoder, Encode, Encoder};

impl Encode for Document {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Object(members) => members.encode(out),
            Self::Array(elements) => elements.encode(out),
            Self::Number(Number::PosInt(value)) => out.head(major::UNSIGNED, *value),
            Self::Number(Number::NegInt(value)) => value.encode(out),
            Self::Number(Number::Float(value)) => value.encode(out),
            Self::String(value) => value.encode(out),
            Self::Bool(value) => value.encode(out),
            Self::Null => out.null(),
        }
    }
}

/// Byte strings become base64, and tags are ignored: a timestamp becomes a number.
impl Decode for Document {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        while input.tag()?.is_some() {}
        let Some(byte) = input.peek() else {
            return Err(input.expected("a value"));
        };
        Ok(match byte & major::SIMPLE {
            major::UNSIGNED | major::NEGATIVE => Self::Number(integer(input)?),
            major::BYTES => Self::String(base64::encode(input.blob()?)),
            major::TEXT => Self::String(Decode::decode(input)?),
            major::LIST => Self::Array(Decode::decode(input)?),
            major::MAP => Self::Object(Decode::decode(input)?),
            _ => match byte {
                simple::TRUE | simple::FALSE => Self::Bool(input.boolean()?),
                _ if input.null()? => Self::Null,
                _ => Self::Number(Number::Float(input.float("a value")?)),
            },
        })
    }

    fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self::Null)
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}

fn integer(input: &mut Decoder<'_>) -> Result<Number, DecodeError> {
    let (is_negative, argument) = input.integer_parts("a value")?;
    Ok(match (is_negative, i64::try_from(argument)) {
        (false, _) => Number::PosInt(argument),
        (true, Ok(argument)) => Number::NegInt(!argument),
        (true, Err(_)) => Number::Float(-1.0 - argument as f64),
    })
}
