//! The preconditions of actions on WorkSpaces, in every state and running mode.

use workspaces_sdk::fake::Fake;
use workspaces_sdk::types::{
    FailedWorkspaceChangeRequest, RebootRequest, RebuildRequest, RunningMode, StartRequest,
    StopRequest, TargetWorkspaceState, TerminateRequest, WorkspaceProperties, WorkspaceState,
};

use super::{created, minutes, request_in, seeded, state};

const ALL: &str = "PENDING AVAILABLE IMPAIRED UNHEALTHY REBOOTING STARTING REBUILDING RESTORING \
    MAINTENANCE ADMIN_MAINTENANCE TERMINATING TERMINATED SUSPENDED UPDATING STOPPING STOPPED ERROR";
const NOT_SUSPENDED: &str = "PENDING AVAILABLE IMPAIRED UNHEALTHY REBOOTING STARTING REBUILDING \
    RESTORING MAINTENANCE ADMIN_MAINTENANCE TERMINATING TERMINATED UPDATING STOPPING STOPPED ERROR";
const MODES: &str = "AUTO_STOP MANUAL ALWAYS_ON";

/// The actions: the states and running modes in which they are possible, the state that they lead to
/// immediately, if it is another one, and the error code in other states and modes.
#[rustfmt::skip]
const TABLE: &[(&str, &str, &str, &str, &str)] = &[
    ("StartWorkspaces", "STOPPED", "AUTO_STOP MANUAL", "STARTING", "InvalidResourceState.WorkSpace"),
    ("StopWorkspaces", "AVAILABLE IMPAIRED UNHEALTHY ERROR", "AUTO_STOP MANUAL", "STOPPING", "InvalidResourceState.WorkSpace"),
    ("RebootWorkspaces", "AVAILABLE UNHEALTHY REBOOTING", MODES, "REBOOTING", "InvalidResourceState.WorkSpace"),
    ("RebuildWorkspaces", "AVAILABLE ERROR UNHEALTHY STOPPED REBOOTING", MODES, "REBUILDING", "InvalidResourceState.WorkSpace"),
    ("TerminateWorkspaces", NOT_SUSPENDED, MODES, "TERMINATING", "InvalidResourceState.WorkSpace"),
    ("RestoreWorkspace", "AVAILABLE ERROR UNHEALTHY STOPPED", MODES, "RESTORING", "OperationNotSupportedException"),
    ("MigrateWorkspace", "AVAILABLE STOPPED ERROR", MODES, "", "OperationNotSupportedException"),
    ("ModifyWorkspaceState ADMIN_MAINTENANCE", "AVAILABLE", MODES, "ADMIN_MAINTENANCE", "InvalidResourceStateException"),
    ("ModifyWorkspaceState AVAILABLE", "ADMIN_MAINTENANCE", MODES, "AVAILABLE", "InvalidResourceStateException"),
    ("ModifyWorkspaceProperties", "AVAILABLE STOPPED", MODES, "", "InvalidResourceStateException"),
];

#[tokio::test]
async fn actions_are_possible_in_certain_states_and_modes_only() {
    for (action, states, modes, to, error_code) in TABLE {
        for mode in MODES.split_whitespace() {
            for from in ALL.split_whitespace() {
                let possible = has(states, from) && has(modes, mode);
                let (outcome, current) = attempt(action, from, mode).await;
                let expected = if possible {
                    (Ok(()), if to.is_empty() { from } else { *to })
                } else {
                    (Err((*error_code).to_owned()), from)
                };
                assert_eq!(
                    (outcome, current.as_str()),
                    expected,
                    "{action} in {from}, {mode}"
                );
            }
        }
    }
}

fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|other| other == word)
}

/// Attempts an action on a WorkSpace in a state. Returns the error code on failure, and the state
/// afterwards.
async fn attempt(action: &str, from: &str, mode: &str) -> (Result<(), String>, String) {
    let fake = seeded().build();
    let id = created(&fake, request_in("ada", RunningMode::from(mode))).await;
    fake.advance(minutes(6 * 60));
    assert!(fake.set_workspace_state(&id, WorkspaceState::from(from)));
    let outcome = perform(&fake, action, &id).await;
    let current = state(&fake, &id).await.unwrap();
    (outcome, current.as_str().to_owned())
}

async fn perform(fake: &Fake, action: &str, id: &str) -> Result<(), String> {
    let client = fake.client();
    match action {
        "StartWorkspaces" => {
            let item = StartRequest::builder().workspace_id(id).build();
            let call = client.start_workspaces().start_workspace_requests(item);
            failed(call.send().await.unwrap().failed_requests())
        }
        "StopWorkspaces" => {
            let item = StopRequest::builder().workspace_id(id).build();
            let call = client.stop_workspaces().stop_workspace_requests(item);
            failed(call.send().await.unwrap().failed_requests())
        }
        "RebootWorkspaces" => {
            let item = RebootRequest::builder().workspace_id(id).build().unwrap();
            let call = client.reboot_workspaces().reboot_workspace_requests(item);
            failed(call.send().await.unwrap().failed_requests())
        }
        "RebuildWorkspaces" => {
            let item = RebuildRequest::builder().workspace_id(id).build().unwrap();
            let call = client.rebuild_workspaces().rebuild_workspace_requests(item);
            failed(call.send().await.unwrap().failed_requests())
        }
        "TerminateWorkspaces" => {
            let item = TerminateRequest::builder()
                .workspace_id(id)
                .build()
                .unwrap();
            let call = client
                .terminate_workspaces()
                .terminate_workspace_requests(item);
            failed(call.send().await.unwrap().failed_requests())
        }
        "RestoreWorkspace" => {
            let response = client.restore_workspace().workspace_id(id).send().await;
            response.map(drop).map_err(|error| {
                let error = error.into_service_error();
                assert!(error.is_operation_not_supported_exception());
                error.meta().code().unwrap().to_owned()
            })
        }
        "MigrateWorkspace" => {
            let call = client.migrate_workspace().source_workspace_id(id);
            let response = call.bundle_id("wsb-power0001").send().await;
            response.map(drop).map_err(|error| {
                let error = error.into_service_error();
                assert!(error.is_operation_not_supported_exception());
                error.meta().code().unwrap().to_owned()
            })
        }
        "ModifyWorkspaceProperties" => {
            let size = WorkspaceProperties::builder()
                .user_volume_size_gib(100)
                .build();
            let call = client.modify_workspace_properties().workspace_id(id);
            let response = call.workspace_properties(size).send().await;
            response.map(drop).map_err(|error| {
                let error = error.into_service_error();
                assert!(error.is_invalid_resource_state_exception());
                error.meta().code().unwrap().to_owned()
            })
        }
        other => {
            let target = other.split_whitespace().last().unwrap();
            let call = client.modify_workspace_state().workspace_id(id);
            let call = call.workspace_state(TargetWorkspaceState::from(target));
            call.send().await.map(drop).map_err(|error| {
                let error = error.into_service_error();
                assert!(error.is_invalid_resource_state_exception());
                error.meta().code().unwrap().to_owned()
            })
        }
    }
}

/// Returns the error code of the only item if it failed.
fn failed(failed: &[FailedWorkspaceChangeRequest]) -> Result<(), String> {
    match failed {
        [] => Ok(()),
        [item] => Err(item.error_code().unwrap().to_owned()),
        several => panic!("the request has only one item: {several:?}"),
    }
}
