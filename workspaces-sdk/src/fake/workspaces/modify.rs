//! Changes to the properties of WorkSpaces, and to their maintenance state.

use super::{begin_transition, find, is_valid_timeout, perform, schedule_transition};
use crate::fake::preconditions::{self, Action};
use crate::fake::service_error::{ServiceError, code};
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
) -> Result<ModifyWorkspaceStateOutput, ServiceError> {
    let id = input.workspace_id.unwrap_or_default();
    find(state, &id)?;
    let action = match input.workspace_state {
        Some(TargetWorkspaceState::AdminMaintenance) => Action::BeginMaintenance,
        _ => Action::EndMaintenance,
    };
    perform(state, "ModifyWorkspaceState", &id, action)
        .map_err(|(code, message)| ServiceError::new(&code, message))?;
    Ok(ModifyWorkspaceStateOutput::builder().build())
}

pub(in crate::fake) fn modify_properties(
    state: &mut State,
    input: ModifyWorkspacePropertiesInput,
) -> Result<ModifyWorkspacePropertiesOutput, ServiceError> {
    let id = input.workspace_id.unwrap_or_default();
    let workspace = find(state, &id)?;
    let current = workspace.state();
    if current == WorkspaceState::Updating {
        let message = "The properties of the WorkSpace are already being modified.";
        return Err(ServiceError::new(code::OPERATION_IN_PROGRESS, message));
    }
    preconditions::check(Action::ModifyProperties, &current, &workspace.mode())
        .map_err(|(code, message)| ServiceError::new(code, message))?;
    let requested = input
        .workspace_properties
        .unwrap_or_else(|| WorkspaceProperties::builder().build());
    let properties = workspace
        .description
        .workspace_properties
        .get_or_insert_with(|| WorkspaceProperties::builder().build());
    if let Some(resource) = apply_change(properties, requested)? {
        workspace.description.modification_states = Some(vec![
            ModificationState::builder()
                .resource(resource)
                .state(ModificationStateEnum::UpdateInProgress)
                .build(),
        ]);
        workspace.previous_state = Some(current);
        let operation = "ModifyWorkspaceProperties";
        begin_transition(state, operation, &id, WorkspaceState::Updating);
    } else {
        schedule_transition(state, &id);
    }
    Ok(ModifyWorkspacePropertiesOutput::builder().build())
}

/// Applies the requested change, and returns the resource that takes time to modify, if there is one.
///
/// # Errors
/// Returns an InvalidParameterValuesException unless the request changes exactly one property, to a valid
/// value.
fn apply_change(
    properties: &mut WorkspaceProperties,
    requested: WorkspaceProperties,
) -> Result<Option<ModificationResourceEnum>, ServiceError> {
    let fail = |message: &str| Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    let set = [
        requested.running_mode.is_some(),
        requested
            .running_mode_auto_stop_timeout_in_minutes
            .is_some(),
        requested.root_volume_size_gib.is_some(),
        requested.user_volume_size_gib.is_some(),
        requested.compute_type_name.is_some(),
        requested.protocols.is_some(),
        requested.operating_system_name.is_some(),
        requested.global_accelerator.is_some(),
        requested.nested_virtualization_enabled.is_some(),
    ];
    if set.iter().filter(|set| **set).count() != 1 {
        return fail("A request must change exactly one property.");
    }
    if let Some(mode) = requested.running_mode {
        let minutes = (mode == RunningMode::AutoStop).then_some(super::AUTO_STOP_MINUTES);
        properties.running_mode_auto_stop_timeout_in_minutes = minutes;
        properties.running_mode = Some(mode);
        return Ok(None);
    }
    if let Some(minutes) = requested.running_mode_auto_stop_timeout_in_minutes {
        if properties.running_mode != Some(RunningMode::AutoStop) {
            return fail("The timeout applies only to the running mode AUTO_STOP.");
        }
        if !is_valid_timeout(minutes) {
            return fail("The timeout must be a multiple of 60 minutes.");
        }
        properties.running_mode_auto_stop_timeout_in_minutes = Some(minutes);
        return Ok(None);
    }
    let volumes = [
        (
            requested.root_volume_size_gib,
            &mut properties.root_volume_size_gib,
            ModificationResourceEnum::RootVolume,
        ),
        (
            requested.user_volume_size_gib,
            &mut properties.user_volume_size_gib,
            ModificationResourceEnum::UserVolume,
        ),
    ];
    for (size, current, resource) in volumes {
        if let Some(size) = size {
            if current.is_some_and(|current| size <= current) {
                return fail("The size of a volume can only be increased.");
            }
            *current = Some(size);
            return Ok(Some(resource));
        }
    }
    let resource = match &requested {
        it if it.compute_type_name.is_some() => Some(ModificationResourceEnum::ComputeType),
        it if it.protocols.is_some() => Some(ModificationResourceEnum::Protocol),
        it if it.nested_virtualization_enabled.is_some() => {
            Some(ModificationResourceEnum::NestedVirtualization)
        }
        _ => None,
    };
    let current = properties.clone();
    *properties = WorkspaceProperties {
        compute_type_name: requested.compute_type_name.or(current.compute_type_name),
        protocols: requested.protocols.or(current.protocols),
        operating_system_name: requested
            .operating_system_name
            .or(current.operating_system_name),
        global_accelerator: requested.global_accelerator.or(current.global_accelerator),
        nested_virtualization_enabled: requested
            .nested_virtualization_enabled
            .or(current.nested_virtualization_enabled),
        ..current
    };
    Ok(resource)
}
