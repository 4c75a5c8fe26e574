//! The macro that implements the codec of a union from a table of its members.

/// Implements `Encode`, which writes a form, and `Decode`, which reads XML, for a union.
///
/// ```ignore
/// choices! {
///     encode decode Target {
///         "InstanceId" => InstanceId;
///         "Since" => Since as HttpDate;
///         "Names" => Names: list("Name");
///     }
/// }
/// ```
///
/// A row is the name on the wire and the variant, and `as` or a colon as in a row of a structure. Any other member becomes
/// `Unknown`, which is not written.
#[doc(hidden)]
#[macro_export]
macro_rules! __query_choices {
    (encode decode $($rest:tt)*) => {
        $crate::__query_choices!(@encode $($rest)*);
        $crate::__query_choices!(@decode $($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::__query_choices!(@encode $($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::__query_choices!(@decode $($rest)*);
    };

    (
        @encode $name:ident {
            $($wire:literal => $variant:ident $(as $format:ident)? $(: $layout:expr)?;)*
        }
    ) => {
        impl $crate::codegen::query::Encode for $name {
            #[inline]
            fn encode(
                &self,
                out: &mut $crate::codegen::query::Encoder,
                _: &$crate::codegen::query::Layout,
            ) {
                match self {
                    $(
                        Self::$variant(value) => out.member(
                            $wire,
                            value,
                            $crate::__query_members!(@layout [$(as $format)?] $($layout)?),
                        ),
                    )*
                    Self::Unknown => {}
                }
            }
        }
    };

    (
        @decode $name:ident {
            $($wire:literal => $variant:ident $(as $format:ident)? $(: $layout:expr)?;)*
        }
    ) => {
        impl $crate::codegen::query::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::query::Decoder<'_>,
                _: &$crate::codegen::query::Layout,
            ) -> Result<Self, $crate::codegen::query::DecodeError> {
                let choice = match input.variant()? {
                    $(
                        $wire => Self::$variant(input.variant_value(
                            $crate::__query_members!(@layout [$(as $format)?] $($layout)?),
                        )?),
                    )*
                    _ => {
                        input.skip()?;
                        Self::Unknown
                    }
                };
                input.end_variant()?;
                Ok(choice)
            }

            #[inline]
            fn missing(
                _: &mut $crate::codegen::query::Decoder<'_>,
            ) -> Result<Self, $crate::codegen::query::DecodeError> {
                Ok(Self::Unknown)
            }
        }
    };
}
