//! Changing a WorkSpace's properties, and its state into and out of maintenance.

use super::{act, begin, find, is_auto_stop, plan};
use crate::fake::preconditions::{self, Action};
use crate::fake::refusal::{Refusal, code};
use crate::fake::state::State;
use crate::operation::modify_workspace_properties::{
    ModifyWorkspacePropertiesInput, ModifyWorkspacePropertiesOutput,
};
use crate::operation::modify_workspace_state::{
    ModifyWorkspaceStateInput, ModifyWorkspaceStateOutput,
};
use crate::types::{
    ModificationResourceEnum, ModificationState, ModificationStateEnum, RunningMode,
    TargetWorkspaceState, WorkspaceProperties, WorkspaceState,
};

pub(in crate::fake) fn modify_state(
    state: &mut State,
    input: ModifyWorkspaceStateInput,
) -> Result<ModifyWorkspaceStateOutput, Refusal> {
    let id = input.workspace_id.unwrap_or_default();
    find(state, &id)?;
    let action = match input.workspace_state {
        Some(TargetWorkspaceState::AdminMaintenance) => Action::BeginMaintenance,
        _ => Action::EndMaintenance,
    };
    act(state, "ModifyWorkspaceState", &id, action)
        .map_err(|(code, why)| Refusal::new(&code, why))?;
    Ok(ModifyWorkspaceStateOutput::builder().build())
}

pub(in crate::fake) fn modify_properties(
    state: &mut State,
    input: ModifyWorkspacePropertiesInput,
) -> Result<ModifyWorkspacePropertiesOutput, Refusal> {
    let id = input.workspace_id.unwrap_or_default();
    let workspace = find(state, &id)?;
    let before = workspace.state();
    if before == WorkspaceState::Updating {
        let why = "Another change of its properties is under way.";
        return Err(Refusal::new(code::OPERATION_IN_PROGRESS, why));
    }
    preconditions::allowed(Action::ModifyProperties, &before, &workspace.mode())
        .map_err(|(code, why)| Refusal::new(code, why))?;
    let wanted = input
        .workspace_properties
        .unwrap_or_else(|| WorkspaceProperties::builder().build());
    let properties = workspace
        .seen
        .workspace_properties
        .get_or_insert_with(|| WorkspaceProperties::builder().build());
    if let Some(resource) = change(properties, wanted)? {
        workspace.seen.modification_states = Some(vec![
            ModificationState::builder()
                .resource(resource)
                .state(ModificationStateEnum::UpdateInProgress)
                .build(),
        ]);
        workspace.before = Some(before);
        let operation = "ModifyWorkspaceProperties";
        begin(state, operation, &id, WorkspaceState::Updating);
    } else {
        plan(state, &id);
    }
    Ok(ModifyWorkspacePropertiesOutput::builder().build())
}

/// Makes the one change that is wanted, and gives what takes a while to follow.
fn change(
    properties: &mut WorkspaceProperties,
    wanted: WorkspaceProperties,
) -> Result<Option<ModificationResourceEnum>, Refusal> {
    let refuse = |why: &str| Err(Refusal::new(code::INVALID_PARAMETER_VALUES, why));
    let set = [
        wanted.running_mode.is_some(),
        wanted.running_mode_auto_stop_timeout_in_minutes.is_some(),
        wanted.root_volume_size_gib.is_some(),
        wanted.user_volume_size_gib.is_some(),
        wanted.compute_type_name.is_some(),
        wanted.protocols.is_some(),
        wanted.operating_system_name.is_some(),
        wanted.global_accelerator.is_some(),
        wanted.nested_virtualization_enabled.is_some(),
    ];
    if set.iter().filter(|set| **set).count() != 1 {
        return refuse("One property is changed by a call, no more and no less.");
    }
    if let Some(mode) = wanted.running_mode {
        let minutes = (mode == RunningMode::AutoStop).then_some(super::AUTO_STOP_MINUTES);
        properties.running_mode_auto_stop_timeout_in_minutes = minutes;
        properties.running_mode = Some(mode);
        return Ok(None);
    }
    if let Some(minutes) = wanted.running_mode_auto_stop_timeout_in_minutes {
        if properties.running_mode != Some(RunningMode::AutoStop) {
            return refuse("The timeout has a meaning only in the running mode AUTO_STOP.");
        }
        if !is_auto_stop(minutes) {
            return refuse("The timeout is a multiple of 60 minutes.");
        }
        properties.running_mode_auto_stop_timeout_in_minutes = Some(minutes);
        return Ok(None);
    }
    let volumes = [
        (
            wanted.root_volume_size_gib,
            &mut properties.root_volume_size_gib,
            ModificationResourceEnum::RootVolume,
        ),
        (
            wanted.user_volume_size_gib,
            &mut properties.user_volume_size_gib,
            ModificationResourceEnum::UserVolume,
        ),
    ];
    for (size, now, resource) in volumes {
        if let Some(size) = size {
            if now.is_some_and(|now| size <= now) {
                return refuse("A volume can grow but not shrink.");
            }
            *now = Some(size);
            return Ok(Some(resource));
        }
    }
    let resource = match &wanted {
        it if it.compute_type_name.is_some() => Some(ModificationResourceEnum::ComputeType),
        it if it.protocols.is_some() => Some(ModificationResourceEnum::Protocol),
        it if it.nested_virtualization_enabled.is_some() => {
            Some(ModificationResourceEnum::NestedVirtualization)
        }
        _ => None,
    };
    let old = properties.clone();
    *properties = WorkspaceProperties {
        compute_type_name: wanted.compute_type_name.or(old.compute_type_name),
        protocols: wanted.protocols.or(old.protocols),
        operating_system_name: wanted.operating_system_name.or(old.operating_system_name),
        global_accelerator: wanted.global_accelerator.or(old.global_accelerator),
        nested_virtualization_enabled: wanted
            .nested_virtualization_enabled
            .or(old.nested_virtualization_enabled),
        ..old
    };
    Ok(resource)
}
