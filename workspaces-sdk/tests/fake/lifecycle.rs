//! The lifecycle of WorkSpaces: states and connections of users.

use std::time::Duration;

use workspaces_sdk::types::{
    ConnectionState, RunningMode, StartRequest, StopRequest, Tag, TargetWorkspaceState,
    TerminateRequest, WorkspaceProperties, WorkspaceState,
};

use super::{DIRECTORY, created, described, minutes, request, request_in, seeded, state};

#[tokio::test]
async fn a_new_workspace_becomes_available_with_the_properties_of_its_bundle() {
    let fake = seeded().build();
    let client = fake.client();
    let call = client.create_workspaces().workspaces(request("ada"));
    let pending = call.send().await.unwrap().pending_requests.unwrap();
    assert_eq!(pending[0].state(), Some(&WorkspaceState::Pending));
    assert_eq!(pending[0].ip_address(), None);
    let id = pending[0].workspace_id().unwrap();
    assert_eq!(state(&fake, id).await, Some(WorkspaceState::Pending));

    fake.advance(minutes(20));
    let workspace = described(&client, id).await.unwrap();
    assert_eq!(workspace.state(), Some(&WorkspaceState::Available));
    assert_eq!(workspace.directory_id(), Some(DIRECTORY));
    assert!(workspace.ip_address().is_some() && workspace.computer_name().is_some());
    let properties = workspace.workspace_properties().unwrap();
    assert_eq!(properties.running_mode(), Some(&RunningMode::AlwaysOn));
    assert_eq!(properties.root_volume_size_gib(), Some(80));
    assert_eq!(properties.user_volume_size_gib(), Some(50));
}

#[tokio::test]
async fn a_new_workspace_is_described_after_the_visibility_delay() {
    let fake = seeded().visibility_delay(minutes(1)).build();
    let client = fake.client();
    let call = client.create_workspaces().workspaces(request("ada"));
    let pending = call.send().await.unwrap().pending_requests.unwrap();
    let id = pending[0].workspace_id().unwrap();
    assert_eq!(state(&fake, id).await, None);
    fake.advance(minutes(1));
    assert_eq!(state(&fake, id).await, Some(WorkspaceState::Pending));
}

#[tokio::test]
async fn stop_start_and_terminate_take_minutes() {
    let fake = seeded().build();
    let client = fake.client();
    let id = created(&fake, request_in("ada", RunningMode::Manual)).await;

    let item = StopRequest::builder().workspace_id(&id).build();
    let call = client.stop_workspaces().stop_workspace_requests(item);
    call.send().await.unwrap();
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Stopping));
    fake.advance(minutes(2));
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Stopped));

    let item = StartRequest::builder().workspace_id(&id).build();
    let call = client.start_workspaces().start_workspace_requests(item);
    call.send().await.unwrap();
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Starting));
    fake.advance(minutes(2));
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Available));

    let item = TerminateRequest::builder()
        .workspace_id(&id)
        .build()
        .unwrap();
    let call = client
        .terminate_workspaces()
        .terminate_workspace_requests(item);
    call.send().await.unwrap();
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Terminating));
    fake.advance(minutes(5));
    assert_eq!(state(&fake, &id).await, None);
}

#[tokio::test]
async fn auto_stop_starts_at_disconnection_and_is_off_in_maintenance() {
    let fake = seeded().build();
    let client = fake.client();
    let id = created(&fake, request_in("ada", RunningMode::AutoStop)).await;
    fake.set_connected(&id, true);
    fake.advance(minutes(600));
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Available));
    let status = client.describe_workspaces_connection_status().send().await;
    assert_eq!(
        status.unwrap().workspaces_connection_status()[0].connection_state(),
        Some(&ConnectionState::Connected)
    );
    fake.set_connected(&id, false);
    fake.advance(minutes(59));
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Available));
    fake.advance(minutes(1));
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Stopping));
    fake.advance(minutes(2));
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Stopped));

    let item = StartRequest::builder().workspace_id(&id).build();
    let call = client.start_workspaces().start_workspace_requests(item);
    call.send().await.unwrap();
    fake.advance(minutes(2));
    let call = client.modify_workspace_state().workspace_id(&id);
    let call = call.workspace_state(TargetWorkspaceState::AdminMaintenance);
    call.send().await.unwrap();
    fake.advance(minutes(600));
    assert_eq!(
        state(&fake, &id).await,
        Some(WorkspaceState::AdminMaintenance)
    );
}

#[tokio::test]
async fn snapshots_are_taken_every_twelve_hours() {
    let fake = seeded().build();
    let id = created(&fake, request("ada")).await;
    let client = fake.client();
    let latest = async || {
        let call = client.describe_workspace_snapshots().workspace_id(&id);
        let response = call.send().await.unwrap();
        let time = response.restore_snapshots()[0].snapshot_time().copied();
        assert_eq!(
            response.rebuild_snapshots()[0].snapshot_time().copied(),
            time
        );
        time.unwrap().secs()
    };
    let first = latest().await;
    fake.advance(minutes(12 * 60 - 21));
    assert_eq!(latest().await, first);
    fake.advance(minutes(1));
    assert_eq!(latest().await, first + 12 * 60 * 60);
}

