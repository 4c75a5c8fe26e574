//! Batches: any number of items, and the outcome of each. No test waits in real time.

use std::future::{pending, poll_fn};
use std::task::Poll;
use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::client::{BatchOutcome, Waiters};
use workspaces_sdk::config::published_request_rate;
use workspaces_sdk::error::DisplayErrorContext;
use workspaces_sdk::fake::{BUNDLE_ID, Fake, Fault};
use workspaces_sdk::types::{
    RunningMode, StopRequest, WorkspaceProperties, WorkspaceRequest, WorkspaceState,
};

const DIRECTORY: &str = "d-906700000a";

/// An offline service whose directory has `count` WorkSpaces that can be stopped, and their identifiers.
async fn fleet(count: usize) -> (Fake, Client, Vec<String>) {
    let users: Vec<String> = (0..count).map(|i| format!("user{i}")).collect();
    let fake = Fake::builder().directory(DIRECTORY, users.clone()).build();
    let client = fake.client();
    let requests = users.iter().map(|user| request(user));
    let batch = client.create_workspaces().into_batch().items(requests);
    let created = batch.send().await.into_result().unwrap();
    fake.advance(Duration::from_secs(3600));
    let ids = created.into_iter().map(|it| it.workspace_id.unwrap());
    (fake, client, ids.collect())
}

fn request(user: &str) -> WorkspaceRequest {
    let mode = RunningMode::Manual;
    WorkspaceRequest::builder()
        .directory_id(DIRECTORY)
        .user_name(user)
        .bundle_id(BUNDLE_ID)
        .workspace_properties(WorkspaceProperties::builder().running_mode(mode).build())
        .build()
        .unwrap()
}

fn calls(fake: &Fake, operation: &str) -> usize {
    let calls = fake.calls().into_iter();
    calls.filter(|call| call.operation == operation).count()
}

fn failed<T, I>(outcome: &BatchOutcome<T, I>) -> Vec<(&str, Option<&str>)> {
    let failed = outcome.failed().iter();
    failed.map(|it| (it.id().unwrap(), it.code())).collect()
}

#[tokio::test]
async fn any_number_of_items_succeed_or_fail_by_id() {
    let (fake, client, ids) = fleet(60).await;
    let last = StopRequest::builder().workspace_id("ws-unknown00").build();
    let batch = client.stop_workspaces().stop_workspace_requests(last);
    let outcome = batch.into_batch().ids(&ids).send().await;
    assert_eq!(outcome.succeeded(), ids);
    assert_eq!(calls(&fake, "StopWorkspaces"), 3);
    assert_eq!(outcome.failed().len(), 1);
    let failure = &outcome.failed()[0];
    assert_eq!(failure.id(), Some("ws-unknown00"));
    assert_eq!(failure.item().workspace_id(), Some("ws-unknown00"));
    assert!(
        failure.code().is_some() && failure.message().is_some(),
        "{failure:?}"
    );
    assert!(failure.call_error().is_none() && outcome.not_sent().is_empty());

    let waiter = client
        .wait_until_workspaces_stopped()
        .set_workspace_ids(Some(ids));
    let stopped = waiter.wait(Duration::from_secs(3600)).await.unwrap();
    assert_eq!(stopped.into_result().unwrap().workspaces().len(), 60);

    let message = outcome.into_result().unwrap_err().to_string();
    assert!(
        message.starts_with("60 of 61 items succeeded; ws-unknown00 failed ("),
        "{message}"
    );
}

#[tokio::test]
async fn a_failed_call_does_not_keep_others_from_being_sent() {
    let (fake, client, ids) = fleet(60).await;
    fake.inject(Fault::access_denied().on("StopWorkspaces").times(1));
    let outcome = client.stop_workspaces().into_batch().ids(&ids).send().await;
    assert_eq!(outcome.succeeded(), &ids[25..]);
    let expected: Vec<_> = ids[..25]
        .iter()
        .map(|id| (id.as_str(), Some("AccessDeniedException")))
        .collect();
    assert_eq!(failed(&outcome), expected);
    assert!(outcome.failed()[24].call_error().is_some());
    let error = outcome.into_result().unwrap_err();
    let message = DisplayErrorContext(&error).to_string();
    assert!(
        message.contains("35 of 60 items succeeded;") && message.contains(" and 15 more"),
        "{message}"
    );
    assert!(message.len() < 20_000, "{message}");
}

