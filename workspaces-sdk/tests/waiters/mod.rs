//! Waiters: when and how a wait ends, the requests of a poll, and the times of the polls. No test waits in real time.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use serde_json::{Value, json};
use workspaces_sdk::Client;
use workspaces_sdk::client::Waiters;
use workspaces_sdk::config::StalledStreamProtectionConfig;
use workspaces_sdk::error::DisplayErrorContext;
use workspaces_sdk::types::WorkspaceState;
use workspaces_sdk::waiters::WaitError;
use workspaces_sdk::waiters::workspaces_available::{
    WaitUntilWorkspacesAvailableError, WorkspacesAvailableFinalPoll,
};

use crate::server::{Request, Server, response};

mod errors;
mod reasons;
/// A clock that advances only by sleeping. A sleep returns at once and is recorded.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<Mutex<Vec<Duration>>>);

impl Clock {
    fn sleeps(&self) -> Vec<Duration> {
        self.0.lock().unwrap().clone()
    }

    fn passed(&self) -> Duration {
        self.sleeps().iter().sum()
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        let this = self.clone();
        Sleep::new(async move { this.0.lock().unwrap().push(duration) })
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.passed()
    }
}

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

fn client(server: &Server) -> (Client, Clock) {
    let clock = Clock::default();
    let config = server
        .config()
        .sleep_impl(clock.clone())
        .time_source(clock.clone())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    (Client::from_conf(config.build()), clock)
}

/// A server whose responses `respond` computes from the number and body of a request.
async fn serve(respond: impl Fn(usize, &Value) -> Value + Send + Sync + 'static) -> Server {
    Server::start(move |number, request| {
        let body = respond(number, &body(request));
        response(200, &[], &body.to_string())
    })
    .await
}

fn body(request: &Request) -> Value {
    serde_json::from_str(&request.body).unwrap()
}

/// A page of WorkSpaces with these states.
fn workspaces(states: &[(&str, &str)]) -> Value {
    let list: Vec<Value> = states
        .iter()
        .map(|(id, state)| json!({"WorkspaceId": id, "State": state}))
        .collect();
    json!({"Workspaces": list})
}

/// A server that returns one list of WorkSpaces for each poll, and the last list for all further polls.
async fn polls(states: &[&[(&str, &str)]]) -> Server {
    let polls: Vec<Value> = states.iter().map(|states| workspaces(states)).collect();
    serve(move |number, _| polls[number.min(polls.len() - 1)].clone()).await
}

async fn available(
    client: &Client,
    ids: &[&str],
    max_wait: Duration,
) -> Result<WorkspacesAvailableFinalPoll, WaitUntilWorkspacesAvailableError> {
    let ids = ids.iter().map(|id| (*id).to_owned()).collect();
    let waiter = client.wait_until_workspaces_available();
    waiter.set_workspace_ids(Some(ids)).wait(max_wait).await
}

#[tokio::test]
async fn a_wait_ends_with_the_first_success() {
    let server = polls(&[&[("ws-1", "AVAILABLE")]]).await;
    let (client, clock) = client(&server);
    let last = available(&client, &["ws-1"], MINUTE).await.unwrap();
    let output = last.into_result().unwrap();
    assert_eq!(
        output.workspaces()[0].state(),
        Some(&WorkspaceState::Available)
    );
    assert_eq!(clock.passed(), Duration::ZERO);
    assert_eq!(body(&server.request()), json!({"WorkspaceIds": ["ws-1"]}));
}

#[tokio::test]
async fn a_wait_polls_while_a_resource_is_pending() {
    let server = polls(&[
        &[("ws-1", "PENDING"), ("ws-2", "AVAILABLE")],
        &[("ws-1", "STARTING"), ("ws-2", "AVAILABLE")],
        &[("ws-1", "AVAILABLE"), ("ws-2", "AVAILABLE")],
    ])
    .await;
    let (client, clock) = client(&server);
    let ids = ["ws-1", "ws-2"];
    available(&client, &ids, 10 * MINUTE).await.unwrap();
    let sleeps = clock.sleeps();
    assert_eq!(sleeps.len(), 2);
    assert_eq!(sleeps[0], 15 * SECOND);
    assert!(
        (15 * SECOND..=30 * SECOND).contains(&sleeps[1]),
        "{sleeps:?}"
    );
}

