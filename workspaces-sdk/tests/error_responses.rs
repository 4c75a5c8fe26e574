//! What the error of a call says of an error response: each part from the first source that has it.

use workspaces_sdk::Client;
use workspaces_sdk::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use workspaces_sdk::operation::RequestId;
use workspaces_sdk::operation::describe_workspaces::DescribeWorkspacesError;

use crate::server::{Server, Step, response};

/// An error response with status 400.
fn bad_request(headers: &[(&str, &str)], body: &[u8]) -> Vec<Step> {
    let mut head = format!("HTTP/1.1 400 Bad\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    vec![Step::Send([head.as_bytes(), b"\r\n", body].concat())]
}

/// The error of a call to which a server sends this.
async fn error(steps: Vec<Step>) -> SdkError<DescribeWorkspacesError> {
    let server = Server::always(steps).await;
    let client = Client::from_conf(server.config().build());
    client.describe_workspaces().send().await.unwrap_err()
}

const CODE: &str = "x-amzn-ErrorType";
const MESSAGE: &str = "x-amzn-error-message";

#[tokio::test]
async fn the_code_and_message_come_from_the_headers_or_the_body() {
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a [u8], &'a str, &'a str);
    // An empty string stands for none.
    let cases: &[Case<'_>] = &[
        // The code.
        (&[], br#"{"__type":"A"}"#, "A", ""),
        (&[], br#"{"__type":"ns#A"}"#, "A", ""),
        (&[], br#"{"__type":"A:http://x#y"}"#, "A", ""),
        (&[], br#"{"code":"B","__type":"A"}"#, "B", ""),
        (&[], br#"{"Code":"B"}"#, "B", ""),
        (&[], br#"{"code":"","__type":"A"}"#, "A", ""),
        (&[], br#"{"code":429,"__type":"A"}"#, "A", ""),
        (&[(CODE, "C")], br#"{"code":"B","__type":"A"}"#, "C", ""),
        (&[(CODE, "ns#C:http://x/")], b"{}", "C", ""),
        (&[(CODE, "C")], br#"{"__type":7,"code":429}"#, "C", ""),
        (&[(CODE, "C")], b"null", "C", ""),
        (&[(CODE, "C")], b"[]", "C", ""),
        (&[(CODE, "C")], b"", "C", ""),
        (&[], b"{}", "", ""),
        (&[], b"", "", ""),
        // An empty header hides nothing.
        (&[(CODE, "")], br#"{"__type":"A"}"#, "A", ""),
        (&[(CODE, " ")], br#"{"code":"B"}"#, "B", ""),
        (&[(CODE, ":http://x/")], br#"{"code":"B"}"#, "B", ""),
        (&[(CODE, "ns#")], br#"{"code":"B"}"#, "B", ""),
        (&[(CODE, "caf\u{e9}\u{9b}x")], br#"{"code":"B"}"#, "B", ""),
        // The message.
        (&[], br#"{"__type":"A","message":"m"}"#, "A", "m"),
        (&[], br#"{"__type":"A","Message":"m"}"#, "A", "m"),
        (&[], br#"{"__type":"A","errorMessage":"m"}"#, "A", "m"),
        (&[], br#"{"__type":"A","ErrorMessage":"m"}"#, "A", "m"),
        (&[], br#"{"__type":"A","error_message":"m"}"#, "A", "m"),
        (&[], br#"{"__type":"A","message":[]}"#, "A", ""),
        (
            &[],
            br#"{"__type":"A","message":"m","Message":"n"} x"#,
            "A",
            "n",
        ),
        (
            &[],
            br#"{"__type":"A","message":"m","Message":null}"#,
            "A",
            "m",
        ),
        (&[(MESSAGE, "h")], br#"{"__type":"A"}"#, "A", "h"),
        (
            &[(MESSAGE, "h")],
            br#"{"__type":"A","message":"m"}"#,
            "A",
            "m",
        ),
        (&[(CODE, "C"), (MESSAGE, "h")], b"<html>", "C", "h"),
        // The text of a body that is not JSON.
        (
            &[(CODE, "C")],
            b"<html>slow down</html>",
            "C",
            "<html>slow down</html>",
        ),
        (
            &[(CODE, "C")],
            b" <h1>\r\n\tslow\x1b[2J\x00down\n",
            "C",
            "<h1> slow [2J down",
        ),
        (&[(CODE, "C")], b"\xff\xfe", "C", "\u{fffd}\u{fffd}"),
        (&[], b"down", "", ""),
        // What precedes a fault in the body is read.
        (
            &[(CODE, "C")],
            b"{\"message\":\"caf\xe9\"}",
            "C",
            "caf\u{fffd}",
        ),
        (
            &[],
            b"{\"__type\":\"A\",\"message\":\"caf\xe9\"}",
            "A",
            "caf\u{fffd}",
        ),
        (&[], br#"{"__type":"A","message":"m","#, "A", "m"),
        (
            &[],
            br#"{"__type":"A","message":"m"#,
            "A",
            r#"{"__type":"A","message":"m"#,
        ),
    ];
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    for (headers, body, code, message) in cases {
        let case = format!("{headers:?} {}", String::from_utf8_lossy(body));
        let error = error(bad_request(headers, body)).await;
        assert_eq!(error.code().map(str::to_owned), some(code), "{case}");
        assert_eq!(error.message().map(str::to_owned), some(message), "{case}");
        match &error {
            SdkError::ServiceError(_) => assert!(!code.is_empty(), "{case}"),
            SdkError::ResponseError(_) => assert!(code.is_empty(), "{case}"),
            _ => panic!("{case}: {error:?}"),
        }
    }
}

#[tokio::test]
async fn an_error_without_a_code_shows_the_text_of_the_response() {
    let text = |error| DisplayErrorContext(&error).to_string();
    let page = text(error(response(502, &[], "<h1>Bad\r\nGateway</h1>")).await);
    let expected = "the response has status 502 and no error code: <h1>Bad Gateway</h1>";
    assert!(page.contains(expected), "{page}");
    let json = text(error(response(503, &[], r#"{"Message":"down"}"#)).await);
    assert!(json.contains("503 and no error code: down"), "{json}");
    let long = text(error(response(503, &[], &"x".repeat(1_000_000))).await);
    let beginning = format!("503 and no error code: {}…", "x".repeat(500));
    assert!(
        long.contains(&beginning) && long.len() < 10_000,
        "{}",
        long.len()
    );
}

/// HTTP defines this status for other methods than the `POST` of this call.
#[tokio::test]
async fn not_modified_is_no_error_of_the_service() {
    let head = b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec();
    let error = error(vec![Step::Send(head)]).await;
    assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 304);
}

#[tokio::test]
async fn a_modeled_error_is_recognized_by_the_header_alone() {
    const MODELED: &str = "ResourceUnavailableException";
    let cases: [(&[u8], Option<&str>); 6] = [
        (b"", None),
        (b"<html>away</html>", Some("<html>away</html>")),
        (b"[1]", None),
        (b"{\"message\":\"caf\xe9\"}", Some("caf\u{fffd}")),
        (br#"{"Message":"away"}"#, Some("away")),
        (br#"{"ERRORMESSAGE":"away"}"#, Some("away")),
    ];
    for (body, message) in cases {
        let headers = [(CODE, MODELED), ("x-amzn-requestid", "id-1")];
        let error = error(bad_request(&headers, body))
            .await
            .into_service_error();
        let DescribeWorkspacesError::ResourceUnavailableException(inner) = &error else {
            panic!("{error:?}")
        };
        assert_eq!((inner.message(), inner.resource_id()), (message, None));
        assert_eq!(error.meta().message(), message);
        assert_eq!(error.request_id(), Some("id-1"));
    }
}

#[tokio::test]
async fn debug_output_of_an_error_is_short_and_shows_no_secrets() {
    let secret = "do-not-show";
    let headers = [("set-cookie", secret), ("x-amz-security-token", secret)];
    let body = format!(r#"{{"__type":"A","Data":"{}"}}"#, secret.repeat(100_000));
    for (status, body) in [
        (400, body.as_str()),
        (400, &secret.repeat(100_000)),
        (200, &body.replace('}', "")),
    ] {
        let error = error(response(status, &headers, body)).await;
        let debug = format!("{error:?}");
        assert!(debug.len() < 2_000, "{} {debug:.3000}", debug.len());
        if body.starts_with('{') {
            assert!(!debug.contains(secret), "{debug}");
        }
        // A program can read the response.
        let raw = error.raw_response().unwrap();
        assert_eq!(raw.body().bytes(), Some(body.as_bytes()));
        assert_eq!(raw.headers().get("set-cookie"), Some(secret));
        let copy = raw.body().try_clone().unwrap();
        let read = aws_smithy_types::byte_stream::ByteStream::new(copy)
            .collect()
            .await;
        assert_eq!(read.unwrap().into_bytes(), body.as_bytes());
    }
}
