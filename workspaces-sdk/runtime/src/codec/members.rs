//! The macro that implements a codec for a structure from a table of its members.

/// Implements the traits `Encode` and `Decode` of a codec for a structure.
///
/// ```ignore
/// members! {
///     encode decode Tag(TagBuilder) {
///         "Key" => key required;
///         "At" | "at" => at as DateTime;
///     }
/// }
/// ```
///
/// A row is the name on the wire, other names that are accepted, and the field; `required` if the field is not an
/// `Option`, `default` if it is not one and zero is not sent, `or` followed by the function that returns its default,
/// `unless` if that value is not sent, and `as` followed by the format of a timestamp, or of those in lists and maps, that is
/// not the default. Decoding fills the type in parentheses, which is the builder, or the structure
/// itself if it has no required members. `+` and fields that are not members follow the rows.
///
/// The macro of each codec, such as `members!`, adds the name of its module in [`codegen`](crate::codegen) and the
/// attributes of the implementation.
#[doc(hidden)]
#[macro_export]
macro_rules! __members {
    (
        @encode $codec:ident [$($when:tt)*] $name:ident($($builder:tt)*) {
            $($wire:literal $(| $alias:literal)* => $field:ident $($how:ident)*;)*
        } $(+ $($rest:tt)*)?
    ) => {
        $($when)*
        impl $crate::codegen::$codec::Encode for $name {
            #[inline]
            fn encode(&self, out: &mut $crate::codegen::$codec::Encoder) {
                #[allow(unused_mut, reason = "there may be no members")]
                let mut object = out.object();
                $($crate::__members!(@write $codec object, $wire, &self.$field, $($how)*);)*
                object.end();
            }
        }
    };
    (@write $codec:ident $object:ident, $wire:literal, $value:expr, default) => {
        if !$crate::codegen::is_zero($value) {
            $object.member($crate::codegen::$codec::key!($wire), $value)
        }
    };
    (@write $codec:ident $object:ident, $wire:literal, $value:expr, unless $default:ident) => {
        if *$value != $default() {
            $object.member($crate::codegen::$codec::key!($wire), $value)
        }
    };
    (@write $codec:ident $object:ident, $wire:literal, $value:expr, $(required)? $(or $default:ident)?) => {
        $object.member($crate::codegen::$codec::key!($wire), $value)
    };
    (@write $codec:ident $object:ident, $wire:literal, $value:expr, $(required)? as $format:ident) => {
        $object.timestamp($crate::codegen::$codec::key!($wire), $value, $crate::codegen::Format::$format)
    };

    (@decode $codec:ident [$($when:tt)*] $name:ident($($builder:tt)*) {} $(+ $($rest:tt)*)?) => {
        $($when)*
        impl $crate::codegen::$codec::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::$codec::Decoder<'_>,
            ) -> Result<Self, $crate::codegen::$codec::DecodeError> {
                input.skip()?;
                Ok(Self { $($($rest)*)? })
            }
        }
    };
    (
        @decode $codec:ident [$($when:tt)*] $name:ident($($builder:tt)*) {
            $($wire:literal $(| $alias:literal)* => $field:ident $($how:ident)*;)*
        } $(+ $($rest:tt)*)?
    ) => {
        $($when)*
        impl $crate::codegen::$codec::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::$codec::Decoder<'_>,
            ) -> Result<Self, $crate::codegen::$codec::DecodeError> {
                let mut members = <$($builder)*>::default();
                input.object()?;
                while let Some(name) = input.member()? {
                    match &*name {
                        $(
                            $wire $(| $alias)* => {
                                members.$field = $crate::__members!(@read input, $($how)*);
                            }
                        )*
                        _ => input.skip()?,
                    }
                }
                Ok(Self {
                    $($field: $crate::__members!(@finish input, members.$field, $($how)*),)*
                    $($($rest)*)?
                })
            }
        }
    };
    (@read $input:ident, $(required)? $(default)? $(or $or:ident)? $(unless $unless:ident)?) => {
        $input.value()?
    };
    (@read $input:ident, $(required)? as $format:ident) => {
        $input.timestamp($crate::codegen::Format::$format)?
    };
    (@finish $input:ident, $value:expr, or $default:ident) => {
        $value.unwrap_or_else($default)
    };
    (@finish $input:ident, $value:expr, unless $default:ident) => {
        $value.unwrap_or_else($default)
    };
    (@finish $input:ident, $value:expr, required $($how:tt)*) => {
        $input.required($value)?
    };
    (@finish $input:ident, $value:expr, default) => {
        $value.unwrap_or_default()
    };
    (@finish $input:ident, $value:expr, $($how:tt)*) => {
        $value
    };
}