#[tokio::test]
async fn throttled_items_and_calls_are_sent_again() {
    let (fake, client, ids) = fleet(30).await;
    let throttled = |id: &str| Fault::fail_item("ThrottlingException", "Rate exceeded").item(id);
    fake.inject(throttled(&ids[3]).on("StopWorkspaces").times(1));
    fake.inject(throttled(&ids[7]).on("StopWorkspaces").times(2));
    fake.inject(throttled(&ids[9]).on("StopWorkspaces"));
    fake.inject(
        Fault::fail_item("Broken", "It is broken.")
            .on("StopWorkspaces")
            .item(&ids[11]),
    );
    let start = fake.now();
    let outcome = client.stop_workspaces().into_batch().ids(&ids).send().await;
    assert_eq!(outcome.succeeded().len(), 28);
    let expected = [
        (ids[11].as_str(), Some("Broken")),
        (ids[9].as_str(), Some("ThrottlingException")),
    ];
    assert_eq!(failed(&outcome), expected);
    assert_eq!(calls(&fake, "StopWorkspaces"), 2 + 1 + 1);
    assert!(fake.now() > start);

    // A call of three attempts is throttled, and its items are sent again.
    let (fake, client, ids) = fleet(30).await;
    fake.inject(Fault::throttle().on("StopWorkspaces").times(3));
    let outcome = client.stop_workspaces().into_batch().ids(&ids).send().await;
    assert!(outcome.is_complete(), "{outcome}");
    assert_eq!(calls(&fake, "StopWorkspaces"), 3 + 1 + 1);
}

#[tokio::test]
async fn creations_have_the_request_of_each_failure() {
    let fake = Fake::builder()
        .directory(DIRECTORY, ["ada", "grace"])
        .build();
    let client = fake.client();
    let requests = ["ada", "nobody", "grace"].map(request);
    let outcome = client
        .create_workspaces()
        .into_batch()
        .items(requests)
        .send()
        .await;
    let (created, failed, not_sent) = outcome.into_parts();
    let users: Vec<_> = created.iter().map(|it| it.user_name().unwrap()).collect();
    assert_eq!(users, ["ada", "grace"]);
    assert_eq!(failed[0].code(), Some("ResourceNotFound.User"));
    assert_eq!(failed[0].item(), &request("nobody"));
    assert_eq!((failed.len(), not_sent.len()), (1, 0));
}

#[tokio::test]
async fn identifiers_that_are_not_listed_have_failed() {
    let (fake, client, mut ids) = fleet(30).await;
    ids.insert(10, "ws-unknown00".to_owned());
    let outcome = client
        .describe_workspaces()
        .into_batch()
        .ids(&ids)
        .send()
        .await;
    assert_eq!(outcome.succeeded().len(), 30);
    assert_eq!(
        outcome.succeeded()[0].state(),
        Some(&WorkspaceState::Available)
    );
    assert_eq!(failed(&outcome), [("ws-unknown00", None)]);
    assert_eq!(
        outcome.failed()[0].to_string(),
        "ws-unknown00 failed (the service does not list it)"
    );
    assert_eq!(calls(&fake, "DescribeWorkspaces"), 2);
}