#[tokio::test]
async fn a_wait_fails_in_a_state_that_rules_success_out() {
    for state in ["ERROR", "TERMINATING", "TERMINATED"] {
        let server = polls(&[&[("ws-1", "PENDING"), ("ws-2", state)]]).await;
        let (client, clock) = client(&server);
        let error = available(&client, &["ws-1", "ws-2"], MINUTE)
            .await
            .unwrap_err();
        let WaitError::FailureState(failure) = error else {
            panic!("{error:?}")
        };
        let output = failure.into_final_poll().into_result().unwrap();
        let seen = output.workspaces()[1].state().unwrap();
        assert_eq!(seen.as_str(), state);
        assert_eq!(clock.passed(), Duration::ZERO);
    }
}

#[tokio::test]
async fn a_missing_workspace_is_not_available_yet() {
    let server = polls(&[
        &[],
        &[("ws-1", "AVAILABLE")],
        &[("ws-1", "AVAILABLE"), ("ws-2", "AVAILABLE")],
    ])
    .await;
    let (client, clock) = client(&server);
    available(&client, &["ws-1", "ws-2"], 10 * MINUTE)
        .await
        .unwrap();
    assert_eq!(clock.sleeps().len(), 2);
}

#[tokio::test]
async fn a_missing_workspace_is_terminated() {
    let states: [&[(&str, &str)]; 3] = [
        &[],
        &[("ws-1", "TERMINATED")],
        &[("ws-1", "TERMINATED"), ("ws-2", "TERMINATED")],
    ];
    for states in states {
        let server = polls(&[
            &[("ws-1", "AVAILABLE"), ("ws-2", "ERROR")],
            &[("ws-2", "TERMINATING")],
            states,
        ])
        .await;
        let (client, clock) = client(&server);
        let waiter = client.wait_until_workspaces_terminated();
        let waiter = waiter.workspace_ids("ws-1").workspace_ids("ws-2");
        waiter.wait(10 * MINUTE).await.unwrap();
        assert_eq!(clock.sleeps().len(), 2);
    }
}

#[tokio::test]
async fn an_empty_result_is_a_success_only_when_waiting_for_removal() {
    // The directory exists.
    let server = serve(|_, body| match body["DirectoryIds"].is_null() {
        true => json!({}),
        false => json!({"Directories": [{"DirectoryId": "d-1"}]}),
    })
    .await;
    let (client, _) = client(&server);
    let waiter = client.wait_until_workspaces_stopped().directory_id("d-1");
    let error = waiter.wait(MINUTE).await.unwrap_err();
    assert!(matches!(error, WaitError::ExceededMaxWait(_)), "{error:?}");
    let waiter = client
        .wait_until_workspaces_terminated()
        .directory_id("d-1");
    waiter.wait(MINUTE).await.unwrap();
    let server = Server::always(response(200, &[], "{}")).await;
    let (client, _) = self::client(&server);
    let waiter = client.wait_until_workspace_directories_deregistered();
    waiter.directory_ids("d-1").wait(MINUTE).await.unwrap();
}

