//! The faults of the server, each with the outcome of a call that encounters it and the number of attempts.

use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

use super::fault::{Attempts, End, Fault, fault};
use super::right_response;
use crate::server::{Step, response};

/// Sends a string and closes or resets the connection.
fn send_and(text: &str, then: Step) -> Vec<Step> {
    vec![Step::Send(text.into()), then]
}

/// A complete response with status 200.
fn ok(body: &str) -> Vec<Step> {
    response(200, &[], body)
}

/// A complete response with an error code.
fn error(status: u16, code: &str) -> Vec<Step> {
    response(
        status,
        &[],
        &format!(r#"{{"__type":"{code}","message":"no"}}"#),
    )
}

const THROTTLED: [(&str, &str); 1] = [("x-amzn-errortype", "ThrottlingException")];

const PAGE: &str = "<html><head><title>Sorry</title></head><body>down</body></html>";

pub(crate) const FAULTS: &[Fault] = {
    use Attempts::{One, Three, Two};
    use End::{Dispatch, Io, Response, ServiceError, Succeeded, Timeout};
    &[
        // The connection breaks.
        fault("reset before the response", Io, Three, |_| {
            vec![Step::Reset]
        }),
        fault("closed before the response", Dispatch, Three, |_| {
            vec![Step::Close]
        }),
        fault("reset in the status line", Io, Three, |_| {
            send_and("HTTP/1.1 20", Step::Reset)
        }),
        fault("closed in the status line", Dispatch, Three, |_| {
            send_and("HTTP/1.1 20", Step::Close)
        }),
        fault("reset in the headers", Io, Three, |_| {
            send_and("HTTP/1.1 200 OK\r\nx-a: b", Step::Reset)
        }),
        fault("closed in the headers", Dispatch, Three, |_| {
            send_and("HTTP/1.1 200 OK\r\nx-a: b", Step::Close)
        }),
        fault("reset after the headers", Response, Three, |_| {
            let head = Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n".to_vec());
            vec![head, Step::Wait(Duration::from_millis(5)), Step::Reset]
        }),
        fault("closed after the headers", Response, Three, |_| {
            send_and("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n", Step::Close)
        }),
        fault("closed in the body", Response, Three, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"Workspaces\":[",
                Step::Close,
            )
        }),
        fault(
            "closed in the body after a complete object",
            Response,
            Three,
            |_| {
                send_and(
                    "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{}",
                    Step::Close,
                )
            },
        ),
        fault("closed in a chunk", Response, Three, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{}",
                Step::Close,
            )
        }),
        fault("closed before the last chunk", Response, Three, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
                Step::Close,
            )
        }),
        fault("closed in the body of an error", Response, Three, |_| {
            send_and(
                "HTTP/1.1 400 Bad\r\ncontent-length: 50\r\n\r\n{\"__type\":",
                Step::Close,
            )
        }),
        // The response is slow.
        fault("silence", Timeout, Three, |_| {
            vec![Step::Wait(Duration::from_millis(1200))]
        }),
        fault("slow headers", Timeout, Three, |_| {
            let letters = "HTTP/1.1 200 OK\r\nx-a: "
                .chars()
                .map(|letter| Step::Send(letter.to_string().into()));
            letters
                .flat_map(|letter| [letter, Step::Wait(Duration::from_millis(50))])
                .collect()
        }),
        fault("slow body", Response, Three, |_| {
            let head = Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n".to_vec());
            let drop = [
                Step::Send(b" ".to_vec()),
                Step::Wait(Duration::from_millis(100)),
            ];
            std::iter::once(head)
                .chain(drop.into_iter().cycle().take(10))
                .collect()
        }),
        // The response is not HTTP.
        fault("garbage", Dispatch, One, |_| {
            send_and("220 smtp.example.com ESMTP\r\n", Step::Close)
        }),
        fault("two lengths", Dispatch, One, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{} ",
                Step::Close,
            )
        }),
        fault("a length that is not a number", Dispatch, One, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ncontent-length: two\r\n\r\n{}",
                Step::Close,
            )
        }),
        fault("a length that no number can hold", Dispatch, One, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n{}",
                Step::Close,
            )
        }),
        fault("a negative length", Dispatch, One, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}",
                Step::Close,
            )
        }),
        fault("a header without end", Dispatch, One, |_| {
            let part = Step::Send("a".repeat(0x1_0000).into());
            let head = Step::Send(b"HTTP/1.1 200 OK\r\nx-a: ".to_vec());
            std::iter::once(head)
                .chain(std::iter::repeat_n(part, 16))
                .collect()
        }),
        fault("interim responses without end", Timeout, Three, |_| {
            let interim = Step::Send(b"HTTP/1.1 100 Continue\r\n\r\n".repeat(100));
            [interim, Step::Wait(Duration::from_millis(10))]
                .into_iter()
                .cycle()
                .take(160)
                .collect()
        }),
        fault("too many headers", Dispatch, One, |_| {
            send_and(
                &format!("HTTP/1.1 200 OK\r\n{}\r\n", "x-a: b\r\n".repeat(200)),
                Step::Close,
            )
        }),
        fault("a chunk size that is not a number", Response, Three, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n",
                Step::Close,
            )
        }),
        fault(
            "a chunk size that no number can hold",
            Response,
            Three,
            |_| {
                send_and(
                    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}",
                    Step::Close,
                )
            },
        ),
        fault("trailers without end", Response, Three, |_| {
            let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n";
            send_and(&[head, &"x-a: b\r\n".repeat(100_000)].concat(), Step::Close)
        }),
        // The response is HTTP, but unusual.
        fault("a header that is not UTF-8", Succeeded, One, |request| {
            let mut head = b"HTTP/1.1 200 OK\r\nx-a: caf\xe9\r\n".to_vec();
            let Some(Step::Send(right)) = right_response(request).pop() else {
                return Vec::new();
            };
            head.extend_from_slice(right.strip_prefix(b"HTTP/1.1 200 Status\r\n").unwrap());
            vec![Step::Send(head)]
        }),
        fault("a few interim responses", Succeeded, One, |request| {
            let interim = Step::Send(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n".repeat(5));
            std::iter::once(interim)
                .chain(right_response(request))
                .collect()
        }),
        // The body is wrong.
        fault("a length that is too great", Response, One, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ncontent-length: 70000000\r\n\r\n{}",
                Step::Close,
            )
        }),
        fault("a length that is too short", Response, One, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"Workspaces\":[]}",
                Step::Close,
            )
        }),
        fault("a length of 2 to the power of 63", Response, One, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ncontent-length: 9223372036854775808\r\n\r\n{}",
                Step::Close,
            )
        }),
        fault("values that take much more memory", Response, One, |_| {
            ok(&format!(
                r#"{{"Workspaces":[{{}}{}]}}"#,
                ",{}".repeat(400_000)
            ))
        }),
        fault("an HTML page", Response, One, |_| ok(PAGE)),
        fault("half an object", Response, One, |_| {
            ok(r#"{"Workspaces":[{"WorkspaceId":"d-"#)
        }),
        fault("two objects", Response, One, |_| ok("{}{}")),
        fault("a member of another type", Response, One, |_| {
            ok(r#"{"Workspaces":{"WorkspaceId":"d-1"}}"#)
        }),
        fault("an invalid number", Response, One, |_| {
            ok(r#"{"Other":1.2.3}"#)
        }),
        fault("nested too deep", Response, One, |_| {
            ok(&format!(r#"{{"Other":{}"#, "[".repeat(100_000)))
        }),
        fault("invalid UTF-8", Response, One, |_| {
            let mut bytes =
                b"HTTP/1.1 200 OK\r\ncontent-length: 17\r\n\r\n{\"NextToken\":\"".to_vec();
            bytes.extend([0xff, b'"', b'}']);
            vec![Step::Send(bytes)]
        }),
        // The service fails or is overloaded.
        fault("500 without body", Response, Three, |_| {
            response(500, &[], "")
        }),
        fault("500", ServiceError, Three, |_| {
            error(500, "InternalServerException")
        }),
        fault("502 with an HTML page", Response, Three, |_| {
            response(502, &[], PAGE)
        }),
        fault("503 without code", Response, Three, |_| {
            response(503, &[], r#"{"message":"no"}"#)
        }),
        fault("503 that closes", Response, Three, |_| {
            send_and(
                "HTTP/1.1 503 Down\r\nconnection: close\r\n\r\ndown",
                Step::Close,
            )
        }),
        fault("504", ServiceError, Three, |_| error(504, "X")),
        fault("501", ServiceError, One, |_| error(501, "X")),
        fault("throttling", ServiceError, Three, |_| {
            error(400, "ThrottlingException")
        }),
        fault("429 without body", Response, Three, |_| {
            response(429, &[], "")
        }),
        fault(
            "a service that sets the delay of the retry",
            ServiceError,
            Three,
            |_| response(503, &[("x-amz-retry-after", "100")], r#"{"__type":"X"}"#),
        ),
        fault(
            "a delay of the retry that no number can hold",
            ServiceError,
            Three,
            |_| {
                let delay = [
                    ("x-amz-retry-after", "99999999999999999999"),
                    ("retry-after", "-1"),
                ];
                response(503, &delay, r#"{"__type":"X"}"#)
            },
        ),
        fault("408", ServiceError, Three, |_| error(408, "X")),
        fault("408 without body", Response, Three, |_| {
            response(408, &[], "")
        }),
        fault("408 that closes", Response, Three, |_| {
            send_and(
                "HTTP/1.1 408 Timeout\r\nconnection: close\r\n\r\n",
                Step::Close,
            )
        }),
        fault(
            "throttling by a header with a page",
            ServiceError,
            Three,
            |_| response(400, &THROTTLED, "<html>slow down</html>"),
        ),
        fault("throttling by a header alone", ServiceError, Three, |_| {
            response(400, &THROTTLED, "")
        }),
        fault(
            "throttling by the body, with an empty header",
            ServiceError,
            Three,
            |_| {
                let empty = [("x-amzn-errortype", "")];
                response(400, &empty, r#"{"__type":"ThrottlingException"}"#)
            },
        ),
        fault(
            "throttling by a header, with other bytes",
            ServiceError,
            Three,
            |_| {
                let mut bytes = b"HTTP/1.1 400 Bad\r\nx-amzn-errortype: ThrottlingException\r\ncontent-length: 18\r\n\r\n".to_vec();
                bytes.extend_from_slice(b"{\"message\":\"caf\xe9\"}");
                vec![Step::Send(bytes)]
            },
        ),
        // The service rejects the request.
        fault("400", ServiceError, One, |_| {
            error(400, "InvalidParameterValuesException")
        }),
        fault("400 without body", Response, One, |_| {
            response(400, &[], "")
        }),
        fault("400 with an HTML page", Response, One, |_| {
            response(400, &[], PAGE)
        }),
        fault("400 with a member of another type", Response, One, |_| {
            response(
                400,
                &[],
                r#"{"__type":"ResourceUnavailableException","ResourceId":[1]}"#,
            )
        }),
        fault("403 with an HTML page", Response, One, |_| {
            response(403, &[], PAGE)
        }),
        fault("404", ServiceError, One, |_| {
            error(404, "UnknownOperationException")
        }),
        fault("expired credentials", ServiceError, One, |_| {
            error(400, "ExpiredTokenException")
        }),
        fault("a redirect", Response, One, |_| {
            response(307, &[("location", "https://example.com/")], "")
        }),
        // The clock of the service differs.
        fault("a signature that is too old", ServiceError, Two, |_| {
            let service_time = DateTime::from(SystemTime::now() + Duration::from_secs(3600))
                .fmt(Format::HttpDate)
                .unwrap();
            response(
                403,
                &[("date", &service_time)],
                r#"{"__type":"InvalidSignatureException"}"#,
            )
        }),
    ]
};
