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

/// The message of an error: a `String` if the model requires it, and otherwise an `Option`.
#[doc(hidden)]
pub trait Message {
    /// Returns the message, if there is one.
    fn text(&self) -> Option<&str>;

    /// Sets the message, unless there is one.
    fn fill(&mut self, text: Option<&str>);
}

impl Message for Option<String> {
    fn text(&self) -> Option<&str> {
        self.as_deref()
    }

    fn fill(&mut self, text: Option<&str>) {
        if self.is_none() {
            *self = text.map(str::to_owned);
        }
    }
}

impl Message for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }

    fn fill(&mut self, text: Option<&str>) {
        if self.is_empty() {
            text.unwrap_or_default().clone_into(self);
        }
    }
}

/// The key under which the metadata stores the name of an error whose code differs from its name.
pub(crate) const SHAPE: &str = "shape";

/// Returns the name by which an operation knows an error.
#[doc(hidden)]
pub fn error_name(meta: &ErrorMetadata) -> Option<&str> {
    meta.extra(SHAPE).or(meta.code())
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn a_message_is_filled_only_if_there_is_none() {
        for (own, meta, expected) in [("", Some("m"), "m"), ("o", Some("m"), "o"), ("", None, "")] {
            let mut required = own.to_owned();
            required.fill(meta);
            assert_eq!(required.text(), Some(expected));
            let mut optional = Some(own.to_owned()).filter(|it| !it.is_empty());
            optional.fill(meta);
            assert_eq!(optional.text().unwrap_or_default(), expected);
        }
    }
}
