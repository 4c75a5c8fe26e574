//! The bodies of errors in the protocols whose responses are XML:
//! `<ErrorResponse><Error><Code/><Message/></Error><RequestId/></ErrorResponse>`.
//!
//! Amazon EC2 writes `<Response><Errors><Error/></Errors><RequestID/></Response>`, and Amazon S3 `<Error/>` without an
//! envelope. Each form is accepted from any service.

use super::error_response::ErrorBody;
use crate::codec::xml::{DecodeError, Decoder};

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

/// Reads the text of the current element, unless it is empty.
pub(super) fn trimmed(input: &mut Decoder<'_>) -> Result<Option<String>, DecodeError> {
    let text = input.text()?;
    let text = text.trim();
    Ok((!text.is_empty()).then(|| text.to_owned()))
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
        let text = trimmed(input)?;
        *part = part.take().or(text);
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
