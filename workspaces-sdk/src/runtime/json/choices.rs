//! The codec of a union, made of a table of its members.

/// Makes [`Encode`](super::Encode) and [`Decode`](super::Decode) for a union.
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
/// A row is the name on the wire and the variant; `as` a format where a timestamp has one of its own.
/// What no row names becomes `Unknown`, which is written as `{}`. A union that only travels one way
/// has the other for tests and for offline services, which answer requests.
macro_rules! choices {
    (encode decode $($rest:tt)*) => {
        $crate::runtime::json::choices!(@encode [] $($rest)*);
        $crate::runtime::json::choices!(@decode [] $($rest)*);
        $crate::runtime::schema::deserialize!($($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::runtime::json::choices!(@encode [] $($rest)*);
        $crate::runtime::json::choices!(@decode [#[cfg(any(test, feature = "fake"))]] $($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::runtime::json::choices!(@encode [#[cfg(any(test, feature = "fake"))]] $($rest)*);
        $crate::runtime::json::choices!(@decode [] $($rest)*);
        $crate::runtime::schema::deserialize!($($rest)*);
    };

    (@encode [$($when:tt)*] $name:ident { $($wire:literal => $variant:ident $(as $format:ident)?;)* }) => {
        $($when)*
        impl $crate::runtime::json::Encode for $name {
            #[inline]
            fn encode(&self, out: &mut $crate::runtime::json::Encoder) {
                let mut object = out.object();
                match self {
                    $(Self::$variant(value) => {
                        $crate::runtime::json::choices!(@write object, $wire, value, $($format)?);
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
        $object.timestamp($wire, $value, aws_smithy_types::date_time::Format::$format)
    };

    (@decode [$($when:tt)*] $name:ident { $($wire:literal => $variant:ident $(as $format:ident)?;)* }) => {
        $($when)*
        impl $crate::runtime::json::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::runtime::json::Decoder<'_>,
            ) -> Result<Self, $crate::runtime::json::DecodeError> {
                let name = input.variant()?;
                let choice = match &*name {
                    $($wire => {
                        Self::$variant($crate::runtime::json::choices!(@read input, $($format)?))
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
            fn missing() -> Result<Self, $crate::runtime::json::DecodeError> {
                Ok(Self::Unknown)
            }
        }
    };
    (@read $input:ident,) => {
        $input.variant_value()?
    };
    (@read $input:ident, $format:ident) => {
        $input.variant_timestamp(aws_smithy_types::date_time::Format::$format)?
    };
}
pub(crate) use choices;
