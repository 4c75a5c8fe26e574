//! Changes to the properties of WorkSpaces, and to their maintenance state.
//!
//! Some changes take time, in which the WorkSpace keeps its state and its old properties.

use std::time::{Duration, SystemTime};

use super::limits::{self, Times};
use super::{WorkSpace, enter, find, is_valid_timeout, perform, schedule_transition};
use crate::fake::preconditions::{self, Action};
use crate::fake::saved::saved;
use crate::fake::service_error::{Failure, ServiceError, code};
use crate::fake::state::{Event, State};
use crate::operation::modify_workspace_properties::{
    ModifyWorkspacePropertiesInput, ModifyWorkspacePropertiesOutput,
};
use crate::operation::modify_workspace_state::{
    ModifyWorkspaceStateInput, ModifyWorkspaceStateOutput,
};
use crate::types::ModificationResourceEnum::{
    self, ComputeType, NestedVirtualization, Protocol, RootVolume, UserVolume,
};
use crate::types::ModificationStateEnum::{self, UpdateFailed, UpdateInProgress, UpdateInitiated};
use crate::types::{
    ModificationState, RunningMode, TargetWorkspaceState, WorkspaceProperties, WorkspaceState,
};

const OPERATION: &str = "ModifyWorkspaceProperties";

/// The time between the request of a change and its beginning.
const INITIATION_TIME: Duration = Duration::from_secs(60);

/// The changes that take time: the minutes that they take, and whether a running WorkSpace reboots at their end.
const CHANGES: &[(ModificationResourceEnum, u64, bool)] = &[
    (RootVolume, 30, true),
    (UserVolume, 30, true),
    (ComputeType, 30, true),
    (Protocol, 10, false),
    (NestedVirtualization, 10, false),
];

/// A change that is in progress.
#[derive(Clone, Debug)]
pub(in crate::fake) struct Modification {
    pub(in crate::fake) resource: ModificationResourceEnum,
    /// The properties after the change.
    pub(in crate::fake) properties: WorkspaceProperties,
    /// Whether the change has begun, rather than only been requested.
    pub(in crate::fake) begun: bool,
    /// The time of the next step, unless it is stuck.
    pub(in crate::fake) due: Option<SystemTime>,
    /// The error with which the change ends.
    pub(in crate::fake) error: Option<Failure>,
}

saved! {
    Modification {
        "Resource" => resource;
        "Properties" => properties;
        "Begun" => begun;
        "Due" => due;
        "Error" => error;
    }
}

/// The times of the latest changes.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::fake) struct Changed {
    pub(in crate::fake) root_volume: Option<SystemTime>,
    pub(in crate::fake) user_volume: Option<SystemTime>,
    pub(in crate::fake) compute_type: Option<SystemTime>,
}

saved! {
    Changed {
        "RootVolume" => root_volume;
        "UserVolume" => user_volume;
        "ComputeType" => compute_type;
    }
}

impl Changed {
    fn get(&self, resource: &ModificationResourceEnum) -> Option<SystemTime> {
        match resource {
            RootVolume => self.root_volume,
            UserVolume => self.user_volume,
            ComputeType => self.compute_type,
            _ => None,
        }
    }

    fn set(&mut self, resource: &ModificationResourceEnum, now: SystemTime) {
        match resource {
            RootVolume => self.root_volume = Some(now),
            UserVolume => self.user_volume = Some(now),
            ComputeType => self.compute_type = Some(now),
            _ => {}
        }
    }
}

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
    perform(state, "ModifyWorkspaceState", &id, action)?;
    Ok(ModifyWorkspaceStateOutput::builder().build())
}

