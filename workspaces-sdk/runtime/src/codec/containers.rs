//! Lists, maps, and values that may be null or are behind a pointer, in JSON and in CBOR.

/// Implements the traits `Encode` and `Decode` of a codec, which are in scope with its `Encoder` and `Decoder`.
macro_rules! containers {
    () => {
        impl<T: Encode> Encode for Vec<T> {
            fn encode(&self, out: &mut Encoder) {
                out.list(self);
            }
        }

        /// A null element is an error as in the official crates, unless the type has a null value.
        impl<T: Decode> Decode for Vec<T> {
            fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let mut elements = Self::new();
                input.list()?;
                let start = input.position();
                while input.element()? {
                    let element = T::decode(input)
                        .map_err(|error| error.within(Segment::Index(elements.len())))?;
                    if elements.len() == elements.capacity() {
                        elements.reserve_exact(input.list_room(
                            start,
                            elements.len(),
                            size_of::<T>(),
                        )?);
                    }
                    elements.push(element);
                }
                Ok(elements)
            }

            fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                Ok(Self::new())
            }
        }

        impl<K: AsRef<str>, T: Encode> Encode for HashMap<K, T> {
            fn encode(&self, out: &mut Encoder) {
                let mut object = out.object();
                for (key, value) in self {
                    value.encode(object.name(key.as_ref()));
                }
                object.end();
            }
        }

        /// Keys are strings or enums of strings. A null value is an error, unless the type has a null value.
        impl<K: for<'k> From<&'k str> + Eq + Hash, T: Decode> Decode for HashMap<K, T> {
            fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let mut entries = Self::new();
                input.object()?;
                while let Some(key) = input.member()? {
                    let value = T::decode(input).map_err(|error| error.within(Segment::Entry))?;
                    if entries.len() == entries.capacity() {
                        input.map_room(entries.capacity(), size_of::<(K, T)>())?;
                    }
                    entries.insert(K::from(&key), value);
                }
                Ok(entries)
            }

            fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                Ok(Self::new())
            }
        }

        impl<T: Encode> Encode for Option<T> {
            fn encode(&self, out: &mut Encoder) {
                match self {
                    Some(value) => value.encode(out),
                    None => out.null(),
                }
            }

            fn is_absent(&self) -> bool {
                self.is_none()
            }
        }

        /// An element of a sparse list or a value of a sparse map, which keeps `null`.
        impl<T: Decode> Decode for Option<T> {
            fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                match input.null()? {
                    true => Ok(None),
                    false => T::decode(input).map(Some),
                }
            }

            fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                Ok(None)
            }

            fn null() -> Option<Self> {
                Some(None)
            }
        }

        impl<T: Encode + ?Sized> Encode for &T {
            fn encode(&self, out: &mut Encoder) {
                (**self).encode(out);
            }

            fn is_absent(&self) -> bool {
                (**self).is_absent()
            }
        }

        impl<T: Encode> Encode for Box<T> {
            fn encode(&self, out: &mut Encoder) {
                (**self).encode(out);
            }

            fn is_absent(&self) -> bool {
                (**self).is_absent()
            }
        }

        impl<T: Decode> Decode for Box<T> {
            fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                input.box_room(size_of::<T>())?;
                T::decode(input).map(Self::new)
            }

            fn missing(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                input.box_room(size_of::<T>())?;
                T::missing(input).map(Self::new)
            }
        }
    };
}

pub(super) use containers;
