//! Migration of WorkSpaces to another bundle.

use super::create::{new_description, new_request, properties};
use super::{WorkSpace, add_pending, enter, find, perform};
use crate::fake::preconditions::Action;
use crate::fake::service_error::{ServiceError, code};
use crate::fake::state::State;
use crate::fake::{applications, bundles};
use crate::operation::migrate_workspace::{MigrateWorkspaceInput, MigrateWorkspaceOutput};
use crate::types::{OperatingSystemType, WorkspaceProperties, WorkspaceRequest, WorkspaceState};

/// Creates a WorkSpace from another bundle for the same user, which replaces the previous one when it is AVAILABLE.
pub(in crate::fake) fn migrate(
    state: &mut State,
    input: MigrateWorkspaceInput,
) -> Result<MigrateWorkspaceOutput, ServiceError> {
    const OPERATION: &str = "MigrateWorkspace";
    let source = input.source_workspace_id.unwrap_or_default();
    let bundle_id = input.bundle_id.unwrap_or_default();
    let description = find(state, &source)?.description.clone();
    let bundle = bundles::find(state, &bundle_id)?;
    if description.bundle_id.as_ref() == Some(&bundle_id) {
        let message = format!("The WorkSpace {source} already has the bundle {bundle_id}.");
        return Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    }
    let old_bundle = state
        .bundles
        .get(description.bundle_id().unwrap_or_default());
    let is_linux = |it| bundles::operating_system(state, it) == OperatingSystemType::Linux;
    if is_linux(bundle) || old_bundle.is_some_and(is_linux) {
        let message = "WorkSpaces that run Linux cannot be migrated.";
        return Err(ServiceError::new(code::OPERATION_NOT_SUPPORTED, message));
    }
    let requested = description
        .workspace_properties
        .clone()
        .map(|old| WorkspaceProperties {
            compute_type_name: None,
            root_volume_size_gib: None,
            user_volume_size_gib: None,
            ..old
        });
    let properties = properties(bundle, requested)?;
    perform(state, OPERATION, &source, Action::Migrate)?;
    let target = state.ids.next("ws-");
    let directory = description.directory_id.unwrap_or_default();
    let user = description.user_name.unwrap_or_default();
    let request = WorkspaceRequest {
        volume_encryption_key: description.volume_encryption_key,
        user_volume_encryption_enabled: description.user_volume_encryption_enabled,
        root_volume_encryption_enabled: description.root_volume_encryption_enabled,
        workspace_name: description.workspace_name,
        ..new_request(&directory, &user, &bundle_id)
    };
    let migrated = new_description(state, &target, &request, properties);
    let workspace = WorkSpace {
        migrated_from: Some(source.clone()),
        ..WorkSpace::new(migrated, state)
    };
    add_pending(state, OPERATION, &source, &target, workspace);
    if let Some(tags) = state.tags.get(&source).cloned() {
        state.tags.insert(target.clone(), tags);
    }
    applications::install_from_bundle(state, &target, &bundle_id);
    find(state, &source)?.migrating_to = Some(target.clone());
    Ok(MigrateWorkspaceOutput::builder()
        .source_workspace_id(source)
        .target_workspace_id(target)
        .build())
}

/// Ends a migration, whose source is terminated if it worked.
pub(super) fn finish(state: &mut State, source: &str, worked: bool) {
    let Some(workspace) = state.workspaces.get_mut(source) else {
        return;
    };
    workspace.migrating_to = None;
    if worked && workspace.state() != WorkspaceState::Terminating {
        enter(state, source, WorkspaceState::Terminating);
    }
}

/// Ends a migration that failed, without the new WorkSpace.
pub(super) fn fail(state: &mut State, target: &str, source: &str) {
    state.workspaces.remove(target);
    state.tags.remove(target);
    state.applications.remove(target);
    finish(state, source, false);
}