pub(in crate::fake) fn modify_properties(
    state: &mut State,
    input: ModifyWorkspacePropertiesInput,
) -> Result<ModifyWorkspacePropertiesOutput, ServiceError> {
    let id = input.workspace_id.unwrap_or_default();
    let now = state.now;
    let workspace = find(state, &id)?;
    if workspace.is_changing() {
        let message = "The properties of the WorkSpace are already being modified.";
        return Err(ServiceError::new(code::OPERATION_IN_PROGRESS, message));
    }
    preconditions::check(
        Action::ModifyProperties,
        &workspace.state(),
        &workspace.mode(),
    )?;
    let none = || WorkspaceProperties::builder().build();
    let requested = input.workspace_properties.unwrap_or_else(none);
    let current = workspace.description.workspace_properties.clone();
    let current = current.unwrap_or_else(none);
    let (properties, resource) = changed(workspace, current, requested, now)?;
    match resource {
        Some(resource) => begin(state, &id, resource, properties),
        None => {
            workspace.description.workspace_properties = Some(properties);
            schedule_transition(state, &id);
        }
    }
    Ok(ModifyWorkspacePropertiesOutput::builder().build())
}

/// Requests a change that takes time.
fn begin(
    state: &mut State,
    id: &str,
    resource: ModificationResourceEnum,
    properties: WorkspaceProperties,
) {
    let error = state.faults.end_error(OPERATION, id);
    let is_stuck = state.faults.is_stuck(OPERATION, id);
    if let Some(workspace) = state.workspaces.get_mut(id) {
        workspace.show_modification(&resource, UpdateInitiated);
        workspace.modification = Some(Modification {
            resource,
            properties,
            begun: false,
            due: None,
            error,
        });
    }
    if !is_stuck {
        schedule(state, id);
    }
}

/// Schedules the next step of a change.
fn schedule(state: &mut State, id: &str) {
    let workspace = state.workspaces.get(id);
    let modification = workspace.and_then(|it| it.modification.as_ref());
    let minutes = modification.and_then(|it| {
        let row = CHANGES
            .iter()
            .find(|(resource, ..)| *resource == it.resource);
        row.filter(|_| it.begun).map(|(_, minutes, _)| *minutes)
    });
    let after = minutes.map_or(INITIATION_TIME, |minutes| Duration::from_secs(60 * minutes));
    let due = state.schedule(after, Event::Modification(id.to_owned()));
    let workspace = state.workspaces.get_mut(id);
    if let Some(modification) = workspace.and_then(|it| it.modification.as_mut()) {
        modification.due = Some(due);
    }
}

/// Begins or ends a change, unless it was canceled.
pub(in crate::fake) fn apply_modification(state: &mut State, id: &str) {
    let now = state.now;
    let Some(workspace) = state.workspaces.get_mut(id) else {
        return;
    };
    let modification = workspace.modification.as_mut();
    let Some(modification) = modification.filter(|it| it.due == Some(now)) else {
        return;
    };
    if !modification.begun {
        modification.begun = true;
        let resource = modification.resource.clone();
        workspace.show_modification(&resource, UpdateInProgress);
        schedule(state, id);
        return;
    }
    let Some(ended) = workspace.modification.take() else {
        return;
    };
    if ended.error.is_some() {
        workspace.show_modification(&ended.resource, UpdateFailed);
        return;
    }
    workspace.description.modification_states = Some(Vec::new());
    workspace.description.workspace_properties = Some(ended.properties);
    workspace.changed.set(&ended.resource, now);
    let mut rows = CHANGES.iter();
    let reboots = rows.any(|(resource, _, reboots)| *resource == ended.resource && *reboots);
    if reboots && workspace.state() == WorkspaceState::Available {
        enter(state, id, WorkspaceState::Rebooting);
    }
}

/// Resumes the changes that are stuck.
pub(super) fn resume_stuck(state: &mut State) {
    let is_stuck = |it: &WorkSpace| it.modification.as_ref().is_some_and(|it| it.due.is_none());
    let workspaces = state.workspaces.iter();
    let stuck = workspaces.filter(|(_, workspace)| is_stuck(workspace));
    for id in stuck.map(|(id, _)| id.clone()).collect::<Vec<_>>() {
        schedule(state, &id);
    }
}

