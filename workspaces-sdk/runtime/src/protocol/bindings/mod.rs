//! The bindings of members to the parts of HTTP messages other than the body: the path, the query, the headers and the
//! status. The REST protocols share them.
//!
//! The [Smithy documentation](https://smithy.io/2.0/spec/http-bindings.html) specifies them.

mod request;
mod response;
mod stream;
mod text;

pub use request::RequestParts;
pub use response::ResponseParts;
pub use stream::take_stream;
pub use text::{Text, Texts};
