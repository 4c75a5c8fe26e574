//! Structures: maps from the names of members to their values.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserializer, Serializer};

use super::{Borrowed, Owned, Value};

/// The members of a structure.
#[doc(hidden)]
pub trait Structure: Sized {
    /// The name of the type, for errors.
    const NAME: &'static str;

    /// Returns the number of members that are set.
    fn count(&self) -> usize;

    /// Writes the members that are set.
    ///
    /// # Errors
    /// Those of the serializer.
    fn write_members<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;

    /// Reads the members.
    ///
    /// # Errors
    /// Those of the deserializer, and when a required member is missing.
    fn read_members<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// Serializes a structure.
///
/// # Errors
/// Those of the serializer.
#[doc(hidden)]
pub fn write_structure<T: Structure, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(value.count()))?;
    value.write_members(&mut map)?;
    map.end()
}

/// Writes a member if it is set.
///
/// # Errors
/// Those of the serializer.
#[doc(hidden)]
pub fn write_member<T: Value, M: SerializeMap>(
    map: &mut M,
    name: &'static str,
    value: &T,
) -> Result<(), M::Error> {
    match value.is_absent() {
        true => Ok(()),
        false => map.serialize_entry(name, &Borrowed(value)),
    }
}

/// Deserializes a structure.
///
/// # Errors
/// Those of the deserializer, and when a required member is missing.
#[doc(hidden)]
pub fn read_structure<'de, T: Structure, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(StructureVisitor(PhantomData))
}

/// Reads the value of a member, which may be null.
///
/// # Errors
/// Those of the deserializer.
#[doc(hidden)]
pub fn read_member<'de, T: Value, A: MapAccess<'de>>(map: &mut A) -> Result<Option<T>, A::Error> {
    let Owned(value) = map.next_value()?;
    Ok(match value {
        Some(value) => Some(value),
        None => T::null(),
    })
}

/// Skips the value of an unknown member.
///
/// # Errors
/// Those of the deserializer.
#[doc(hidden)]
pub fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

struct StructureVisitor<T>(PhantomData<T>);

impl<'de, T: Structure> Visitor<'de> for StructureVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a map with the members of {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read_members(map)
    }
}

/// Implements the traits of serde for a structure from the table of its members in any codec.
///
/// The rows are those of [`__members`](crate::__members), [`__xml_members`](crate::__xml_members) and
/// [`__query_members`](crate::__query_members). The name is that on the wire: in XML rather than in forms.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_members {
    (
        $name:ident($($builder:tt)*) {
            $(attribute $attribute:literal => $of_attribute:ident $($how_attribute:ident)*;)*
            $(
                $wire:literal $(/ $form:literal)? $(| $alias:literal)*
                    => $field:ident $($how:ident)* $(: $layout:expr)?;
            )*
        } $(+ $($rest:tt)*)?
    ) => {
        $crate::__serde_structure! {
            $name($($builder)*) {
                $(($attribute) => $of_attribute ($($how_attribute)*);)*
                $(($wire $(| $alias)*) => $field ($($how)*);)*
            } $($($rest)*)?
        }
    };
}

/// Implements the traits of serde for the input of an operation from the table of
/// [`__bindings_request`](crate::__bindings_request). The name of a member is that after `@`, or else that on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_request {
    (
        $name:ident: $method:ident $template:literal $(in $root:tt)? {
            $(
                $location:ident $($kind:ident)? $($wire:literal)? $(@ $model:literal)?
                    => $field:ident $(as $format:ident)? $(: $layout:expr)?;
            )*
        }
    ) => {
        $crate::__serde_structure! {
            $name($name) {
                $(($($wire)? $([$model])?) => $field ();)*
            }
        }
    };
}

/// Implements the traits of serde for an output or an error from the table of
/// [`__bindings_response`](crate::__bindings_response). The name of a member is that after `@`, or else that on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_response {
    (
        $name:ident($($builder:tt)*) $(in $root:tt)? {
            $(
                $location:ident $($kind:ident)? $($wire:literal $(| $alias:literal)*)? $(@ $model:literal)?
                    => $field:ident $($how:ident)* $(: $layout:expr)?;
            )*
        } $(+ $($rest:tt)*)?
    ) => {
        $crate::__serde_structure! {
            $name($($builder)*) {
                $(($($wire $(| $alias)*)? $([$model])?) => $field ($($how)*);)*
            } $($($rest)*)?
        }
    };
}

/// Implements the traits of serde for a structure. A row has the names of a member in parentheses, its field, and whether it
/// is required.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_structure {
    ($name:ident($($builder:tt)*) { $($names:tt => $field:ident $how:tt;)* } $($rest:tt)*) => {
        impl $crate::codegen::serde::Structure for $name {
            const NAME: &'static str = stringify!($name);

            fn count(&self) -> usize {
                let is_set: &[bool] = &[
                    $(!$crate::codegen::serde::Value::is_absent(&self.$field)),*
                ];
                is_set.iter().filter(|it| **it).count()
            }

            #[allow(unused_variables, reason = "there may be no members")]
            fn write_members<M: $crate::codegen::serde::SerializeMap>(
                &self,
                map: &mut M,
            ) -> Result<(), M::Error> {
                $(
                    $crate::codegen::serde::write_member(
                        map,
                        $crate::__serde_structure!(@name $names),
                        &self.$field,
                    )?;
                )*
                Ok(())
            }

            #[allow(unused_mut, unused_variables, reason = "there may be no members")]
            fn read_members<'de, A: $crate::codegen::serde::MapAccess<'de>>(
                mut map: A,
            ) -> Result<Self, A::Error> {
                let mut members = <$($builder)*>::default();
                while let Some(name) = map.next_key::<String>()? {
                    $(
                        if $crate::__serde_structure!(@matches name $names) {
                            members.$field = $crate::codegen::serde::read_member(&mut map)?;
                            continue;
                        }
                    )*
                    $crate::codegen::serde::skip(&mut map)?;
                }
                Ok(Self {
                    $($field: $crate::__serde_structure!(@finish members.$field $names $how),)*
                    $($rest)*
                })
            }
        }

        impl $crate::codegen::serde::Value for $name {
            fn write<S: $crate::codegen::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::codegen::serde::write_structure(self, serializer)
            }

            fn read<'de, D: $crate::codegen::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::codegen::serde::read_structure(deserializer)
            }
        }

        $crate::__serde_traits!($name);
    };

    (@name ($($wire:literal)|* [$model:literal])) => {
        $model
    };
    (@name ($wire:literal $(| $alias:literal)*)) => {
        $wire
    };

    (@matches $name:ident ($($wire:literal)|* [$model:literal])) => {
        $name == $model
    };
    (@matches $name:ident ($($wire:literal)|*)) => {
        matches!($name.as_str(), $($wire)|*)
    };

    (@finish $members:ident.$field:ident $names:tt (or $default:ident)) => {
        $members.$field.unwrap_or_else($default)
    };
    (@finish $members:ident.$field:ident $names:tt (unless $default:ident)) => {
        $members.$field.unwrap_or_else($default)
    };
    (@finish $members:ident.$field:ident $names:tt (default)) => {
        $members.$field.unwrap_or_default()
    };
    (@finish $members:ident.$field:ident $names:tt (required $($how:ident)*)) => {
        match $members.$field {
            Some(value) => value,
            None => {
                let name = $crate::__serde_structure!(@name $names);
                return Err($crate::codegen::serde::Error::missing_field(name));
            }
        }
    };
    (@finish $members:ident.$field:ident $names:tt $how:tt) => {
        $members.$field
    };
}
