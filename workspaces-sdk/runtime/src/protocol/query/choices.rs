//! The macro that implements the codec of a union from a table of its members.

/// Implements `Encode`, which writes a form, and `Decode`, which reads XML, for a union.
///
/// ```ignore
/// choices! {
///     encode decode Target {
///         "instanceId" / "InstanceId" => InstanceId;
///         "Names" => Names: list("Name");
///     }
/// }
/// ```
///
/// The rows are those of [`xml::choices!`](crate::codegen::xml::choices). A name after a slash is that in forms, if it is
/// another one.
#[doc(hidden)]
#[macro_export]
macro_rules! __query_choices {
    (encode decode $($rest:tt)*) => {
        $crate::__xml_choices!(@encode query $($rest)*);
        $crate::__xml_choices!(@decode $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
    (encode $($rest:tt)*) => {
        $crate::__xml_choices!(@encode query $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
    (decode $($rest:tt)*) => {
        $crate::__xml_choices!(@decode $($rest)*);
        $crate::__serde_choices!($($rest)*);
    };
}
