//! The macro that implements the codec of a structure from a table of its members.

/// Implements [`Encode`](super::Encode) and [`Decode`](super::Decode) for a structure.
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
/// A row has the form that [`__members`](crate::__members) describes. A condition in parentheses after `encode` or `decode` is
/// that of `cfg` for the implementation.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_members {
    (encode decode ($($when:tt)*) $($rest:tt)*) => {
        $crate::__members!(@encode json [] $($rest)*);
        $crate::__members!(@decode json [#[cfg($($when)*)]] $($rest)*);
        $crate::__serde_members!($($rest)*);
    };
    (encode ($($when:tt)*) decode $($rest:tt)*) => {
        $crate::__members!(@encode json [#[cfg($($when)*)]] $($rest)*);
        $crate::__members!(@decode json [] $($rest)*);
        $crate::__json_deserialize!($($rest)*);
        $crate::__serde_members!($($rest)*);
    };
    (encode decode $($rest:tt)*) => {
        $crate::__members!(@encode json [] $($rest)*);
        $crate::__members!(@decode json [] $($rest)*);
        $crate::__json_deserialize!($($rest)*);
        $crate::__serde_members!($($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::__members!(@encode json [] $($rest)*);
        $crate::__serde_members!($($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::__members!(@decode json [] $($rest)*);
        $crate::__json_deserialize!($($rest)*);
        $crate::__serde_members!($($rest)*);
    };
}
