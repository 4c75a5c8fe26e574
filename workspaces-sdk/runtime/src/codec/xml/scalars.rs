//! Strings, booleans, numbers, timestamps and blobs.
//!
//! White space around a value is ignored, except in a string.

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, base64};

use super::{Decode, Decoder};
use crate::codec::error::DecodeError;
use crate::codec::layout::Layout;

impl Decode for String {
    fn decode(input: &mut Decoder<'_>, _: &Layout) -> Result<Self, DecodeError> {
        Ok(input.text()?.into_owned())
    }

    fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self::new())
    }
}

impl Decoder<'_> {
    /// Reads the text of the current element with `parse`, which returns `None` if it is not the value that is expected.
    fn parse<T>(
        &mut self,
        expected: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, DecodeError> {
        let start = self.position();
        let text = self.text()?;
        parse(text.trim_ascii()).ok_or_else(|| DecodeError::new(start, expected, "another text"))
    }
}

/// Implements `Decode` for a type: how its text is parsed, and the value of a required member that a response lacks.
macro_rules! scalar {
    ($($type:ty, $expected:literal, $missing:expr, $parse:expr;)*) => {
        $(
            impl Decode for $type {
                fn decode(input: &mut Decoder<'_>, _: &Layout) -> Result<Self, DecodeError> {
                    input.parse($expected, $parse)
                }

                fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    Ok($missing)
                }
            }
        )*
    };
}

scalar! {
    bool, "true or false", false, |text| text.parse().ok();
    i8, "an integer of 8 bits", 0, |text| text.parse().ok();
    i16, "an integer of 16 bits", 0, |text| text.parse().ok();
    i32, "an integer of 32 bits", 0, |text| text.parse().ok();
    i64, "an integer of 64 bits", 0, |text| text.parse().ok();
    f32, "a number of 32 bits, NaN, Infinity or -Infinity", 0.0, |text| match text {
        "NaN" => Some(Self::NAN),
        "Infinity" => Some(Self::INFINITY),
        "-Infinity" => Some(Self::NEG_INFINITY),
        text => text.parse().ok().filter(|value: &Self| value.is_finite()),
    };
    f64, "a number, NaN, Infinity or -Infinity", 0.0, |text| match text {
        "NaN" => Some(Self::NAN),
        "Infinity" => Some(Self::INFINITY),
        "-Infinity" => Some(Self::NEG_INFINITY),
        text => text.parse().ok().filter(|value: &Self| value.is_finite()),
    };
    // Some services write big numbers with an exponent, which the types accept.
    BigInteger, "an integer", Self::default(), |text| text.parse().ok();
    BigDecimal, "a number", Self::default(), |text| text.parse().ok();
    Blob, "base64", Self::default(), |text| {
        let bytes = match text.contains(|c: char| c.is_ascii_whitespace()) {
            true => base64::decode(text.split_ascii_whitespace().collect::<String>()),
            false => base64::decode(text),
        };
        bytes.ok().map(Self::new)
    };
}

impl Decode for DateTime {
    /// A timestamp in another format than that of the layout is accepted, as services do not always keep to their model.
    fn decode(input: &mut Decoder<'_>, layout: &Layout) -> Result<Self, DecodeError> {
        let first = match layout.format {
            Format::DateTime => Format::DateTimeWithOffset,
            format => format,
        };
        let others = [
            Format::DateTimeWithOffset,
            Format::EpochSeconds,
            Format::HttpDate,
        ];
        input.parse("a timestamp", |text| {
            let mut formats = std::iter::once(first).chain(others);
            formats.find_map(|format| Self::from_str(text, format).ok())
        })
    }

    fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self::from_secs(0))
    }
}
