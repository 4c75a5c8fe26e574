//! The macro that implements the codec of a structure from a table of its members.

/// Implements [`Encode`](super::Encode) and [`Decode`](super::Decode) for a structure.
///
/// ```ignore
/// members! {
///     encode decode Tag(TagBuilder) {
///         "Key" => key required;
///     }
/// }
/// ```
///
/// A row has the form that [`__members`](crate::__members) describes, without `as`: the format of timestamps is always the
/// same. A condition in parentheses after `encode` or `decode` is that of `cfg` for the implementation. `unit` after `encode`
/// is for the input of an operation for which the model has none.
#[doc(hidden)]
#[macro_export]
macro_rules! __cbor_members {
    (encode unit $name:ident $($rest:tt)*) => {
        impl $crate::codegen::cbor::Encode for $name {
            const IS_UNIT: bool = true;

            #[inline]
            fn encode(&self, out: &mut $crate::codegen::cbor::Encoder) {
                out.object().end();
            }
        }
        $crate::__serde_members!($name($name) {});
    };
    (encode decode ($($when:tt)*) $($rest:tt)*) => {
        $crate::__members!(@encode cbor [] $($rest)*);
        $crate::__members!(@decode cbor [#[cfg($($when)*)]] $($rest)*);
        $crate::__serde_members!($($rest)*);
    };
    (encode ($($when:tt)*) decode $($rest:tt)*) => {
        $crate::__members!(@encode cbor [#[cfg($($when)*)]] $($rest)*);
        $crate::__members!(@decode cbor [] $($rest)*);
        $crate::__serde_members!($($rest)*);
    };
    (encode decode $($rest:tt)*) => {
        $crate::__members!(@encode cbor [] $($rest)*);
        $crate::__members!(@decode cbor [] $($rest)*);
        $crate::__serde_members!($($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::__members!(@encode cbor [] $($rest)*);
        $crate::__serde_members!($($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::__members!(@decode cbor [] $($rest)*);
        $crate::__serde_members!($($rest)*);
    };
}

/// Returns the name of a member as the encoder takes it.
#[doc(hidden)]
#[macro_export]
macro_rules! __cbor_key {
    ($name:literal) => {
        $name
    };
}
