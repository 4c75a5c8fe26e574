//! The macro that declares an enum of strings with this codec.

/// Declares an enum of strings and implements `Encode`, which writes a form, and `Decode`, which reads XML, for it.
#[doc(hidden)]
#[macro_export]
macro_rules! __query_string_enum {
    ($(#[$doc:meta])* sensitive $name:ident $rows:tt) => {
        $crate::__string_enum!($(#[$doc])* sensitive $name $rows);
        $crate::__query_string_enum!(@codec $name);
    };
    ($(#[$doc:meta])* $name:ident $rows:tt) => {
        $crate::__string_enum!($(#[$doc])* $name $rows);
        $crate::__query_string_enum!(@codec $name);
    };
    (@codec $name:ident) => {
        impl $crate::codegen::query::Encode for $name {
            #[inline]
            fn encode(
                &self,
                out: &mut $crate::codegen::query::Encoder,
                _: &$crate::codegen::query::Layout,
            ) {
                out.value(self.as_str());
            }
        }

        impl $crate::codegen::query::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::query::Decoder<'_>,
                _: &$crate::codegen::query::Layout,
            ) -> Result<Self, $crate::codegen::query::DecodeError> {
                Ok(<Self as From<&str>>::from(&*input.text()?))
            }

            #[inline]
            fn missing(
                _: &mut $crate::codegen::query::Decoder<'_>,
            ) -> Result<Self, $crate::codegen::query::DecodeError> {
                Ok(<Self as From<&str>>::from("no value was set"))
            }
        }
    };
}
