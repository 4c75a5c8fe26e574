//! The faults, each with how a call ends that meets it, and whether it is tried again.

use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

use crate::server::{Request, Step, response};

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Ends {
    /// With the right answer.
    Answered,
    /// Without a response, for the network failed.
    Io,
    /// Without a response, for it took too long.
    Timeout,
    /// Without a response, for another reason.
    Dispatch,
    /// With a response that makes no sense.
    Response,
    /// With an error of the service.
    Refused,
}

/// How many attempts a call makes that meets nothing but this fault.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Attempts {
    /// The fault will not go away.
    One,
    /// The next attempt may do better.
    Three,
}

/// A way to misbehave.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) steps: fn(&Request) -> Vec<Step>,
    pub(crate) end: Ends,
    pub(crate) attempts: Attempts,
}

const fn fault(
    name: &'static str,
    end: Ends,
    attempts: Attempts,
    steps: fn(&Request) -> Vec<Step>,
) -> Fault {
    Fault {
        name,
        steps,
        end,
        attempts,
    }
}

/// Sends a text and closes or resets the connection.
fn send_and(text: &str, then: Step) -> Vec<Step> {
    vec![Step::Send(text.into()), then]
}

/// A whole response with status 200.
fn ok(body: &str) -> Vec<Step> {
    response(200, &[], body)
}

/// A whole response with a code.
fn error(status: u16, code: &str) -> Vec<Step> {
    response(
        status,
        &[],
        &format!(r#"{{"__type":"{code}","message":"no"}}"#),
    )
}

const PAGE: &str = "<html><head><title>Sorry</title></head><body>down</body></html>";

pub(crate) const FAULTS: &[Fault] = {
    use Attempts::{One, Three};
    use Ends::{Dispatch, Io, Refused, Response, Timeout};
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
            "closed in the body, which was an object already",
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
        // The response takes its time.
        fault("silence", Timeout, Three, |_| {
            vec![Step::Wait(Duration::from_millis(1200))]
        }),
        fault("dripping headers", Timeout, Three, |_| {
            let letters = "HTTP/1.1 200 OK\r\nx-a: "
                .chars()
                .map(|letter| Step::Send(letter.to_string().into()));
            letters
                .flat_map(|letter| [letter, Step::Wait(Duration::from_millis(50))])
                .collect()
        }),
        fault("dripping body", Response, Three, |_| {
            let head = Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n".to_vec());
            let drop = [
                Step::Send(b" ".to_vec()),
                Step::Wait(Duration::from_millis(100)),
            ];
            std::iter::once(head)
                .chain(drop.into_iter().cycle().take(10))
                .collect()
        }),
        // The response is no HTTP.
        fault("garbage", Dispatch, One, |_| {
            send_and("220 smtp.example.com ESMTP\r\n", Step::Close)
        }),
        fault("two lengths", Dispatch, One, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{} ",
                Step::Close,
            )
        }),
        fault("a length that is none", Dispatch, One, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ncontent-length: two\r\n\r\n{}",
                Step::Close,
            )
        }),
        fault("too many headers", Dispatch, One, |_| {
            send_and(
                &format!("HTTP/1.1 200 OK\r\n{}\r\n", "x-a: b\r\n".repeat(200)),
                Step::Close,
            )
        }),
        fault("a chunk size that is none", Response, Three, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n",
                Step::Close,
            )
        }),
        // The body is not what it should be.
        fault(
            "a length that is too great to be true",
            Response,
            One,
            |_| {
                send_and(
                    "HTTP/1.1 200 OK\r\ncontent-length: 70000000\r\n\r\n{}",
                    Step::Close,
                )
            },
        ),
        fault("a length that is too short", Response, One, |_| {
            send_and(
                "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"Workspaces\":[]}",
                Step::Close,
            )
        }),
        fault("a page", Response, One, |_| ok(PAGE)),
        fault("half an object", Response, One, |_| {
            ok(r#"{"Workspaces":[{"WorkspaceId":"d-"#)
        }),
        fault("two objects", Response, One, |_| ok("{}{}")),
        fault("another type", Response, One, |_| {
            ok(r#"{"Workspaces":{"WorkspaceId":"d-1"}}"#)
        }),
        fault("a number that is none", Response, One, |_| {
            ok(r#"{"Other":1.2.3}"#)
        }),
        fault("too deep", Response, One, |_| {
            ok(&format!(r#"{{"Other":{}"#, "[".repeat(100_000)))
        }),
        fault("no text", Response, One, |_| {
            let mut bytes =
                b"HTTP/1.1 200 OK\r\ncontent-length: 17\r\n\r\n{\"NextToken\":\"".to_vec();
            bytes.extend([0xff, b'"', b'}']);
            vec![Step::Send(bytes)]
        }),
        // The service is in trouble.
        fault("500 without body", Response, Three, |_| {
            response(500, &[], "")
        }),
        fault("500", Refused, Three, |_| {
            error(500, "InternalServerException")
        }),
        fault("502 with a page", Response, Three, |_| {
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
        fault("504", Refused, Three, |_| error(504, "X")),
        fault("501", Refused, One, |_| error(501, "X")),
        fault("throttling", Refused, Three, |_| {
            error(400, "ThrottlingException")
        }),
        fault("429 without body", Response, Three, |_| {
            response(429, &[], "")
        }),
        fault("a service that asks for time", Refused, Three, |_| {
            response(503, &[("x-amz-retry-after", "100")], r#"{"__type":"X"}"#)
        }),
        // The service refuses.
        fault("400", Refused, One, |_| {
            error(400, "InvalidParameterValuesException")
        }),
        fault("400 without body", Response, One, |_| {
            response(400, &[], "")
        }),
        fault("400 with a page", Response, One, |_| {
            response(400, &[], PAGE)
        }),
        fault("400 with a member of another type", Response, One, |_| {
            response(
                400,
                &[],
                r#"{"__type":"ResourceUnavailableException","ResourceId":[1]}"#,
            )
        }),
        fault("403 with a page", Response, One, |_| {
            response(403, &[], PAGE)
        }),
        fault("404", Refused, One, |_| {
            error(404, "UnknownOperationException")
        }),
        fault("credentials that expired", Refused, One, |_| {
            error(400, "ExpiredTokenException")
        }),
        fault("a redirection", Response, One, |_| {
            response(307, &[("location", "https://example.com/")], "")
        }),
        // The service has another time.
        fault("a signature that is too old", Refused, Three, |_| {
            let there = DateTime::from(SystemTime::now() + Duration::from_secs(3600))
                .fmt(Format::HttpDate)
                .unwrap();
            response(
                403,
                &[("date", &there)],
                r#"{"__type":"InvalidSignatureException"}"#,
            )
        }),
    ]
};
