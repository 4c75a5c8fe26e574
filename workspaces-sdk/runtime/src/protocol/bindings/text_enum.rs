//! The macro for enums of strings, which can be in any part of a message.

/// Implements [`Text`](super::Text) for an enum of strings.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_enum {
    ($name:ident) => {
        impl $crate::codegen::bindings::Text for $name {
            #[inline]
            fn text(&self, _format: $crate::codegen::Format) -> ::std::borrow::Cow<'_, str> {
                self.as_str().into()
            }

            #[inline]
            fn parse(
                text: &str,
                _format: $crate::codegen::Format,
            ) -> Result<Self, $crate::codegen::BoxError> {
                Ok(<Self as From<&str>>::from(text))
            }

            const QUOTED: bool = true;
        }
    };
}