#[tokio::test]
async fn items_of_a_creation_fail_individually() {
    let fake = seeded().build();
    let client = fake.client();
    created(&fake, request("ada")).await;
    let with = |change: &dyn Fn(&mut workspaces_sdk::types::WorkspaceRequest)| {
        let mut request = request("mary");
        change(&mut request);
        request
    };
    let properties = |mode, minutes| {
        WorkspaceProperties::builder()
            .running_mode(mode)
            .running_mode_auto_stop_timeout_in_minutes(minutes)
            .build()
    };
    let tag = |i: usize| Tag::builder().key(format!("k{i}")).build().unwrap();
    #[rustfmt::skip]
    let rows = [
        (request("ada"), "ResourceExists.WorkSpace"),
        // User names are not case-sensitive.
        (request("ADA"), "ResourceExists.WorkSpace"),
        (request("nobody"), "ResourceNotFound.User"),
        (with(&|it| it.directory_id = "d-9067ffffff".to_owned()), "ResourceNotFound.Directory"),
        (with(&|it| it.bundle_id = "wsb-unknown01".to_owned()), "ResourceNotFound.Bundle"),
        (with(&|it| it.workspace_properties = Some(properties(RunningMode::AlwaysOn, 60))), "AutoStopTimeoutIsNotApplicableForAnAlwaysOnWorkspace"),
        (with(&|it| it.workspace_properties = Some(properties(RunningMode::Manual, 60))), "AutoStopTimeoutIsNotDefaultForManualWorkspace"),
        (with(&|it| it.workspace_properties = Some(properties(RunningMode::AutoStop, 61))), "InvalidParameterValue.RunningModeAutoStopTimeoutInMinutes"),
        (with(&|it| it.user_name = "[UNDEFINED]".to_owned()), "InvalidParameterValue.WorkspaceName"),
        (request("grace"), ""),
    ];
    let (requests, codes): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let call = client.create_workspaces().set_workspaces(Some(requests));
    let response = call.send().await.unwrap();
    assert_eq!(response.pending_requests().len(), 1);
    let failed = response.failed_requests().iter();
    let failed: Vec<_> = failed.map(|it| it.error_code().unwrap()).collect();
    assert_eq!(failed, codes[..codes.len() - 1]);
    assert_eq!(
        response.failed_requests()[2].workspace_request(),
        Some(&request("nobody"))
    );

    // 50 tags are allowed.
    let tags = Some((0..50).map(tag).collect());
    let request = with(&|it| it.tags.clone_from(&tags));
    created(&fake, request).await;
}

/// The user of a WorkSpace can have another one only when it is gone.
#[tokio::test]
async fn a_terminating_workspace_blocks_its_user() {
    let fake = seeded().build();
    let client = fake.client();
    let id = created(&fake, request("ada")).await;
    let item = TerminateRequest::builder()
        .workspace_id(&id)
        .build()
        .unwrap();
    let call = client.terminate_workspaces();
    let call = call.terminate_workspace_requests(item);
    call.send().await.unwrap();
    let again = || client.create_workspaces().workspaces(request("ada")).send();
    let response = again().await.unwrap();
    let code = response.failed_requests()[0].error_code();
    assert_eq!(code, Some("ResourceExists.WorkSpace"));
    fake.advance(minutes(5));
    assert_eq!(again().await.unwrap().failed_requests(), []);
}

/// The service has not checked the connection of a new WorkSpace yet, and does not check one in ERROR.
#[tokio::test]
async fn a_workspace_that_is_not_ready_has_no_connection_status() {
    let fake = seeded().build();
    let client = fake.client();
    let call = client.create_workspaces().workspaces(request("ada"));
    let response = call.send().await.unwrap();
    let id = response.pending_requests()[0].workspace_id().unwrap();
    let rows = [
        (WorkspaceState::Pending, None),
        (
            WorkspaceState::Available,
            Some(ConnectionState::Disconnected),
        ),
        (WorkspaceState::Stopped, Some(ConnectionState::UnknownValue)),
        (WorkspaceState::Error, None),
    ];
    for (state, expected) in rows {
        fake.set_workspace_state(id, state.clone());
        let call = client.describe_workspaces_connection_status();
        for call in [call.clone(), call.workspace_ids(id)] {
            let response = call.send().await.unwrap();
            let status = response.workspaces_connection_status().first();
            let found = status.and_then(|it| it.connection_state().cloned());
            assert_eq!(found, expected, "{state}");
        }
    }
}

/// The service does not check the connection of a WorkSpace that is stopped, so the check was before.
#[tokio::test]
async fn a_stopped_workspace_has_an_old_check() {
    let fake = seeded().build();
    let client = fake.client();
    let id = created(&fake, request("ada")).await;
    for (state, age) in [
        (WorkspaceState::Available, 0),
        (WorkspaceState::Stopped, 3600),
    ] {
        fake.set_workspace_state(&id, state);
        fake.advance(minutes(60));
        let status = client.describe_workspaces_connection_status().send().await;
        let status = status.unwrap().workspaces_connection_status.unwrap();
        let checked = status[0].connection_state_check_timestamp().unwrap().secs();
        let now = fake.now().duration_since(std::time::UNIX_EPOCH).unwrap();
        assert_eq!(now.as_secs() as i64 - checked, age);
    }
}

#[tokio::test]
async fn durations_are_capped() {
    let fake = seeded().visibility_delay(Duration::MAX).build();
    let client = fake.client();
    let call = client.create_workspaces().workspaces(request("ada"));
    assert_eq!(call.send().await.unwrap().pending_requests().len(), 1);
    let response = client.describe_workspaces().send().await.unwrap();
    assert_eq!(response.workspaces(), []);

    let fake = seeded().build();
    let call = fake.client().create_workspaces().workspaces(request("ada"));
    let response = call.send().await.unwrap();
    let id = response.pending_requests()[0].workspace_id().unwrap();
    fake.advance(Duration::MAX);
    assert_eq!(state(&fake, id).await, Some(WorkspaceState::Available));
}
