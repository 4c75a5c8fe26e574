//! The macro that declares a table of all types of a crate.

/// Declares a table of the names of shapes and the round trips of their types in a codec, which is the name of its module in
/// [`codegen`](crate::codegen).
#[doc(hidden)]
#[macro_export]
macro_rules! __all_types {
    ($codec:ident $($shape:literal => $type:ty;)*) => {
        /// The name of each shape, and the function that decodes and encodes its type.
        pub(crate) const ALL_TYPES: &[(
            &str,
            fn(&[u8]) -> Result<Vec<u8>, $crate::codegen::$codec::DecodeError>,
        )] = &[$(($shape, $crate::codegen::$codec::round_trip::<$type>)),*];
    };
}
