//! The decoding of floats and timestamps.

use aws_smithy_types::DateTime;

use super::Decoder;
use super::encode::{major, simple, tag};
use super::error::DecodeError;
use crate::codec::values::{FLOAT32, to_f32};

impl Decoder<'_> {
    /// Reads a float of 16, 32 or 64 bits, or an integer.
    ///
    /// # Errors
    /// When the next value is not a number. The error names `expected`.
    pub(super) fn float(&mut self, expected: &'static str) -> Result<f64, DecodeError> {
        match self.peek() {
            Some(simple::FLOAT16) => Ok(half(self.fixed::<2>()?)),
            Some(simple::FLOAT32) => Ok(f32::from_be_bytes(self.fixed()?).into()),
            Some(simple::FLOAT64) => Ok(f64::from_be_bytes(self.fixed()?)),
            Some(byte) if byte >> 5 <= major::NEGATIVE >> 5 => {
                let (is_negative, argument) = self.integer_parts(expected)?;
                let value = argument as f64;
                Ok(if is_negative { -1.0 - value } else { value })
            }
            _ => Err(self.expected(expected)),
        }
    }

    /// Reads the number of 32 bits that is nearest to the next value.
    ///
    /// # Errors
    /// When the next value is not a number, or is out of the range of `f32`.
    pub(super) fn float32(&mut self) -> Result<f32, DecodeError> {
        let start = self.position();
        to_f32(self.float(FLOAT32)?, start)
    }

    /// Reads a timestamp: seconds since 1970, which can be negative, with tag 1. What is less than a millisecond is cut off,
    /// as the [trait `timestampFormat`](https://smithy.io/2.0/spec/protocol-traits.html#timestamp-formats) says.
    ///
    /// # Errors
    /// When the next value is not a timestamp, or is out of the range of `DateTime`.
    pub(super) fn date_time(&mut self) -> Result<DateTime, DecodeError> {
        const EXPECTED: &str = "a timestamp";
        let start = self.position();
        if self.tag()? != Some(tag::EPOCH_SECONDS) {
            return Err(DecodeError::new(start, EXPECTED, "something else"));
        }
        if matches!(self.peek(), Some(byte) if byte >> 5 <= major::NEGATIVE >> 5) {
            let seconds = self.integer(i64::MIN, i64::MAX, EXPECTED)?;
            return Ok(DateTime::from_secs(seconds));
        }
        let seconds = self.float(EXPECTED)?;
        date_time(seconds).ok_or_else(|| DecodeError::new(start, EXPECTED, "a number out of range"))
    }

    /// Skips the first byte of a data item and returns the `N` bytes after it.
    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let rest = self.bytes.get(self.position + 1..).unwrap_or_default();
        match rest.first_chunk() {
            Some(bytes) => {
                self.position += 1 + N;
                Ok(*bytes)
            }
            None => Err(self.expected_but("a float", "the end")),
        }
    }
}

/// Converts seconds since 1970. What is less than a millisecond is cut off, and so that the sender's number of milliseconds is
/// kept, the error of the float is added before.
fn date_time(seconds: f64) -> Option<DateTime> {
    let whole = seconds.floor();
    let in_range = (i64::MIN as f64..i64::MAX as f64).contains(&whole);
    if !in_range {
        return None;
    }
    let error = (seconds.abs() * f64::EPSILON).clamp(0.5e-6, 0.5e-3);
    let millis = ((seconds - whole + error) * 1e3) as u32;
    let (carry, millis) = (i64::from(millis / 1000), millis % 1000);
    let secs = (whole as i64).checked_add(carry)?;
    Some(DateTime::from_secs_and_nanos(secs, millis * 1_000_000))
}

/// Converts a float of 16 bits: a sign, 5 bits of exponent and 10 bits of fraction.
fn half(bytes: [u8; 2]) -> f64 {
    let bits = u16::from_be_bytes(bytes);
    let fraction = f64::from(bits & 0x3FF);
    let magnitude = match i32::from(bits >> 10 & 0x1F) {
        0 => fraction * 2_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        exponent => (1024.0 + fraction) * 2_f64.powi(exponent - 25),
    };
    if bits >> 15 == 1 {
        -magnitude
    } else {
        magnitude
    }
}
