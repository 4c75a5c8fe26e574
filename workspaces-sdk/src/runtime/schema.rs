//! Reading the crate's types with the deserializers of the official building blocks.

use aws_smithy_schema::prelude::DOCUMENT;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};

use super::json::{self, Decode, DecodeError};

/// Reads a value of any type with any deserializer: as a document first, and from that as from JSON.
///
/// # Errors
/// When the deserializer cannot give a document, or the document does not fit the type.
pub(crate) fn read<T: Decode>(deserializer: &mut dyn ShapeDeserializer) -> Result<T, SerdeError> {
    match json::decode(&document(deserializer)?) {
        Ok(value) => Ok(value),
        Err(error) => Err(refused(error)),
    }
}

// Not generic, because every type has `read`.

fn document(deserializer: &mut dyn ShapeDeserializer) -> Result<Vec<u8>, SerdeError> {
    let document = deserializer.read_document(&DOCUMENT)?;
    Ok(json::encode(&document))
}

#[cold]
fn refused(error: DecodeError) -> SerdeError {
    SerdeError::custom(error.to_string())
}

/// Gives a type the method `deserialize` that the types of official crates have.
macro_rules! deserialize {
    ($name:ident $($rest:tt)*) => {
        impl $name {
            /// Reads a value with one of the deserializers of `aws-smithy-schema`.
            ///
            /// # Errors
            /// When what is read is no such value.
            #[inline]
            pub fn deserialize(
                deserializer: &mut dyn aws_smithy_schema::serde::ShapeDeserializer,
            ) -> Result<Self, aws_smithy_schema::serde::SerdeError> {
                $crate::runtime::schema::read(deserializer)
            }
        }
    };
}
pub(crate) use deserialize;
