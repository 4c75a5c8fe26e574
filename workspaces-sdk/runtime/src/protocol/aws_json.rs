//! awsJson 1.0 and 1.1: every message is a JSON object, and a header names the operation.
//!
//! The [Smithy documentation](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html) specifies both versions.

use std::borrow::Cow;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::error::metadata::ErrorMetadata;
use http::HeaderName;
use http::header::CONTENT_TYPE;

use super::error_response::{self, ErrorBody};
use super::{
    DeserializeModeledError, DeserializeOperationError, Messages, Protocol, SerializedRequest,
};
use crate::codec::json::{self, Decode, DecodeError, Decoder, Encode};
use crate::error::modeled::ModeledError;
use crate::service_metadata::ServiceMetadata;

/// The header that names the operation.
const TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// The header that asks for the error codes of the query protocol.
const QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");

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
                    input: &I,
                    _operation: &'static str,
                    _service: &ServiceMetadata,
                ) -> Result<SerializedRequest, BoxError> {
                    Ok(serialized(json::encode(input)))
                }

                fn deserialize(response: &HttpResponse) -> Result<O, BoxError> {
                    Ok(json::decode(body_of(response))?)
                }

                fn deserialize_error(
                    meta: ErrorMetadata,
                    response: &HttpResponse,
                ) -> Result<E, BoxError> {
                    E::deserialize_operation_error(meta, response)
                }
            }

            impl<E: ModeledError + Decode> DeserializeModeledError<$name> for E {
                fn deserialize_modeled_error(
                    meta: ErrorMetadata,
                    response: &HttpResponse,
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

/// Returns the request with this body.
fn serialized(body: Vec<u8>) -> SerializedRequest {
    SerializedRequest {
        method: "POST",
        uri: "".into(),
        headers: Vec::new(),
        body,
    }
}

/// The body of a response, which has been collected.
fn body_of(response: &HttpResponse) -> &[u8] {
    response.body().bytes().unwrap_or_default()
}

/// Returns the object that the body of an error response starts with, or an empty one if the body is something else, such as
/// the page of a proxy. The code of the error may be in a header.
fn error_object(response: &HttpResponse) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(body_of(response));
    match text.trim_start().starts_with('{') {
        true => text,
        false => "{}".into(),
    }
}

/// Reads the code and the message in the body of an error, as far as it is JSON.
fn error_body(text: &str) -> ErrorBody {
    let mut body = ErrorBody::default();
    let read =
        Decoder::new(text.as_bytes()).and_then(|mut input| read_members(&mut input, &mut body));
    body.is_readable = read.is_ok();
    body
}

/// Reads the members that the bodies of all errors have in common.
///
/// Members that are not strings are skipped, and so is a body that is JSON but not an object. Bytes after the object are
/// ignored.
fn read_members(input: &mut Decoder<'_>, body: &mut ErrorBody) -> Result<(), DecodeError> {
    if !input.object_or_skip()? {
        return Ok(());
    }
    while let Some(name) = input.member()? {
        let [code, shape] = &mut body.codes;
        match &*name {
            "code" | "Code" => *code = input.string_or_skip()?,
            "__type" => *shape = input.string_or_skip()?,
            name if is_message(name) => {
                body.message = input.string_or_skip()?.or(body.message.take());
            }
            _ => input.skip()?,
        }
    }
    Ok(())
}

/// Whether a member is the message. Services spell it `message`, `Message`, `errorMessage` or `error_message`.
fn is_message(name: &str) -> bool {
    ["message", "errorMessage", "error_message"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}
