//! The macro that implements the codec of a structure from a table of its members.

/// Implements `Encode`, which writes a form, and `Decode`, which reads XML, for a structure.
///
/// ```ignore
/// members! {
///     encode decode Tag(TagBuilder) {
///         "Key" => key required;
///         "At" | "at" => at as HttpDate;
///         "Names" => names: list("Name").flat();
///         "Nested" => nested required: list("a").of(&list("b"));
///     }
/// }
/// ```
///
/// A row is the name on the wire, other names that are accepted, and the field; `required` if the field is not an
/// `Option`; `default` if it is none and zero is not sent; `as` followed by the format of a timestamp, or a colon followed by the [`Layout`] of a list or a map, if it is
/// not the default. Decoding fills the type in parentheses, which is the builder, or the structure itself if it has no
/// required members. `+` and fields that are not members follow the rows.
///
/// [`Layout`]: crate::codec::layout::Layout
#[doc(hidden)]
#[macro_export]
macro_rules! __query_members {
    (encode decode $($rest:tt)*) => {
        $crate::__query_members!(@encode $($rest)*);
        $crate::__query_members!(@decode $($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::__query_members!(@encode $($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::__query_members!(@decode $($rest)*);
    };

    (@encode $name:ident($($builder:tt)*) {} $(+ $($rest:tt)*)?) => {
        impl $crate::codegen::query::Encode for $name {
            #[inline]
            fn encode(
                &self,
                _: &mut $crate::codegen::query::Encoder,
                _: &$crate::codegen::query::Layout,
            ) {
            }
        }
    };
    (
        @encode $name:ident($($builder:tt)*) {
            $($wire:literal $(| $alias:literal)* => $field:ident $($how:ident)* $(: $layout:expr)?;)*
        } $(+ $($rest:tt)*)?
    ) => {
        impl $crate::codegen::query::Encode for $name {
            #[inline]
            fn encode(
                &self,
                out: &mut $crate::codegen::query::Encoder,
                _: &$crate::codegen::query::Layout,
            ) {
                $(
                    if $crate::__query_members!(@is_sent self.$field, $($how)*) {
                        out.member(
                            $wire,
                            &self.$field,
                            $crate::__query_members!(@layout [$($how)*] $($layout)?),
                        );
                    }
                )*
            }
        }
    };

    (@decode $name:ident($($builder:tt)*) {} $(+ $($rest:tt)*)?) => {
        impl $crate::codegen::query::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::query::Decoder<'_>,
                _: &$crate::codegen::query::Layout,
            ) -> Result<Self, $crate::codegen::query::DecodeError> {
                input.skip()?;
                Ok(Self { $($($rest)*)? })
            }
        }
    };
    (
        @decode $name:ident($($builder:tt)*) {
            $($wire:literal $(| $alias:literal)* => $field:ident $($how:ident)* $(: $layout:expr)?;)*
        } $(+ $($rest:tt)*)?
    ) => {
        impl $crate::codegen::query::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::codegen::query::Decoder<'_>,
                _: &$crate::codegen::query::Layout,
            ) -> Result<Self, $crate::codegen::query::DecodeError> {
                let mut members = <$($builder)*>::default();
                while let Some(name) = input.child()? {
                    match name {
                        $(
                            $wire $(| $alias)* => input.member(
                                &mut members.$field,
                                $crate::__query_members!(@layout [$($how)*] $($layout)?),
                            )?,
                        )*
                        _ => input.skip()?,
                    }
                }
                Ok(Self {
                    $($field: $crate::__query_members!(@finish input, members.$field, $($how)*),)*
                    $($($rest)*)?
                })
            }
        }
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
    (@is_sent $($other:tt)*) => {
        true
    };

    (@layout [$(required)? $(default)?]) => {
        &$crate::codegen::query::Layout::DEFAULT
    };
    (@layout [$(required)? as $format:ident]) => {{
        const LAYOUT: $crate::codegen::query::Layout =
            $crate::codegen::query::timestamp($crate::codegen::Format::$format);
        &LAYOUT
    }};
    (@layout [$(required)?] $layout:expr) => {{
        const LAYOUT: $crate::codegen::query::Layout = $layout;
        &LAYOUT
    }};
}
