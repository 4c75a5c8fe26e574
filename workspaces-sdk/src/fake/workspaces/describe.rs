//! What is told of WorkSpaces: themselves, who is connected, and their snapshots.

use std::time::Duration;

use aws_smithy_types::DateTime;

use super::{WorkSpace, find};
use crate::fake::page::Page;
use crate::fake::refusal::{Refusal, code};
use crate::fake::state::State;
use crate::operation::describe_workspace_snapshots::{
    DescribeWorkspaceSnapshotsInput, DescribeWorkspaceSnapshotsOutput,
};
use crate::operation::describe_workspaces::{DescribeWorkspacesInput, DescribeWorkspacesOutput};
use crate::operation::describe_workspaces_connection_status::{
    DescribeWorkspacesConnectionStatusInput, DescribeWorkspacesConnectionStatusOutput,
};
use crate::types::{ConnectionState, Snapshot, WorkspaceConnectionStatus, WorkspaceState};

/// How often a snapshot is taken.
const SNAPSHOT_EVERY: Duration = Duration::from_secs(12 * 60 * 60);

pub(in crate::fake) fn describe(
    state: &mut State,
    input: DescribeWorkspacesInput,
) -> Result<DescribeWorkspacesOutput, Refusal> {
    exclusive(&input)?;
    let page = Page::new(
        "DescribeWorkspaces",
        input.next_token.as_deref(),
        input.limit,
    )?;
    let ids = input.workspace_ids.as_deref();
    let is = |wanted: &Option<String>, value: &Option<String>| wanted.is_none() || wanted == value;
    let wanted = |workspace: &&WorkSpace| {
        let seen = &workspace.seen;
        workspace.seen_from <= state.now
            && is(&input.directory_id, &seen.directory_id)
            && is(&input.user_name, &seen.user_name)
            && is(&input.bundle_id, &seen.bundle_id)
            && is(&input.workspace_name, &seen.workspace_name)
    };
    let (found, next) = page.take(
        page.listed(&state.workspaces, ids)
            .filter(|(_, workspace)| wanted(workspace))
            .map(|(id, workspace)| (id.to_owned(), workspace.seen.clone())),
    );
    Ok(DescribeWorkspacesOutput::builder()
        .set_workspaces(found)
        .set_next_token(next)
        .build())
}

/// Filters are identifiers, or a directory with or without a user of it, or a bundle.
fn exclusive(input: &DescribeWorkspacesInput) -> Result<(), Refusal> {
    let ids = !input.workspace_ids().is_empty();
    let filters = [ids, input.directory_id.is_some(), input.bundle_id.is_some()];
    let refuse = |why: &str| Err(Refusal::new(code::INVALID_PARAMETER_VALUES, why));
    if filters.iter().filter(|set| **set).count() > 1 {
        return refuse("Give one of WorkspaceIds, DirectoryId and BundleId, not several.");
    }
    if input.user_name.is_some() && input.directory_id.is_none() {
        return refuse("UserName needs DirectoryId.");
    }
    Ok(())
}

pub(in crate::fake) fn connection_status(
    state: &mut State,
    input: DescribeWorkspacesConnectionStatusInput,
) -> Result<DescribeWorkspacesConnectionStatusOutput, Refusal> {
    let page = Page::new(
        "DescribeWorkspacesConnectionStatus",
        input.next_token.as_deref(),
        None,
    )?;
    let now = state.timestamp();
    let status = |id: &str, workspace: &WorkSpace| {
        let running = workspace.state() == WorkspaceState::Available;
        WorkspaceConnectionStatus::builder()
            .workspace_id(id)
            .connection_state(match (workspace.connected, running) {
                (true, _) => ConnectionState::Connected,
                (false, true) => ConnectionState::Disconnected,
                (false, false) => ConnectionState::UnknownValue,
            })
            .connection_state_check_timestamp(now)
            .set_last_known_user_connection_timestamp(workspace.last_connected.map(DateTime::from))
            .build()
    };
    let (found, next) = page.take(
        page.listed(&state.workspaces, input.workspace_ids.as_deref())
            .map(|(id, workspace)| (id.to_owned(), status(id, workspace))),
    );
    Ok(DescribeWorkspacesConnectionStatusOutput::builder()
        .set_workspaces_connection_status(found)
        .set_next_token(next)
        .build())
}

/// A snapshot is taken every twelve hours, the first when the WorkSpace is made; a rebuild and a
/// restore use the last.
pub(in crate::fake) fn snapshots(
    state: &mut State,
    input: DescribeWorkspaceSnapshotsInput,
) -> Result<DescribeWorkspaceSnapshotsOutput, Refusal> {
    let now = state.now;
    let workspace = find(state, input.workspace_id().unwrap_or_default())?;
    let age = now.duration_since(workspace.seen_from).unwrap_or_default();
    let taken = age.as_secs() / SNAPSHOT_EVERY.as_secs() * SNAPSHOT_EVERY.as_secs();
    let time = workspace.seen_from + Duration::from_secs(taken);
    let snapshot = Snapshot::builder()
        .snapshot_time(DateTime::from(time))
        .build();
    Ok(DescribeWorkspaceSnapshotsOutput::builder()
        .rebuild_snapshots(snapshot.clone())
        .restore_snapshots(snapshot)
        .build())
}
