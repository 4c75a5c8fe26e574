//! Failures of connections: each kind of error is retried if, and only if, another attempt can succeed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body_util::{Full, Limited};
use tokio::sync::oneshot;
use workspaces_sdk::Client;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::error::{DisplayErrorContext, SdkError};

use crate::server::{Server, Step, response};

fn client(server: &Server, attempts: u32) -> Client {
    let retries = RetryConfig::standard()
        .with_initial_backoff(Duration::from_millis(1))
        .with_max_attempts(attempts);
    Client::from_conf(server.config().retry_config(retries).build())
}

/// Makes a call over a connection that another tokio runtime has opened and that it drives. That runtime ends while the
/// call waits for the response.
async fn call_while_a_runtime_ends(attempts: u32) -> (Server, Result<(), String>) {
    let server = Server::start(|number, _| match number {
        1 => vec![Step::Wait(Duration::from_secs(60))],
        _ => response(200, &[], "{}"),
    })
    .await;
    let client = client(&server, attempts);
    let (opened, is_open) = oneshot::channel();
    let (end, ends) = oneshot::channel();
    let other = client.clone();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            other.describe_workspaces().send().await.unwrap();
            opened.send(()).unwrap();
            ends.await.unwrap();
        });
    });
    is_open.await.unwrap();

    let call = tokio::spawn(async move { client.describe_workspaces().send().await });
    while server.requests().len() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    end.send(()).unwrap();
    let outcome = tokio::time::timeout(Duration::from_secs(30), call).await;
    thread.join().unwrap();
    let outcome = match outcome.unwrap().unwrap() {
        Ok(_) => Ok(()),
        Err(error) => {
            let SdkError::DispatchFailure(failure) = &error else {
                panic!("{error:?}")
            };
            assert!(failure.is_io(), "{error:?}");
            Err(DisplayErrorContext(error).to_string())
        }
    };
    (server, outcome)
}

#[tokio::test]
async fn a_call_survives_the_end_of_the_runtime_that_opened_its_connection() {
    let (server, outcome) = call_while_a_runtime_ends(1).await;
    let error = outcome.unwrap_err();
    assert!(error.contains("dispatch task is gone"), "{error}");
    assert_eq!(server.requests().len(), 2);

    let (server, outcome) = call_while_a_runtime_ends(3).await;
    outcome.unwrap();
    let requests = server.requests();
    let connections: Vec<_> = requests.iter().map(|it| it.connection).collect();
    assert_eq!(connections, [0, 0, 1]);
}

#[tokio::test]
async fn an_idle_connection_may_end_in_any_way() {
    for end in [
        vec![Step::Close],
        vec![Step::Reset],
        // Load balancers announce with a 408 that they close an idle connection.
        vec![
            Step::Send(b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n".to_vec()),
            Step::Close,
        ],
        vec![Step::Send(b"HTTP/1.1 408 Request Timeout\r\n\r\n".to_vec())],
        vec![Step::Send(b"garbage".to_vec())],
        vec![Step::Send(
            b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]".to_vec(),
        )],
    ] {
        for pause in [0, 20] {
            let steps = [response(200, &[], "{}"), end.clone()].concat();
            let server = Server::always(steps).await;
            let client = client(&server, 3);
            for _ in 0..3 {
                let outcome = client.describe_workspaces().send().await;
                outcome.unwrap_or_else(|error| panic!("{end:?}: {error:?}"));
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
        }
    }
}

/// A body that can be signed, and fails when it is sent.
fn failing_body() -> SdkBody {
    let fails = || Limited::new(Full::new(Bytes::from_static(b"{}")), 1);
    SdkBody::from("{}").map_preserve_contents(move |_| SdkBody::from_body_1_x(fails()))
}

#[tokio::test]
async fn a_request_whose_body_fails_is_not_retried() {
    let server = Server::always(response(200, &[], "{}")).await;
    let count = Arc::new(AtomicU32::new(0));
    let counter = count.clone();
    let error = client(&server, 3)
        .describe_workspaces()
        .customize()
        .mutate_request(move |request| {
            counter.fetch_add(1, Ordering::Relaxed);
            *request.body_mut() = failing_body();
        })
        .send()
        .await
        .unwrap_err();
    let SdkError::DispatchFailure(failure) = &error else {
        panic!("{error:?}")
    };
    assert!(failure.is_user(), "{error:?}");
    let text = DisplayErrorContext(&error).to_string();
    let expected = "the body of the request cannot be read";
    assert!(text.contains(expected), "{text}");
    assert_eq!(count.load(Ordering::Relaxed), 1);
}
