//! The macro that declares an enum of strings with this codec.

/// Declares an enum of strings and implements [`Encode`](super::Encode) and [`Decode`](super::Decode) for it.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_string_enum {
    ($(#[$doc:meta])* sensitive $name:ident $rows:tt) => {
        $crate::__string_enum!($(#[$doc])* sensitive $name $rows);
        $crate::__json_string_enum!(@codec $name);
    };
    ($(#[$doc:meta])* $name:ident $rows:tt) => {
        $crate::__string_enum!($(#[$doc])* $name $rows);
        $crate::__json_string_enum!(@codec $name);
    };
    (@codec $name:ident) => {
        $crate::__string_enum_codec!(json $name);
    };
}
