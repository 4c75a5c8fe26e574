//! The macro for enums of strings.

/// Implements the traits of serde for an enum of strings. A value that it does not know is kept.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_string_enum {
    ($name:ident) => {
        impl $crate::codegen::serde::Value for $name {
            fn write<S: $crate::codegen::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }

            fn read<'de, D: $crate::codegen::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                let value: String = $crate::codegen::serde::Deserialize::deserialize(deserializer)?;
                Ok(<Self as From<&str>>::from(&value))
            }
        }

        $crate::__serde_traits!($name);
    };
}
