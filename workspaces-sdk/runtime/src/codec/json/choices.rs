//! The macro that implements the codec of a union from a table of its members.

/// Implements [`Encode`](super::Encode) and [`Decode`](super::Decode) for a union.
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
/// A row has the form that [`__choices`](crate::__choices) describes. A condition in parentheses after `encode` or `decode` is
/// that of `cfg` for the implementation.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_choices {
    (encode decode ($($when:tt)*) $($rest:tt)*) => {
        $crate::__choices!(@encode json [] $($rest)*);
        $crate::__choices!(@decode json [#[cfg($($when)*)]] $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
    (encode ($($when:tt)*) decode $($rest:tt)*) => {
        $crate::__choices!(@encode json [#[cfg($($when)*)]] $($rest)*);
        $crate::__choices!(@decode json [] $($rest)*);
        $crate::__json_deserialize!($($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
    (encode decode $($rest:tt)*) => {
        $crate::__choices!(@encode json [] $($rest)*);
        $crate::__choices!(@decode json [] $($rest)*);
        $crate::__json_deserialize!($($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::__choices!(@encode json [] $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::__choices!(@decode json [] $($rest)*);
        $crate::__json_deserialize!($($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
}
