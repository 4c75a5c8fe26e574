//! The macro that declares an enum of strings with this codec.

/// Declares an enum of strings and implements `Encode`, which writes a form, and `Decode`, which reads XML, for it.
#[doc(hidden)]
#[macro_export]
macro_rules! __query_string_enum {
    ($(#[$doc:meta])* sensitive $name:ident $rows:tt) => {
        $crate::__string_enum!($(#[$doc])* sensitive $name $rows);
        $crate::__xml_string_enum!(@encode $name query value);
        $crate::__xml_string_enum!(@decode $name);
    };
    ($(#[$doc:meta])* $name:ident $rows:tt) => {
        $crate::__string_enum!($(#[$doc])* $name $rows);
        $crate::__xml_string_enum!(@encode $name query value);
        $crate::__xml_string_enum!(@decode $name);
    };
}
