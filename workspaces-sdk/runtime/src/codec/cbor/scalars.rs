//! Strings, booleans, numbers, timestamps and blobs.

use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime};

use super::error::DecodeError;
use super::{Decode, Decoder, Encode, Encoder};
use crate::codec::values::{integers, values};

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
    f32: |value, out| out.float32(*value), |input| input.float32(), 0.0;
    f64: |value, out| out.float(*value), |input| input.float("a number"), 0.0;
    DateTime: |value, out| out.timestamp(value), |input| input.date_time(), Self::from_secs(0);
    Blob:
        |value, out| out.blob(value.as_ref()),
        |input| Ok(Self::new(input.blob()?)),
        Self::default();
    BigInteger: |value, out| out.big_integer(value), |input| input.big_integer(), Self::default();
    BigDecimal: |value, out| out.big_decimal(value), |input| input.big_decimal(), Self::default();
}
