//! The macro that implements the codec of a structure from a table of its members.

/// Implements [`Encode`](super::Encode) and [`Decode`](super::Decode) for a structure.
///
/// ```ignore
/// members! {
///     encode decode Tag(TagBuilder) {
///         attribute "xsi:type" => kind;
///         "Key" => key required;
///         "At" | "at" => at as HttpDate;
///         "Names" => names: list("Name").flat();
///         "Nested" => nested required: list("a").of(&list("b"));
///     }
/// }
/// ```
///
/// A row is the name on the wire, other names that are accepted, and the field. Then follow `required` if the field is not
/// an `Option`, `default` if it is not one and zero is not sent, `or` and the function that returns its default, or `unless`
/// if that value is not sent; and `as` with the format of a timestamp or a colon with
/// the [`Layout`], if it is not the default. Attributes precede other members. Decoding fills the type in parentheses,
/// which is the builder, or the structure itself if it has no required members. `+` and fields that are not members follow
/// the rows.
///
/// [`Layout`]: crate::codec::layout::Layout
#[doc(hidden)]
#[macro_export]
macro_rules! __xml_members {
    // Decoding has other rows.
    (encode apart $($rest:tt)*) => {
        $crate::__xml_members!(@encode $($rest)*);
    };
    (decode apart $($rest:tt)*) => {
        $crate::__xml_members!(@decode $($rest)*);
    };
    (serde $($rest:tt)*) => {
        $crate::__serde_members!($($rest)*);
    };
    (encode decode $($rest:tt)*) => {
        $crate::__xml_members!(@encode $($rest)*);
        $crate::__xml_members!(@decode $($rest)*);
        $crate::__serde_members!($($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::__xml_members!(@encode $($rest)*);
        $crate::__serde_members!($($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::__xml_members!(@decode $($rest)*);
        $crate::__serde_members!($($rest)*);
    };

    (@encode $name:ident($($builder:tt)*) {} $(+ $($rest:tt)*)?) => {
        impl $crate::codegen::xml::Encode for $name {
            #[inline]
            fn encode(&self, _: &mut $crate::codegen::xml::Encoder, _: &$crate::codegen::xml::Layout) {}
        }
    };
    (
        @encode $name:ident($($builder:tt)*) {
            $(attribute $attribute:literal => $of_attribute:ident $($how_attribute:ident)*;)*
            $($wire:literal $(| $alias:literal)* => $field:ident $($how:ident)* $(: $layout:expr)?;)*
        } $(+ $($rest:tt)*)?
    ) => {
        impl $crate::codegen::xml::Encode for $name {
            #[inline]
            fn encode(
                &self,
                out: &mut $crate::codegen::xml::Encoder,
                _: &$crate::codegen::xml::Layout,
            ) {
                $(
                    if $crate::__xml_members!(@is_sent self.$of_attribute, $($how_attribute)*) {
                        out.attribute(
                            $attribute,
                            &self.$of_attribute,
                            $crate::__xml_members!(@layout [$($how_attribute)*]),
                        );
                    }
                )*
                $(
                    if $crate::__xml_members!(@is_sent self.$field, $($how)*) {
                        out.member(
                            $wire,
                            &self.$field,
                            $crate::__xml_members!(@layout [$($how)*] $($layout)?),
                        );
                    }
                )*
            }
        }
    };

    (@decode $name:ident($($builder:tt)*) {} $(+ $($rest:tt)*)?) => {
        impl $crate::codegen::xml::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::xml::Decoder<'_>,
                _: &$crate::codegen::xml::Layout,
            ) -> Result<Self, $crate::codegen::xml::DecodeError> {
                input.skip()?;
                Ok(Self { $($($rest)*)? })
            }
        }
    };
    // A name after a slash is that in forms.
    (
        @decode $name:ident($($builder:tt)*) {
            $(attribute $attribute:literal => $of_attribute:ident $($how_attribute:ident)*;)*
            $(
                $wire:literal $(/ $form:literal)? $(| $alias:literal)*
                    => $field:ident $($how:ident)* $(: $layout:expr)?;
            )*
        } $(+ $($rest:tt)*)?
    ) => {
        impl $crate::codegen::xml::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::xml::Decoder<'_>,
                _: &$crate::codegen::xml::Layout,
            ) -> Result<Self, $crate::codegen::xml::DecodeError> {
                let mut members = <$($builder)*>::default();
                $(
                    input.attribute(
                        $attribute,
                        &mut members.$of_attribute,
                        $crate::__xml_members!(@layout [$($how_attribute)*]),
                    )?;
                )*
                while let Some(name) = input.child()? {
                    match name {
                        $(
                            $wire $(| $alias)* => input.member(
                                &mut members.$field,
                                $crate::__xml_members!(@layout [$($how)*] $($layout)?),
                            )?,
                        )*
                        _ => input.skip()?,
                    }
                }
                Ok(Self {
                    $($of_attribute: $crate::__xml_members!(
                        @finish input, members.$of_attribute, $($how_attribute)*
                    ),)*
                    $($field: $crate::__xml_members!(@finish input, members.$field, $($how)*),)*
                    $($($rest)*)?
                })
            }
        }
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

    (@is_sent $value:expr, default) => {
        !$crate::codegen::is_zero(&$value)
    };
    (@is_sent $value:expr, unless $default:ident) => {
        $value != $default()
    };
    (@is_sent $($other:tt)*) => {
        true
    };

    (@layout [$(required)? $(default)? $(or $or:ident)? $(unless $unless:ident)?]) => {
        &$crate::codegen::xml::Layout::DEFAULT
    };
    (@layout [$(required)? as $format:ident]) => {{
        const LAYOUT: $crate::codegen::xml::Layout =
            $crate::codegen::xml::timestamp($crate::codegen::Format::$format);
        &LAYOUT
    }};
    (@layout [$($how:ident)*] $layout:expr) => {{
        const LAYOUT: $crate::codegen::xml::Layout = $layout;
        &LAYOUT
    }};
}
