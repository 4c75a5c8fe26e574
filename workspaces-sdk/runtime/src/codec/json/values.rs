//! The simple types, lists and maps on the wire.

use std::collections::HashMap;
use std::hash::Hash;

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, Number, base64};

use super::error::{DecodeError, Segment};
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

    fn missing() -> Result<Self, DecodeError> {
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

    fn missing() -> Result<Self, DecodeError> {
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
                    // In range, so nothing is cut off.
                    Ok(value as Self)
                }

                fn missing() -> Result<Self, DecodeError> {
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

    fn missing() -> Result<Self, DecodeError> {
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

    fn missing() -> Result<Self, DecodeError> {
        Ok(0.0)
    }
}

impl Encode for DateTime {
    fn encode(&self, out: &mut Encoder) {
        out.timestamp(self, Format::EpochSeconds);
    }
}

impl Decode for DateTime {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.date_time(Format::EpochSeconds)
    }

    fn missing() -> Result<Self, DecodeError> {
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

    fn missing() -> Result<Self, DecodeError> {
        Ok(Self::default())
    }
}

macro_rules! big_number {
    ($($type:ident: $expected:literal;)*) => {
        $(
            impl Encode for $type {
                fn encode(&self, out: &mut Encoder) {
                    out.raw(&number::normal(self.as_ref()));
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

                fn missing() -> Result<Self, DecodeError> {
                    Ok(Self::default())
                }
            }
        )*
    };
}

// Some senders write them as strings, so that no parser on the way rounds them.
big_number! {
    BigInteger: "an integer";
    BigDecimal: "a number";
}

impl Encode for Document {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Object(members) => members.encode(out),
            Self::Array(elements) => elements.encode(out),
            Self::Number(Number::PosInt(value)) => {
                out.raw(aws_smithy_types::primitive::Encoder::from(*value).encode());
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

    fn missing() -> Result<Self, DecodeError> {
        Ok(Self::Null)
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}

/// An integer if it is written as one and fits, else a float.
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

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, out: &mut Encoder) {
        out.list(self);
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut elements = Self::new();
        let mut index = 0;
        input.list()?;
        while input.element()? {
            if let Some(element) = item(input, Segment::Index(index))? {
                elements.push(element);
            }
            index += 1;
        }
        Ok(elements)
    }

    fn missing() -> Result<Self, DecodeError> {
        Ok(Self::new())
    }
}

impl<K: AsRef<str>, T: Encode> Encode for HashMap<K, T> {
    fn encode(&self, out: &mut Encoder) {
        let mut object = out.object();
        for (key, value) in self {
            value.encode(object.name(key.as_ref()));
        }
        object.end();
    }
}

/// Keys are texts, or enums of texts.
impl<K: for<'k> From<&'k str> + Eq + Hash, T: Decode> Decode for HashMap<K, T> {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut entries = Self::new();
        input.object()?;
        while let Some(key) = input.member()? {
            if let Some(value) = item(input, Segment::Entry)? {
                entries.insert(K::from(&key), value);
            }
        }
        Ok(entries)
    }

    fn missing() -> Result<Self, DecodeError> {
        Ok(Self::new())
    }
}

/// Decodes an element of a list or the value of an entry of a map; none if it is null.
fn item<T: Decode>(input: &mut Decoder<'_>, segment: Segment) -> Result<Option<T>, DecodeError> {
    match input.null()? {
        true => Ok(T::null()),
        false => T::decode(input)
            .map(Some)
            .map_err(|error| error.within(segment)),
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, out: &mut Encoder) {
        match self {
            Some(value) => value.encode(out),
            None => out.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

/// An element of a sparse list, where null stays.
impl<T: Decode> Decode for Option<T> {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match input.null()? {
            true => Ok(None),
            false => T::decode(input).map(Some),
        }
    }

    fn missing() -> Result<Self, DecodeError> {
        Ok(None)
    }

    fn null() -> Option<Self> {
        Some(None)
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, out: &mut Encoder) {
        (**self).encode(out);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self, out: &mut Encoder) {
        (**self).encode(out);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        T::decode(input).map(Self::new)
    }

    fn missing() -> Result<Self, DecodeError> {
        T::missing().map(Self::new)
    }
}
