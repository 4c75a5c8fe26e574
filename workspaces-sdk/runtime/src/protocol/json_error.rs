//! The bodies of errors in the protocols whose bodies are JSON.

use std::borrow::Cow;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::body_of;
use super::error_response::ErrorBody;
use crate::codec::json::{DecodeError, Decoder};

/// Returns the object that the body of an error response starts with, or an empty one if the body is something else, such as
/// the page of a proxy. The code of the error may be in a header.
pub(super) fn error_object(response: &HttpResponse) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(body_of(response));
    match text.trim_start().starts_with('{') {
        true => text,
        false => "{}".into(),
    }
}

/// Reads the code and the message in the body of an error, as far as it is JSON.
pub(super) fn error_body(text: &str) -> ErrorBody {
    let mut body = ErrorBody::default();
    let read =
        Decoder::new(text.as_bytes()).and_then(|mut input| read_members(&mut input, &mut body));
    body.is_readable = read.is_ok();
    body
}

/// Reads the members that the bodies of all errors have in common.
///
/// Members that are not strings are skipped, and so is a body that is JSON but not an object. Bytes after the object are
/// ignored.
fn read_members(input: &mut Decoder<'_>, body: &mut ErrorBody) -> Result<(), DecodeError> {
    if !input.object_or_skip()? {
        return Ok(());
    }
    while let Some(name) = input.member()? {
        let [code, shape] = &mut body.codes;
        match &*name {
            "code" | "Code" => *code = input.string_or_skip()?,
            "__type" => *shape = input.string_or_skip()?,
            name if is_message(name) => {
                body.message = input.string_or_skip()?.or(body.message.take());
            }
            _ => input.skip()?,
        }
    }
    Ok(())
}

/// Whether a member is the message. Services spell it `message`, `Message`, `errorMessage` or `error_message`.
fn is_message(name: &str) -> bool {
    ["message", "errorMessage", "error_message"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}
