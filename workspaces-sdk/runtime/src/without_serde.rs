//! The macros of the feature `serde` without it: they expand to nothing.

#[doc(hidden)]
#[macro_export]
macro_rules! __serde_members {
    ($($table:tt)*) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __serde_choices {
    ($($table:tt)*) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __serde_string_enum {
    ($name:ident) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __serde_request {
    ($($table:tt)*) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __serde_response {
    ($($table:tt)*) => {};
}
