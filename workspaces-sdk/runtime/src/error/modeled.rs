//! The traits of the errors that a generated crate declares.

use aws_smithy_runtime_api::client::result::CreateUnhandledError;
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};

/// The enum of the errors that one operation models.
#[doc(hidden)]
pub trait OperationError: ProvideErrorMetadata + CreateUnhandledError + Sized {
    /// Whether the operation models an error.
    const IS_MODELED: bool;

    /// Creates an error that is known by its metadata only.
    fn generic(meta: ErrorMetadata) -> Self;
}

/// A structure of the model that is an error.
#[doc(hidden)]
pub trait ModeledError: Sized {
    /// Stores the code, the message and the request id of the response. The message is also that of the error, if the error has
    /// none of its own.
    fn set_meta(&mut self, meta: ErrorMetadata);
}

/// The key under which the metadata stores the name of an error whose code differs from its name.
pub(crate) const SHAPE: &str = "shape";

/// Returns the name by which an operation knows an error.
#[doc(hidden)]
pub fn error_name(meta: &ErrorMetadata) -> Option<&str> {
    meta.extra(SHAPE).or(meta.code())
}
