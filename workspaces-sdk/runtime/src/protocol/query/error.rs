//! Error responses: `<ErrorResponse><Error><Code/><Message/></Error><RequestId/></ErrorResponse>`.
//!
//! Some services write `<Response><Errors><Error/></Errors><RequestID/></Response>` instead.

use crate::codec::xml::{DecodeError, Decoder};
use crate::protocol::error_response::ErrorBody;

/// Reads the code, the message and the request id in the body of an error, as far as it is XML.
pub(super) fn error_body(text: &str) -> ErrorBody {
    let mut body = ErrorBody::default();
    let read = Decoder::new(text.as_bytes()).and_then(|mut input| {
        body.is_readable = is_envelope(input.root()?);
        read_parts(&mut input, &mut body)
    });
    body.is_readable &= read.is_ok();
    body
}

/// Reads the request id in the body of a response.
pub(super) fn request_id(body: &[u8]) -> Option<String> {
    let mut parts = ErrorBody::default();
    // What comes before a fault is kept.
    let _ = Decoder::new(body).and_then(|mut input| {
        input.root()?;
        read_parts(&mut input, &mut parts)
    });
    parts.request_id
}

/// Whether the root element of a response says that it is an error.
fn is_envelope(root: &str) -> bool {
    matches!(root, "ErrorResponse" | "Response" | "Error")
}

fn read_parts(input: &mut Decoder<'_>, body: &mut ErrorBody) -> Result<(), DecodeError> {
    while let Some(name) = input.child()? {
        let [code, _] = &mut body.codes;
        let part = match name {
            "Error" | "Errors" | "ResponseMetadata" => {
                read_parts(input, body)?;
                continue;
            }
            "Code" => code,
            "Message" | "message" => &mut body.message,
            "RequestId" | "RequestID" | "requestId" => &mut body.request_id,
            _ => {
                input.skip()?;
                continue;
            }
        };
        let text = input.text()?;
        let text = text.trim();
        if part.is_none() && !text.is_empty() {
            *part = Some(text.to_owned());
        }
    }
    Ok(())
}

/// Enters the element `Error`, whose children are the members of the error. Returns whether there is one: the body may be
/// something else, such as the page of a proxy, if the code of the error is in a header.
///
/// # Errors
/// When the body is malformed before that element.
pub(super) fn enter(input: &mut Decoder<'_>) -> Result<bool, DecodeError> {
    match input.root()? {
        "Error" => return Ok(true),
        root if !is_envelope(root) => return Ok(false),
        _ => {}
    }
    while let Some(name) = input.child()? {
        match name {
            "Error" => return Ok(true),
            "Errors" => {}
            _ => input.skip()?,
        }
    }
    Ok(false)
}
