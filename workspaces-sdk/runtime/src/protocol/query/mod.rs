//! awsQuery and ec2Query: a request is a form, and a response is XML.
//!
//! The Smithy documentation specifies [awsQuery](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html) and
//! [ec2Query](https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html). They differ in the names of members, which
//! the generator determines, and in these points:
//!
//! | | awsQuery | ec2Query |
//! |---|---|---|
//! | a list in a form | `A.member.1=x`, or `A.1=x` if it is flat | `A.1=x` |
//! | an empty list | `A=` | not written |
//! | an output | in the element `FooResult` of `FooResponse` | in `FooResponse` |

mod choices;
mod members;
mod request_id;
mod string_enum;

#[cfg(test)]
#[cfg(all(feature = "aws-query", feature = "ec2-query"))]
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
use http::header::CONTENT_TYPE;

#[cfg(feature = "presigning")]
use super::RequestBody;
use super::{
    DeserializeModeledError, DeserializeOperationError, Messages, Protocol, SerializedRequest,
    body_of, error_response, xml_error,
};
use crate::codec::form::{Encode, Encoder};
use crate::codec::layout::Layout;
use crate::codec::xml::{Decode, DecodeError, Decoder};
use crate::error::modeled::ModeledError;
use crate::service_metadata::ServiceMetadata;

/// Declares the protocols: the encoder of their forms, and how the output is read from a response of an operation.
macro_rules! protocols {
    ($($(#[$doc:meta])* $name:ident if $when:meta: $encoder:ident, $output:ident;)*) => {
        $(
            $(#[$doc])*
            #[cfg($when)]
            #[doc(hidden)]
            #[derive(Debug)]
            pub enum $name {}

            #[cfg($when)]
            impl Protocol for $name {
                fn add_headers(
                    headers: &mut Headers,
                    _operation: &'static str,
                    _service: &ServiceMetadata,
                ) -> Result<(), BoxError> {
                    headers.insert(CONTENT_TYPE, "application/x-www-form-urlencoded");
                    Ok(())
                }

                #[cfg(feature = "presigning")]
                fn without_body(message: SerializedRequest) -> Result<SerializedRequest, BoxError> {
                    form_in_query(message)
                }

                fn error_metadata(
                    response: &HttpResponse,
                    service: &ServiceMetadata,
                ) -> ErrorMetadata {
                    error_response::error_metadata(response, service, xml_error::error_body)
                }

                fn request_id(response: &HttpResponse) -> Option<String> {
                    request_id::request_id(response)
                }
            }

            #[cfg($when)]
            impl<I: Encode, O: Decode, E: DeserializeOperationError<Self>> Messages<I, O, E> for $name {
                fn serialize(
                    input: I,
                    operation: &'static str,
                    service: &ServiceMetadata,
                ) -> Result<SerializedRequest, BoxError> {
                    let mut out = Encoder::$encoder();
                    out.member("Action", operation, &Layout::DEFAULT);
                    out.member("Version", service.api_version, &Layout::DEFAULT);
                    input.encode(&mut out, &Layout::DEFAULT);
                    Ok(SerializedRequest::post(out.into_bytes()))
                }

                fn deserialize(
                    response: &mut HttpResponse,
                    operation: &'static str,
                ) -> Result<O, BoxError> {
                    Ok(output(body_of(response), operation, $output)?)
                }

                fn deserialize_error(
                    meta: ErrorMetadata,
                    response: &mut HttpResponse,
                ) -> Result<E, BoxError> {
                    E::deserialize_operation_error(meta, response)
                }
            }

            #[cfg($when)]
            impl<E: ModeledError + Decode> DeserializeModeledError<$name> for E {
                fn deserialize_modeled_error(
                    meta: ErrorMetadata,
                    response: &mut HttpResponse,
                ) -> Result<Self, BoxError> {
                    let mut error: E = modeled_error(response)?;
                    error.set_meta(meta);
                    Ok(error)
                }
            }
        )*
    };
}

protocols! {
    /// awsQuery.
    AwsQuery if feature = "aws-query": new, wrapped;
    /// ec2Query.
    Ec2Query if feature = "ec2-query": with_flat_lists, not_wrapped;
}

/// Turns the form of a request into the query of a GET request.
#[cfg(feature = "presigning")]
fn form_in_query(message: SerializedRequest) -> Result<SerializedRequest, BoxError> {
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

/// Decodes the members of an error, which are not set if the body is something else.
fn modeled_error<E: Decode>(response: &HttpResponse) -> Result<E, BoxError> {
    let text = String::from_utf8_lossy(body_of(response));
    let mut input = Decoder::new(text.as_bytes())?;
    match xml_error::enter(&mut input) {
        Ok(true) => Ok(E::decode(&mut input, &Layout::DEFAULT)?),
        _ => Ok(Decoder::new(b"")?.empty_element()?),
    }
}

/// Decodes the output of an operation from the root element `FooResponse`. The output of a body of white space has no
/// members.
fn output<O: Decode>(
    body: &[u8],
    operation: &str,
    read: fn(&mut Decoder<'_>, &str) -> Result<O, DecodeError>,
) -> Result<O, DecodeError> {
    let mut input = Decoder::new(body)?;
    if body.trim_ascii().is_empty() {
        return input.empty_element();
    }
    let root = input.root()?;
    if root.strip_suffix("Response") != Some(operation) {
        return Err(input.expected_but("the response of the operation", "another element"));
    }
    let output = read(&mut input, operation)?;
    input.finish()?;
    Ok(output)
}

/// Decodes an output in the element `FooResult` of the response. Without that element, it has no members.
#[cfg(feature = "aws-query")]
fn wrapped<O: Decode>(input: &mut Decoder<'_>, operation: &str) -> Result<O, DecodeError> {
    let mut output = None;
    while let Some(name) = input.child()? {
        match name.strip_suffix("Result") {
            Some(name) if name == operation => {
                output = Some(O::decode(input, &Layout::DEFAULT)?);
            }
            _ => input.skip()?,
        }
    }
    match output {
        Some(output) => Ok(output),
        None => input.empty_element(),
    }
}

/// Decodes an output whose members are children of the response.
#[cfg(feature = "ec2-query")]
fn not_wrapped<O: Decode>(input: &mut Decoder<'_>, _operation: &str) -> Result<O, DecodeError> {
    O::decode(input, &Layout::DEFAULT)
}
