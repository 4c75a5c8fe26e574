//! The errors of calls: what they have in common, whatever the operation and the protocol.

use std::fmt;

pub use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::CreateUnhandledError;
pub use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
pub use aws_smithy_types::error::display::DisplayErrorContext;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use aws_smithy_types::error::operation::BuildError;

use crate::operation::ServiceMetadata;
use crate::orchestrator::Failure;

mod kind;
mod macros;

pub use kind::{Kind, Known, fmt_kind, meta_of, source_of};

/// Reads the metadata of an error response, as the protocol defines it.
pub(crate) type ReadMetadata =
    fn(&HttpResponse, &ServiceMetadata) -> Result<ErrorMetadata, BoxError>;

/// Returns a successful response, and a failure for any other.
///
/// # Errors
/// A service error with the metadata of the response; a response error when the response has no error code or its body
/// is malformed.
pub(crate) fn check(
    response: HttpResponse,
    service: &ServiceMetadata,
    read_metadata: ReadMetadata,
) -> Result<HttpResponse, Failure> {
    if response.status().is_success() {
        return Ok(response);
    }
    match read_metadata(&response, service) {
        Ok(meta) if meta.code().is_some() => Err(SdkError::service_error(meta, response)),
        Ok(_) => {
            let message = format!(
                "the response has status {} and no error code",
                response.status()
            );
            Err(SdkError::response_error(message, response))
        }
        Err(source) => Err(SdkError::response_error(source, response)),
    }
}

/// The key under which the metadata hold the name of an error whose code is another one.
pub(crate) const SHAPE: &str = "shape";

/// The name by which an operation knows an error.
#[doc(hidden)]
pub fn name(meta: &ErrorMetadata) -> Option<&str> {
    meta.extra(SHAPE).or(meta.code())
}

/// An error that the operation does not model, or that did not come from the service.
///
/// The error around it gives the code and the message, by
/// [`ProvideErrorMetadata`](aws_smithy_types::error::metadata::ProvideErrorMetadata).
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

    /// Displays the error around it.
    #[doc(hidden)]
    pub fn fmt_outer(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.meta.code() {
            Some(code) => write!(f, "unhandled error ({code})"),
            None => f.write_str("unhandled error"),
        }
    }
}

/// The enum of the errors that one operation models.
#[doc(hidden)]
pub trait OperationError: ProvideErrorMetadata + CreateUnhandledError + Sized {
    /// An error that is known by its metadata only.
    fn generic(meta: ErrorMetadata) -> Self;
}

/// A structure of the model that is an error.
#[doc(hidden)]
pub trait ModeledError: Sized {
    /// Stores the code, the message and the request id of the response.
    fn set_meta(&mut self, meta: ErrorMetadata);
}
