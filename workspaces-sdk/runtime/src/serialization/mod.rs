//! `Serialize` and `Deserialize` of serde for the types of generated crates, from the tables of the codecs.
//!
//! A structure is a map with the names that its members have in messages, or in the model if they are not in a body. Members
//! that are not set are left out, and unknown ones are skipped. Timestamps are strings in the format of RFC 3339, blobs strings
//! in base64, and floats that are not finite the strings `NaN`, `Infinity` and `-Infinity`. Big numbers are strings, because
//! few formats have numbers of any size.
//!
//! Types of other crates, such as timestamps and documents, do not implement the traits of serde, so that this module has a
//! trait of its own for the values of members.

mod containers;
mod document;
mod enumeration;
mod scalars;
mod structure;
mod union;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use structure::{Structure, read_member, read_structure, skip, write_member, write_structure};
pub use union::{Union, read_union, write_choice, write_unknown};

/// A value of a member.
#[doc(hidden)]
pub trait Value: Sized {
    /// Serializes the value.
    ///
    /// # Errors
    /// Those of the serializer, and when the value cannot be represented.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Deserializes a value.
    ///
    /// # Errors
    /// Those of the deserializer, and when the input does not match the type.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Whether a structure leaves out a member with this value. Only `None` is absent.
    fn is_absent(&self) -> bool {
        false
    }

    /// The value of a member that is null: none, except for types with a null value.
    fn null() -> Option<Self> {
        None
    }
}

/// A value with the trait `Serialize`.
struct Borrowed<'a, T>(&'a T);

impl<T: Value> Serialize for Borrowed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// A value with the trait `Deserialize`.
struct Owned<T>(T);

impl<'de, T: Value> Deserialize<'de> for Owned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

/// Implements the traits of serde by those of [`Value`].
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_traits {
    ($name:ident) => {
        impl $crate::codegen::serde::Serialize for $name {
            fn serialize<S: $crate::codegen::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::codegen::serde::Value::write(self, serializer)
            }
        }

        impl<'de> $crate::codegen::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::codegen::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::codegen::serde::Value::read(deserializer)
            }
        }
    };
}
