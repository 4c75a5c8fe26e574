//! awsJson 1.0 and 1.1: every message is a JSON object, and a header names the operation.
//!
//! The [Smithy documentation](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html) specifies both versions.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_types::request_id::apply_request_id;
use http::HeaderName;
use http::header::CONTENT_TYPE;

use super::{
    DeserializeModeledError, DeserializeOperationError, Messages, Protocol, SerializedRequest,
};
use crate::codec::json::{self, Decode, DecodeError, Decoder, Encode};
use crate::error::modeled::{ModeledError, SHAPE};
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
                ) -> Result<ErrorMetadata, BoxError> {
                    Ok(error_metadata(response, service.query_compatible)?)
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
                    let mut error: E = json::decode_first(body_of(response))?;
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

/// Reads the code, the message and the request id of an error response.
fn error_metadata(
    response: &HttpResponse,
    query_compatible: bool,
) -> Result<ErrorMetadata, DecodeError> {
    let envelope: Envelope = json::decode_first(body_of(response))?;
    let header = response.headers().get("x-amzn-errortype");
    let code = header
        .or(envelope.code.as_deref())
        .or(envelope.shape.as_deref())
        .map(bare_code);
    let mut meta = ErrorMetadata::builder();
    let code = code.filter(|code| !code.is_empty());
    let query_code = response.headers().get(QUERY_ERROR).map(first_part);
    if let Some(query_code) = query_code.filter(|code| query_compatible && !code.is_empty()) {
        meta = meta.code(query_code);
        if let Some(code) = code {
            meta = meta.custom(SHAPE, code);
        }
    } else if let Some(code) = code {
        meta = meta.code(code);
    }
    if let Some(message) = envelope.message {
        meta = meta.message(message);
    }
    Ok(apply_request_id(meta, response.headers()).build())
}

/// The header in which a service that used to speak the query protocol sends the code that an error had in that
/// protocol, and whose fault the error is: `AWS.Service.Code;Sender`.
const QUERY_ERROR: &str = "x-amzn-query-error";

fn first_part(header: &str) -> &str {
    header.split_once(';').map_or(header, |(code, _)| code)
}

/// The name in a code such as `aws.protocoltests#FooError:http://internal.amazon.com/`.
fn bare_code(code: &str) -> &str {
    let code = code.split_once(':').map_or(code, |(code, _)| code);
    code.split_once('#').map_or(code, |(_, code)| code)
}

/// The members that the bodies of all errors have in common.
///
/// Decoding is lenient, so that no code is lost: members that are not strings are skipped, and so is a body that is JSON
/// but not an object.
#[derive(Default)]
struct Envelope {
    code: Option<String>,
    shape: Option<String>,
    message: Option<String>,
}

impl Decode for Envelope {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut envelope = Self::default();
        if !input.object_or_skip()? {
            return Ok(envelope);
        }
        while let Some(name) = input.member()? {
            match &*name {
                "code" => envelope.code = input.string_or_skip()?,
                "__type" => envelope.shape = input.string_or_skip()?,
                "message" | "Message" | "errorMessage" => {
                    envelope.message = input.string_or_skip()?.or(envelope.message);
                }
                _ => input.skip()?,
            }
        }
        Ok(envelope)
    }
}
