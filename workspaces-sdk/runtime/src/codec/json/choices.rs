//! The macro that implements the codec of a union from a table of its members.

/// Implements [`Encode`](super::Encode) and [`Decode`](super::Decode) for a union.
///
/// ```ignore
/// choices! {
///     encode decode Target {
///         "InstanceId" => InstanceId;
///         "Since" => Since as DateTime;
///     }
/// }
/// ```
///
/// A row is the name on the wire and the variant; `as` is followed by the format of a timestamp, or of those in lists and
/// maps, that is not the default. Any other member becomes `Unknown`, which is written as `{}`. A condition in parentheses after `encode` or
/// `decode` is that of `cfg` for the implementation.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_choices {
    (encode decode ($($when:tt)*) $($rest:tt)*) => {
        $crate::__json_choices!(@encode [] $($rest)*);
        $crate::__json_choices!(@decode [#[cfg($($when)*)]] $($rest)*);
    };
    (encode ($($when:tt)*) decode $($rest:tt)*) => {
        $crate::__json_choices!(@encode [#[cfg($($when)*)]] $($rest)*);
        $crate::__json_choices!(@decode [] $($rest)*);
        $crate::__json_deserialize!($($rest)*);
    };
    (encode decode $($rest:tt)*) => {
        $crate::__json_choices!(@encode [] $($rest)*);
        $crate::__json_choices!(@decode [] $($rest)*);
        $crate::__json_deserialize!($($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::__json_choices!(@encode [] $($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::__json_choices!(@decode [] $($rest)*);
        $crate::__json_deserialize!($($rest)*);
    };

    (@encode [$($when:tt)*] $name:ident { $($wire:literal => $variant:ident $(as $format:ident)?;)* }) => {
        $($when)*
        impl $crate::codegen::json::Encode for $name {
            #[inline]
            fn encode(&self, out: &mut $crate::codegen::json::Encoder) {
                let mut object = out.object();
                match self {
                    $(Self::$variant(value) => {
                        $crate::__json_choices!(@write object, $wire, value, $($format)?);
                    })*
                    Self::Unknown => {}
                }
                object.end();
            }
        }
    };
    (@write $object:ident, $wire:literal, $value:ident,) => {
        $object.member($wire, $value)
    };
    (@write $object:ident, $wire:literal, $value:ident, $format:ident) => {
        $object.timestamp($wire, $value, $crate::codegen::Format::$format)
    };

    (@decode [$($when:tt)*] $name:ident { $($wire:literal => $variant:ident $(as $format:ident)?;)* }) => {
        $($when)*
        impl $crate::codegen::json::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::json::Decoder<'_>,
            ) -> Result<Self, $crate::codegen::json::DecodeError> {
                let name = input.variant()?;
                let choice = match &*name {
                    $($wire => {
                        Self::$variant($crate::__json_choices!(@read input, $($format)?))
                    })*
                    _ => {
                        input.skip()?;
                        Self::Unknown
                    }
                };
                input.end_variant()?;
                Ok(choice)
            }

            #[inline]
            fn missing(_: &mut $crate::codegen::json::Decoder<'_>) -> Result<Self, $crate::codegen::json::DecodeError> {
                Ok(Self::Unknown)
            }
        }
    };
    (@read $input:ident,) => {
        $input.variant_value()?
    };
    (@read $input:ident, $format:ident) => {
        $input.variant_timestamp($crate::codegen::Format::$format)?
    };
}
