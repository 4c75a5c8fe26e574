//! restJson1: members in the path, the query, the headers and the status, and the others in a JSON object.
//!
//! The [Smithy documentation](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html) specifies it.

mod body;
mod string_enum;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::error::metadata::ErrorMetadata;

use super::bindings::{Request, Response, modeled_error};
use super::json_error::{error_body, error_object};
use super::{
    DeserializeModeledError, DeserializeOperationError, Messages, Protocol, SerializedRequest,
    error_response,
};
use crate::error::modeled::ModeledError;
use crate::service_metadata::ServiceMetadata;

/// restJson1.
#[doc(hidden)]
#[derive(Debug)]
pub enum RestJson1 {}

impl Protocol for RestJson1 {
    fn add_headers(
        _headers: &mut Headers,
        _operation: &'static str,
        _service: &ServiceMetadata,
    ) -> Result<(), BoxError> {
        Ok(())
    }

    fn error_metadata(response: &HttpResponse, service: &ServiceMetadata) -> ErrorMetadata {
        error_response::error_metadata(response, service, error_body)
    }
}

impl<I: Request, O: Response, E: DeserializeOperationError<Self>> Messages<I, O, E> for RestJson1 {
    fn serialize(
        input: I,
        _operation: &'static str,
        _service: &ServiceMetadata,
    ) -> Result<SerializedRequest, BoxError> {
        input.serialize()
    }

    fn deserialize(response: &mut HttpResponse, _operation: &'static str) -> Result<O, BoxError> {
        O::deserialize(response)
    }

    fn deserialize_error(meta: ErrorMetadata, response: &mut HttpResponse) -> Result<E, BoxError> {
        E::deserialize_operation_error(meta, response)
    }
}

impl<E: ModeledError + Response> DeserializeModeledError<RestJson1> for E {
    fn deserialize_modeled_error(
        meta: ErrorMetadata,
        response: &mut HttpResponse,
    ) -> Result<Self, BoxError> {
        modeled_error(meta, response, error_object)
    }
}

/// The content type of a body of JSON.
pub const JSON: &str = "application/json";
