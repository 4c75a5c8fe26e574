//! WorkSpaces that exist from the beginning.

use std::time::Duration;

use workspaces_sdk::fake::{Fake, Fleet};
use workspaces_sdk::types::{ConnectionState, RunningMode, WorkspaceState};

use super::{DIRECTORY, minutes, state};

const DAY: u64 = 24 * 60;

#[tokio::test]
async fn a_fleet_has_any_mode_state_and_last_connection() {
    let fleet = |users: &str| Fleet::new(DIRECTORY, 2).users(users);
    let fake = Fake::builder()
        .directory(DIRECTORY, [""; 0])
        .add_fleet(fleet("in-use"))
        .add_fleet(
            fleet("unused")
                .running_mode(RunningMode::AutoStop)
                .state(WorkspaceState::Stopped)
                .bundle("wsb-power0001")
                .last_connected(minutes(90 * DAY)),
        )
        .add_fleet(
            fleet("new")
                .running_mode(RunningMode::Manual)
                .state(WorkspaceState::Pending),
        )
        .add_fleet(fleet("broken").state(WorkspaceState::Error))
        .add_fleet(fleet("none").bundle("wsb-unknown01"))
        .build();
    let client = fake.client();
    let all = client.describe_workspaces().send().await.unwrap();
    let rows: Vec<_> = all
        .workspaces()
        .iter()
        .map(|it| {
            let properties = it.workspace_properties().unwrap();
            (
                it.user_name().unwrap(),
                it.state().unwrap().as_str(),
                properties.running_mode().unwrap().as_str(),
                properties.running_mode_auto_stop_timeout_in_minutes(),
                properties.root_volume_size_gib().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("in-use-000001", "AVAILABLE", "ALWAYS_ON", None, 80),
            ("in-use-000002", "AVAILABLE", "ALWAYS_ON", None, 80),
            ("unused-000001", "STOPPED", "AUTO_STOP", Some(60), 175),
            ("unused-000002", "STOPPED", "AUTO_STOP", Some(60), 175),
            ("new-000001", "PENDING", "MANUAL", None, 80),
            ("new-000002", "PENDING", "MANUAL", None, 80),
            ("broken-000001", "ERROR", "ALWAYS_ON", None, 80),
            ("broken-000002", "ERROR", "ALWAYS_ON", None, 80),
        ]
    );
    let status = client.describe_workspaces_connection_status().send().await;
    let status = status.unwrap().workspaces_connection_status.unwrap();
    let now = fake.now();
    let rows: Vec<_> = status
        .iter()
        .map(|it| {
            let last = it.last_known_user_connection_timestamp();
            let last = last.map(|it| {
                let last = std::time::SystemTime::try_from(*it).unwrap();
                now.duration_since(last).unwrap()
            });
            (it.connection_state().unwrap().clone(), last)
        })
        .collect();
    let unused = (ConnectionState::UnknownValue, Some(minutes(90 * DAY)));
    let in_use = (ConnectionState::Disconnected, None);
    assert_eq!(rows, [in_use.clone(), in_use, unused.clone(), unused]);

    let new = all.workspaces()[4].workspace_id().unwrap();
    fake.advance(Duration::from_secs(20 * 60));
    assert_eq!(state(&fake, new).await, Some(WorkspaceState::Available));
}