impl WorkSpace {
    /// Whether properties are being modified, or the WorkSpace is being migrated.
    pub(super) fn is_changing(&self) -> bool {
        self.modification.is_some() || self.migrating_to.is_some()
    }

    fn show_modification(
        &mut self,
        resource: &ModificationResourceEnum,
        state: ModificationStateEnum,
    ) {
        let modification = ModificationState::builder().resource(resource.clone());
        let modification = modification.state(state).build();
        self.description.modification_states = Some(vec![modification]);
    }
}

/// Returns the properties after a requested change, and the resource that it modifies. The resource is `None` if the change happens
/// at once.
///
/// # Errors
/// Returns
/// - an InvalidParameterValuesException if the request does not change exactly one property, or if the value is not possible,
/// - an UnsupportedWorkspaceConfigurationException if this WorkSpace cannot have the value,
/// - an InvalidResourceStateException if the creation or the latest change is too recent.
fn changed(
    workspace: &WorkSpace,
    mut properties: WorkspaceProperties,
    requested: WorkspaceProperties,
    now: SystemTime,
) -> Result<(WorkspaceProperties, Option<ModificationResourceEnum>), ServiceError> {
    let fail = |message: &str| Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    let minutes = requested.running_mode_auto_stop_timeout_in_minutes;
    let set = [
        // The running mode and its timeout count as one.
        requested.running_mode.is_some() || minutes.is_some(),
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
    let times = |resource: &ModificationResourceEnum| Times {
        now,
        created: workspace.created,
        changed: workspace.changed.get(resource),
    };
    if requested.running_mode.is_some() || minutes.is_some() {
        let mode = requested.running_mode.or(properties.running_mode.take());
        let auto_stop = mode == Some(RunningMode::AutoStop);
        properties.running_mode = mode;
        if minutes.is_some() && !auto_stop {
            return fail("The timeout applies only to the running mode AUTO_STOP.");
        }
        if minutes.is_some_and(|minutes| !is_valid_timeout(minutes)) {
            return fail("The timeout must be a multiple of 60 minutes.");
        }
        let minutes = minutes.unwrap_or(super::AUTO_STOP_MINUTES);
        properties.running_mode_auto_stop_timeout_in_minutes = auto_stop.then_some(minutes);
        return Ok((properties, None));
    }
    let volume = match (
        requested.root_volume_size_gib,
        requested.user_volume_size_gib,
    ) {
        (Some(size), _) => Some((
            size,
            properties.root_volume_size_gib.replace(size),
            RootVolume,
        )),
        (_, Some(size)) => Some((
            size,
            properties.user_volume_size_gib.replace(size),
            UserVolume,
        )),
        _ => None,
    };
    if let Some((size, old, resource)) = volume {
        if old.is_some_and(|old| size <= old) {
            return fail("The size of a volume can only be increased.");
        }
        limits::check_volumes(&properties)?;
        times(&resource).check_growth()?;
        return Ok((properties, Some(resource)));
    }
    if let Some(compute) = requested.compute_type_name {
        let current = properties.compute_type_name.as_ref();
        limits::check_compute(current, &compute, times(&ComputeType))?;
        properties.compute_type_name = Some(compute);
        return Ok((properties, Some(ComputeType)));
    }
    if let Some(protocols) = requested.protocols {
        if limits::is_graphics(properties.compute_type_name.as_ref()) {
            let message = "The protocol of a WorkSpace for graphics cannot change.";
            return Err(ServiceError::new(code::UNSUPPORTED_CONFIGURATION, message));
        }
        properties.protocols = Some(protocols);
        return Ok((properties, Some(Protocol)));
    }
    if let Some(enabled) = requested.nested_virtualization_enabled {
        properties.nested_virtualization_enabled = Some(enabled);
        return Ok((properties, Some(NestedVirtualization)));
    }
    let system = requested.operating_system_name;
    properties.operating_system_name = system.or(properties.operating_system_name);
    let accelerator = requested.global_accelerator;
    properties.global_accelerator = accelerator.or(properties.global_accelerator);
    Ok((properties, None))
}
