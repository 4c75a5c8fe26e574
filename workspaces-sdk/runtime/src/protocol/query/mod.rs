//! awsQuery: a request is a form, and a response is XML.
//!
//! The [Smithy documentation](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html) specifies it.

mod choices;
mod error;
mod members;
mod string_enum;

#[cfg(test)]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "the macros declare types of a generated crate"
)]
mod tests;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_types::request_id::RequestId;
use http::header::CONTENT_TYPE;

#[cfg(feature = "presigning")]
use super::RequestBody;
use super::{
    DeserializeModeledError, DeserializeOperationError, Messages, Protocol, SerializedRequest,
    body_of, error_response,
};
use crate::codec::form::{Encode, Encoder};
use crate::codec::layout::Layout;
use crate::codec::xml::{Decode, DecodeError, Decoder};
use crate::error::modeled::ModeledError;
use crate::service_metadata::ServiceMetadata;

/// awsQuery.
#[doc(hidden)]
#[derive(Debug)]
pub enum AwsQuery {}

impl Protocol for AwsQuery {
    fn add_headers(
        headers: &mut Headers,
        _operation: &'static str,
        _service: &ServiceMetadata,
    ) -> Result<(), BoxError> {
        headers.insert(CONTENT_TYPE, "application/x-www-form-urlencoded");
        Ok(())
    }

    /// The form becomes the query of a GET request.
    #[cfg(feature = "presigning")]
    fn without_body(message: SerializedRequest) -> Result<SerializedRequest, BoxError> {
        let RequestBody::Bytes(form) = &message.body else {
            return Err("the body is not a form".into());
        };
        Ok(SerializedRequest {
            method: "GET",
            uri: format!("?{}", std::str::from_utf8(form)?).into(),
            headers: message.headers,
            body: RequestBody::default(),
        })
    }

    fn error_metadata(response: &HttpResponse, service: &ServiceMetadata) -> ErrorMetadata {
        error_response::error_metadata(response, service, error::error_body)
    }

    fn request_id(response: &HttpResponse) -> Option<String> {
        match response.request_id() {
            Some(id) => Some(id.to_owned()),
            None => error::request_id(body_of(response)),
        }
    }
}

impl<I: Encode, O: Decode, E: DeserializeOperationError<Self>> Messages<I, O, E> for AwsQuery {
    fn serialize(
        input: I,
        operation: &'static str,
        service: &ServiceMetadata,
    ) -> Result<SerializedRequest, BoxError> {
        let mut out = Encoder::new();
        out.member("Action", operation, &Layout::DEFAULT);
        out.member("Version", service.api_version, &Layout::DEFAULT);
        input.encode(&mut out, &Layout::DEFAULT);
        Ok(SerializedRequest::post(out.into_bytes()))
    }

    fn deserialize(response: &mut HttpResponse, operation: &'static str) -> Result<O, BoxError> {
        Ok(output(body_of(response), operation)?)
    }

    fn deserialize_error(meta: ErrorMetadata, response: &mut HttpResponse) -> Result<E, BoxError> {
        E::deserialize_operation_error(meta, response)
    }
}

impl<E: ModeledError + Decode> DeserializeModeledError<AwsQuery> for E {
    fn deserialize_modeled_error(
        meta: ErrorMetadata,
        response: &mut HttpResponse,
    ) -> Result<Self, BoxError> {
        let text = String::from_utf8_lossy(body_of(response));
        let mut input = Decoder::new(text.as_bytes())?;
        let mut error: E = match error::enter(&mut input) {
            Ok(true) => E::decode(&mut input, &Layout::DEFAULT)?,
            _ => Decoder::new(b"")?.empty_element()?,
        };
        error.set_meta(meta);
        Ok(error)
    }
}

/// Decodes the output of an operation: the element `FooResult` in the root element `FooResponse`. Without that element, or
/// with a body of white space, the output has no members.
fn output<O: Decode>(body: &[u8], operation: &str) -> Result<O, DecodeError> {
    let mut input = Decoder::new(body)?;
    if body.trim_ascii().is_empty() {
        return input.empty_element();
    }
    let root = input.root()?;
    if root.strip_suffix("Response") != Some(operation) {
        return Err(input.expected_but("the response of the operation", "another element"));
    }
    let mut output = None;
    while let Some(name) = input.child()? {
        match name.strip_suffix("Result") {
            Some(name) if name == operation => {
                output = Some(O::decode(&mut input, &Layout::DEFAULT)?);
            }
            _ => input.skip()?,
        }
    }
    input.finish()?;
    match output {
        Some(output) => Ok(output),
        None => input.empty_element(),
    }
}
