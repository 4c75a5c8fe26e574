use super::*;
use crate::error::ErrorMetadata;
use crate::error::modeled::ModeledError;
use crate::protocol::query::AwsQuery;
use crate::protocol::{DeserializeModeledError, Protocol};
use aws_types::request_id::RequestId;

/// An error as the generator declares it.
#[derive(Debug, Default)]
struct ComplexError {
    message: Option<String>,
    top_level: Option<String>,
    nested: Option<Box<Sample>>,
    meta: ErrorMetadata,
}

members! {
    decode ComplexError(Self) {
        "message" | "Message" => message;
        "TopLevel" => top_level;
        "Nested" => nested;
    }
    + meta: Default::default()
}

impl ModeledError for ComplexError {
    fn set_meta(&mut self, meta: ErrorMetadata) {
        self.meta = meta;
    }
}

fn modeled_error(
    meta: ErrorMetadata,
    response: &mut HttpResponse,
) -> Result<ComplexError, crate::error::BoxError> {
    DeserializeModeledError::<AwsQuery>::deserialize_modeled_error(meta, response)
}

#[test]
fn metadata_is_read_from_both_envelopes() {
    for (body, expected) in [
        (
            "<ErrorResponse><Error><Type>Sender</Type><Code>Customized</Code><Message>Hi</Message></Error><RequestId>foo-id</RequestId></ErrorResponse>",
            (Some("Customized"), Some("Hi"), Some("foo-id")),
        ),
        (
            "<?xml version=\"1.0\"?>\n<Response><Errors><Error><Code>A</Code><Message>B</Message></Error><Error><Code>C</Code></Error></Errors><RequestID>D</RequestID></Response>",
            (Some("A"), Some("B"), Some("D")),
        ),
        (
            "<Error><Code>A</Code><message>B</message><RequestId>D</RequestId></Error>",
            (Some("A"), Some("B"), Some("D")),
        ),
        (
            "<e:ErrorResponse xmlns:e=\"x\"><e:Error><e:Code>\n A\n</e:Code><e:Message/></e:Error></e:ErrorResponse>",
            (Some("A"), None, None),
        ),
        // What comes before a fault is kept.
        (
            "<ErrorResponse><Error><Code>A</Code><Message>cut o",
            (
                Some("A"),
                Some("<ErrorResponse><Error><Code>A</Code><Message>cut o"),
                None,
            ),
        ),
        (
            "<ErrorResponse><Error><Code>A</Code><Message><b>B</b></Message>",
            (
                Some("A"),
                Some("<ErrorResponse><Error><Code>A</Code><Message><b>B</b></Message>"),
                None,
            ),
        ),
        (
            "<html><body>Bad gateway</body></html>",
            (None, Some("<html><body>Bad gateway</body></html>"), None),
        ),
        ("<html><br></html>", (None, Some("<html><br></html>"), None)),
        (
            "Service\n Unavailable",
            (None, Some("Service Unavailable"), None),
        ),
        ("{\"a\": 1}", (None, Some("{\"a\": 1}"), None)),
        ("", (None, None, None)),
    ] {
        let meta = AwsQuery::error_metadata(&response(400, &[], body), &SERVICE);
        assert_eq!(
            (meta.code(), meta.message(), meta.request_id()),
            expected,
            "{body}"
        );
    }
}

#[test]
fn the_request_id_of_a_header_is_preferred() {
    let response = response(
        400,
        &[("x-amzn-requestid", "header")],
        "<ErrorResponse><Error/><RequestId>body</RequestId></ErrorResponse>",
    );
    let meta = AwsQuery::error_metadata(&response, &SERVICE);
    assert_eq!(meta.request_id(), Some("header"));
}

#[test]
fn a_modeled_error_is_the_element_error() {
    let meta = ErrorMetadata::builder().code("ComplexError").build();
    for body in [
        "<ErrorResponse>\n<Error><Code>ComplexError</Code><Message>Hi</Message><TopLevel>Top level</TopLevel>\
         <Nested><Name>bar</Name></Nested></Error><RequestId>foo-id</RequestId></ErrorResponse>",
        "<Response><RequestID/><Errors><Error><message>Hi</message><TopLevel>Top level</TopLevel><Nested><Name>bar</Name></Nested>\
         </Error></Errors></Response>",
        "<Error><Message>Hi</Message><TopLevel>Top level</TopLevel><Nested><Name>bar</Name></Nested></Error>",
    ] {
        let error = modeled_error(meta.clone(), &mut response(400, &[], body)).unwrap();
        assert_eq!(error.message.as_deref(), Some("Hi"), "{body}");
        assert_eq!(error.top_level.as_deref(), Some("Top level"), "{body}");
        assert_eq!(
            error.nested.and_then(|nested| nested.name).as_deref(),
            Some("bar"),
            "{body}"
        );
        assert_eq!(error.meta.code(), Some("ComplexError"));
    }
}

#[test]
fn a_modeled_error_without_a_body_has_no_members() {
    let meta = ErrorMetadata::builder().code("ComplexError").build();
    for body in [
        "",
        "Service Unavailable",
        "<html><p/></html>",
        "<ErrorResponse><RequestId/></ErrorResponse>",
        "<Response><Errors/></Response>",
    ] {
        let mut response = response(400, &[("x-amzn-errortype", "ComplexError")], body);
        let meta_of_response = AwsQuery::error_metadata(&response, &SERVICE);
        assert_eq!(meta_of_response.code(), Some("ComplexError"), "{body}");
        let error = modeled_error(meta.clone(), &mut response).unwrap();
        assert_eq!(error.message, None, "{body}");
        assert_eq!(error.meta.code(), Some("ComplexError"), "{body}");
    }
}
