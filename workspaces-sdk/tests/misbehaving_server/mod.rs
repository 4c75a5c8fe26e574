//! Calls to a server that misbehaves. A call never panics, hangs or returns the output of another call, and it retries only
//! faults that may be temporary.

mod fault;
mod table;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use fault::{Attempts, End, Fault};
use table::FAULTS;
use workspaces_sdk::Client;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::timeout::TimeoutConfig;
use workspaces_sdk::config::{Builder, StalledStreamProtectionConfig};
use workspaces_sdk::error::{DisplayErrorContext, SdkError};
use workspaces_sdk::operation::describe_workspaces::{
    DescribeWorkspacesError, DescribeWorkspacesOutput,
};

use crate::server::{Request, Server, Step, response};

/// A sleep implementation that takes a hundredth of the time.
#[derive(Clone, Debug)]
struct ShortSleep;

impl AsyncSleep for ShortSleep {
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
        .sleep_impl(ShortSleep)
        // A third of a second with the short sleep, which is enough for a busy machine.
        .stalled_stream_protection(
            StalledStreamProtectionConfig::enabled()
                .grace_period(Duration::from_secs(30))
                .build(),
        )
        .timeout_config(timeouts)
        .retry_config(RetryConfig::standard())
}

type Outcome = Result<DescribeWorkspacesOutput, SdkError<DescribeWorkspacesError>>;

/// The correct response to a request, which contains the ID in the request.
fn right_response(request: &Request) -> Vec<Step> {
    let (_, rest) = request.body.split_once(r#""DirectoryId":""#).unwrap();
    let (id, _) = rest.split_once('"').unwrap();
    response(
        200,
        &[],
        &format!(r#"{{"Workspaces":[{{"WorkspaceId":"{id}"}}]}}"#),
    )
}

/// Makes a call and checks that an output belongs to it.
async fn call(client: &Client, number: usize) -> Outcome {
    let id = format!("d-{number}");
    let send = client.describe_workspaces().directory_id(&id).send();
    let outcome = tokio::time::timeout(Duration::from_secs(30), send)
        .await
        .expect("no call hangs");
    if let Ok(output) = &outcome {
        assert_eq!(output.workspaces()[0].workspace_id(), Some(id.as_str()));
    }
    outcome
}

fn end_of(outcome: &Outcome) -> End {
    match outcome {
        Ok(_) => End::Succeeded,
        Err(SdkError::DispatchFailure(failure)) if failure.is_io() => End::Io,
        Err(SdkError::DispatchFailure(failure)) if failure.is_timeout() => End::Timeout,
        Err(SdkError::DispatchFailure(_)) => End::Dispatch,
        Err(SdkError::ResponseError(_)) => End::Response,
        Err(SdkError::ServiceError(_)) => End::ServiceError,
        Err(error) => panic!("{}", DisplayErrorContext(error)),
    }
}

#[tokio::test]
async fn a_repeated_fault_ends_the_call_as_in_the_table() {
    for Fault {
        name,
        steps,
        end,
        attempts,
    } in FAULTS
    {
        let server = Server::start(move |_, request| steps(request)).await;
        let outcome = call(&client(&server), 7).await;
        assert_eq!(end_of(&outcome), *end, "{name}: {outcome:?}");
        let made = server.requests().len();
        assert_eq!(made, attempts.number(), "{name}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_single_fault_is_retried_and_does_not_affect_the_next_call() {
    for Fault {
        name,
        steps,
        end,
        attempts,
    } in FAULTS
    {
        let server = Server::start(move |number, request| match number {
            0 => steps(request),
            _ => right_response(request),
        })
        .await;
        let client = client(&server);
        let outcome = call(&client, 7).await;
        let expected = match attempts {
            Attempts::One => *end,
            Attempts::Two | Attempts::Three => End::Succeeded,
        };
        assert_eq!(end_of(&outcome), expected, "{name}: {outcome:?}");
        // The next call succeeds, regardless of the state of the connection.
        let outcome = call(&client, 8).await;
        assert_eq!(end_of(&outcome), End::Succeeded, "{name}: {outcome:?}");
    }
}

/// Makes `count` calls, up to 20 at once, and returns how many succeeded and how many failed.
async fn calls(client: &Client, count: usize) -> (usize, usize) {
    let (next, succeeded, failed) = (
        AtomicUsize::new(0),
        AtomicUsize::new(0),
        AtomicUsize::new(0),
    );
    let shared = Arc::new((next, succeeded, failed));
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
                    let counter = if end_of(&outcome) == End::Succeeded {
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
async fn retries_and_their_quota_work_with_faults_in_a_third_of_the_responses() {
    const CALLS: usize = 1000;
    let random = Mutex::new(fastrand::Rng::with_seed(30));
    let faults = Arc::new(AtomicUsize::new(0));
    let thrown = faults.clone();
    let server = Server::start(move |_, request| {
        let mut random = random.lock().unwrap();
        if random.f64() >= 0.3 {
            return right_response(request);
        }
        thrown.fetch_add(1, Ordering::Relaxed);
        let fault = random.choice(FAULTS).unwrap();
        (fault.steps)(request)
    })
    .await;
    let start = Instant::now();

    let (succeeded, failed) = calls(&client(&server), CALLS).await;

    let attempts = server.requests().len();
    let retries = attempts - CALLS;
    println!(
        "{CALLS} calls, 30% faults: {succeeded} succeeded, {failed} failed, {attempts} attempts, {retries} retries, \
         {} faults, {:.1} s",
        faults.load(Ordering::Relaxed),
        start.elapsed().as_secs_f64(),
    );
    assert_eq!(succeeded + failed, CALLS);
    // Retries succeed after many of the faults.
    assert!(succeeded > CALLS * 3 / 4, "{succeeded}");
    // The quota prevents many retries. Without it, nearly every fault would cause one.
    let faults = faults.load(Ordering::Relaxed);
    assert!(retries * 3 < faults * 2, "{retries} of {faults}");
}

#[tokio::test]
async fn the_quota_limits_retries_while_every_call_is_throttled() {
    const CALLS: usize = 1000;
    let storm = response(
        400,
        &[],
        r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#,
    );
    let server = Server::always(storm).await;
    let (succeeded, failed) = calls(&client(&server), CALLS).await;
    let attempts = server.requests().len();
    println!(
        "{CALLS} calls, all throttled: {succeeded} succeeded, {failed} failed, {attempts} attempts"
    );
    assert_eq!((succeeded, failed), (0, CALLS));
    assert_eq!(attempts, CALLS + 100);
}

#[tokio::test]
async fn the_quota_limits_retries_in_an_outage_and_calls_succeed_after_it() {
    const CALLS: usize = 500;
    let requests = AtomicUsize::new(0);
    let server = Server::start(
        move |_, request| match requests.fetch_add(1, Ordering::Relaxed) {
            0..550 => response(503, &[], "<html>down</html>"),
            _ => right_response(request),
        },
    )
    .await;
    let client = client(&server);
    let (succeeded, failed) = calls(&client, CALLS).await;
    assert_eq!(
        (succeeded, failed, server.requests().len()),
        (0, CALLS, CALLS + 50)
    );
    let (succeeded, failed) = calls(&client, CALLS).await;
    println!(
        "{CALLS} calls in an outage made 50 retries; after it {succeeded} of {CALLS} succeeded"
    );
    assert_eq!((succeeded, failed), (CALLS, 0));
}
