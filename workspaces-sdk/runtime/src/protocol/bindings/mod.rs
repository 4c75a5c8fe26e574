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

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::SerializedRequest;

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
