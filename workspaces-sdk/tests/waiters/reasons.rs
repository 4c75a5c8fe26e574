//! What the error of a waiter says: which resources are not there yet, why, and how many.

use serde_json::json;
use workspaces_sdk::client::Waiters;
use workspaces_sdk::error::DisplayErrorContext;
use workspaces_sdk::fake::{Fake, Fault};
use workspaces_sdk::waiters::WaitError;

use super::{MINUTE, available, client, polls, serve};
use crate::server::{Server, response};

const DIRECTORY: &str = "d-906700000a";

#[tokio::test]
async fn an_error_names_each_resource_with_its_state_code_and_message() {
    let server = serve(|_, _| {
        json!({"Workspaces": [
            {"WorkspaceId": "ws-1", "State": "AVAILABLE"},
            {"WorkspaceId": "ws-2", "State": "PENDING"},
            {"WorkspaceId": "ws-3", "State": "ERROR", "ErrorCode": "ConfigureWorkspace.DomainJoin",
                "ErrorMessage": "The domain cannot be joined."},
        ]})
    })
    .await;
    let (client, _) = client(&server);
    let ids = ["ws-1", "ws-2", "ws-3", "ws-4"];
    let error = available(&client, &ids, MINUTE).await.unwrap_err();
    assert!(matches!(error, WaitError::FailureState(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "3 of 4 WorkSpaces are not AVAILABLE: ws-3 is ERROR (ConfigureWorkspace.DomainJoin: The domain cannot be joined.), \
         ws-2 is PENDING, ws-4 is not listed; the goal cannot be reached any more"
    );
    let unfinished: Vec<_> = error.unfinished().iter().map(|it| it.id.as_str()).collect();
    assert_eq!(
        (unfinished, error.total()),
        (vec!["ws-3", "ws-2", "ws-4"], 4)
    );
    assert_eq!(error.unfinished()[1].state.as_deref(), Some("PENDING"));
    assert_eq!(error.unfinished()[2].state, None);
    assert_eq!(error.output().unwrap().workspaces().len(), 3);
    assert_eq!(error.into_output().unwrap().workspaces().len(), 3);
}

#[tokio::test]
async fn a_message_is_bounded_and_the_list_is_complete() {
    let long = "x".repeat(100_000);
    let server = serve(move |_, body| {
        let ids = body["WorkspaceIds"].as_array().unwrap().iter();
        let list: Vec<_> = ids
            .map(|id| json!({"WorkspaceId": id, "State": "STARTING", "ErrorMessage": long}))
            .collect();
        json!({"Workspaces": list})
    })
    .await;
    let (client, _) = client(&server);
    let ids: Vec<String> = (0..60).map(|i| format!("ws-{i}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let error = available(&client, &ids, MINUTE).await.unwrap_err();
    let message = error.to_string();
    assert!(message.starts_with("60 of 60 WorkSpaces are not AVAILABLE: ws-0 is STARTING (xxx"));
    assert!(
        message.contains("ws-9 is STARTING") && !message.contains("ws-10 "),
        "{message}"
    );
    assert!(
        message.contains(" and 50 more; the waiter gave up after 60s and "),
        "{message}"
    );
    assert!(DisplayErrorContext(&error).to_string().len() < 10_000);
    assert_eq!((error.unfinished().len(), error.total()), (60, 60));
    assert_eq!(
        error.unfinished()[59].error_message.as_ref().unwrap().len(),
        100_000
    );
}

/// A call that fails does not hide what the polls before it returned.
#[tokio::test]
async fn a_failed_call_leaves_the_result_of_the_last_poll() {
    let server = Server::start(|number, _| match number {
        0 => response(
            200,
            &[],
            r#"{"Workspaces":[{"WorkspaceId":"ws-1","State":"AVAILABLE"}]}"#,
        ),
        _ => response(400, &[], r#"{"__type":"AccessDeniedException"}"#),
    })
    .await;
    let (client, _) = client(&server);
    let error = available(&client, &["ws-1", "ws-2"], MINUTE)
        .await
        .unwrap_err();
    assert!(matches!(error, WaitError::OperationFailed(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "1 of 2 WorkSpaces are not AVAILABLE: ws-2 is not listed; a call of the waiter failed"
    );
    assert_eq!(error.output().unwrap().workspaces().len(), 1);
}

#[tokio::test]
async fn a_wait_without_resources_says_so() {
    let server = serve(|_, _| json!({"Workspaces": []})).await;
    let (client, _) = client(&server);
    let waiter = client.wait_until_workspaces_stopped().bundle_id("wsb-1");
    let error = waiter.wait(MINUTE).await.unwrap_err();
    let message = error.to_string();
    assert!(
        message.starts_with("no WorkSpaces are listed that could be STOPPED; "),
        "{message}"
    );
}

/// Resources that are gone are there, for a waiter that waits for this.
#[tokio::test]
async fn a_waiter_for_removal_names_what_is_left() {
    let server = polls(&[&[("ws-1", "TERMINATING"), ("ws-2", "TERMINATED")]]).await;
    let (client, _) = client(&server);
    let ids = ["ws-1", "ws-2", "ws-3"].map(str::to_owned).to_vec();
    let waiter = client.wait_until_workspaces_terminated();
    let error = waiter
        .set_workspace_ids(Some(ids))
        .wait(MINUTE)
        .await
        .unwrap_err();
    let message = error.to_string();
    assert!(
        message.starts_with("1 of 3 WorkSpaces are not TERMINATED: ws-1 is TERMINATING;"),
        "{message}"
    );
}

#[tokio::test]
async fn directories_images_and_pools_have_reasons() {
    let fake = Fake::builder()
        .unregistered_directory("d-906700000b", [""; 0])
        .build();
    fake.inject(Fault::end_in_error(
        "Broken",
        "The directory cannot be reached.",
    ));
    let client = fake.client();
    let call = client
        .register_workspace_directory()
        .directory_id("d-906700000b");
    call.send().await.unwrap();
    let waiter = client.wait_until_workspace_directories_registered();
    let error = waiter
        .directory_ids("d-906700000b")
        .wait(30 * MINUTE)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "1 of 1 directories are not REGISTERED: d-906700000b is ERROR (The directory cannot be reached.); \
         the goal cannot be reached any more"
    );
    let waiter = client
        .wait_until_workspace_images_available()
        .image_ids("wsi-000000001");
    let message = waiter.wait(MINUTE).await.unwrap_err().to_string();
    assert!(
        message.starts_with("1 of 1 images are not AVAILABLE: wsi-000000001 is not listed;"),
        "{message}"
    );
    let waiter = client
        .wait_until_workspaces_pools_stopped()
        .pool_ids("wspool-000000001");
    let message = waiter.wait(MINUTE).await.unwrap_err().to_string();
    assert!(
        message.contains("1 pools") || message.contains("1 of 1 pools"),
        "{message}"
    );
}

#[tokio::test]
async fn an_unknown_directory_is_an_error_at_once() {
    let fake = Fake::builder()
        .directory(DIRECTORY, [""; 0])
        .fleet(DIRECTORY, 1)
        .build();
    let client = fake.client();
    let before = fake.now();
    let stopped = client
        .wait_until_workspaces_stopped()
        .directory_id("d-906700000f");
    let error = stopped.wait(MINUTE).await.unwrap_err();
    assert!(
        matches!(&error, WaitError::NotFound(it) if it.id() == "d-906700000f"),
        "{error:?}"
    );
    assert_eq!(
        error.to_string(),
        "d-906700000f is not among the directories"
    );
    let terminated = client
        .wait_until_workspaces_terminated()
        .directory_id("d-906700000f");
    assert!(matches!(
        terminated.wait(MINUTE).await,
        Err(WaitError::NotFound(_))
    ));
    assert_eq!(fake.now(), before);

    // If this cannot be found out, the wait goes on.
    fake.inject(Fault::access_denied().on("DescribeWorkspaceDirectories"));
    let stopped = client
        .wait_until_workspaces_stopped()
        .directory_id("d-906700000f");
    let error = stopped.wait(MINUTE).await.unwrap_err();
    assert!(matches!(error, WaitError::ExceededMaxWait(_)), "{error:?}");
}
