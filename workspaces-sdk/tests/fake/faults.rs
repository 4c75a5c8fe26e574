//! Fault injection.

use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::timeout::TimeoutConfig;
use workspaces_sdk::error::ProvideErrorMetadata;
use workspaces_sdk::fake::{Fake, Fault};
use workspaces_sdk::types::{
    RunningMode, StopRequest, TargetWorkspaceState, TerminateRequest, WorkspaceProperties,
    WorkspaceState,
};

use super::{created, described, minutes, request, request_in, seeded, state};

fn without_retries(fake: &Fake) -> Client {
    let config = fake.config().retry_config(RetryConfig::disabled());
    Client::from_conf(config.build())
}

#[tokio::test]
async fn calls_of_an_operation_fail_the_requested_number_of_times() {
    let rows = [
        (Fault::throttle(), 400, "ThrottlingException"),
        (Fault::server_error(500), 500, "InternalServerError"),
        (Fault::server_error(503), 503, "ServiceUnavailable"),
        (Fault::access_denied(), 400, "AccessDeniedException"),
    ];
    for (fault, status, code) in rows {
        let fake = seeded().build();
        let client = without_retries(&fake);
        fake.inject(fault.on("DescribeWorkspaces").times(2));
        client.describe_account().send().await.ok();
        for _ in 0..2 {
            let error = client.describe_workspaces().send().await.unwrap_err();
            assert_eq!(error.code(), Some(code));
            assert_eq!(error.raw_response().unwrap().status().as_u16(), status);
        }
        client.describe_workspaces().send().await.unwrap();
    }
}

#[tokio::test]
async fn retries_overcome_temporary_faults() {
    let fake = seeded().build();
    fake.inject(Fault::throttle().times(1));
    fake.inject(Fault::server_error(500).times(1));
    fake.client().describe_workspaces().send().await.unwrap();
    let statuses: Vec<u16> = fake.calls().iter().map(|call| call.status).collect();
    assert_eq!(statuses, [400, 500, 200]);
}

#[tokio::test]
async fn a_delayed_response_exceeds_the_timeout_of_the_client() {
    let fake = seeded().build();
    fake.inject(Fault::delay(Duration::from_secs(30)).times(2));
    let before = fake.now();
    let client = without_retries(&fake);
    client.describe_workspaces().send().await.unwrap();
    assert_eq!(fake.now(), before + Duration::from_secs(30));

    let timeouts = TimeoutConfig::builder().operation_timeout(Duration::from_secs(10));
    let config = fake.config().timeout_config(timeouts.build());
    let client = Client::from_conf(config.build());
    let error = client.describe_workspaces().send().await.unwrap_err();
    assert!(matches!(
        error,
        workspaces_sdk::error::SdkError::TimeoutError(_)
    ));
    assert_eq!(fake.now(), before + Duration::from_secs(40));
}

#[tokio::test]
async fn an_item_fails_while_the_call_succeeds() {
    let fake = seeded().build();
    let client = fake.client();
    fake.inject(Fault::fail_item("ResourceNotFound.User", "No such user.").item("grace"));
    let call = client.create_workspaces().workspaces(request("ada"));
    let response = call.workspaces(request("grace")).send().await.unwrap();
    assert_eq!(response.pending_requests().len(), 1);
    let failed = &response.failed_requests()[0];
    assert_eq!(failed.error_code(), Some("ResourceNotFound.User"));
    assert_eq!(failed.error_message(), Some("No such user."));
}

#[tokio::test]
async fn a_creation_can_end_with_an_error() {
    let fake = seeded().build();
    fake.inject(
        Fault::end_in_error("DomainJoinFailed", "The WorkSpace cannot join the domain.")
            .item("ada"),
    );
    let id = created(&fake, request("ada")).await;
    let response = fake.client().describe_workspaces().send().await.unwrap();
    let workspace = &response.workspaces()[0];
    assert_eq!(workspace.workspace_id(), Some(id.as_str()));
    assert_eq!(workspace.state(), Some(&WorkspaceState::Error));
    assert_eq!(workspace.error_code(), Some("DomainJoinFailed"));
}

#[tokio::test]
async fn a_workspace_is_stuck_until_faults_are_cleared() {
    let fake = seeded().build();
    let id = created(&fake, request_in("ada", RunningMode::Manual)).await;
    fake.inject(Fault::stuck().on("StopWorkspaces").item(&id));
    stop(&fake, &id).await;
    fake.advance(minutes(600));
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Stopping));
    fake.clear_faults();
    fake.advance(minutes(2));
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Stopped));
}

