//! The codec of a structure, made of a table of its members.

/// Makes [`Encode`](super::Encode) and [`Decode`](super::Decode) for a structure.
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
/// A row is the name on the wire, other names that are read, and the field; `required` where the
/// field is no `Option`, `as` a format where a timestamp has one of its own. What is read goes into
/// the builder first. A structure that only travels one way has the other for tests and for offline
/// services, which answer requests. `+` and the fields that are no members follow the rows.
macro_rules! members {
    (encode decode $($rest:tt)*) => {
        $crate::runtime::json::members!(@encode [] $($rest)*);
        $crate::runtime::json::members!(@decode [] $($rest)*);
        $crate::runtime::schema::deserialize!($($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::runtime::json::members!(@encode [] $($rest)*);
        $crate::runtime::json::members!(@decode [#[cfg(any(test, feature = "fake"))]] $($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::runtime::json::members!(@encode [#[cfg(any(test, feature = "fake"))]] $($rest)*);
        $crate::runtime::json::members!(@decode [] $($rest)*);
        $crate::runtime::schema::deserialize!($($rest)*);
    };

    (
        @encode [$($when:tt)*] $name:ident($($builder:tt)*) {
            $($wire:literal $(| $alias:literal)* => $field:ident $($how:ident)*;)*
        } $(+ $($rest:tt)*)?
    ) => {
        $($when)*
        impl $crate::runtime::json::Encode for $name {
            #[inline]
            fn encode(&self, out: &mut $crate::runtime::json::Encoder) {
                #[allow(unused_mut, reason = "there may be no members")]
                let mut object = out.object();
                $($crate::runtime::json::members!(@write object, $wire, &self.$field, $($how)*);)*
                object.end();
            }
        }
    };
    (@write $object:ident, $wire:literal, $value:expr, $(required)?) => {
        $object.member($wire, $value)
    };
    (@write $object:ident, $wire:literal, $value:expr, $(required)? as $format:ident) => {
        $object.timestamp($wire, $value, aws_smithy_types::date_time::Format::$format)
    };

    (@decode [$($when:tt)*] $name:ident($($builder:tt)*) {} $(+ $($rest:tt)*)?) => {
        $($when)*
        impl $crate::runtime::json::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::runtime::json::Decoder<'_>,
            ) -> Result<Self, $crate::runtime::json::DecodeError> {
                input.skip()?;
                Ok(Self { $($($rest)*)? })
            }
        }
    };
    (
        @decode [$($when:tt)*] $name:ident($($builder:tt)*) {
            $($wire:literal $(| $alias:literal)* => $field:ident $($how:ident)*;)*
        } $(+ $($rest:tt)*)?
    ) => {
        $($when)*
        impl $crate::runtime::json::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::runtime::json::Decoder<'_>,
            ) -> Result<Self, $crate::runtime::json::DecodeError> {
                let mut members = <$($builder)*>::default();
                input.object()?;
                while let Some(name) = input.member()? {
                    match &*name {
                        $(
                            $wire $(| $alias)* => {
                                members.$field = $crate::runtime::json::members!(@read input, $($how)*);
                            }
                        )*
                        _ => input.skip()?,
                    }
                }
                Ok(Self {
                    $($field: $crate::runtime::json::members!(@finish members.$field, $($how)*),)*
                    $($($rest)*)?
                })
            }
        }
    };
    (@read $input:ident, $(required)?) => {
        $input.value()?
    };
    (@read $input:ident, $(required)? as $format:ident) => {
        $input.timestamp(aws_smithy_types::date_time::Format::$format)?
    };
    (@finish $value:expr, required $($how:tt)*) => {
        $crate::runtime::json::required($value)?
    };
    (@finish $value:expr, $($how:tt)*) => {
        $value
    };
}
pub(crate) use members;
