//! Scalars as text, where an encoding has only text: in XML and in forms.

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, base64, primitive};

use super::layout::Layout;

/// A value that is written as text.
pub(crate) trait Scalar {
    /// Calls `write` with the text of the value.
    fn with_text(&self, layout: &Layout, write: &mut dyn FnMut(&str));
}

macro_rules! scalar {
    ($($type:ty, |$value:ident| $text:expr;)*) => {
        $(
            impl Scalar for $type {
                fn with_text(&self, _: &Layout, write: &mut dyn FnMut(&str)) {
                    let $value = self;
                    write($text);
                }
            }
        )*
    };
}

// Floats that are not numbers are `NaN`, `Infinity` and `-Infinity`.
scalar! {
    str, |value| value;
    String, |value| value;
    bool, |value| if *value { "true" } else { "false" };
    i8, |value| primitive::Encoder::from(*value).encode();
    i16, |value| primitive::Encoder::from(*value).encode();
    i32, |value| primitive::Encoder::from(*value).encode();
    i64, |value| primitive::Encoder::from(*value).encode();
    f32, |value| primitive::Encoder::from(*value).encode();
    f64, |value| primitive::Encoder::from(*value).encode();
    BigInteger, |value| value.as_ref();
    BigDecimal, |value| value.as_ref();
    Blob, |value| &base64::encode(value);
}

impl Scalar for DateTime {
    /// A timestamp that the format cannot represent, such as a date in a year after 9999, is written as seconds since 1970.
    fn with_text(&self, layout: &Layout, write: &mut dyn FnMut(&str)) {
        let text = self
            .fmt(layout.format)
            .or_else(|_| self.fmt(Format::EpochSeconds));
        write(&text.unwrap_or_default());
    }
}

/// Implements the trait `Encode` of a codec for all scalars. The method of its encoder writes a text.
macro_rules! encode_scalars {
    ($method:ident) => {
        $crate::codec::scalar::encode_scalars!(@each $method
            str String bool i8 i16 i32 i64 f32 f64 BigInteger BigDecimal Blob DateTime);
    };
    (@each $method:ident $($type:ident)*) => {
        $(
            impl Encode for $type {
                fn encode(&self, out: &mut Encoder, layout: &Layout) {
                    $crate::codec::scalar::Scalar::with_text(self, layout, &mut |text| out.$method(text));
                }
            }
        )*
    };
}

pub(crate) use encode_scalars;
