//! The errors of calls, independent of the operation and the protocol.

use std::fmt;

pub use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
pub use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
pub use aws_smithy_types::error::display::DisplayErrorContext;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use aws_smithy_types::error::operation::BuildError;

pub(crate) mod kind;
mod macros;
pub(crate) mod modeled;

/// The failure of a call before the error that the operation models is deserialized. Of an error response, only the
/// metadata has been read.
pub(crate) type Failure = SdkError<ErrorMetadata, HttpResponse>;

/// Creates the failure of a request that has been built but not sent.
pub(crate) fn not_sent(source: BoxError) -> Failure {
    SdkError::dispatch_failure(ConnectorError::other(source, None))
}

/// An error that the operation does not model, or that did not come from the service.
///
/// The error that contains it provides the code and the message, through [`ProvideErrorMetadata`].
#[derive(Debug)]
pub struct Unhandled {
    source: BoxError,
    meta: ErrorMetadata,
}

impl Unhandled {
    #[doc(hidden)]
    pub fn new(source: impl Into<BoxError>, meta: ErrorMetadata) -> Self {
        Self {
            source: source.into(),
            meta,
        }
    }

    #[doc(hidden)]
    pub fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }

    #[doc(hidden)]
    pub fn source(&self) -> &(dyn std::error::Error + 'static) {
        &*self.source
    }

    /// Formats the error that contains this one.
    #[doc(hidden)]
    pub fn fmt_outer(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.meta.code() {
            Some(code) => write!(f, "unhandled error ({code})"),
            None => f.write_str("unhandled error"),
        }
    }
}
