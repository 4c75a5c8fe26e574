//! The code that the error enums of all operations share. It is compiled once.

use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};

use super::Unhandled;

/// The content of an operation's error: an error of the model, or an unhandled error.
#[doc(hidden)]
pub type Kind<'a> = Result<&'a (dyn Known + 'static), &'a Unhandled>;

/// Any error of the model.
#[doc(hidden)]
pub trait Known: std::error::Error + ProvideErrorMetadata {}

impl<E: std::error::Error + ProvideErrorMetadata> Known for E {}

/// The metadata of an error.
#[doc(hidden)]
pub fn meta_of(kind: Kind<'_>) -> &ErrorMetadata {
    match kind {
        Ok(known) => known.meta(),
        Err(unhandled) => unhandled.meta(),
    }
}

/// Displays an error.
#[doc(hidden)]
pub fn fmt_kind(kind: Kind<'_>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    match kind {
        Ok(known) => std::fmt::Display::fmt(known, f),
        Err(unhandled) => unhandled.fmt_outer(f),
    }
}

/// The source of an error.
#[doc(hidden)]
pub fn source_of(kind: Kind<'_>) -> &(dyn std::error::Error + 'static) {
    match kind {
        Ok(known) => known,
        Err(unhandled) => unhandled.source(),
    }
}
