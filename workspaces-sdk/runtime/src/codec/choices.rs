//! The macro that implements a codec for a union from a table of its members.

/// Implements the traits `Encode` and `Decode` of a codec for a union.
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
/// maps, that is not the default. Any other member becomes `Unknown`, which is written as an empty object.
///
/// The macro of each codec adds the name of its module in [`codegen`](crate::codegen) and the attributes of the
/// implementation.
#[doc(hidden)]
#[macro_export]
macro_rules! __choices {
    (@encode $codec:ident [$($when:tt)*] $name:ident { $($wire:literal => $variant:ident $(as $format:ident)?;)* }) => {
        $($when)*
        impl $crate::codegen::$codec::Encode for $name {
            #[inline]
            fn encode(&self, out: &mut $crate::codegen::$codec::Encoder) {
                let mut object = out.object();
                match self {
                    $(Self::$variant(value) => {
                        $crate::__choices!(@write $codec object, $wire, value, $($format)?);
                    })*
                    Self::Unknown => {}
                }
                object.end();
            }
        }
    };
    (@write $codec:ident $object:ident, $wire:literal, $value:ident,) => {
        $object.member($crate::codegen::$codec::key!($wire), $value)
    };
    (@write $codec:ident $object:ident, $wire:literal, $value:ident, $format:ident) => {
        $object.timestamp($crate::codegen::$codec::key!($wire), $value, $crate::codegen::Format::$format)
    };

    (@decode $codec:ident [$($when:tt)*] $name:ident { $($wire:literal => $variant:ident $(as $format:ident)?;)* }) => {
        $($when)*
        impl $crate::codegen::$codec::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::$codec::Decoder<'_>,
            ) -> Result<Self, $crate::codegen::$codec::DecodeError> {
                let name = input.variant()?;
                let choice = match &*name {
                    $($wire => {
                        Self::$variant($crate::__choices!(@read input, $($format)?))
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
            fn missing(_: &mut $crate::codegen::$codec::Decoder<'_>) -> Result<Self, $crate::codegen::$codec::DecodeError> {
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
