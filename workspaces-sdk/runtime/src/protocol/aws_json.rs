//! awsJson 1.0 and 1.1: every message is a JSON object, and a header names the operation.
//!
//! The [Smithy documentation](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html) specifies both versions.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_types::request_id::apply_request_id;

use super::{DeserializeError, DeserializeErrors, Messages, Protocol, SerializedRequest, body_of};
use crate::codec::json::{self, Decode, DecodeError, Decoder, Encode};
use crate::error::{ModeledError, SHAPE};
use crate::operation::{Operation, ServiceMetadata};

/// A version of the protocol.
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
                fn error_metadata(
                    response: &HttpResponse,
                    service: &ServiceMetadata,
                ) -> Result<ErrorMetadata, BoxError> {
                    Ok(error_metadata(response, service.query_compatible)?)
                }
            }

            impl<I> Messages<I> for $name
            where
                I: Operation<Output: Decode, Error: DeserializeErrors<Self>> + Encode,
            {
                fn serialize(
                    input: &I,
                    service: &ServiceMetadata,
                ) -> Result<SerializedRequest, BoxError> {
                    Ok(serialized(json::encode(input), I::NAME, Self::CONTENT_TYPE, service))
                }

                fn deserialize(response: &HttpResponse) -> Result<I::Output, BoxError> {
                    Ok(json::decode(body_of(response))?)
                }

                fn deserialize_error(
                    meta: ErrorMetadata,
                    response: &HttpResponse,
                ) -> Result<I::Error, BoxError> {
                    I::Error::deserialize_errors(meta, response)
                }
            }

            impl<E: ModeledError + Decode> DeserializeError<$name> for E {
                fn deserialize_error(
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

/// The request with a body that is JSON.
fn serialized(
    body: Vec<u8>,
    operation: &str,
    content_type: &'static str,
    service: &ServiceMetadata,
) -> SerializedRequest {
    let target = [service.target_prefix, operation].join(".");
    let mut headers = Vec::with_capacity(3);
    headers.push(("content-type".into(), content_type.into()));
    headers.push(("x-amz-target".into(), target.into()));
    if service.query_compatible {
        headers.push(("x-amzn-query-mode".into(), "true".into()));
    }
    SerializedRequest {
        method: "POST",
        uri: "".into(),
        headers,
        body,
    }
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