#[tokio::test]
async fn faults_apply_to_terminations() {
    for (fault, terminated) in [
        (
            Fault::end_in_error("Broken", "It broke."),
            WorkspaceState::Error,
        ),
        (Fault::stuck(), WorkspaceState::Terminating),
    ] {
        let fake = seeded().build();
        let ada = created(&fake, request("ada")).await;
        fake.inject(fault);
        let item = TerminateRequest::builder().workspace_id(&ada).build();
        let client = fake.client();
        let call = client.terminate_workspaces();
        let call = call.terminate_workspace_requests(item.unwrap());
        call.send().await.unwrap();
        fake.advance(minutes(600));
        assert_eq!(state(&fake, &ada).await, Some(terminated));
    }
}

#[tokio::test]
async fn an_immediate_change_does_not_use_up_a_fault() {
    let fake = seeded().build();
    let id = created(&fake, request_in("ada", RunningMode::Manual)).await;
    fake.inject(Fault::stuck().times(1));
    for to in [
        TargetWorkspaceState::AdminMaintenance,
        TargetWorkspaceState::Available,
    ] {
        let client = fake.client();
        let call = client.modify_workspace_state().workspace_id(&id);
        call.workspace_state(to).send().await.unwrap();
    }
    stop(&fake, &id).await;
    fake.advance(minutes(600));
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Stopping));
}

#[tokio::test]
async fn setting_the_state_cancels_a_transition() {
    let fake = seeded().build();
    let id = created(&fake, request_in("ada", RunningMode::Manual)).await;
    fake.inject(Fault::stuck().times(1));
    stop(&fake, &id).await;
    fake.set_workspace_state(&id, WorkspaceState::Starting);
    fake.advance(minutes(2));
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Available));

    fake.advance(minutes(6 * 60));
    fake.set_workspace_state(&id, WorkspaceState::Stopped);
    grow(&fake, &id).await;
    fake.set_workspace_state(&id, WorkspaceState::Starting);
    fake.advance(minutes(60));
    let client = fake.client();
    let workspace = described(&client, &id).await.unwrap();
    assert_eq!(workspace.state(), Some(&WorkspaceState::Available));
    let properties = workspace.workspace_properties().unwrap();
    assert_eq!(properties.user_volume_size_gib(), Some(50));
}

async fn stop(fake: &Fake, id: &str) {
    let item = StopRequest::builder().workspace_id(id).build();
    let client = fake.client();
    let call = client.stop_workspaces().stop_workspace_requests(item);
    call.send().await.unwrap();
}

async fn grow(fake: &Fake, id: &str) {
    let larger = WorkspaceProperties::builder().user_volume_size_gib(100);
    let client = fake.client();
    let call = client.modify_workspace_properties().workspace_id(id);
    let call = call.workspace_properties(larger.build());
    call.send().await.unwrap();
}

/// A test with a misspelled operation must not pass because nothing failed.
#[test]
fn a_fault_on_an_unknown_operation_is_a_panic() {
    for (operation, message) in [
        (
            "DescribeWorkspace",
            "Amazon WorkSpaces has no operation \"DescribeWorkspace\"; did you mean \"DescribeWorkspaces\"?",
        ),
        (
            "create_tags",
            "Amazon WorkSpaces has no operation \"create_tags\"; did you mean \"CreateTags\"?",
        ),
        ("x", "Amazon WorkSpaces has no operation \"x\""),
    ] {
        let panic = std::panic::catch_unwind(|| Fault::throttle().on(operation)).unwrap_err();
        assert_eq!(panic.downcast_ref::<String>().unwrap(), message);
    }
}

/// Faults can apply to operations that the offline service does not support otherwise.
#[tokio::test]
async fn a_fault_can_apply_to_any_operation_of_the_service() {
    let fake = seeded().build();
    fake.inject(Fault::access_denied().on("DescribeApplications"));
    let error = without_retries(&fake).describe_applications().send().await;
    assert_eq!(error.unwrap_err().code(), Some("AccessDeniedException"));
    assert!(fake.unused_faults().is_empty());
}

#[tokio::test]
async fn faults_that_did_not_occur_are_reported() {
    let fake = seeded().build();
    fake.inject(Fault::throttle().on("DescribeTags").times(1));
    fake.inject(Fault::throttle().on("DescribeWorkspaces").times(1));
    fake.inject(Fault::fail_item("A", "b").item("grcae"));
    fake.client().describe_workspaces().send().await.unwrap();
    let call = fake
        .client()
        .create_workspaces()
        .workspaces(request("grace"));
    call.send().await.unwrap();
    let unused = format!("{:?}", fake.unused_faults());
    assert_eq!(fake.unused_faults().len(), 2, "{unused}");
    assert!(
        unused.contains("DescribeTags") && unused.contains("grcae"),
        "{unused}"
    );
    fake.clear_faults();
    assert!(fake.unused_faults().is_empty());
}
