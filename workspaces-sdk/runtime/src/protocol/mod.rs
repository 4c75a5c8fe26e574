//! The boundary between operations and bytes: a protocol serializes inputs and deserializes outputs and errors.
//!
//! [`Protocol`] is what holds for all operations of a service, [`Messages`] what holds for one. The rest of the runtime
//! sees a [`SerializedRequest`] and an HTTP response, and knows no encoding. A new protocol is a file in this folder, on
//! top of a codec of [`codec`](crate::codec).

use std::borrow::Cow;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::metadata::ErrorMetadata;

use crate::operation::{Operation, ServiceMetadata};

#[cfg(feature = "aws-json")]
mod aws_json;

#[cfg(feature = "aws-json")]
pub use aws_json::{AwsJson1_0, AwsJson1_1};

/// A protocol.
#[doc(hidden)]
pub trait Protocol {
    /// Reads the code, the message and the request id of an error response, whose body has been collected.
    ///
    /// # Errors
    /// When the body is malformed.
    fn error_metadata(
        response: &HttpResponse,
        service: &ServiceMetadata,
    ) -> Result<ErrorMetadata, BoxError>;
}

/// How a protocol writes and reads the messages of one operation.
#[doc(hidden)]
pub trait Messages<I: Operation>: Protocol {
    /// Serializes an input.
    ///
    /// # Errors
    /// When the input lacks a member without which there is no request, such as a part of the path.
    fn serialize(input: &I, service: &ServiceMetadata) -> Result<SerializedRequest, BoxError>;

    /// Deserializes the output from a successful response, whose body has been collected.
    ///
    /// # Errors
    /// When the response is malformed or does not match the model.
    fn deserialize(response: &HttpResponse) -> Result<I::Output, BoxError>;

    /// Deserializes a modeled error from an error response with this metadata.
    ///
    /// # Errors
    /// When the response is malformed or does not match the model.
    fn deserialize_error(
        meta: ErrorMetadata,
        response: &HttpResponse,
    ) -> Result<I::Error, BoxError>;
}

/// An error of the model that a protocol can read.
#[doc(hidden)]
pub trait DeserializeError<P>: Sized {
    /// Deserializes the error and stores its metadata.
    ///
    /// # Errors
    /// When the response is malformed or does not match the model.
    fn deserialize_error(meta: ErrorMetadata, response: &HttpResponse) -> Result<Self, BoxError>;
}

/// An enum of modeled errors that a protocol can read.
#[doc(hidden)]
pub trait DeserializeErrors<P>: Sized {
    /// Deserializes the error that the metadata names.
    ///
    /// # Errors
    /// When the response is malformed or does not match the model.
    fn deserialize_errors(meta: ErrorMetadata, response: &HttpResponse) -> Result<Self, BoxError>;
}

/// The part of an HTTP request that follows from the input.
#[doc(hidden)]
#[derive(Debug)]
pub struct SerializedRequest {
    /// The method.
    pub method: &'static str,
    /// The path and the query, relative to the endpoint and without a leading slash.
    pub uri: Cow<'static, str>,
    /// Names in lower case, and values.
    pub headers: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    /// The body.
    pub body: Vec<u8>,
}

/// The body of a response, which has been collected.
#[cfg(feature = "aws-json")]
pub(crate) fn body_of(response: &HttpResponse) -> &[u8] {
    response.body().bytes().unwrap_or_default()
}
