//! Calls over connections.

use std::thread;
use std::time::{Duration, Instant};

use workspaces_sdk::Client;
use workspaces_sdk::blocking::block_on;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::timeout::TimeoutConfig;
use workspaces_sdk::error::{DisplayErrorContext, SdkError};

use super::Peer;
use crate::server::{Step, response};

const PAGE: &str = r#"{"Workspaces":[{"WorkspaceId":"ws-1"}]}"#;

/// The identifiers of the WorkSpaces that a call returns.
fn ids(client: &Client) -> Vec<String> {
    let output = client.describe_workspaces().send_blocking().unwrap();
    let workspaces = output.workspaces.unwrap().into_iter();
    workspaces.filter_map(|it| it.workspace_id).collect()
}

/// The connections of the requests that a server received.
fn connections(peer: &Peer) -> Vec<usize> {
    let requests = peer.server.requests().into_iter();
    requests.map(|it| it.connection).collect()
}

#[test]
fn a_call_needs_no_runtime() {
    let is_reused = || {
        let peer = Peer::start(|_, _| response(200, &[], PAGE));
        let client = Client::from_conf(peer.server.config().build());
        assert_eq!(ids(&client), ["ws-1"]);
        assert_eq!(ids(&client), ["ws-1"]);
        connections(&peer) == [0, 0]
    };
    // A call can open a connection while that of another one is about to become idle.
    assert!((0..100).any(|_| is_reused()));
}

#[test]
fn threads_call_at_the_same_time() {
    const THREADS: usize = 16;
    let peer = Peer::start(|_, _| {
        let wait = Step::Wait(Duration::from_millis(100));
        [vec![wait], response(200, &[], PAGE)].concat()
    });
    let client = Client::from_conf(peer.server.config().build());
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..3 {
                    assert_eq!(ids(&client), ["ws-1"]);
                }
            });
        }
    });
    // One after the other, they would take 4.8 seconds.
    assert!(start.elapsed() < Duration::from_secs(3));
    // A call can open a connection while that of another one is about to become idle.
    assert!(*connections(&peer).iter().max().unwrap() < 2 * THREADS);
}

#[test]
fn retries_and_timeouts_wait() {
    let peer = Peer::start(|number, _| match number {
        0 => vec![Step::Wait(Duration::from_secs(60))],
        1 => vec![Step::Reset],
        _ => response(200, &[], PAGE),
    });
    let backoff = Duration::from_millis(1);
    let retries = RetryConfig::standard().with_initial_backoff(backoff);
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(200));
    let config = peer.server.config().retry_config(retries);
    let client = Client::from_conf(config.timeout_config(timeouts.build()).build());
    assert_eq!(ids(&client), ["ws-1"]);
    assert_eq!(peer.server.requests().len(), 3);
}

#[test]
fn errors_are_those_of_asynchronous_calls() {
    let body = r#"{"__type":"ResourceNotFoundException","message":"gone"}"#;
    let peer = Peer::start(move |_, _| response(400, &[], body));
    let client = Client::from_conf(peer.server.config().build());
    let call = || client.describe_workspaces();
    let blocking = call().send_blocking().unwrap_err();
    let awaited = block_on(call().send()).unwrap().unwrap_err();
    assert!(matches!(blocking, SdkError::ServiceError(_)));
    assert_eq!(
        DisplayErrorContext(&blocking).to_string(),
        DisplayErrorContext(&awaited).to_string()
    );
}

#[test]
fn a_customized_call() {
    let peer = Peer::start(|_, _| response(200, &[], PAGE));
    let client = Client::from_conf(peer.server.config().build());
    let call = client.describe_workspaces().customize();
    let call = call.mutate_request(|request| {
        request.headers_mut().insert("x-color", "green");
    });
    call.send_blocking().unwrap();
    assert_eq!(peer.server.request().header("x-color"), Some("green"));
}

/// While no asynchronous call is made, the connections of its runtime do not work, so each kind of calls has connections of its own.
#[test]
fn a_client_makes_both_kinds_of_calls() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().unwrap();
    for is_first_blocking in [true, false] {
        let is_reused = || {
            let peer = Peer::start(|_, _| response(200, &[], PAGE));
            let client = Client::from_conf(peer.server.config().build());
            for i in 0..6 {
                if (i % 2 == 0) == is_first_blocking {
                    assert_eq!(ids(&client), ["ws-1"]);
                } else {
                    let call = client.describe_workspaces().send();
                    runtime.block_on(call).unwrap();
                }
            }
            let connections = connections(&peer);
            let mut kinds = connections.iter().enumerate();
            let is_shared = |(i, it): (usize, &usize)| {
                connections[i + 1..]
                    .iter()
                    .step_by(2)
                    .any(|other| other == it)
            };
            assert!(!kinds.any(is_shared), "{connections:?}");
            connections == [0, 1, 0, 1, 0, 1]
        };
        assert!((0..100).any(|_| is_reused()));
    }
}

#[test]
fn a_configuration_is_loaded() {
    let peer = Peer::start(|_, _| response(200, &[], PAGE));
    let credentials = aws_credential_types::Credentials::new("AKID", "SECRET", None, None, "test");
    let loader = aws_config::defaults(aws_config::BehaviorVersion::latest())
        .region("eu-west-1")
        .credentials_provider(credentials)
        .endpoint_url(peer.server.url());
    let config = block_on(loader.load()).unwrap();
    assert_eq!(ids(&Client::new(&config)), ["ws-1"]);
}
