//! Descriptions of WorkSpaces, their connection status and their snapshots.

use std::time::Duration;

use aws_smithy_types::DateTime;

use super::{WorkSpace, find};
use crate::fake::page::Page;
use crate::fake::service_error::{ServiceError, code};
use crate::fake::state::State;
use crate::operation::describe_workspace_snapshots::{
    DescribeWorkspaceSnapshotsInput, DescribeWorkspaceSnapshotsOutput,
};
use crate::operation::describe_workspaces::{DescribeWorkspacesInput, DescribeWorkspacesOutput};
use crate::operation::describe_workspaces_connection_status::{
    DescribeWorkspacesConnectionStatusInput, DescribeWorkspacesConnectionStatusOutput,
};
use crate::types::{ConnectionState, Snapshot, WorkspaceConnectionStatus, WorkspaceState};

/// The interval between snapshots.
const SNAPSHOT_INTERVAL: Duration = Duration::from_secs(12 * 60 * 60);

pub(in crate::fake) fn describe(
    state: &mut State,
    input: DescribeWorkspacesInput,
) -> Result<DescribeWorkspacesOutput, ServiceError> {
    check_filters(&input)?;
    let page = Page::new(
        "DescribeWorkspaces",
        input.next_token.as_deref(),
        input.limit,
    )?;
    let ids = input.workspace_ids.as_deref();
    let matches =
        |filter: &Option<String>, value: &Option<String>| filter.is_none() || filter == value;
    // User names are not case-sensitive.
    let is_user = |name: &Option<String>| {
        let name = name.as_deref().unwrap_or_default();
        let filter = input.user_name.as_deref();
        filter.is_none_or(|filter| filter.eq_ignore_ascii_case(name))
    };
    let is_selected = |workspace: &&WorkSpace| {
        let description = &workspace.description;
        workspace.visible_from <= state.now
            && matches(&input.directory_id, &description.directory_id)
            && is_user(&description.user_name)
            && matches(&input.bundle_id, &description.bundle_id)
            && matches(&input.workspace_name, &description.workspace_name)
    };
    let (found, next) = page.take(
        page.select(&state.workspaces, ids)
            .filter(|(_, workspace)| is_selected(workspace))
            .map(|(id, workspace)| (id.to_owned(), workspace.description.clone())),
    );
    Ok(DescribeWorkspacesOutput::builder()
        .set_workspaces(found)
        .set_next_token(next)
        .build())
}

/// Checks that the filters are either identifiers, a directory with an optional user, or a bundle.
fn check_filters(input: &DescribeWorkspacesInput) -> Result<(), ServiceError> {
    let ids = !input.workspace_ids().is_empty();
    let filters = [ids, input.directory_id.is_some(), input.bundle_id.is_some()];
    let fail = |message: &str| Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    if filters.iter().filter(|set| **set).count() > 1 {
        return fail("WorkspaceIds, DirectoryId and BundleId are mutually exclusive.");
    }
    if input.user_name.is_some() && input.directory_id.is_none() {
        return fail("UserName requires DirectoryId.");
    }
    Ok(())
}

pub(in crate::fake) fn describe_connection_status(
    state: &mut State,
    input: DescribeWorkspacesConnectionStatusInput,
) -> Result<DescribeWorkspacesConnectionStatusOutput, ServiceError> {
    let page = Page::new(
        "DescribeWorkspacesConnectionStatus",
        input.next_token.as_deref(),
        None,
    )?;
    let now = state.now;
    let status = |id: &str, workspace: &WorkSpace| {
        let running = workspace.state() == WorkspaceState::Available;
        WorkspaceConnectionStatus::builder()
            .workspace_id(id)
            .connection_state(match (workspace.connected, running) {
                (true, _) => ConnectionState::Connected,
                (false, true) => ConnectionState::Disconnected,
                (false, false) => ConnectionState::UnknownValue,
            })
            .connection_state_check_timestamp(DateTime::from(match running {
                true => now,
                // The last check was before the WorkSpace left AVAILABLE.
                false => workspace.entered,
            }))
            .set_last_known_user_connection_timestamp(workspace.last_connected.map(DateTime::from))
            .build()
    };
    let (found, next) = page.take(
        page.select(&state.workspaces, input.workspace_ids.as_deref())
            .filter(|(_, workspace)| has_connection_status(&workspace.state()))
            .map(|(id, workspace)| (id.to_owned(), status(id, workspace))),
    );
    Ok(DescribeWorkspacesConnectionStatusOutput::builder()
        .set_workspaces_connection_status(found)
        .set_next_token(next)
        .build())
}

/// Whether the service checks the connection of a WorkSpace in a state. Otherwise, the response has no entry for it.
fn has_connection_status(state: &WorkspaceState) -> bool {
    !matches!(state, WorkspaceState::Pending | WorkspaceState::Error)
}

/// Describes the latest snapshot of a WorkSpace, which both a rebuild and a restore use.
///
/// The offline service takes the first snapshot at the creation of the WorkSpace, and then one every
/// twelve hours.
pub(in crate::fake) fn describe_snapshots(
    state: &mut State,
    input: DescribeWorkspaceSnapshotsInput,
) -> Result<DescribeWorkspaceSnapshotsOutput, ServiceError> {
    let now = state.now;
    let workspace = find(state, input.workspace_id().unwrap_or_default())?;
    let age = now
        .duration_since(workspace.visible_from)
        .unwrap_or_default();
    let offset = age.as_secs() / SNAPSHOT_INTERVAL.as_secs() * SNAPSHOT_INTERVAL.as_secs();
    let time = workspace.visible_from + Duration::from_secs(offset);
    let snapshot = Snapshot::builder()
        .snapshot_time(DateTime::from(time))
        .build();
    Ok(DescribeWorkspaceSnapshotsOutput::builder()
        .rebuild_snapshots(snapshot.clone())
        .restore_snapshots(snapshot)
        .build())
}
