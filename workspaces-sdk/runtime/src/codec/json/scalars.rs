//! Strings, booleans, numbers, timestamps and blobs.

use std::str::FromStr;

use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, base64};

use super::error::DecodeError;
use super::{Decode, Decoder, Encode, Encoder, number};
use crate::codec::values::{integers, to_f32, values};

impl Encode for str {
    fn encode(&self, out: &mut Encoder) {
        out.string(self);
    }
}

integers! {
    i8: "an integer of 8 bits";
    i16: "an integer of 16 bits";
    i32: "an integer of 32 bits";
    i64: "an integer of 64 bits";
}

values! {
    String: |value, out| out.string(value), |input| input.owned_string(), Self::new();
    bool: |value, out| out.boolean(*value), |input| input.boolean(), false;
    f32: |value, out| out.float32(*value), |input| float32(input), 0.0;
    f64: |value, out| out.float(*value), |input| input.float(), 0.0;
    DateTime:
        |value, out| out.timestamp(value, out.format),
        |input| input.date_time(input.format),
        Self::from_secs(0);
    Blob: |value, out| out.string(&base64::encode(value)), |input| blob(input), Self::default();
    // Some services write big numbers as strings, so that no parser rounds them.
    BigInteger:
        |value, out| out.raw(&number::to_json(value.as_ref())),
        |input| big_number(input, "an integer"),
        Self::default();
    BigDecimal:
        |value, out| out.raw(&number::to_json(value.as_ref())),
        |input| big_number(input, "a number"),
        Self::default();
}

fn float32(input: &mut Decoder<'_>) -> Result<f32, DecodeError> {
    input.peek();
    let start = input.position();
    to_f32(input.float()?, start)
}

fn blob(input: &mut Decoder<'_>) -> Result<Blob, DecodeError> {
    input.peek();
    let start = input.position();
    match base64::decode(input.string()?) {
        Ok(bytes) => Ok(Blob::new(bytes)),
        Err(_) => Err(DecodeError::new(start, "base64", "another string")),
    }
}

fn big_number<T: FromStr>(
    input: &mut Decoder<'_>,
    expected: &'static str,
) -> Result<T, DecodeError> {
    let quoted = input.peek() == Some(b'"');
    let start = input.position();
    let value = match quoted {
        true => input.string()?.parse(),
        false => input.number(expected)?.parse(),
    };
    value.map_err(|_| DecodeError::new(start, expected, "something else"))
}
