//! The boundary between operations and bytes: a protocol serializes inputs and deserializes outputs and errors.
//!
//! [`Protocol`] is what a protocol does for all operations of a service, [`Messages`] what it does for one. The rest of
//! the runtime sees a [`SerializedRequest`] and an HTTP response, and knows no encoding.
//!
//! | protocol | module | feature | bodies of requests | bodies of responses |
//! |---|---|---|---|---|
//! | awsJson 1.0 and 1.1 | `aws_json` | `aws-json` | JSON | JSON |
//! | restJson1 | `rest_json` | `rest-json` | JSON, or one member | JSON, or one member |
//! | restXml | `rest_xml` | `rest-xml` | XML, or one member | XML, or one member |
//! | rpcv2Cbor | `rpc_v2_cbor` | `rpc-v2-cbor` | CBOR | CBOR |
//! | awsQuery | `query` | `aws-query` | a form | XML |
//! | ec2Query | `query` | `ec2-query` | a form | XML |
//!
//! The REST protocols share the module `bindings`, those with JSON `json_error`, and those with XML `xml_error`.
//!
//! To add a protocol:
//!
//! 1. Implement both traits in a file of this folder. What several protocols share, such as the bindings of members to
//!    the path, the query and the headers of a request, is a file of its own beside them.
//! 2. If no codec has its encoding, add one to [`codec`](crate::codec).
//! 3. Write how it reads the code and the message in the body of an error, an `ErrorBody`. Where else they can be is the same
//!    for all protocols, see the module `error_response`.
//! 4. Declare a feature in `Cargo.toml`, which is the condition of both modules and of what [`codegen`](crate::codegen)
//!    exports from them.
//! 5. If a request needs a fact about the service that is not known yet, add it to [`ServiceMetadata`].

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_types::request_id::RequestId;

use crate::service_metadata::ServiceMetadata;

#[cfg(feature = "aws-json")]
mod aws_json;
#[cfg(any(feature = "rest-json", feature = "rest-xml"))]
pub(crate) mod bindings;
#[cfg(any(
    feature = "aws-json",
    feature = "aws-query",
    feature = "ec2-query",
    feature = "rest-json",
    feature = "rest-xml",
    feature = "rpc-v2-cbor"
))]
mod error_response;
#[cfg(any(feature = "aws-json", feature = "rest-json"))]
mod json_error;
mod message;
#[cfg(any(feature = "aws-query", feature = "ec2-query"))]
mod query;
#[cfg(feature = "rest-json")]
pub(crate) mod rest_json;
#[cfg(feature = "rest-xml")]
pub(crate) mod rest_xml;
#[cfg(feature = "rpc-v2-cbor")]
mod rpc_v2_cbor;
#[cfg(any(feature = "aws-query", feature = "ec2-query", feature = "rest-xml"))]
mod xml_error;

#[cfg(feature = "aws-json")]
pub use aws_json::{AwsJson1_0, AwsJson1_1};
pub use message::{RequestBody, SerializedRequest, body_of};
#[cfg(feature = "aws-query")]
pub use query::AwsQuery;
#[cfg(feature = "ec2-query")]
pub use query::Ec2Query;
#[cfg(feature = "rpc-v2-cbor")]
pub use rpc_v2_cbor::RpcV2Cbor;

/// A protocol.
#[doc(hidden)]
pub trait Protocol {
    /// The code of the protocol in the user agent, if it has one.
    const FEATURE: Option<&'static str> = None;

    /// Adds the headers that do not depend on the input.
    ///
    /// # Errors
    /// When the metadata of the service is not valid in a header.
    fn add_headers(
        headers: &mut Headers,
        operation: &'static str,
        service: &ServiceMetadata,
    ) -> Result<(), BoxError>;

    /// Turns a request into one without a body, which can be presigned.
    ///
    /// # Errors
    /// When the protocol has no such requests.
    #[cfg(feature = "presigning")]
    fn without_body(message: SerializedRequest) -> Result<SerializedRequest, BoxError> {
        Ok(message)
    }

    /// Reads the code, the message and the request id of an error response, whose body has been collected.
    ///
    /// It returns what it can read, even if the body is malformed.
    fn error_metadata(response: &HttpResponse, service: &ServiceMetadata) -> ErrorMetadata;

    /// Whether a response with a successful status contains an error.
    fn is_error(_response: &HttpResponse) -> bool {
        false
    }

    /// Returns the request id of a successful response, whose body has been collected.
    fn request_id(response: &HttpResponse) -> Option<String> {
        response.request_id().map(str::to_owned)
    }
}

/// How a protocol writes and reads the messages of one operation: its input, its output and its error.
#[doc(hidden)]
pub trait Messages<I, O, E>: Protocol {
    /// Serializes the input of the operation with that name.
    ///
    /// # Errors
    /// When the input lacks a member that the request needs, such as a part of the path.
    fn serialize(
        input: I,
        operation: &'static str,
        service: &ServiceMetadata,
    ) -> Result<SerializedRequest, BoxError>;

    /// Deserializes the output of the operation with that name from a successful response, whose body has been collected
    /// unless a member is a stream.
    ///
    /// # Errors
    /// When the response is malformed or does not match the model.
    fn deserialize(response: &mut HttpResponse, operation: &'static str) -> Result<O, BoxError>;

    /// Deserializes a modeled error from an error response with this metadata.
    ///
    /// # Errors
    /// When the response is malformed or does not match the model.
    fn deserialize_error(meta: ErrorMetadata, response: &mut HttpResponse) -> Result<E, BoxError>;
}

/// An error structure of the model that a protocol can read.
#[doc(hidden)]
pub trait DeserializeModeledError<P>: Sized {
    /// Deserializes the error and stores its metadata.
    ///
    /// # Errors
    /// When the response is malformed or does not match the model.
    fn deserialize_modeled_error(
        meta: ErrorMetadata,
        response: &mut HttpResponse,
    ) -> Result<Self, BoxError>;
}

/// The error of an operation, an enum of error structures, that a protocol can read.
#[doc(hidden)]
pub trait DeserializeOperationError<P>: Sized {
    /// Deserializes the error that the metadata names.
    ///
    /// # Errors
    /// When the response is malformed or does not match the model.
    fn deserialize_operation_error(
        meta: ErrorMetadata,
        response: &mut HttpResponse,
    ) -> Result<Self, BoxError>;
}

#[cfg(any(
    feature = "aws-json",
    feature = "aws-query",
    feature = "ec2-query",
    feature = "rpc-v2-cbor"
))]
impl SerializedRequest {
    /// A request that has everything in its body, as those of RPC protocols.
    fn post(body: Vec<u8>) -> Self {
        Self {
            method: "POST",
            uri: "".into(),
            headers: Vec::new(),
            body: body.into(),
        }
    }
}
