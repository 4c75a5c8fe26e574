//! The macro of the feature `blocking` without it: it expands to nothing.

#[doc(hidden)]
#[macro_export]
macro_rules! __blocking {
    ($($method:tt)*) => {};
}
