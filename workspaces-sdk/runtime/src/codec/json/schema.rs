//! Reading the types of a generated crate with the deserializers of `aws-smithy-schema`.

use aws_smithy_schema::prelude::DOCUMENT;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};

use super::{Decode, DecodeError, decode, encode};

/// Deserializes a value of any type: first a document, then the value from the document's JSON.
///
/// # Errors
/// When the deserializer cannot read a document, or the document does not match the type.
#[doc(hidden)]
pub fn deserialize<T: Decode>(deserializer: &mut dyn ShapeDeserializer) -> Result<T, SerdeError> {
    match decode(&document(deserializer)?) {
        Ok(value) => Ok(value),
        Err(error) => Err(serde_error(error)),
    }
}

// These are not generic, because every type has a method `deserialize`.

fn document(deserializer: &mut dyn ShapeDeserializer) -> Result<Vec<u8>, SerdeError> {
    let document = deserializer.read_document(&DOCUMENT)?;
    Ok(encode(&document))
}

#[cold]
fn serde_error(error: DecodeError) -> SerdeError {
    SerdeError::custom(error.to_string())
}

/// Adds the method `deserialize` that the types of official crates have.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_deserialize {
    ($name:ident $($rest:tt)*) => {
        impl $name {
            /// Reads a value with one of the deserializers of `aws-smithy-schema`.
            ///
            /// # Errors
            /// When the input is malformed or does not match the type.
            #[inline]
            pub fn deserialize(
                deserializer: &mut dyn $crate::codegen::ShapeDeserializer,
            ) -> Result<Self, $crate::codegen::SerdeError> {
                $crate::codegen::json::deserialize(deserializer)
            }
        }
    };
}
