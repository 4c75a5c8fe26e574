use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::*;
use crate::imds::client::error::ImdsError;
use crate::imds::client::tests::{GET_1, PUT, TOKEN, builder, get};

use crate::metadata_tests::cases::Reply::{Bytes, Silence, Status, Token};
use crate::metadata_tests::cases::Rules;
use crate::metadata_tests::cases::server::Server;

#[tokio::test]
async fn the_number_of_attempts() {
    for attempts in [1, 2, 3] {
        let server = Server::start(&[
            (TOKEN, &[Token("T0KEN-1", "21600")]),
            ("GET /x", &[Status(500, "")]),
        ])
        .await;
        let client = builder(&server).max_attempts(attempts).build();
        client.get("/x").await.unwrap_err();
        let requests = server.take_requests();
        assert_eq!(requests.len(), 1 + attempts as usize, "{requests:?}");
    }
}

#[tokio::test]
async fn without_a_response_there_is_another_attempt_only_on_request() {
    let replies = &[
        (TOKEN, &[Bytes(b""), Token("T0KEN-1", "21600")] as &[_]),
        ("GET /x", &[Bytes(b""), Status(200, "value")]),
    ];
    let server = Server::start(replies).await;
    let classifier = ImdsResponseRetryClassifier::default().with_retry_connect_timeouts(true);
    let classifier = SharedRetryClassifier::new(classifier);
    let client = builder(&server).retry_classifier(classifier).build();
    assert_eq!(get(&client).await, "value");
    assert_eq!(server.take_requests(), [PUT, PUT, GET_1, GET_1]);
}

/// Repeats requests after the status 418 only, and checks what it is given.
#[derive(Debug)]
struct Teapots;

impl ClassifyRetry for Teapots {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let response = context.response().unwrap();
        let status = response.status();
        assert_eq!(context.is_failed(), !status.is_success());
        assert!(response.body().bytes().is_some());
        match status.as_u16() {
            418 => RetryAction::client_error(),
            _ => RetryAction::RetryForbidden,
        }
    }

    fn name(&self) -> &'static str {
        "Teapots"
    }
}

#[tokio::test]
async fn a_program_can_decide_about_attempts() {
    let server = Server::start(&[
        (TOKEN, &[Status(418, ""), Token("T0KEN-1", "21600")]),
        ("GET /x", &[Status(418, ""), Status(500, "")]),
    ])
    .await;
    let classifier = SharedRetryClassifier::new(Teapots);
    let client = builder(&server).retry_classifier(classifier).build();
    let error = client.get("/x").await.unwrap_err();
    let ImdsError::ErrorResponse(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.response().status().as_u16(), 500);
    assert_eq!(server.take_requests(), [PUT, PUT, GET_1, GET_1]);
}

/// Keeps the kinds of failures.
#[derive(Clone, Debug, Default)]
struct Kinds(Arc<Mutex<Vec<&'static str>>>);

impl ClassifyRetry for Kinds {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        if let Some(Err(error)) = context.output_or_error() {
            let connector = error.as_connector_error();
            let kinds = [
                (error.is_operation_error(), "operation"),
                (error.is_response_error(), "response"),
                (error.is_timeout_error(), "timeout"),
                (
                    connector.is_some_and(ConnectorError::is_io),
                    "connector: io",
                ),
                (
                    connector.is_some_and(ConnectorError::is_timeout),
                    "connector: timeout",
                ),
                (
                    connector.is_some_and(|error| error.as_other().is_some()),
                    "connector: other",
                ),
            ];
            let (_, kind) = kinds.into_iter().find(|(is, _)| *is).unwrap();
            self.0.lock().unwrap().push(kind);
        }
        RetryAction::NoActionIndicated
    }

    fn name(&self) -> &'static str {
        "Kinds"
    }
}

#[tokio::test]
async fn a_program_learns_why_there_is_no_response() {
    const TOO_SHORT: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n";
    let cases: [(Rules, &str, &str); 5] = [
        (
            &[(TOKEN, &[Status(400, "")])],
            "http://{server}",
            "operation",
        ),
        (
            &[(TOKEN, &[Bytes(TOO_SHORT)])],
            "http://{server}",
            "response",
        ),
        (&[], "http://{closed}", "connector: io"),
        (
            &[(TOKEN, &[Silence])],
            "http://{server}",
            "connector: timeout",
        ),
        (
            &[(TOKEN, &[Bytes(b"HTTP/1.1")])],
            "http://{server}",
            "connector: other",
        ),
    ];
    for (rules, endpoint, expected) in cases {
        let server = Server::start(rules).await;
        let kinds = Kinds::default();
        let client = builder(&server)
            .endpoint(server.fill_in(endpoint))
            .unwrap()
            .read_timeout(Duration::from_millis(200))
            .retry_classifier(SharedRetryClassifier::new(kinds.clone()))
            .build();
        client.get("/x").await.unwrap_err();
        assert_eq!(*kinds.0.lock().unwrap(), [expected]);
    }
}

#[tokio::test]
async fn a_retry_that_succeeds_is_refunded() {
    let server = Server::start(&[(TOKEN, &[Token("T0KEN-1", "21600")])]).await;
    let client = builder(&server).build();
    // The quota is enough for 100 retries that fail.
    for number in 0..120 {
        server.set_rules(&[
            (TOKEN, &[Token("T0KEN-1", "21600")]),
            ("GET /x", &[Status(500, ""), Status(200, "value")]),
        ]);
        assert_eq!(get(&client).await, "value", "{number}");
    }
}
