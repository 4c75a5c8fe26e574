//! The decoding of unions in JSON and in CBOR.

/// Implements the methods of a `Decoder`, which is in scope with its trait `Decode`, that read a union.
macro_rules! union_decoding {
    () => {
        impl<'a> Decoder<'a> {
            /// Enters a union, goes to its one member that is set, and returns the name of that member.
            ///
            /// Members that are `null`, and `__type`, are skipped. This is how a union is decoded:
            ///
            /// ```ignore
            /// let name = input.variant()?;
            /// let union = match &*name {
            ///     "Text" => Self::Text(input.variant_value()?),
            ///     _ => {
            ///         input.skip()?;
            ///         Self::Unknown
            ///     }
            /// };
            /// input.end_variant()?;
            /// Ok(union)
            /// ```
            ///
            /// # Errors
            /// When the next value is not an object, or none of its members is set.
            pub fn variant(&mut self) -> Result<Cow<'a, str>, DecodeError> {
                self.peek();
                let start = self.position;
                self.enter_object("a union")?;
                match self.set_member()? {
                    Some(name) => Ok(name),
                    None => Err(DecodeError::new(
                        start,
                        "a union with one member",
                        "none set",
                    )),
                }
            }

            /// Reads the value of the member that [`variant`](Self::variant) returned.
            ///
            /// # Errors
            /// When the value is malformed or does not match the type.
            pub fn variant_value<T: Decode>(&mut self) -> Result<T, DecodeError> {
                match self.value()? {
                    Some(value) => Ok(value),
                    None => Err(self.expected("a value")),
                }
            }

            /// Leaves a union after its one member.
            ///
            /// # Errors
            /// When another member is set, known or not.
            pub fn end_variant(&mut self) -> Result<(), DecodeError> {
                match self.set_member()? {
                    None => Ok(()),
                    Some(_) => Err(self.expected_but("a union with one member", "another one set")),
                }
            }

            /// Goes to the next member that is set and returns its name. Leaves the object after the last member.
            fn set_member(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
                while let Some(name) = self.member()? {
                    if name == "__type" {
                        self.skip()?;
                    } else if !self.null()? {
                        return Ok(Some(name));
                    }
                }
                Ok(None)
            }
        }
    };
}

pub(super) use union_decoding;
