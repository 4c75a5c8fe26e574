//! The macro that implements the codec of a union from a table of its members.

/// Implements [`Encode`](super::Encode) and [`Decode`](super::Decode) for a union.
///
/// ```ignore
/// choices! {
///     encode decode Target {
///         "InstanceId" => InstanceId;
///     }
/// }
/// ```
///
/// A row has the form that [`__choices`](crate::__choices) describes, without `as`. A condition in parentheses after `encode`
/// or `decode` is that of `cfg` for the implementation.
#[doc(hidden)]
#[macro_export]
macro_rules! __cbor_choices {
    (encode decode ($($when:tt)*) $($rest:tt)*) => {
        $crate::__choices!(@encode cbor [] $($rest)*);
        $crate::__choices!(@decode cbor [#[cfg($($when)*)]] $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
    (encode ($($when:tt)*) decode $($rest:tt)*) => {
        $crate::__choices!(@encode cbor [#[cfg($($when)*)]] $($rest)*);
        $crate::__choices!(@decode cbor [] $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
    (encode decode $($rest:tt)*) => {
        $crate::__choices!(@encode cbor [] $($rest)*);
        $crate::__choices!(@decode cbor [] $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::__choices!(@encode cbor [] $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::__choices!(@decode cbor [] $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
}
