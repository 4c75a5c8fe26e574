//! The macro that declares an enum of strings, which can be in any part of a message.

/// Declares an enum of strings with the codec of JSON, and implements [`Text`](crate::codegen::bindings::Text) for it.
#[doc(hidden)]
#[macro_export]
macro_rules! __rest_json_string_enum {
    ($(#[$doc:meta])* sensitive $name:ident $rows:tt) => {
        $crate::__json_string_enum!($(#[$doc])* sensitive $name $rows);
        $crate::__text_enum!($name);
    };
    ($(#[$doc:meta])* $name:ident $rows:tt) => {
        $crate::__json_string_enum!($(#[$doc])* $name $rows);
        $crate::__text_enum!($name);
    };
}
