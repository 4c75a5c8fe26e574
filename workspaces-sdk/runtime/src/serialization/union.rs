//! Unions: maps with one entry.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserializer, Serializer};

use super::structure::read_member;
use super::{Borrowed, Value};

/// The members of a union.
#[doc(hidden)]
pub trait Union: Sized {
    /// The name of the type, for errors.
    const NAME: &'static str;

    /// The variant that stands for an unknown member.
    const UNKNOWN: Self;

    /// Reads the member with this name. Returns `None` if it is null.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn read_choice<'de, A: MapAccess<'de>>(
        name: &str,
        map: &mut A,
    ) -> Result<Option<Self>, A::Error>;

    /// Reads a member and passes it to a variant.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn read_as<'de, T: Value, A: MapAccess<'de>>(
        map: &mut A,
        variant: fn(T) -> Self,
    ) -> Result<Option<Self>, A::Error> {
        Ok(read_member(map)?.map(variant))
    }

    /// Skips an unknown member.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn read_unknown<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error> {
        let value: Option<IgnoredAny> = map.next_value()?;
        Ok(value.map(|_| Self::UNKNOWN))
    }
}

/// Serializes a variant: a map with one entry.
///
/// # Errors
/// Those of the serializer.
#[doc(hidden)]
pub fn write_choice<T: Value, S: Serializer>(
    name: &'static str,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(name, &Borrowed(value))?;
    map.end()
}

/// Serializes a variant that this version of the crate does not know: an empty map.
///
/// # Errors
/// Those of the serializer.
#[doc(hidden)]
pub fn write_unknown<S: Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_map(Some(0))?.end()
}

/// Deserializes a union. An empty map is an unknown variant.
///
/// # Errors
/// Those of the deserializer, and when several members are set.
#[doc(hidden)]
pub fn read_union<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(UnionVisitor(PhantomData))
}

struct UnionVisitor<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a map with one member of {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut union = None;
        while let Some(name) = map.next_key::<String>()? {
            let choice = T::read_choice(&name, &mut map)?;
            if union.is_some() && choice.is_some() {
                let message = format!("{}: more than one member is set", T::NAME);
                return Err(A::Error::custom(message));
            }
            union = union.or(choice);
        }
        Ok(union.unwrap_or(T::UNKNOWN))
    }
}

/// Implements the traits of serde for a union from the table of its members in any codec.
///
/// The rows are those of [`__choices`](crate::__choices) and [`__xml_choices`](crate::__xml_choices). The name is that on the
/// wire: in XML rather than in forms.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_choices {
    (
        $name:ident {
            $(
                $wire:literal $(/ $form:literal)?
                    => $variant:ident $(as $format:ident)? $(: $layout:expr)?;
            )*
        }
    ) => {
        impl $crate::codegen::serde::Union for $name {
            const NAME: &'static str = stringify!($name);
            const UNKNOWN: Self = Self::Unknown;

            fn read_choice<'de, A: $crate::codegen::serde::MapAccess<'de>>(
                name: &str,
                map: &mut A,
            ) -> Result<Option<Self>, A::Error> {
                match name {
                    $($wire => <Self as $crate::codegen::serde::Union>::read_as(map, Self::$variant),)*
                    _ => <Self as $crate::codegen::serde::Union>::read_unknown(map),
                }
            }
        }

        impl $crate::codegen::serde::Value for $name {
            fn write<S: $crate::codegen::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                match self {
                    $(
                        Self::$variant(value) => {
                            $crate::codegen::serde::write_choice($wire, value, serializer)
                        }
                    )*
                    Self::Unknown => $crate::codegen::serde::write_unknown(serializer),
                }
            }

            fn read<'de, D: $crate::codegen::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::codegen::serde::read_union(deserializer)
            }
        }

        $crate::__serde_traits!($name);
    };
}