#[tokio::test]
async fn a_canceled_batch_says_what_was_not_sent() {
    let (fake, client, ids) = fleet(60).await;
    let batch = client.stop_workspaces().into_batch().ids(&ids);
    let observed = fake.clone();
    let after_two = poll_fn(move |_| match calls(&observed, "StopWorkspaces") {
        0 | 1 => Poll::Pending,
        _ => Poll::Ready(()),
    });
    let outcome = batch.clone().send_until(after_two).await;
    assert_eq!(outcome.succeeded(), &ids[..50]);
    let not_sent: Vec<_> = outcome
        .not_sent()
        .iter()
        .map(|it| it.workspace_id().unwrap())
        .collect();
    assert_eq!(not_sent, &ids[50..]);
    assert_eq!(
        outcome.to_string(),
        "50 of 60 items succeeded, 10 were not sent"
    );

    // What was not sent can be sent later.
    let (_, _, rest) = outcome.into_parts();
    let call = client
        .stop_workspaces()
        .set_stop_workspace_requests(Some(rest));
    assert_eq!(call.into_batch().send().await.succeeded(), &ids[50..]);
    let outcome = batch.clone().send_until(async {}).await;
    assert_eq!(
        (outcome.not_sent().len(), calls(&fake, "StopWorkspaces")),
        (60, 3)
    );

    // An item that was throttled was sent.
    fake.inject(Fault::fail_item("ThrottlingException", "Rate exceeded").on("StopWorkspaces"));
    let observed = fake.clone();
    let after_five = poll_fn(move |_| match calls(&observed, "StopWorkspaces") {
        ..6 => Poll::Pending,
        _ => Poll::Ready(()),
    });
    let outcome = batch.send_until(after_five).await;
    assert_eq!((outcome.failed().len(), outcome.not_sent().len()), (60, 0));
    assert_eq!(calls(&fake, "StopWorkspaces"), 6);
}

#[tokio::test]
async fn a_batch_keeps_to_the_rate_of_the_service() {
    let fake = Fake::builder()
        .directory(DIRECTORY, [""; 0])
        .fleet(DIRECTORY, 2000)
        .rate(2, 5)
        .build();
    let config = fake.config().request_rate(published_request_rate());
    let client = Client::from_conf(config.build());
    let workspaces = client.describe_workspaces().into_paginator().items().send();
    let workspaces = workspaces.try_collect().await.unwrap();
    let ids: Vec<_> = workspaces
        .into_iter()
        .filter_map(|it| it.workspace_id)
        .collect();
    let reboot = client.reboot_workspaces().into_batch().ids(&ids).send();
    let status = client
        .describe_workspaces_connection_status()
        .into_batch()
        .ids(&ids)
        .send();
    let (rebooted, status) = tokio::join!(reboot, status);
    assert!(rebooted.is_complete(), "{rebooted}");
    assert_eq!(status.succeeded().len() + status.failed().len(), 2000);
    let calls = fake.calls();
    assert_eq!(calls.len(), 240);
    assert!(calls.iter().all(|call| call.error.is_none()));
    let passed = calls[239]
        .at
        .duration_since(calls[0].at)
        .unwrap()
        .as_secs_f64();
    assert!(passed <= (240.0 - 5.0) / 2.0 * 1.05, "{passed}");
}

#[tokio::test]
async fn a_batch_may_be_empty_and_a_chunk_may_have_one_item() {
    let (fake, client, ids) = fleet(3).await;
    let outcome = client.stop_workspaces().into_batch().send().await;
    assert!(outcome.is_complete() && outcome.succeeded().is_empty());
    assert_eq!(calls(&fake, "StopWorkspaces"), 0);
    let _ = client
        .rebuild_workspaces()
        .into_batch()
        .ids(&ids)
        .send()
        .await;
    assert_eq!(calls(&fake, "RebuildWorkspaces"), 3);
}

#[test]
fn every_operation_with_a_bounded_list_and_an_answer_for_each_item_has_a_batch() {
    fn is_send(_: impl Send) {}
    let client = Client::from_conf(Fake::new().config().build());
    is_send(client.create_workspaces().into_batch().send());
    is_send(client.start_workspaces().into_batch().send());
    is_send(client.stop_workspaces().into_batch().send());
    is_send(client.reboot_workspaces().into_batch().send());
    is_send(client.rebuild_workspaces().into_batch().send());
    is_send(client.terminate_workspaces().into_batch().send());
    is_send(client.describe_applications().into_batch().send());
    is_send(client.describe_client_properties().into_batch().send());
    is_send(client.describe_connection_aliases().into_batch().send());
    is_send(client.describe_workspace_bundles().into_batch().send());
    is_send(client.describe_workspace_directories().into_batch().send());
    is_send(client.describe_workspace_images().into_batch().send());
    is_send(client.describe_workspaces().into_batch().send());
    is_send(
        client
            .describe_workspaces_connection_status()
            .into_batch()
            .send(),
    );
    is_send(
        client
            .describe_workspaces_pools()
            .into_batch()
            .send_until(pending()),
    );
}
