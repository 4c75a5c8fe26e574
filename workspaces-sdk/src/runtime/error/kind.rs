//! What the errors of all operations have in common, whatever they model.

use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};

use super::Unhandled;

/// What the error of an operation holds: an error of the model, or none.
pub(crate) type Kind<'a> = Result<&'a (dyn Known + 'static), &'a Unhandled>;

/// An error of the model, whichever it is.
pub(crate) trait Known: std::error::Error + ProvideErrorMetadata {}

impl<E: std::error::Error + ProvideErrorMetadata> Known for E {}

/// The metadata of an error.
pub(crate) fn meta_of(kind: Kind<'_>) -> &ErrorMetadata {
    match kind {
        Ok(known) => known.meta(),
        Err(unhandled) => &unhandled.meta,
    }
}

/// How an error is displayed.
pub(crate) fn show(kind: Kind<'_>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    match kind {
        Ok(known) => std::fmt::Display::fmt(known, f),
        Err(unhandled) => unhandled.show(f),
    }
}

/// What is behind an error.
pub(crate) fn source_of(kind: Kind<'_>) -> &(dyn std::error::Error + 'static) {
    match kind {
        Ok(known) => known,
        Err(unhandled) => &*unhandled.source,
    }
}
