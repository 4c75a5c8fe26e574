//! Migration of WorkSpaces to another bundle.

use workspaces_sdk::Client;
use workspaces_sdk::fake::{BUNDLE_ID, Fault};
use workspaces_sdk::types::{
    RunningMode, StartRequest, Tag, TerminateRequest, WorkspaceRequest, WorkspaceState,
};

use super::service_errors::assert_service_errors;
use super::{created, described, minutes, request, request_in, seeded, state};

const POWER: &str = "wsb-power0001";

async fn migrate(client: &Client, id: &str) -> String {
    let call = client.migrate_workspace().source_workspace_id(id);
    let response = call.bundle_id(POWER).send().await.unwrap();
    assert_eq!(response.source_workspace_id(), Some(id));
    response.target_workspace_id.unwrap()
}

#[tokio::test]
async fn the_source_ends_when_the_target_is_available() {
    let fake = seeded().build();
    let client = fake.client();
    let id = created(&fake, request_in("ada", RunningMode::Manual)).await;
    let tag = Tag::builder().key("team").value("red").build().unwrap();
    let tagged = client.create_tags().resource_id(&id).tags(tag);
    tagged.send().await.unwrap();
    let target = migrate(&client, &id).await;
    for (after, source, new) in [
        (0, Some(WorkspaceState::Available), WorkspaceState::Pending),
        (59, Some(WorkspaceState::Available), WorkspaceState::Pending),
        (
            1,
            Some(WorkspaceState::Terminating),
            WorkspaceState::Available,
        ),
        (5, None, WorkspaceState::Available),
    ] {
        fake.advance(minutes(after));
        assert_eq!(state(&fake, &id).await, source, "after {after}");
        assert_eq!(state(&fake, &target).await, Some(new), "after {after}");
    }
    let migrated = described(&client, &target).await.unwrap();
    assert_eq!(migrated.user_name(), Some("ada"));
    let properties = migrated.workspace_properties().unwrap();
    assert_eq!(properties.root_volume_size_gib(), Some(175));
    assert_eq!(properties.running_mode(), Some(&RunningMode::Manual));
    let tags = client.describe_tags().resource_id(&target).send().await;
    assert_eq!(tags.unwrap().tag_list()[0].value(), Some("red"));
}

#[tokio::test]
async fn the_source_returns_when_a_migration_fails() {
    let fake = seeded().build();
    let client = fake.client();
    let id = created(&fake, request_in("ada", RunningMode::Manual)).await;
    let fault = Fault::end_in_error("Broken", "It broke.");
    fake.inject(fault.on("MigrateWorkspace").item(&id).times(1));
    fake.set_workspace_state(&id, WorkspaceState::Stopped);
    let target = migrate(&client, &id).await;
    let start = async || {
        let item = StartRequest::builder().workspace_id(&id).build();
        let call = client.start_workspaces().start_workspace_requests(item);
        call.send().await.unwrap().failed_requests().len()
    };
    assert_eq!(start().await, 1);
    fake.advance(minutes(60));
    assert_eq!(state(&fake, &target).await, None);
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Stopped));
    assert_eq!(start().await, 0);

    // So does the source of a target that is terminated, or is set to another state.
    fake.advance(minutes(2));
    let target = migrate(&client, &id).await;
    let item = TerminateRequest::builder().workspace_id(&target).build();
    let call = client.terminate_workspaces();
    let call = call.terminate_workspace_requests(item.unwrap());
    call.send().await.unwrap();
    fake.advance(minutes(600));
    assert_eq!(state(&fake, &target).await, None);
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Available));
    let target = migrate(&client, &id).await;
    fake.set_workspace_state(&target, WorkspaceState::Available);
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Terminating));
}

#[tokio::test]
async fn invalid_migrations_fail() {
    let fake = seeded().build();
    let client = fake.client();
    let id = created(&fake, request("ada")).await;
    let linux = WorkspaceRequest::builder()
        .directory_id(super::DIRECTORY)
        .user_name("grace")
        .bundle_id("wsb-linux0001");
    let linux = created(&fake, linux.build().unwrap()).await;
    let call = |id: &str, bundle: &str| {
        client
            .migrate_workspace()
            .source_workspace_id(id)
            .bundle_id(bundle)
    };
    assert_service_errors! {
        call("ws-nothing01", POWER) => is_resource_not_found_exception;
        call(&id, "wsb-unknown01") => is_resource_not_found_exception;
        call(&id, BUNDLE_ID) => is_invalid_parameter_values_exception;
        call(&id, "wsb-linux0001") => is_operation_not_supported_exception;
        call(&linux, POWER) => is_operation_not_supported_exception;
    }
    migrate(&client, &id).await;
    assert_service_errors! { call(&id, POWER) => is_operation_in_progress_exception; }
}
