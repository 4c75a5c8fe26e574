//! Numbers of any size, see the sections 3.4.3 and 3.4.4 of RFC 8949.
//!
//! A big integer is the bytes of its magnitude, and a decimal number is an exponent and an integer. The types of the caller
//! hold digits, so both directions convert between the bases 10 and 256. That takes time in proportion to the square of the
//! length, which is why longer numbers are errors.

use aws_smithy_types::{BigDecimal, BigInteger};

use super::encode::{major, tag};
use super::error::DecodeError;
use super::{Decoder, Encoder};

/// The maximum length of a number, in bytes. It has about 2,466 digits.
const MAX_LEN: usize = 1024;

/// The base of the digits while they are converted, and their number in it.
const CHUNK: u64 = 1_000_000_000;
const CHUNK_DIGITS: usize = 9;

impl Encoder {
    /// Writes an integer of any size.
    pub(super) fn big_integer(&mut self, value: &BigInteger) {
        self.digits(value.as_ref());
    }

    /// Writes a decimal number: its exponent, and its digits without a point.
    pub(super) fn big_decimal(&mut self, value: &BigDecimal) {
        let (mantissa, exponent) = match value.as_ref().split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().unwrap_or(i64::MAX)),
            None => (value.as_ref(), 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        self.head(major::TAG, tag::DECIMAL);
        self.head(major::LIST, 2);
        self.integer(exponent.saturating_sub(fraction.len() as i64));
        self.digits(&[whole, fraction].concat());
    }

    /// Writes an integer that is given by its sign and its digits.
    fn digits(&mut self, text: &str) {
        let mut magnitude = to_bytes(text.trim_start_matches(['-', '+']));
        let is_negative = text.starts_with('-') && !magnitude.is_empty();
        if is_negative {
            // The number is -1 minus the argument.
            decrement(&mut magnitude);
        }
        if let Some(argument) = to_integer(&magnitude) {
            let major = if is_negative {
                major::NEGATIVE
            } else {
                major::UNSIGNED
            };
            return self.head(major, argument);
        }
        let sign = if is_negative {
            tag::NEGATIVE_BIG
        } else {
            tag::BIG
        };
        self.head(major::TAG, sign);
        self.blob(&magnitude);
    }
}

impl Decoder<'_> {
    /// Reads an integer of any size.
    ///
    /// # Errors
    /// When the next value is not an integer, or has more than 1,024 bytes.
    pub(super) fn big_integer(&mut self) -> Result<BigInteger, DecodeError> {
        let start = self.position();
        let digits = self.digits("an integer")?;
        let value = digits.parse();
        value.map_err(|_| DecodeError::new(start, "an integer", "something else"))
    }

    /// Reads a decimal number, or an integer.
    ///
    /// # Errors
    /// When the next value is neither, or has more than 1,024 bytes.
    pub(super) fn big_decimal(&mut self) -> Result<BigDecimal, DecodeError> {
        const EXPECTED: &str = "a decimal number";
        let start = self.position();
        let error = |found| DecodeError::new(start, EXPECTED, found);
        if self.major() != Some(major::TAG) {
            let digits = self.digits(EXPECTED)?;
            return digits.parse().map_err(|_| error("something else"));
        }
        match self.tag()? {
            Some(tag::DECIMAL) => {}
            _ => {
                self.position = start;
                let digits = self.digits(EXPECTED)?;
                return digits.parse().map_err(|_| error("something else"));
            }
        }
        self.list()?;
        let mut text = String::new();
        if self.element()? {
            let exponent = self.integer(i64::MIN, i64::MAX, "an exponent")?;
            if self.element()? {
                text = self.digits("a mantissa")?;
                if exponent != 0 {
                    text = format!("{text}e{exponent}");
                }
            }
        }
        match self.element()? {
            false => text.parse().map_err(|_| error("something else")),
            true => Err(error("a list of another length")),
        }
    }

    /// Reads an integer of any size and returns its sign and its digits.
    fn digits(&mut self, expected: &'static str) -> Result<String, DecodeError> {
        let start = self.position();
        let is_negative = match self.tag()? {
            None => {
                let (is_negative, argument) = self.integer_parts(expected)?;
                let value = i128::from(argument);
                let value = if is_negative { -1 - value } else { value };
                return Ok(value.to_string());
            }
            Some(tag::BIG) => false,
            Some(tag::NEGATIVE_BIG) => true,
            Some(_) => return Err(DecodeError::new(start, expected, "another tag")),
        };
        let magnitude = self.blob()?;
        let zeros = magnitude.iter().take_while(|byte| **byte == 0).count();
        let magnitude = magnitude.get(zeros..).unwrap_or_default();
        if magnitude.len() > MAX_LEN {
            let expected = "a number of at most 1,024 bytes";
            return Err(DecodeError::new(start, expected, "a longer one"));
        }
        let digits = to_digits(magnitude, u64::from(is_negative));
        Ok(if is_negative {
            format!("-{digits}")
        } else {
            digits
        })
    }
}

/// Returns an integer if its bytes fit.
fn to_integer(magnitude: &[u8]) -> Option<u64> {
    let fits = magnitude.len() <= 8;
    fits.then(|| (magnitude.iter()).fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

/// Converts digits to bytes, the most significant first and without zeros before it.
fn to_bytes(digits: &str) -> Vec<u8> {
    // In base 2^32, the least significant first.
    let mut parts: Vec<u32> = Vec::new();
    let digits = digits.bytes().filter(u8::is_ascii_digit);
    for digit in digits {
        let mut carry = u64::from(digit - b'0');
        for part in &mut parts {
            carry += u64::from(*part) * 10;
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            parts.push(carry as u32);
        }
    }
    let bytes = parts.iter().rev().flat_map(|part| part.to_be_bytes());
    bytes.skip_while(|byte| *byte == 0).collect()
}

/// Subtracts one from a number that is not zero.
fn decrement(magnitude: &mut Vec<u8>) {
    for byte in magnitude.iter_mut().rev() {
        let (less, borrows) = byte.overflowing_sub(1);
        *byte = less;
        if !borrows {
            break;
        }
    }
    if magnitude.first() == Some(&0) {
        magnitude.remove(0);
    }
}

/// Converts bytes to digits, after adding `more`.
fn to_digits(magnitude: &[u8], more: u64) -> String {
    // In base 10^9, the least significant first.
    let mut parts: Vec<u64> = vec![0];
    let mut add = |factor: u64, more: u64| {
        let mut carry = more;
        for part in &mut parts {
            carry += *part * factor;
            *part = carry % CHUNK;
            carry /= CHUNK;
        }
        if carry > 0 {
            parts.push(carry);
        }
    };
    for byte in magnitude {
        add(256, u64::from(*byte));
    }
    add(1, more);
    let mut parts = parts.iter().rev();
    let first = parts.next().map_or_else(String::new, u64::to_string);
    parts.fold(first, |text, part| format!("{text}{part:0CHUNK_DIGITS$}"))
}
