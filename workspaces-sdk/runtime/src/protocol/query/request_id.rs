//! The request id of a successful response: `<ResponseMetadata><RequestId/></ResponseMetadata>`, or `<requestId/>` in
//! ec2Query.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_types::request_id::RequestId;

use crate::codec::xml::{DecodeError, Decoder};
use crate::protocol::body_of;
use crate::protocol::xml_error::trimmed;

/// Returns the request id of a successful response: that in a header, or else that in the body.
pub(super) fn request_id(response: &HttpResponse) -> Option<String> {
    if let Some(id) = response.request_id() {
        return Some(id.to_owned());
    }
    let mut input = Decoder::new(body_of(response)).ok()?;
    input.root().ok()?;
    // What comes before a fault is kept.
    find_request_id(&mut input).ok().flatten()
}

/// Reads up to the element with the request id, which is a child of the current one or of its `ResponseMetadata`.
fn find_request_id(input: &mut Decoder<'_>) -> Result<Option<String>, DecodeError> {
    while let Some(name) = input.child()? {
        let found = match name {
            "ResponseMetadata" => find_request_id(input)?,
            "RequestId" | "RequestID" | "requestId" => trimmed(input)?,
            _ => {
                input.skip()?;
                continue;
            }
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
