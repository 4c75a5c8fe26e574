//! Documents: values of any kind.

use aws_smithy_types::{Document, Number, primitive};

use super::error::DecodeError;
use super::{Decode, Decoder, Encode, Encoder};

impl Encode for Document {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Object(members) => members.encode(out),
            Self::Array(elements) => elements.encode(out),
            Self::Number(Number::PosInt(value)) => {
                out.raw(primitive::Encoder::from(*value).encode());
            }
            Self::Number(Number::NegInt(value)) => value.encode(out),
            Self::Number(Number::Float(value)) => value.encode(out),
            Self::String(value) => value.encode(out),
            Self::Bool(value) => value.encode(out),
            Self::Null => out.null(),
        }
    }
}

impl Decode for Document {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(match input.peek() {
            Some(b'{') => Self::Object(Decode::decode(input)?),
            Some(b'[') => Self::Array(Decode::decode(input)?),
            Some(b'"') => Self::String(Decode::decode(input)?),
            Some(b't' | b'f') => Self::Bool(input.boolean()?),
            Some(b'n') if input.null()? => Self::Null,
            _ => Self::Number(document_number(input)?),
        })
    }

    fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self::Null)
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}

/// Reads a number: an integer if it is written as one and fits, otherwise a float.
fn document_number(input: &mut Decoder<'_>) -> Result<Number, DecodeError> {
    let start = input.position();
    let text = input.number("a value")?;
    if let Ok(value) = text.parse() {
        return Ok(Number::PosInt(value));
    }
    if let Ok(value) = text.parse() {
        return Ok(Number::NegInt(value));
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Number::Float(value)),
        _ => Err(DecodeError::new(
            start,
            "a number in range",
            "a number out of range",
        )),
    }
}
