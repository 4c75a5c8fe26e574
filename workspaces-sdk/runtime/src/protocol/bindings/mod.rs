//! The bindings of members to the parts of HTTP messages other than the body: the path, the query, the headers and the
//! status. The REST protocols share them.
//!
//! The [Smithy documentation](https://smithy.io/2.0/spec/http-bindings.html) specifies them.

mod request;
mod request_macro;
mod response;
mod response_macro;
mod stream;
mod text;
mod text_enum;

use std::borrow::Cow;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ErrorMetadata;

use super::{SerializedRequest, body_of};
use crate::error::modeled::ModeledError;

pub use request::RequestParts;
pub use response::ResponseParts;
pub use stream::take_stream;
pub use text::{Text, Texts};

/// An input that can be written as a request. The macro `request!` implements it.
#[doc(hidden)]
pub trait Request {
    /// Writes the request.
    ///
    /// # Errors
    /// When a label of the path is not set or is empty, or a value is not valid in a header.
    fn serialize(self) -> Result<SerializedRequest, BoxError>;
}

/// An output or an error that can be read from a response. The macro `response!` implements it.
#[doc(hidden)]
pub trait Response: Sized {
    /// Reads the response. A member that is a stream takes its body.
    ///
    /// # Errors
    /// When the response is malformed or does not match the model.
    fn deserialize(response: &mut HttpResponse) -> Result<Self, BoxError>;
}

/// Reads a modeled error, whose members can be in the headers and in the body.
///
/// `readable_body` returns the body, or another one that has no members if the body cannot be read, such as the page of a
/// proxy. The response keeps its own.
///
/// # Errors
/// When the response does not match the model.
pub(super) fn modeled_error<E: ModeledError + Response>(
    meta: ErrorMetadata,
    response: &mut HttpResponse,
    readable_body: fn(&HttpResponse) -> Cow<'_, str>,
) -> Result<E, BoxError> {
    let original = make_readable(response, readable_body);
    let error = E::deserialize(response);
    if let Some(original) = original {
        *response.body_mut() = original;
    }
    let mut error = error?;
    error.set_meta(meta);
    Ok(error)
}

/// Replaces a body that is not readable, and returns it.
fn make_readable(
    response: &mut HttpResponse,
    readable_body: fn(&HttpResponse) -> Cow<'_, str>,
) -> Option<SdkBody> {
    let body = readable_body(response);
    if body.as_bytes() == body_of(response) {
        return None;
    }
    let readable = SdkBody::from(body.into_owned());
    Some(std::mem::replace(response.body_mut(), readable))
}
