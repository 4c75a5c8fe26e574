//! The macro that implements the codec of a structure from a table of its members.

/// Implements `Encode`, which writes a form, and `Decode`, which reads XML, for a structure.
///
/// ```ignore
/// members! {
///     encode decode Tag(TagBuilder) {
///         "Key" => key required;
///         "At" | "at" => at as HttpDate;
///         "size" / "Size" => size;
///         "Names" => names: list("Name").flat();
///     }
/// }
/// ```
///
/// The rows are those of [`xml::members!`](crate::codegen::xml::members), without attributes. A name after a slash is that
/// in forms, if it is another one.
#[doc(hidden)]
#[macro_export]
macro_rules! __query_members {
    // Decoding has other rows.
    (encode apart $($rest:tt)*) => {
        $crate::__query_members!(@encode $($rest)*);
    };
    (decode apart $($rest:tt)*) => {
        $crate::__xml_members!(@decode $($rest)*);
    };
    (serde $($rest:tt)*) => {
        $crate::__serde_members!($($rest)*);
    };
    (encode decode $($rest:tt)*) => {
        $crate::__query_members!(@encode $($rest)*);
        $crate::__xml_members!(@decode $($rest)*);
        $crate::__serde_members!($($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::__query_members!(@encode $($rest)*);
        $crate::__serde_members!($($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::__xml_members!(@decode $($rest)*);
        $crate::__serde_members!($($rest)*);
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
            $(
                $wire:literal $(/ $form:literal)? $(| $alias:literal)*
                    => $field:ident $($how:ident)* $(: $layout:expr)?;
            )*
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
                    if $crate::__xml_members!(@is_sent self.$field, $($how)*) {
                        out.member(
                            $crate::__query_members!(@form $wire $($form)?),
                            &self.$field,
                            $crate::__xml_members!(@layout [$($how)*] $($layout)?),
                        );
                    }
                )*
            }
        }
    };
    (@form $form:literal) => {
        $form
    };
    (@form $wire:literal $form:literal) => {
        $form
    };
}
