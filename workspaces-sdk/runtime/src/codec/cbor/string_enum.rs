//! The macro that declares an enum of strings with this codec.

/// Declares an enum of strings and implements [`Encode`](super::Encode) and [`Decode`](super::Decode) for it.
#[doc(hidden)]
#[macro_export]
macro_rules! __cbor_string_enum {
    ($(#[$doc:meta])* sensitive $name:ident $rows:tt) => {
        $crate::__string_enum!($(#[$doc])* sensitive $name $rows);
        $crate::__string_enum_codec!(cbor $name);
    };
    ($(#[$doc:meta])* $name:ident $rows:tt) => {
        $crate::__string_enum!($(#[$doc])* $name $rows);
        $crate::__string_enum_codec!(cbor $name);
    };
}
