//! Strings, booleans, numbers, timestamps and blobs.

use std::fmt;
use std::str::FromStr;

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, base64};
use serde::de::{Error, Unexpected, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Value;

/// Implements [`Value`] for types that serde knows.
macro_rules! values {
    ($($type:ty)*) => {
        $(
            impl Value for $type {
                fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    self.serialize(serializer)
                }

                fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    Self::deserialize(deserializer)
                }
            }
        )*
    };
}

values! { String bool i8 i16 i32 i64 }

/// Serializes a float. JSON has no numbers for those that are not finite.
impl Value for f64 {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            value if value.is_finite() => serializer.serialize_f64(value),
            value if value.is_nan() => serializer.serialize_str("NaN"),
            value if value > 0.0 => serializer.serialize_str("Infinity"),
            _ => serializer.serialize_str("-Infinity"),
        }
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FloatVisitor)
    }
}

impl Value for f32 {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.is_finite() {
            true => serializer.serialize_f32(*self),
            false => f64::from(*self).write(serializer),
        }
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::read(deserializer)?;
        let narrow = value as Self;
        match narrow.is_infinite() && value.is_finite() {
            true => Err(D::Error::invalid_value(
                Unexpected::Float(value),
                &"a float of 32 bits",
            )),
            false => Ok(narrow),
        }
    }
}

struct FloatVisitor;

impl Visitor<'_> for FloatVisitor {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, \"NaN\", \"Infinity\" or \"-Infinity\"")
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<f64, E> {
        Ok(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<f64, E> {
        match value {
            "NaN" => Ok(f64::NAN),
            "Infinity" => Ok(f64::INFINITY),
            "-Infinity" => Ok(f64::NEG_INFINITY),
            other => Err(E::invalid_value(Unexpected::Str(other), &self)),
        }
    }
}

impl Value for DateTime {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The formatter would cut off nanoseconds.
        let seconds = Self::from_secs(self.secs()).fmt(Format::DateTime);
        let mut text = seconds.map_err(S::Error::custom)?;
        if self.subsec_nanos() != 0 {
            let fraction = format!("{:09}", self.subsec_nanos());
            text.truncate(text.len() - "Z".len());
            text = format!("{text}.{}Z", fraction.trim_end_matches('0'));
        }
        serializer.serialize_str(&text)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parse(
            deserializer,
            "a timestamp in the format of RFC 3339",
            |text| Self::from_str(text, Format::DateTimeWithOffset).ok(),
        )
    }
}

impl Value for Blob {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64::encode(self))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parse(deserializer, "base64", |text| {
            base64::decode(text).ok().map(Self::new)
        })
    }
}

impl Value for BigInteger {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_ref())
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parse(deserializer, "an integer in a string", |text| {
            FromStr::from_str(text).ok()
        })
    }
}

impl Value for BigDecimal {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_ref())
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parse(deserializer, "a number in a string", |text| {
            FromStr::from_str(text).ok()
        })
    }
}

/// Reads a string and parses it. The error does not contain it, as it may be a secret.
fn parse<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
    parse: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text)
        .ok_or_else(|| D::Error::invalid_value(Unexpected::Other("another string"), &expected))
}
