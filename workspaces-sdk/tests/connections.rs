//! Failures of connections: each kind of error is retried if, and only if, another attempt can succeed.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body_util::{Full, Limited};
use tokio::runtime::Runtime;
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

fn runtime() -> Runtime {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap()
}

/// Returns the number of the connection of each request.
fn connections(server: &Server) -> Vec<usize> {
    server.requests().iter().map(|it| it.connection).collect()
}

/// While the runtime of a single thread is not in `block_on`, its connections do not work.
#[tokio::test]
async fn each_runtime_has_connections_of_its_own() {
    let server = Server::always(response(200, &[], "{}")).await;
    let client = client(&server, 1);
    let calls = tokio::task::spawn_blocking(move || {
        let runtimes = [runtime(), runtime()];
        let call = |runtime: &Runtime| {
            let call = client.describe_workspaces().send();
            let limit = Duration::from_secs(30);
            let call = runtime.block_on(async { tokio::time::timeout(limit, call).await });
            call.unwrap().unwrap();
        };
        let call_and_wait = |runtime: &Runtime| {
            call(runtime);
            // The connection becomes idle.
            runtime.block_on(async { tokio::time::sleep(Duration::from_millis(20)).await });
        };
        for _ in 0..2 {
            runtimes.iter().for_each(&call_and_wait);
        }
        // The connections of 256 runtimes are kept.
        for _ in 2..257 {
            call(&runtime());
        }
        for _ in 0..2 {
            runtimes.iter().for_each(&call_and_wait);
        }
    });
    calls.await.unwrap();
    let mut expected = vec![0, 1, 0, 1];
    expected.extend(2..257);
    // Those of the first runtime were closed, and then it takes the place of the second.
    expected.extend([257, 258, 257, 258]);
    assert_eq!(connections(&server), expected);
}

/// Makes a call in a runtime that ends while the call waits for the response, and goes on with it in this one.
async fn call_that_outlives_its_runtime(attempts: u32) -> (Server, Result<(), String>) {
    let server = Server::start(|number, _| match number {
        0 => vec![Step::Wait(Duration::from_secs(60))],
        _ => response(200, &[], "{}"),
    })
    .await;
    let mut call = Box::pin(client(&server, attempts).describe_workspaces().send());
    let server = Arc::new(server);
    let received = server.clone();
    let call = tokio::task::spawn_blocking(move || {
        runtime().block_on(async {
            while received.requests().is_empty() {
                let limit = Duration::from_millis(1);
                tokio::time::timeout(limit, &mut call).await.unwrap_err();
            }
        });
        call
    });
    let call = call.await.unwrap();
    let outcome = tokio::time::timeout(Duration::from_secs(30), call).await;
    let outcome = match outcome.unwrap() {
        Ok(_) => Ok(()),
        Err(error) => {
            let SdkError::DispatchFailure(failure) = &error else {
                panic!("{error:?}")
            };
            assert!(failure.is_io(), "{error:?}");
            Err(DisplayErrorContext(error).to_string())
        }
    };
    (Arc::into_inner(server).unwrap(), outcome)
}

#[tokio::test]
async fn a_call_survives_the_end_of_the_runtime_that_opened_its_connection() {
    let (server, outcome) = call_that_outlives_its_runtime(1).await;
    let error = outcome.unwrap_err();
    assert!(error.contains("dispatch task is gone"), "{error}");
    assert_eq!(connections(&server), [0]);

    let (server, outcome) = call_that_outlives_its_runtime(3).await;
    outcome.unwrap();
    assert_eq!(connections(&server), [0, 1]);
}

/// Timers of which none elapses, and which need no runtime.
#[derive(Debug)]
struct Never;

impl AsyncSleep for Never {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}

#[test]
fn a_call_outside_of_a_runtime_is_an_error() {
    let runtime = runtime();
    let server = runtime.block_on(Server::always(response(200, &[], "{}")));
    let client = Client::from_conf(server.config().sleep_impl(Never).build());
    let mut call = pin!(client.describe_workspaces().send());
    let outcome = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(Err(error)) = outcome else {
        panic!("{outcome:?}")
    };
    let text = DisplayErrorContext(error).to_string();
    let expected = "the default HTTPS client works in a Tokio runtime only";
    assert!(text.contains(expected), "{text}");
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
