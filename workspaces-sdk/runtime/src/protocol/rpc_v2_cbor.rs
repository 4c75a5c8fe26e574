//! rpcv2Cbor: every message is a CBOR map, and the path names the operation.
//!
//! The [Smithy documentation](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html) specifies it.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::error::metadata::ErrorMetadata;
use http::HeaderName;
use http::header::{ACCEPT, CONTENT_TYPE};

use super::error_response::{self, ErrorBody};
use super::{
    DeserializeModeledError, DeserializeOperationError, Messages, Protocol, SerializedRequest,
    body_of,
};
use crate::codec::cbor::{self, Decode, DecodeError, Decoder, Encode};
use crate::error::modeled::ModeledError;
use crate::headers::QUERY_MODE;
use crate::service_metadata::ServiceMetadata;

/// The header that names the protocol, in requests and in responses.
const PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");

/// The value of that header.
const NAME: &str = "rpc-v2-cbor";

/// The content type of requests and responses.
const CBOR: &str = "application/cbor";

/// rpcv2Cbor.
#[doc(hidden)]
#[derive(Debug)]
pub enum RpcV2Cbor {}

impl Protocol for RpcV2Cbor {
    const FEATURE: Option<&'static str> = Some(crate::user_agent::feature::CBOR);

    fn add_headers(
        headers: &mut Headers,
        _operation: &'static str,
        service: &ServiceMetadata,
    ) -> Result<(), BoxError> {
        headers.insert(PROTOCOL, NAME);
        headers.insert(ACCEPT, CBOR);
        if service.query_compatible {
            headers.insert(QUERY_MODE, "true");
        }
        Ok(())
    }

    #[cfg(feature = "presigning")]
    fn without_body(_message: SerializedRequest) -> Result<SerializedRequest, BoxError> {
        Err(
            "requests of this protocol cannot be presigned, because everything is in their body"
                .into(),
        )
    }

    /// The header `x-amzn-errortype` is ignored, as the specification says. Only the text of a response that is not of the
    /// protocol, such as the page of a proxy, is its message.
    fn error_metadata(response: &HttpResponse, service: &ServiceMetadata) -> ErrorMetadata {
        let mut body = ErrorBody::default();
        let is_read = has_protocol(response)
            && read_members(&mut Decoder::new(body_of(response)), &mut body).is_ok();
        // CBOR is no text that a person can read, and hardly ever UTF-8.
        body.is_readable = is_read || std::str::from_utf8(body_of(response)).is_err();
        error_response::metadata(response, service, None, body)
    }
}

impl<I: Encode, O: Decode, E: DeserializeOperationError<Self>> Messages<I, O, E> for RpcV2Cbor {
    fn serialize(
        input: I,
        operation: &'static str,
        service: &ServiceMetadata,
    ) -> Result<SerializedRequest, BoxError> {
        let (headers, body) = match I::IS_UNIT {
            true => (Vec::new(), Vec::new()),
            false => (vec![(CONTENT_TYPE, CBOR.into())], cbor::encode(&input)),
        };
        // The name of the service in the model is also the prefix of the operation in the awsJson protocols.
        let uri = ["service/", service.target_prefix, "/operation/", operation].concat();
        Ok(SerializedRequest {
            uri: uri.into(),
            headers,
            ..SerializedRequest::post(body)
        })
    }

    fn deserialize(response: &mut HttpResponse, _operation: &'static str) -> Result<O, BoxError> {
        if !has_protocol(response) {
            let message = "the response lacks the header `smithy-protocol: rpc-v2-cbor`, so it is not from the service";
            return Err(message.into());
        }
        Ok(cbor::decode(body_of(response))?)
    }

    fn deserialize_error(meta: ErrorMetadata, response: &mut HttpResponse) -> Result<E, BoxError> {
        E::deserialize_operation_error(meta, response)
    }
}

impl<E: ModeledError + Decode> DeserializeModeledError<RpcV2Cbor> for E {
    fn deserialize_modeled_error(
        meta: ErrorMetadata,
        response: &mut HttpResponse,
    ) -> Result<Self, BoxError> {
        let mut error: E = cbor::decode_first(body_of(response))?;
        error.set_meta(meta);
        Ok(error)
    }
}

/// Whether a response has the protocol of the request. Any other is malformed.
fn has_protocol(response: &HttpResponse) -> bool {
    response.headers().get(PROTOCOL) == Some(NAME)
}

/// Reads the members that the bodies of all errors have in common.
///
/// Members that are not strings are skipped, and so is a body that is CBOR but no map. Bytes after the map are ignored.
fn read_members(input: &mut Decoder<'_>, body: &mut ErrorBody) -> Result<(), DecodeError> {
    if !input.object_or_skip()? {
        return Ok(());
    }
    while let Some(name) = input.member()? {
        let [code, _] = &mut body.codes;
        match &*name {
            "__type" => *code = input.string_or_skip()?,
            name if name.eq_ignore_ascii_case("message") => {
                body.message = input.string_or_skip()?.or(body.message.take());
            }
            _ => input.skip()?,
        }
    }
    Ok(())
}
