//! What an error response says: the code and the message of the error, and the request id, each from the first source that has it.
//!
//! | | sources, in this order |
//! |---|---|
//! | code | `x-amzn-query-error`, for a service that used to speak the query protocol; `x-amzn-errortype`; the body |
//! | message | the body; `x-amzn-error-message`; the text of a body that the protocol cannot read |
//! | request id | `x-amzn-requestid`, `x-amz-request-id`; the body |
//!
//! A source that is missing, empty or unreadable hides no other. A protocol adds only how it reads the [`ErrorBody`].

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_types::request_id::apply_request_id;

use super::body_of;
use crate::error::modeled::SHAPE;
use crate::service_metadata::ServiceMetadata;

/// The header with the code of the error.
#[cfg(any(
    feature = "aws-json",
    feature = "aws-query",
    feature = "ec2-query",
    feature = "rest-json",
    feature = "rest-xml"
))]
const CODE: &str = "x-amzn-errortype";

/// The header with the message of the error, which few services send.
const MESSAGE: &str = "x-amzn-error-message";

/// The header in which a service that used to speak the query protocol sends the code that an error had in that protocol,
/// and whose fault the error is: `AWS.Service.Code;Sender`.
const QUERY_CODE: &str = "x-amzn-query-error";

/// The key under which the metadata stores whose fault an error is, as in the official crates.
const FAULT: &str = "type";

/// The key under which the metadata stores the request id.
const REQUEST_ID: &str = "aws_request_id";

/// The maximum length of a code, in bytes. The longest code in the models of AWS has 79.
const MAX_CODE: usize = 256;

/// The maximum length, in characters, of a message that is the text of an unreadable body.
const MAX_TEXT: usize = 500;

/// The members that the bodies of all errors of a protocol have in common, as far as they can be read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct ErrorBody {
    /// The code, or several that the body may use, the first choice first.
    pub(super) codes: [Option<String>; 2],
    pub(super) message: Option<String>,
    /// The request id, if responses have none in a header.
    pub(super) request_id: Option<String>,
    /// Whether the body has the encoding of the protocol. If not, its text is the message.
    pub(super) is_readable: bool,
}

/// Reads the code, the message and the request id of an error response, whose body has been collected.
#[cfg(any(
    feature = "aws-json",
    feature = "aws-query",
    feature = "ec2-query",
    feature = "rest-json",
    feature = "rest-xml"
))]
pub(super) fn error_metadata(
    response: &HttpResponse,
    service: &ServiceMetadata,
    read_body: fn(&str) -> ErrorBody,
) -> ErrorMetadata {
    let text = String::from_utf8_lossy(body_of(response));
    let body = read_body(&text);
    metadata(response, service, response.headers().get(CODE), body)
}

/// Reads the message and the request id of an error response, and its code: that of the header [`CODE`], if the protocol uses
/// it, or else that of the body.
pub(super) fn metadata(
    response: &HttpResponse,
    service: &ServiceMetadata,
    header_code: Option<&str>,
    body: ErrorBody,
) -> ErrorMetadata {
    let header = |name| response.headers().get(name);

    let [first, second] = &body.codes;
    let codes = [header_code, first.as_deref(), second.as_deref()];
    let code = codes.into_iter().flatten().find_map(bare_code);
    let query_code = match service.query_compatible {
        true => header(QUERY_CODE).and_then(query_code),
        false => None,
    };
    let message = body
        .message
        .or_else(|| header(MESSAGE).and_then(printable))
        .or_else(|| match body.is_readable {
            true => None,
            false => printable(&String::from_utf8_lossy(body_of(response))),
        });

    let mut meta = ErrorMetadata::builder();
    if let Some(query_code) = query_code {
        meta = meta.code(query_code);
        if let Some(fault) = header(QUERY_CODE).and_then(query_fault) {
            meta = meta.custom(FAULT, fault);
        }
        if let Some(code) = code {
            meta = meta.custom(SHAPE, code);
        }
    } else if let Some(code) = code {
        meta = meta.code(code);
    }
    if let Some(message) = message {
        meta = meta.message(message);
    }
    if let Some(id) = body.request_id {
        meta = meta.custom(REQUEST_ID, id);
    }
    // A header takes precedence.
    apply_request_id(meta, response.headers()).build()
}

