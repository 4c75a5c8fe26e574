//! The macro that implements a codec for an enum of strings.

/// Implements the traits `Encode` and `Decode` of a codec for an enum of strings. The codec is the name of its module in
/// [`codegen`](crate::codegen).
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum_codec {
    ($codec:ident $name:ident) => {
        impl $crate::codegen::$codec::Encode for $name {
            #[inline]
            fn encode(&self, out: &mut $crate::codegen::$codec::Encoder) {
                out.string(self.as_str());
            }
        }

        impl $crate::codegen::$codec::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::$codec::Decoder<'_>,
            ) -> Result<Self, $crate::codegen::$codec::DecodeError> {
                input.string_enum()
            }

            #[inline]
            fn missing(
                _: &mut $crate::codegen::$codec::Decoder<'_>,
            ) -> Result<Self, $crate::codegen::$codec::DecodeError> {
                Ok(<Self as From<&str>>::from("no value was set"))
            }
        }
    };
}
