//! The macro that declares an enum of strings with this codec.

/// Declares an enum of strings and implements [`Encode`](super::Encode) and [`Decode`](super::Decode) for it.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_string_enum {
    ($(#[$doc:meta])* sensitive $name:ident $rows:tt) => {
        $crate::__string_enum!($(#[$doc])* sensitive $name $rows);
        $crate::__json_string_enum!(@codec $name);
    };
    ($(#[$doc:meta])* $name:ident $rows:tt) => {
        $crate::__string_enum!($(#[$doc])* $name $rows);
        $crate::__json_string_enum!(@codec $name);
    };
    (@codec $name:ident) => {
        impl $crate::codegen::json::Encode for $name {
            #[inline]
            fn encode(&self, out: &mut $crate::codegen::json::Encoder) {
                out.string(self.as_str());
            }
        }

        impl $crate::codegen::json::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::json::Decoder<'_>,
            ) -> Result<Self, $crate::codegen::json::DecodeError> {
                Ok(<Self as From<&str>>::from(&*input.string()?))
            }

            #[inline]
            fn missing(_: &mut $crate::codegen::json::Decoder<'_>) -> Result<Self, $crate::codegen::json::DecodeError> {
                Ok(<Self as From<&str>>::from("no value was set"))
            }
        }
    };
}