/// The name in a code such as `aws.protocoltests#FooError:http://internal.amazon.com/`.
fn bare_code(code: &str) -> Option<&str> {
    let code = code.split_once(':').map_or(code, |(code, _)| code);
    name(code.split_once('#').map_or(code, |(_, code)| code))
}

/// The code in the header [`QUERY_CODE`].
fn query_code(header: &str) -> Option<&str> {
    name(header.split_once(';').map_or(header, |(code, _)| code))
}

/// Whose fault the error is, in the header [`QUERY_CODE`]: `Sender` or `Receiver`.
fn query_fault(header: &str) -> Option<&str> {
    name(header.split_once(';')?.1)
}

/// Returns a code without the white space around it, if it can be one.
fn name(code: &str) -> Option<&str> {
    let code = code.trim();
    let is_name = (1..=MAX_CODE).contains(&code.len()) && !code.contains(char::is_control);
    is_name.then_some(code)
}

/// Returns the beginning of a text in one line, without characters that control a terminal; `None` if nothing is left.
fn printable(text: &str) -> Option<String> {
    let mut line = String::new();
    let mut characters = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c)) {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
            characters += 1;
        }
        for character in word.chars() {
            if characters >= MAX_TEXT {
                line.push('…');
                return Some(line);
            }
            line.push(character);
            characters += 1;
        }
    }
    (!line.is_empty()).then_some(line)
}

/// Whether a character has no width, or changes the direction of the text.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_name() {
        assert_eq!(bare_code("ns#Foo:http://x#y"), Some("Foo"));
        assert_eq!(bare_code(" Foo "), Some("Foo"));
        for code in ["", " ", ":", "#", "ns#", "ns#:x", "a\u{1b}[2J", "a\nb"] {
            assert_eq!(bare_code(code), None, "{code:?}");
        }
        assert_eq!(bare_code(&"a".repeat(MAX_CODE)).map(str::len), Some(256));
        assert_eq!(bare_code(&"a".repeat(MAX_CODE + 1)), None);
        assert_eq!(query_code("AWS.Foo;Sender"), Some("AWS.Foo"));
        assert_eq!(query_code("AWS.Foo"), Some("AWS.Foo"));
        assert_eq!(query_code(";Sender"), None);
        assert_eq!(query_fault("AWS.Foo;Sender"), Some("Sender"));
        assert_eq!(query_fault("AWS.Foo;"), None);
        assert_eq!(query_fault("AWS.Foo"), None);
    }

    #[test]
    fn errors_of_query_compatible_services_say_whose_fault_they_are() {
        let of = |query_compatible| {
            let mut response = HttpResponse::new(400.try_into().unwrap(), "{}".into());
            let headers = response.headers_mut();
            headers.insert(QUERY_CODE, "AWS.Foo;Sender");
            let service = ServiceMetadata {
                id: "",
                api_version: "",
                signing_name: "",
                target_prefix: "",
                query_compatible,
                needs_account_id: false,
                endpoint: |_| Err(crate::endpoint::EndpointError::new("")),
                package: ("", ""),
            };
            metadata(&response, &service, Some("Foo"), ErrorBody::default())
        };
        let compatible = of(true);
        assert_eq!(compatible.code(), Some("AWS.Foo"));
        assert_eq!(compatible.extra("type"), Some("Sender"));
        let other = of(false);
        assert_eq!((other.code(), other.extra("type")), (Some("Foo"), None));
    }

    #[test]
    fn a_text_becomes_a_line() {
        let line = |text: &str| printable(text).unwrap_or_default();
        assert_eq!(
            line("<h1>\r\n  Slow\tdown\0</h1>\n"),
            "<h1> Slow down </h1>"
        );
        assert_eq!(line("\u{1b}[31mred\u{202e}der"), "[31mred der");
        assert_eq!(line(" \n"), "");
        assert_eq!(line(&"é".repeat(500)), "é".repeat(500));
        assert_eq!(line(&"é ".repeat(501)), format!("{}…", "é ".repeat(250)));
    }
}
