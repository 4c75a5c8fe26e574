//! The order of hooks.

use workspaces_sdk::Client;
use workspaces_sdk::error::SdkError;

use super::tracer::{HOOKS, START, Tracer};
use super::{config, flaky};
use crate::server::{Server, response};

#[tokio::test]
async fn all_hooks_run_in_order() {
    let server = flaky().await;
    let tracer = Tracer::default();
    let client = Client::from_conf(config(&server).interceptor(tracer.clone()).build());
    client.describe_workspaces().send().await.unwrap();
    let attempt = |number: u32, outcome: &str| {
        [
            format!("read_before_attempt #{number} request"),
            format!("modify_before_signing #{number} request"),
            format!("read_before_signing #{number} request"),
            format!("read_after_signing #{number} request"),
            format!("modify_before_transmit #{number} request"),
            format!("read_before_transmit #{number} request"),
            format!("read_after_transmit #{number} response"),
            format!("modify_before_deserialization #{number} response"),
            format!("read_before_deserialization #{number} response"),
            format!("read_after_deserialization #{number} response {outcome}"),
            format!("modify_before_attempt_completion #{number} response {outcome}"),
            format!("read_after_attempt #{number} response {outcome}"),
        ]
    };
    let end = [
        "modify_before_completion #2 response output",
        "read_after_execution #2 response output",
    ];
    let expected = START.map(str::to_owned).into_iter();
    let expected = expected
        .chain(attempt(1, "error"))
        .chain(attempt(2, "output"));
    let expected: Vec<_> = expected.chain(end.map(str::to_owned)).collect();
    assert_eq!(tracer.lines(), expected);
}

#[tokio::test]
async fn interceptors_run_in_the_order_in_which_they_were_added() {
    let server = Server::always(response(200, &[], "{}")).await;
    let client_level = Tracer::new("client");
    let config = config(&server)
        .interceptor(client_level.clone())
        .interceptor(client_level.named("second"));
    let client = Client::from_conf(config.build());
    let operation = client.describe_workspaces().customize();
    let overrides = workspaces_sdk::Config::builder().interceptor(client_level.named("override"));
    operation
        .interceptor(client_level.named("operation"))
        .config_override(overrides)
        .send()
        .await
        .unwrap();
    let lines = client_level.lines();
    let of = |hook: &str| {
        let lines = lines.iter().filter(|line| line.contains(hook));
        lines
            .map(|line| line.split(':').next().unwrap())
            .collect::<Vec<_>>()
    };
    let order = ["client", "second", "override", "operation"];
    assert_eq!(of("modify_before_signing"), order);
    assert_eq!(of("read_after_execution"), order);
}

/// The kind of the error if a hook fails, the number of requests, and the hooks that still run.
async fn outcome(hook: &'static str) -> (&'static str, usize, String) {
    let server = flaky().await;
    let tracer = Tracer::default().failing_at(hook);
    let client = Client::from_conf(config(&server).interceptor(tracer.clone()).build());
    let kind = match client.describe_workspaces().send().await.unwrap_err() {
        SdkError::ConstructionFailure(_) => "construction",
        SdkError::DispatchFailure(_) => "dispatch",
        SdkError::ResponseError(_) => "response",
        error => panic!("{error:?}"),
    };
    let lines = tracer.lines();
    let names = lines.iter().map(|line| line.split(' ').next().unwrap());
    let mut after: Vec<_> = names.rev().take_while(|name| *name != hook).collect();
    after.reverse();
    (kind, server.requests().len(), after.join(" "))
}

#[tokio::test]
async fn a_hook_that_fails_ends_the_attempt_or_the_call() {
    let call = "modify_before_completion read_after_execution";
    let after_attempt = format!("read_after_attempt {call}");
    let attempt = format!("modify_before_attempt_completion {after_attempt}");
    // The first response is retried, whatever the hooks make of it.
    let table = [
        ("construction", 0, call),
        ("construction", 0, call),
        ("construction", 0, call),
        ("dispatch", 0, call),
        ("dispatch", 0, call),
        ("dispatch", 0, &attempt),
        ("dispatch", 0, &attempt),
        ("dispatch", 0, &attempt),
        ("dispatch", 0, &attempt),
        ("dispatch", 0, &attempt),
        ("dispatch", 0, &attempt),
        ("response", 2, &attempt),
        ("response", 2, &attempt),
        ("response", 2, &attempt),
        ("response", 2, &attempt),
        ("response", 2, &after_attempt),
        ("response", 2, call),
        ("response", 2, "read_after_execution"),
        ("response", 2, ""),
    ];
    for (hook, (kind, requests, after)) in HOOKS.into_iter().zip(table) {
        let expected = (kind, requests, after.to_owned());
        assert_eq!(outcome(hook).await, expected, "{hook}");
    }
}
