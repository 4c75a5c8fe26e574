//! A service that misbehaves in every way that a server can, and what a call makes of it: no panic, no
//! hang, no wrong answer, and no second attempt where there must be none.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

#[path = "../server/mod.rs"]
mod server;
mod table;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use server::{Request, Server, Step, response};
use table::{Attempts, Ends, FAULTS, Fault};
use workspaces_sdk::Client;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::timeout::TimeoutConfig;
use workspaces_sdk::config::{Builder, StalledStreamProtectionConfig};
use workspaces_sdk::error::{DisplayErrorContext, SdkError};
use workspaces_sdk::operation::describe_workspaces::{
    DescribeWorkspacesError, DescribeWorkspacesOutput,
};

/// Lets time pass a hundred times as fast.
#[derive(Clone, Debug)]
struct Hurry;

impl AsyncSleep for Hurry {
    fn sleep(&self, duration: Duration) -> Sleep {
        Sleep::new(tokio::time::sleep(duration / 100))
    }
}

fn client(server: &Server) -> Client {
    Client::from_conf(config(server).build())
}

fn config(server: &Server) -> Builder {
    let timeouts = TimeoutConfig::builder()
        .read_timeout(Duration::from_millis(500))
        .build();
    server
        .config()
        .sleep_impl(Hurry)
        // A third of a second in a hurry: enough for a busy machine.
        .stalled_stream_protection(
            StalledStreamProtectionConfig::enabled()
                .grace_period(Duration::from_secs(30))
                .build(),
        )
        .timeout_config(timeouts)
        .retry_config(RetryConfig::standard())
}

type Outcome = Result<DescribeWorkspacesOutput, SdkError<DescribeWorkspacesError>>;

