//! The macro that implements the codec of a union from a table of its members.

/// Implements [`Encode`](super::Encode) and [`Decode`](super::Decode) for a union.
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
macro_rules! __xml_choices {
    (encode decode $($rest:tt)*) => {
        $crate::__xml_choices!(@encode xml $($rest)*);
        $crate::__xml_choices!(@decode $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::__xml_choices!(@encode xml $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::__xml_choices!(@decode $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };

    // The module of the codec has its encoder. A name after a slash is that in forms.
    (
        @encode $codec:ident $name:ident {
            $(
                $wire:literal $(/ $form:literal)?
                    => $variant:ident $(as $format:ident)? $(: $layout:expr)?;
            )*
        }
    ) => {
        impl $crate::codegen::$codec::Encode for $name {
            #[inline]
            fn encode(
                &self,
                out: &mut $crate::codegen::$codec::Encoder,
                _: &$crate::codegen::$codec::Layout,
            ) {
                match self {
                    $(
                        Self::$variant(value) => out.member(
                            $crate::__xml_choices!(@name $wire $($form)?),
                            value,
                            $crate::__xml_members!(@layout [$(as $format)?] $($layout)?),
                        ),
                    )*
                    Self::Unknown => {}
                }
            }
        }
    };
    (@name $name:literal) => {
        $name
    };
    (@name $wire:literal $form:literal) => {
        $form
    };

    (
        @decode $name:ident {
            $(
                $wire:literal $(/ $form:literal)?
                    => $variant:ident $(as $format:ident)? $(: $layout:expr)?;
            )*
        }
    ) => {
        impl $crate::codegen::xml::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::xml::Decoder<'_>,
                _: &$crate::codegen::xml::Layout,
            ) -> Result<Self, $crate::codegen::xml::DecodeError> {
                let choice = match input.variant()? {
                    $(
                        $wire => Self::$variant(input.variant_value(
                            $crate::__xml_members!(@layout [$(as $format)?] $($layout)?),
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
                _: &mut $crate::codegen::xml::Decoder<'_>,
            ) -> Result<Self, $crate::codegen::xml::DecodeError> {
                Ok(Self::Unknown)
            }
        }
    };
}
