//! restXml: members in the path, the query, the headers and the status, and the others in an XML document.
//!
//! The [Smithy documentation](https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html) specifies it.

mod body;
mod string_enum;

use std::borrow::Cow;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::error::metadata::ErrorMetadata;

use super::bindings::{Request, Response, modeled_error};
use super::{
    DeserializeModeledError, DeserializeOperationError, Messages, Protocol, SerializedRequest,
    body_of, error_response, xml_error,
};
use crate::codec::layout::Layout;
use crate::codec::xml::{Decode, DecodeError, Decoder};
use crate::error::modeled::ModeledError;
use crate::service_metadata::ServiceMetadata;

/// restXml.
#[doc(hidden)]
#[derive(Debug)]
pub enum RestXml {}

impl Protocol for RestXml {
    fn add_headers(
        _headers: &mut Headers,
        _operation: &'static str,
        _service: &ServiceMetadata,
    ) -> Result<(), BoxError> {
        Ok(())
    }

    fn is_error(response: &HttpResponse) -> bool {
        let body = body_of(response);
        // Streams, which are not collected, and most empty responses are recognized at once.
        !body.is_empty()
            && Decoder::new(body).is_ok_and(|mut input| input.root().is_ok_and(|it| it == "Error"))
    }

    fn error_metadata(response: &HttpResponse, service: &ServiceMetadata) -> ErrorMetadata {
        error_response::error_metadata(response, service, xml_error::error_body)
    }
}

impl<I: Request, O: Response, E: DeserializeOperationError<Self>> Messages<I, O, E> for RestXml {
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

impl<E: ModeledError + Response> DeserializeModeledError<RestXml> for E {
    fn deserialize_modeled_error(
        meta: ErrorMetadata,
        response: &mut HttpResponse,
    ) -> Result<Self, BoxError> {
        modeled_error(meta, response, error_element)
    }
}

/// Returns the body of an error response, or an empty one if it has no error, such as the page of a proxy. The code of the
/// error may be in a header.
fn error_element(response: &HttpResponse) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(body_of(response));
    let found = Decoder::new(text.as_bytes()).and_then(|mut input| xml_error::enter(&mut input));
    match found {
        Ok(true) => text,
        _ => "".into(),
    }
}

/// The content type of a body of XML.
pub const XML: &str = "application/xml";

/// The element whose children are the members of an output or an error.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Root {
    /// The root element, which has this name.
    Named(&'static str),
    /// The root element, unless it is that of an error.
    Any,
    /// The element `Error`.
    Error,
}

/// Enters the element with the members, if any can be there. An error without a document has none.
///
/// # Errors
/// When there is no document, or it has another root element, or is malformed before that element.
#[doc(hidden)]
pub fn open(body: &[u8], root: Root, has_members: bool) -> Result<Decoder<'_>, DecodeError> {
    let mut input = Decoder::new(body)?;
    let is_error = matches!(root, Root::Error);
    if !has_members || is_error && body.trim_ascii().is_empty() {
        input.enter_empty();
        return Ok(input);
    }
    let expected = "the response of the operation";
    match root {
        Root::Error => match xml_error::enter(&mut input)? {
            true => {}
            false => return Err(input.expected_but("an error", "another element")),
        },
        Root::Named(name) => {
            if input.root()? != name {
                return Err(input.expected_but(expected, "another element"));
            }
        }
        Root::Any => {
            if matches!(input.root()?, "Error" | "ErrorResponse") {
                return Err(input.expected_but(expected, "an error"));
            }
        }
    }
    Ok(input)
}

/// Checks that nothing follows the root element. An error is found even if its body continues.
///
/// # Errors
/// When anything else follows.
#[doc(hidden)]
pub fn close(input: &mut Decoder<'_>, root: Root) -> Result<(), DecodeError> {
    match root {
        Root::Error => Ok(()),
        Root::Named(_) | Root::Any => input.finish(),
    }
}

/// Decodes a document that is a member.
///
/// # Errors
/// When the document is that of an error, is malformed, or does not match the type.
#[doc(hidden)]
pub fn payload<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    let mut input = open(body, Root::Any, true)?;
    let value = T::decode(&mut input, &Layout::DEFAULT)?;
    input.finish()?;
    Ok(value)
}
