//! Operations that change the state of several WorkSpaces, each of which can fail individually.

use super::perform;
use crate::fake::preconditions::Action;
use crate::fake::service_error::ServiceError;
use crate::fake::state::State;
use crate::operation::reboot_workspaces::{RebootWorkspacesInput, RebootWorkspacesOutput};
use crate::operation::rebuild_workspaces::{RebuildWorkspacesInput, RebuildWorkspacesOutput};
use crate::operation::restore_workspace::{RestoreWorkspaceInput, RestoreWorkspaceOutput};
use crate::operation::start_workspaces::{StartWorkspacesInput, StartWorkspacesOutput};
use crate::operation::stop_workspaces::{StopWorkspacesInput, StopWorkspacesOutput};
use crate::operation::terminate_workspaces::{TerminateWorkspacesInput, TerminateWorkspacesOutput};
use crate::types::FailedWorkspaceChangeRequest;

/// Declares handlers of operations that take a list of requests, one for each WorkSpace.
macro_rules! handlers {
    ($($name:ident($input:ident, $requests:ident) -> $output:ident, $operation:literal, $action:ident;)*) => {$(
        pub(in crate::fake) fn $name(state: &mut State, input: $input) -> Result<$output, ServiceError> {
            let ids = input.$requests.unwrap_or_default().into_iter();
            let ids = ids.filter_map(|request| Option::from(request.workspace_id));
            let failed = perform_all(state, $operation, Action::$action, ids);
            Ok($output::builder().set_failed_requests(Some(failed)).build())
        }
    )*};
}

handlers! {
    start(StartWorkspacesInput, start_workspace_requests) -> StartWorkspacesOutput, "StartWorkspaces", Start;
    stop(StopWorkspacesInput, stop_workspace_requests) -> StopWorkspacesOutput, "StopWorkspaces", Stop;
    reboot(RebootWorkspacesInput, reboot_workspace_requests) -> RebootWorkspacesOutput, "RebootWorkspaces", Reboot;
    rebuild(RebuildWorkspacesInput, rebuild_workspace_requests) -> RebuildWorkspacesOutput, "RebuildWorkspaces", Rebuild;
    terminate(TerminateWorkspacesInput, terminate_workspace_requests) -> TerminateWorkspacesOutput, "TerminateWorkspaces", Terminate;
}

/// Performs an action on each WorkSpace and returns the requests that failed.
fn perform_all(
    state: &mut State,
    operation: &str,
    action: Action,
    ids: impl Iterator<Item = String>,
) -> Vec<FailedWorkspaceChangeRequest> {
    let mut failed = Vec::new();
    for id in ids {
        let outcome = match state.faults.item_error(operation, &id) {
            Some(fault) => Err(fault),
            None => perform(state, operation, &id, action),
        };
        if let Err((code, message)) = outcome {
            failed.push(
                FailedWorkspaceChangeRequest::builder()
                    .workspace_id(id)
                    .error_code(code)
                    .error_message(message)
                    .build(),
            );
        }
    }
    failed
}

pub(in crate::fake) fn restore(
    state: &mut State,
    input: RestoreWorkspaceInput,
) -> Result<RestoreWorkspaceOutput, ServiceError> {
    let id = input.workspace_id.unwrap_or_default();
    super::find(state, &id)?;
    perform(state, "RestoreWorkspace", &id, Action::Restore)?;
    Ok(RestoreWorkspaceOutput::builder().build())
}
