//! awsJson 1.0 and 1.1: every message is a JSON object, and a header names the operation.
//!
//! The [Smithy documentation](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html) specifies both versions.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::error::metadata::ErrorMetadata;
use http::HeaderName;
use http::header::CONTENT_TYPE;

use super::error_response;
use super::json_error::{error_body, error_object};
use super::{
    DeserializeModeledError, DeserializeOperationError, Messages, Protocol, SerializedRequest,
    body_of,
};
use crate::codec::json::{self, Decode, Encode};
use crate::error::modeled::ModeledError;
use crate::headers::QUERY_MODE;
use crate::service_metadata::ServiceMetadata;

/// The header that names the operation.
const TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// Declares the versions of the protocol, which differ in their content type.
macro_rules! versions {
    ($($(#[$doc:meta])* $name:ident: $content_type:literal;)*) => {
        $(
            $(#[$doc])*
            #[doc(hidden)]
            #[derive(Debug)]
            pub enum $name {}

            impl $name {
                /// The content type of requests and responses.
                pub const CONTENT_TYPE: &'static str = $content_type;
            }

            impl Protocol for $name {
                fn add_headers(
                    headers: &mut Headers,
                    operation: &'static str,
                    service: &ServiceMetadata,
                ) -> Result<(), BoxError> {
                    headers.insert(CONTENT_TYPE, Self::CONTENT_TYPE);
                    add_headers(headers, operation, service)
                }

                fn error_metadata(
                    response: &HttpResponse,
                    service: &ServiceMetadata,
                ) -> ErrorMetadata {
                    error_response::error_metadata(response, service, error_body)
                }
            }

            impl<I: Encode, O: Decode, E: DeserializeOperationError<Self>> Messages<I, O, E> for $name {
                fn serialize(
                    input: I,
                    _operation: &'static str,
                    _service: &ServiceMetadata,
                ) -> Result<SerializedRequest, BoxError> {
                    Ok(SerializedRequest::post(json::encode(&input)))
                }

                fn deserialize(
                    response: &mut HttpResponse,
                    _operation: &'static str,
                ) -> Result<O, BoxError> {
                    Ok(json::decode(body_of(response))?)
                }

                fn deserialize_error(
                    meta: ErrorMetadata,
                    response: &mut HttpResponse,
                ) -> Result<E, BoxError> {
                    E::deserialize_operation_error(meta, response)
                }
            }

            impl<E: ModeledError + Decode> DeserializeModeledError<$name> for E {
                fn deserialize_modeled_error(
                    meta: ErrorMetadata,
                    response: &mut HttpResponse,
                ) -> Result<Self, BoxError> {
                    let mut error: E = json::decode_first(error_object(response).as_bytes())?;
                    error.set_meta(meta);
                    Ok(error)
                }
            }
        )*
    };
}

versions! {
    /// awsJson 1.0.
    AwsJson1_0: "application/x-amz-json-1.0";
    /// awsJson 1.1.
    AwsJson1_1: "application/x-amz-json-1.1";
}

/// Adds the headers that both versions have in common.
fn add_headers(
    headers: &mut Headers,
    operation: &str,
    service: &ServiceMetadata,
) -> Result<(), BoxError> {
    let target = [service.target_prefix, operation].join(".");
    headers.try_insert(TARGET, target)?;
    if service.query_compatible {
        headers.insert(QUERY_MODE, "true");
    }
    Ok(())
}