/// The right answer to a request: one that names what was asked for.
fn right_answer(request: &Request) -> Vec<Step> {
    let (_, rest) = request.body.split_once(r#""DirectoryId":""#).unwrap();
    let (asked, _) = rest.split_once('"').unwrap();
    response(
        200,
        &[],
        &format!(r#"{{"Workspaces":[{{"WorkspaceId":"{asked}"}}]}}"#),
    )
}

/// Makes a call and checks that an answer is the one to it.
async fn call(client: &Client, number: usize) -> Outcome {
    let asked = format!("d-{number}");
    let send = client.describe_workspaces().directory_id(&asked).send();
    let outcome = tokio::time::timeout(Duration::from_secs(30), send)
        .await
        .expect("no call hangs");
    if let Ok(output) = &outcome {
        assert_eq!(output.workspaces()[0].workspace_id(), Some(asked.as_str()));
    }
    outcome
}

fn ends(outcome: &Outcome) -> Ends {
    match outcome {
        Ok(_) => Ends::Answered,
        Err(SdkError::DispatchFailure(failure)) if failure.is_io() => Ends::Io,
        Err(SdkError::DispatchFailure(failure)) if failure.is_timeout() => Ends::Timeout,
        Err(SdkError::DispatchFailure(_)) => Ends::Dispatch,
        Err(SdkError::ResponseError(_)) => Ends::Response,
        Err(SdkError::ServiceError(_)) => Ends::Refused,
        Err(error) => panic!("{}", DisplayErrorContext(error)),
    }
}

#[tokio::test]
async fn each_fault_alone() {
    for Fault {
        name,
        steps,
        end,
        attempts,
    } in FAULTS
    {
        let server = Server::start(move |_, request| steps(request)).await;
        let outcome = call(&client(&server), 7).await;
        assert_eq!(ends(&outcome), *end, "{name}: {outcome:?}");
        let made = server.requests().len();
        assert_eq!(
            made,
            if *attempts == Attempts::Three { 3 } else { 1 },
            "{name}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn each_fault_once() {
    for Fault {
        name,
        steps,
        end,
        attempts,
    } in FAULTS
    {
        let server = Server::start(move |number, request| match number {
            0 => steps(request),
            _ => right_answer(request),
        })
        .await;
        let client = client(&server);
        let outcome = call(&client, 7).await;
        let expected = if *attempts == Attempts::Three {
            Ends::Answered
        } else {
            *end
        };
        assert_eq!(ends(&outcome), expected, "{name}: {outcome:?}");
        // Whatever happened to the connection, the next call is not troubled by it.
        let outcome = call(&client, 8).await;
        assert_eq!(ends(&outcome), Ends::Answered, "{name}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_body_without_end() {
    let chunk = format!("100000\r\n{}\r\n", " ".repeat(0x10_0000)).into_bytes();
    let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let steps: Vec<_> = std::iter::once(head)
        .chain(std::iter::repeat_n(chunk, 70))
        .map(Step::Send)
        .collect();
    let server = Server::always(steps).await;
    let patient = StalledStreamProtectionConfig::disabled();
    let client = Client::from_conf(config(&server).stalled_stream_protection(patient).build());
    let outcome = call(&client, 7).await;
    let text = DisplayErrorContext(&outcome.unwrap_err()).to_string();
    assert!(
        text.contains("the response is longer than 67108864 bytes"),
        "{text}"
    );
    assert_eq!(server.requests().len(), 1);
}

/// Makes `count` calls, up to 20 at once; tells how many succeeded at once, succeeded later and failed.
async fn calls(client: &Client, count: usize) -> (usize, usize) {
    let (next, answered, failed) = (
        AtomicUsize::new(0),
        AtomicUsize::new(0),
        AtomicUsize::new(0),
    );
    let shared = Arc::new((next, answered, failed));
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (client, shared) = (client.clone(), shared.clone());
            tokio::spawn(async move {
                loop {
                    let number = shared.0.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return;
                    }
                    let outcome = call(&client, number).await;
                    let counter = if ends(&outcome) == Ends::Answered {
                        &shared.1
                    } else {
                        &shared.2
                    };
                    counter.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no call panics");
    }
    (
        shared.1.load(Ordering::Relaxed),
        shared.2.load(Ordering::Relaxed),
    )
}

#[tokio::test]
async fn a_thousand_calls_with_a_fault_in_every_third_answer() {
    const CALLS: usize = 1000;
    let random = Mutex::new(fastrand::Rng::with_seed(30));
    let faults = Arc::new(AtomicUsize::new(0));
    let thrown = faults.clone();
    let server = Server::start(move |_, request| {
        let mut random = random.lock().unwrap();
        if random.f64() >= 0.3 {
            return right_answer(request);
        }
        thrown.fetch_add(1, Ordering::Relaxed);
        let fault = random.choice(FAULTS).unwrap();
        (fault.steps)(request)
    })
    .await;
    let start = Instant::now();

    let (answered, failed) = calls(&client(&server), CALLS).await;

    let attempts = server.requests().len();
    let retries = attempts - CALLS;
    println!(
        "{CALLS} calls, 30% faults: {answered} answered, {failed} failed, {attempts} attempts, {retries} retries, \
         {} faults, {:.1} s",
        faults.load(Ordering::Relaxed),
        start.elapsed().as_secs_f64(),
    );
    assert_eq!(answered + failed, CALLS);
    // A third of the answers is wrong; of that a good part is made good by another attempt.
    assert!(answered > CALLS * 3 / 4, "{answered}");
    // The quota keeps a good part of the faults from being tried again: without it nearly all would be.
    let faults = faults.load(Ordering::Relaxed);
    assert!(retries * 3 < faults * 2, "{retries} of {faults}");
}

#[tokio::test]
async fn a_throttling_storm() {
    const CALLS: usize = 1000;
    let storm = response(
        400,
        &[],
        r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#,
    );
    let server = Server::always(storm).await;
    let (answered, failed) = calls(&client(&server), CALLS).await;
    let attempts = server.requests().len();
    println!(
        "{CALLS} calls, all throttled: {answered} answered, {failed} failed, {attempts} attempts"
    );
    assert_eq!((answered, failed), (0, CALLS));
    assert_eq!(attempts, CALLS + 100);
}

#[tokio::test]
async fn an_outage_and_its_end() {
    const CALLS: usize = 500;
    let requests = AtomicUsize::new(0);
    let server = Server::start(
        move |_, request| match requests.fetch_add(1, Ordering::Relaxed) {
            0..550 => response(503, &[], "<html>down</html>"),
            _ => right_answer(request),
        },
    )
    .await;
    let client = client(&server);
    let (answered, failed) = calls(&client, CALLS).await;
    assert_eq!(
        (answered, failed, server.requests().len()),
        (0, CALLS, CALLS + 50)
    );
    let (answered, failed) = calls(&client, CALLS).await;
    println!(
        "{CALLS} calls in an outage made 50 retries; after it {answered} of {CALLS} were answered"
    );
    assert_eq!((answered, failed), (CALLS, 0));
}