#[tokio::test]
async fn nothing_to_wait_for_is_a_success_without_a_request() {
    let server = Server::always(response(400, &[], "{}")).await;
    let (client, clock) = client(&server);
    let last = available(&client, &[], MINUTE).await.unwrap();
    assert!(last.into_result().unwrap().workspaces().is_empty());
    assert_eq!(clock.passed(), Duration::ZERO);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn many_ids_are_requested_in_batches_and_evaluated_together() {
    let ids: Vec<String> = (0..160).map(|i| format!("ws-{i}")).collect();
    // One WorkSpace is pending during the first poll, which consists of 7 requests.
    let server = serve(|number, body| {
        let requested = body["WorkspaceIds"].as_array().unwrap().iter();
        let late = |id: &Value| number < 7 && id == "ws-120";
        let list: Vec<Value> = requested
            .map(|id| json!({"WorkspaceId": id, "State": if late(id) { "PENDING" } else { "AVAILABLE" }}))
            .collect();
        json!({"Workspaces": list})
    })
    .await;
    let (client, clock) = client(&server);
    let waiter = client.wait_until_workspaces_available();
    let waiter = waiter.set_workspace_ids(Some(ids.clone()));
    let output = waiter
        .wait(10 * MINUTE)
        .await
        .unwrap()
        .into_result()
        .unwrap();
    let seen: Vec<&str> = output
        .workspaces()
        .iter()
        .filter_map(|it| it.workspace_id())
        .collect();
    assert_eq!(seen, ids);
    let sizes: Vec<usize> = server
        .requests()
        .iter()
        .map(|request| body(request)["WorkspaceIds"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [25, 25, 25, 25, 25, 25, 10].repeat(2));
    // A poll sends five requests at once, then two per second. The bucket is full again when the next poll begins.
    let half = SECOND / 2;
    assert_eq!(clock.sleeps(), [half, half, 15 * SECOND, half, half]);
}

#[tokio::test]
async fn all_pages_are_evaluated_together() {
    let server = serve(|_, body| match body["NextToken"].as_str() {
        None => {
            json!({"Workspaces": [{"WorkspaceId": "ws-1", "State": "STOPPED"}], "NextToken": "2"})
        }
        Some("2") => json!({"Workspaces": [], "NextToken": "3"}),
        Some(_) => json!({"Workspaces": [{"WorkspaceId": "ws-2", "State": "STOPPED"}]}),
    })
    .await;
    let (client, clock) = client(&server);
    let waiter = client.wait_until_workspaces_stopped().bundle_id("wsb-1");
    let output = waiter.wait(MINUTE).await.unwrap().into_result().unwrap();
    assert_eq!(output.workspaces().len(), 2);
    assert_eq!(output.next_token(), None);
    assert_eq!(server.requests().len(), 3);
    assert_eq!(clock.passed(), Duration::ZERO);
}

/// One rule for waiters, batches and paginators: a page with its own token is the last one, and a cycle of pages is an error.
#[tokio::test]
async fn repeated_page_tokens_end_a_list() {
    for (tokens, is_cycle) in [(["again", "again"], false), (["one", "other"], true)] {
        let start = || {
            serve(move |number, _| {
                let mut page = workspaces(&[("ws-1", "AVAILABLE")]);
                page["NextToken"] = tokens[number % 2].into();
                page
            })
        };
        let requests = if is_cycle { 3 } else { 2 };

        let server = start().await;
        let waited = available(&client(&server).0, &["ws-1"], MINUTE).await;
        let text = waited.err().map(|it| DisplayErrorContext(it).to_string());
        assert_eq!(text.is_some(), is_cycle, "{text:?}");
        assert!(text.is_none_or(|it| it.contains("requested before")));
        assert_eq!(server.requests().len(), requests);

        let server = start().await;
        let request = client(&server).0.describe_workspaces();
        let outcome = request.into_batch().ids(["ws-1"]).send().await;
        assert_eq!(outcome.is_complete(), !is_cycle, "{outcome}");
        let error = outcome.into_result().err();
        let text = error.map(|it| DisplayErrorContext(it).to_string());
        assert!(text.is_none_or(|it| it.contains("requested before")));
        assert_eq!(server.requests().len(), requests);

        let server = start().await;
        let pages = client(&server).0.describe_workspaces().into_paginator();
        let pages: Vec<_> = pages.send().collect().await;
        assert_eq!(pages.iter().any(Result::is_err), is_cycle, "{pages:?}");
        assert_eq!(server.requests().len(), requests);
    }
}

#[tokio::test]
async fn the_last_poll_is_at_the_end_of_max_wait() {
    let server = polls(&[&[("ws-1", "PENDING")]]).await;
    for seconds in [0, 1, 10, 40, 600] {
        let (client, clock) = client(&server);
        let max_wait = Duration::from_secs(seconds);
        let before = server.requests().len();
        let error = available(&client, &["ws-1"], max_wait).await.unwrap_err();
        let WaitError::ExceededMaxWait(exceeded) = error else {
            panic!("{error:?}")
        };
        let polls = server.requests().len() - before;
        assert_eq!(exceeded.poll_count() as usize, polls);
        assert_eq!(
            (exceeded.max_wait(), exceeded.elapsed()),
            (max_wait, max_wait)
        );
        assert_eq!(clock.passed(), max_wait);
        assert_eq!(polls, clock.sleeps().len() + 1);
        let sleeps = clock.sleeps();
        let all_but_last = sleeps.len().saturating_sub(1);
        for sleep in &sleeps[..all_but_last] {
            assert!((15 * SECOND..=120 * SECOND).contains(sleep), "{sleeps:?}");
        }
    }
}

#[tokio::test]
async fn a_wait_ends_even_if_the_clock_stands_still() {
    let server = polls(&[&[("ws-1", "PENDING")]]).await;
    let clock = Clock::default();
    let config = server.config().sleep_impl(clock.clone());
    let config = config
        .time_source(aws_smithy_async::time::StaticTimeSource::from_secs(1))
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    let client = Client::from_conf(config.build());
    let error = available(&client, &["ws-1"], 10 * MINUTE)
        .await
        .unwrap_err();
    assert!(matches!(error, WaitError::ExceededMaxWait(_)), "{error:?}");
    assert_eq!(clock.passed(), 10 * MINUTE);
}

#[test]
fn a_wait_is_send() {
    fn is_send(_: impl Send) {}
    let client = Client::from_conf(workspaces_sdk::Config::builder().build());
    is_send(client.wait_until_workspaces_available().wait(MINUTE));
}
