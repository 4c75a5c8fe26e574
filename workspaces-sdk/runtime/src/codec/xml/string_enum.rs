//! The macro that declares an enum of strings with this codec.

/// Declares an enum of strings and implements [`Encode`](super::Encode) and [`Decode`](super::Decode) for it.
#[doc(hidden)]
#[macro_export]
macro_rules! __xml_string_enum {
    ($(#[$doc:meta])* sensitive $name:ident $rows:tt) => {
        $crate::__string_enum!($(#[$doc])* sensitive $name $rows);
        $crate::__xml_string_enum!(@encode $name xml text);
        $crate::__xml_string_enum!(@decode $name);
    };
    ($(#[$doc:meta])* $name:ident $rows:tt) => {
        $crate::__string_enum!($(#[$doc])* $name $rows);
        $crate::__xml_string_enum!(@encode $name xml text);
        $crate::__xml_string_enum!(@decode $name);
    };

    // The module of the codec has its encoder, whose method writes a string.
    (@encode $name:ident $codec:ident $method:ident) => {
        impl $crate::codegen::$codec::Encode for $name {
            #[inline]
            fn encode(
                &self,
                out: &mut $crate::codegen::$codec::Encoder,
                _: &$crate::codegen::$codec::Layout,
            ) {
                out.$method(self.as_str());
            }
        }
    };

    (@decode $name:ident) => {
        impl $crate::codegen::xml::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::xml::Decoder<'_>,
                _: &$crate::codegen::xml::Layout,
            ) -> Result<Self, $crate::codegen::xml::DecodeError> {
                Ok(<Self as From<&str>>::from(&*input.text()?))
            }

            #[inline]
            fn missing(
                _: &mut $crate::codegen::xml::Decoder<'_>,
            ) -> Result<Self, $crate::codegen::xml::DecodeError> {
                Ok(<Self as From<&str>>::from("no value was set"))
            }
        }
    };
}
