//! Whole responses.

use super::{Fault, response, send, served};
use crate::server::Step;

/// Whole responses.
pub fn responses() -> Vec<Fault> {
    let kind = "x-amzn-errortype";
    let large = vec![b'x'; 300_000];
    let many = vec![("x-many", "1"); 150];
    vec![
        served("200, empty body", response("200 OK", &[], "")),
        served("200, HTML", response("200 OK", &[], "<html>")),
        served(
            "200, truncated JSON",
            response("200 OK", &[], r#"{"Workspaces":[{"WorkspaceId":"#),
        ),
        served(
            "200, other types",
            response(
                "200 OK",
                &[],
                r#"{"Workspaces":7,"Result":7,"TagList":7,"GroupId":7,"FailedRequests":7,"DedicatedTenancySupport":7,"Bundles":7,"PendingRequests":7}"#,
            ),
        ),
        served(
            "200, not UTF-8",
            response("200 OK", &[], b"{\"NextToken\":\"\xff\"}"),
        ),
        served("204", vec![send("HTTP/1.1 204 No Content\r\n\r\n")]),
        served(
            "301",
            response("301 Moved", &[("location", "http://127.0.0.1:1/")], ""),
        ),
        served("304", vec![send("HTTP/1.1 304 Not Modified\r\n\r\n")]),
        served(
            "400, modeled",
            response(
                "400 Bad Request",
                &[],
                r#"{"__type":"com.amazonaws.workspaces#ResourceNotFoundException","message":"gone"}"#,
            ),
        ),
        served(
            "400, not modeled",
            response("400 Bad Request", &[], r#"{"__type":"UnheardOfException"}"#),
        ),
        served(
            "400, code in header",
            response(
                "400 Bad Request",
                &[(kind, "InvalidParameterValuesException:http://x/")],
                "{}",
            ),
        ),
        served(
            "400, code in header, HTML",
            response(
                "400 Bad Request",
                &[(kind, "ThrottlingException")],
                "<html>slow down</html>",
            ),
        ),
        served(
            "400, code in header, not UTF-8",
            response(
                "400 Bad Request",
                &[(kind, "ThrottlingException")],
                b"{\"message\":\"caf\xe9\"}",
            ),
        ),
        served(
            "400, code in header, empty body",
            response("400 Bad Request", &[(kind, "ThrottlingException")], ""),
        ),
        served(
            "400, empty header, code in body",
            response(
                "400 Bad Request",
                &[(kind, "")],
                r#"{"__type":"ThrottlingException"}"#,
            ),
        ),
        served("400, no code", response("400 Bad Request", &[], "{}")),
        served("400, no body", response("400 Bad Request", &[], "")),
        served(
            "400, code is a number",
            response("400 Bad Request", &[], r#"{"__type":7}"#),
        ),
        served(
            "400, code with status",
            response("400 Bad Request", &[], r#"{"code":"RequestLimitExceeded"}"#),
        ),
        served(
            "400, throttled",
            response(
                "400 Bad Request",
                &[],
                r#"{"__type":"ThrottlingException"}"#,
            ),
        ),
        served(
            "400, expired token",
            response(
                "400 Bad Request",
                &[],
                r#"{"__type":"ExpiredTokenException"}"#,
            ),
        ),
        served(
            "403, skewed clock",
            response(
                "403 Forbidden",
                &[("date", "Mon, 01 Jan 2024 00:00:00 GMT")],
                r#"{"__type":"InvalidSignatureException"}"#,
            ),
        ),
        served("403, HTML", response("403 Forbidden", &[], "<html>")),
        served("404", response("404 Not Found", &[], "")),
        served(
            "408, closed",
            [
                response("408 Request Timeout", &[("connection", "close")], ""),
                vec![Step::Close],
            ]
            .concat(),
        ),
        served("413", response("413 Content Too Large", &[], "")),
        served("429", response("429 Too Many Requests", &[], "")),
        served("500", response("500 Internal Server Error", &[], "")),
        served(
            "500, modeled",
            response(
                "500 Internal Server Error",
                &[],
                r#"{"__type":"InternalServerException"}"#,
            ),
        ),
        served(
            "500, retry after",
            response(
                "500 Internal Server Error",
                &[("x-amz-retry-after", "10")],
                "{}",
            ),
        ),
        served(
            "500, unknown code",
            response("500 Internal Server Error", &[], r#"{"__type":"Oops"}"#),
        ),
        served("501", response("501 Not Implemented", &[], "")),
        served("502, HTML", response("502 Bad Gateway", &[], "<html>")),
        served(
            "503",
            response("503 Service Unavailable", &[("retry-after", "1")], ""),
        ),
        served("504", response("504 Gateway Timeout", &[], "")),
        served(
            "large error",
            response("400 Bad Request", &[(kind, "Large")], large),
        ),
        served("many headers", response("200 OK", &many, "{}")),
    ]
}
