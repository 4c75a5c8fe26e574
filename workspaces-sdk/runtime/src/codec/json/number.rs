//! The decoding of numbers and timestamps.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

use super::Decoder;
use super::error::DecodeError;

impl<'a> Decoder<'a> {
    /// Reads a number and returns its text.
    ///
    /// # Errors
    /// When the next value is not a number. The error names `expected`.
    pub(crate) fn number(&mut self, expected: &'static str) -> Result<&'a str, DecodeError> {
        let start = match self.peek() {
            Some(_) => self.position,
            None => return Err(self.expected(expected)),
        };
        let rest = self.text.get(start..).unwrap_or_default();
        match length(rest.as_bytes()) {
            Some(length) => {
                self.position += length;
                Ok(rest.get(..length).unwrap_or_default())
            }
            None => Err(self.expected(expected)),
        }
    }

    /// Reads an integer from `min` to `max`. A number with a fraction or an exponent, such as `1.0`, is not an integer.
    ///
    /// # Errors
    /// When the next value is not such an integer. The error names `expected`.
    pub(crate) fn integer(
        &mut self,
        min: i64,
        max: i64,
        expected: &'static str,
    ) -> Result<i64, DecodeError> {
        self.peek();
        let start = self.position;
        let value = match self.short_integer() {
            Some(value) => Ok(value),
            None => self.number(expected)?.parse(),
        };
        match value {
            Ok(value) if (min..=max).contains(&value) => Ok(value),
            _ => Err(DecodeError::new(start, expected, "another number")),
        }
    }

    /// Reads an integer of at most 18 digits, which fits an `i64`. Returns `None`, and reads nothing, if there is anything else.
    fn short_integer(&mut self) -> Option<i64> {
        let rest = self.text.as_bytes().get(self.position..)?;
        let (sign, digits) = match rest {
            [b'-', digits @ ..] => (-1, digits),
            digits => (1, digits),
        };
        let mut value = 0;
        let mut length = 0;
        loop {
            match digits.get(length)? {
                digit @ b'0'..=b'9' if length < 18 => value = value * 10 + i64::from(digit - b'0'),
                b'0'..=b'9' | b'.' | b'e' | b'E' => return None,
                _ => break,
            }
            length += 1;
        }
        // A number does not start with a zero that another digit follows.
        if length == 0 || length > 1 && digits.first() == Some(&b'0') {
            return None;
        }
        self.position += rest.len() - digits.len() + length;
        Some(sign * value)
    }

    /// Reads a number, or one of the strings `NaN`, `Infinity` and `-Infinity`.
    ///
    /// # Errors
    /// When the next value is neither, or is out of the range of `f64`.
    pub(crate) fn float(&mut self) -> Result<f64, DecodeError> {
        let expected = "a number, \"NaN\", \"Infinity\" or \"-Infinity\"";
        let byte = self.peek();
        let start = self.position;
        if byte == Some(b'"') {
            return match &*self.string()? {
                "NaN" => Ok(f64::NAN),
                "Infinity" => Ok(f64::INFINITY),
                "-Infinity" => Ok(f64::NEG_INFINITY),
                _ => Err(DecodeError::new(start, expected, "another string")),
            };
        }
        match self.number(expected)?.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(DecodeError::new(
                start,
                "a number in range",
                "a number out of range",
            )),
        }
    }

    /// Reads a timestamp that is not null.
    ///
    /// A number is the seconds since 1970, whatever the format. A string is an HTTP date if the format is
    /// [`Format::HttpDate`], otherwise a date of RFC 3339 with any offset.
    ///
    /// # Errors
    /// When the next value is not a timestamp, or is out of the range of `DateTime`.
    pub(crate) fn date_time(&mut self, format: Format) -> Result<DateTime, DecodeError> {
        let byte = self.peek();
        let start = self.position;
        let value = match (byte, format) {
            (Some(b'"'), Format::HttpDate) => DateTime::from_str(&self.string()?, format).ok(),
            (Some(b'"'), _) => DateTime::from_str(&self.string()?, Format::DateTimeWithOffset).ok(),
            _ => epoch_seconds(self.number("a timestamp")?),
        };
        value.ok_or_else(|| DecodeError::new(start, "a timestamp", "something else"))
    }
}

/// Returns the length of the number at the start of `bytes`; `None` if there is no number.
fn length(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .unwrap_or(rest.len())
    };
    let start = usize::from(bytes.first() == Some(&b'-'));
    let mut end = match bytes.get(start)? {
        b'0' => start + 1,
        b'1'..=b'9' => digits(start + 1),
        _ => return None,
    };
    if bytes.get(end) == Some(&b'.') {
        let fraction = end + 1;
        end = digits(fraction);
        if end == fraction {
            return None;
        }
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        let exponent = match bytes.get(end + 1) {
            Some(b'+' | b'-') => end + 2,
            _ => end + 1,
        };
        end = digits(exponent);
        if end == exponent {
            return None;
        }
    }
    Some(end)
}

/// Converts seconds since 1970, exact to the nanosecond; further digits are cut off. Returns `None` when the result is out
/// of the range of `DateTime`.
///
/// It accepts any JSON number, because some services write `1.7E9`.
fn epoch_seconds(number: &str) -> Option<DateTime> {
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (number, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let negative = whole.starts_with('-');
    let digits = whole
        .trim_start_matches('-')
        .bytes()
        .chain(fraction.bytes());

    // The number of digits that are left up to the last digit of the nanoseconds.
    let whole_places = i64::try_from(whole.len()).ok()? - i64::from(negative);
    let mut places = whole_places + i64::from(exponent) + 9;
    let mut nanos: i128 = 0;
    for digit in digits {
        if places <= 0 {
            break;
        }
        places -= 1;
        nanos = nanos
            .checked_mul(10)?
            .checked_add(i128::from(digit - b'0'))?;
    }
    if nanos != 0 && places > 0 {
        nanos = nanos.checked_mul(10_i128.checked_pow(u32::try_from(places).ok()?)?)?;
    }
    DateTime::from_nanos(if negative { -nanos } else { nanos }).ok()
}

/// Converts a big number to the syntax of JSON: no plus sign, no leading zeros, and digits on both sides of the point.
pub(super) fn to_json(text: &str) -> String {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = whole.trim_start_matches(['-', '+']).trim_start_matches('0');

    let sign = if whole.starts_with('-') { "-" } else { "" };
    let digits = if digits.is_empty() { "0" } else { digits };
    let point = if fraction.is_empty() { "" } else { "." };
    [sign, digits, point, fraction, exponent].concat()
}
