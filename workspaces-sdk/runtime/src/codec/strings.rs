//! Decoding of strings in JSON and in CBOR.

/// Implements the methods of a `Decoder` that read strings, for one that has `other_string` and the given method for the strings
/// that are read without a copy, as nearly all are. `Cow`, `Decoder` and `DecodeError` are in scope.
macro_rules! strings {
    ($fast:ident) => {
        impl<'a> Decoder<'a> {
            /// Reads a string, without copying it if the document has it in one piece and without escapes.
            ///
            /// # Errors
            /// When the next value is not a string, or the string is malformed.
            pub fn string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
                match self.$fast() {
                    Some(value) => Ok(Cow::Borrowed(value)),
                    None => self.other_string(),
                }
            }

            /// Reads a string into a value that owns it.
            ///
            /// # Errors
            /// See [`string`](Self::string).
            #[inline]
            pub(super) fn owned_string(&mut self) -> Result<String, DecodeError> {
                match self.$fast() {
                    Some(value) => Ok(value.to_owned()),
                    None => self.other_string().map(Cow::into_owned),
                }
            }

            /// Reads a string into an enum of strings.
            ///
            /// # Errors
            /// See [`string`](Self::string).
            #[inline]
            pub fn string_enum<T: for<'t> From<&'t str>>(&mut self) -> Result<T, DecodeError> {
                let other;
                let value = match self.$fast() {
                    Some(value) => value,
                    None => {
                        other = self.other_string()?;
                        &*other
                    }
                };
                Ok(T::from(value))
            }
        }
    };
}

pub(super) use strings;
