//! WorkSpaces and their state transitions.

use std::time::{Duration, SystemTime};

use super::preconditions::{self, Action};
use super::saved::saved;
use super::service_error::{Failure, ServiceError, code};
use super::state::{Event, State};
use crate::types::{RunningMode, Workspace, WorkspaceState};

mod change;
mod create;
mod describe;
mod limits;
mod migrate;
mod modify;
mod standby;

pub(super) use change::{reboot, rebuild, restore, start, stop, terminate};
pub(super) use create::{add_fleet, create};
pub(super) use describe::{describe, describe_connection_status, describe_snapshots};
pub(super) use migrate::migrate;
pub(super) use modify::{apply_modification, modify_properties, modify_state};
pub(super) use standby::{Primary, create_standby};

use modify::{Changed, Modification};

/// The default timeout of the running mode AUTO_STOP, in minutes.
const AUTO_STOP_MINUTES: i32 = 60;

/// The time that a migration takes.
const MIGRATION_TIME: Duration = Duration::from_secs(60 * 60);

/// Whether a number of minutes is a valid timeout of the running mode AUTO_STOP.
fn is_valid_timeout(minutes: i32) -> bool {
    minutes > 0 && minutes % 60 == 0
}

/// A WorkSpace.
#[derive(Debug)]
pub(super) struct WorkSpace {
    /// The description of the WorkSpace.
    pub(super) description: Workspace,
    /// The time from which descriptions contain the WorkSpace.
    pub(super) visible_from: SystemTime,
    /// The time when the WorkSpace was created.
    created: SystemTime,
    /// The time when the WorkSpace entered its state.
    entered: SystemTime,
    /// The time of the scheduled state transition.
    transition_at: Option<SystemTime>,
    /// The change of properties that is in progress.
    modification: Option<Modification>,
    changed: Changed,
    /// The new WorkSpace that replaces this one when it is AVAILABLE.
    migrating_to: Option<String>,
    /// The WorkSpace that this new one replaces when it is AVAILABLE.
    migrated_from: Option<String>,
    /// The error with which the next state transition ends.
    pending_error: Option<Failure>,
    /// Whether the WorkSpace stays in its state until the faults are cleared.
    stuck: bool,
    /// Whether the user is connected.
    connected: bool,
    /// The time when the user last connected or disconnected.
    last_connected: Option<SystemTime>,
}

saved! {
    WorkSpace {
        "Description" => description;
        "VisibleFrom" => visible_from;
        "Created" => created;
        "Entered" => entered;
        "TransitionAt" => transition_at;
        "Modification" => modification;
        "Changed" => changed;
        "MigratingTo" => migrating_to;
        "MigratedFrom" => migrated_from;
        "PendingError" => pending_error;
        "Stuck" => stuck;
        "Connected" => connected;
        "LastConnected" => last_connected;
    }
}

impl WorkSpace {
    /// Creates a WorkSpace at the current time of the service.
    fn new(description: Workspace, state: &State) -> Self {
        let visible_from = state.now.checked_add(state.visibility_delay);
        Self {
            description,
            visible_from: visible_from.unwrap_or(state.now),
            created: state.now,
            entered: state.now,
            transition_at: None,
            modification: None,
            changed: Changed::default(),
            migrating_to: None,
            migrated_from: None,
            pending_error: None,
            stuck: false,
            connected: false,
            last_connected: None,
        }
    }

    pub(super) fn state(&self) -> WorkspaceState {
        self.description
            .state
            .clone()
            .unwrap_or(WorkspaceState::Pending)
    }

    pub(super) fn mode(&self) -> RunningMode {
        let properties = self.description.workspace_properties.as_ref();
        properties
            .and_then(|properties| properties.running_mode.clone())
            .unwrap_or(RunningMode::AlwaysOn)
    }

    /// Returns the time after which an unused WorkSpace stops, if it is AVAILABLE and its running mode is
    /// AUTO_STOP.
    fn auto_stop_timeout(&self) -> Option<Duration> {
        let idle = self.state() == WorkspaceState::Available && !self.connected;
        (idle && self.mode() == RunningMode::AutoStop).then(|| {
            let properties = self.description.workspace_properties.as_ref();
            let minutes = properties.and_then(|it| it.running_mode_auto_stop_timeout_in_minutes);
            let minutes = u64::try_from(minutes.unwrap_or(AUTO_STOP_MINUTES)).unwrap_or_default();
            Duration::from_secs(60 * minutes)
        })
    }
}

/// Finds a WorkSpace.
///
/// # Errors
/// `ResourceNotFoundException` if no WorkSpace has this identifier.
pub(super) fn find<'a>(state: &'a mut State, id: &str) -> Result<&'a mut WorkSpace, ServiceError> {
    state
        .workspaces
        .get_mut(id)
        .ok_or(ServiceError::not_found("WorkSpace", id))
}

/// Performs an action if the state and the running mode of the WorkSpace permit it.
///
/// # Errors
/// Returns an error code and a message if they do not, or if there is no such WorkSpace.
fn perform(state: &mut State, operation: &str, id: &str, action: Action) -> Result<(), Failure> {
    let Some(workspace) = state.workspaces.get_mut(id) else {
        let message = format!("WorkSpace {id} could not be found.");
        return Err(("ResourceNotFound.WorkSpace".to_owned(), message));
    };
    let rule = preconditions::check(action, &workspace.state(), &workspace.mode())?;
    if workspace.is_changing() && preconditions::requires_no_change(action) {
        let code = match action {
            Action::Migrate => code::OPERATION_IN_PROGRESS,
            _ => rule.error_code,
        };
        let message = format!("{action:?} is not possible while WorkSpace {id} is being changed.");
        return Err((code.to_owned(), message));
    }
    if let Some(to) = &rule.to {
        begin_transition(state, operation, id, id, to.clone());
    }
    Ok(())
}

/// Adds a new WorkSpace, which enters the state PENDING with the faults for `item`.
fn add_pending(state: &mut State, operation: &str, item: &str, id: &str, workspace: WorkSpace) {
    state.workspaces.insert(id.to_owned(), workspace);
    begin_transition(state, operation, item, id, WorkspaceState::Pending);
}

/// Puts a WorkSpace into a state, and applies the faults for `item` if the state is transitional.
fn begin_transition(state: &mut State, operation: &str, item: &str, id: &str, to: WorkspaceState) {
    if let Some(workspace) = state.workspaces.get_mut(id)
        && preconditions::transition(&to).is_some()
    {
        workspace.pending_error = state.faults.end_error(operation, item);
        workspace.stuck = state.faults.is_stuck(operation, item);
    }
    enter(state, id, to);
}

/// Puts a WorkSpace into a state and cancels a state transition in progress.
///
/// Returns `false` if there is no such WorkSpace.
pub(super) fn set_state(state: &mut State, id: &str, to: WorkspaceState) -> bool {
    let Some(workspace) = state.workspaces.get_mut(id) else {
        return false;
    };
    workspace.description.modification_states = Some(Vec::new());
    workspace.modification = None;
    workspace.pending_error = None;
    workspace.stuck = false;
    enter(state, id, to);
    true
}

/// Puts a WorkSpace into a state and schedules the transition to the next one.
pub(super) fn enter(state: &mut State, id: &str, to: WorkspaceState) {
    let now = state.now;
    let Some(workspace) = state.workspaces.get_mut(id) else {
        return;
    };
    workspace.entered = now;
    let worked = to == WorkspaceState::Available;
    let migrated_from = workspace
        .migrated_from
        .take_if(|_| to != WorkspaceState::Pending);
    workspace.description.state = Some(to);
    schedule_transition(state, id);
    if let Some(source) = migrated_from {
        migrate::finish(state, &source, worked);
    }
}

/// Schedules the transition from the current state, in place of the one that was scheduled.
fn schedule_transition(state: &mut State, id: &str) {
    let Some(workspace) = state.workspaces.get_mut(id) else {
        return;
    };
    let is_migrated = workspace.migrated_from.is_some();
    let duration = match preconditions::transition(&workspace.state()) {
        Some(_) if is_migrated => Some(MIGRATION_TIME),
        transition => transition.map(|(duration, _)| duration),
    };
    workspace.transition_at = None;
    let Some(after) = duration.or_else(|| workspace.auto_stop_timeout()) else {
        return;
    };
    if workspace.stuck {
        return;
    }
    let at = state.schedule(after, Event::WorkSpace(id.to_owned()));
    if let Some(workspace) = state.workspaces.get_mut(id) {
        workspace.transition_at = Some(at);
    }
}

/// Applies the transition that is scheduled for the current time, unless it was rescheduled.
pub(super) fn apply_event(state: &mut State, id: &str) {
    let now = state.now;
    let Some(workspace) = state.workspaces.get_mut(id) else {
        return;
    };
    if workspace.transition_at != Some(now) {
        return;
    }
    let error = workspace.pending_error.take();
    if let (Some(source), Some(_)) = (workspace.migrated_from.clone(), &error) {
        return migrate::fail(state, id, &source);
    }
    let to = match preconditions::transition(&workspace.state()) {
        _ if error.is_some() => WorkspaceState::Error,
        None => WorkspaceState::Stopping, // The timeout of AUTO_STOP has elapsed.
        Some((_, None)) => {
            state.workspaces.remove(id);
            state.tags.remove(id);
            state.applications.remove(id);
            return;
        }
        Some((_, Some(to))) => to.clone(),
    };
    (
        workspace.description.error_code,
        workspace.description.error_message,
    ) = error.unzip();
    enter(state, id, to);
}

/// Resumes the state transitions that are stuck.
pub(super) fn resume_stuck(state: &mut State) {
    let workspaces = state.workspaces.iter_mut();
    let stuck = workspaces
        .filter_map(|(id, workspace)| std::mem::take(&mut workspace.stuck).then(|| id.clone()));
    for id in stuck.collect::<Vec<_>>() {
        schedule_transition(state, &id);
    }
    modify::resume_stuck(state);
}

/// Connects or disconnects the user of a WorkSpace.
///
/// Returns `false` if there is no such WorkSpace.
pub(super) fn set_connected(state: &mut State, id: &str, connected: bool) -> bool {
    let now = state.now;
    let Some(workspace) = state.workspaces.get_mut(id) else {
        return false;
    };
    workspace.connected = connected;
    workspace.last_connected = Some(now);
    // The user does not affect the end of a transitional state.
    if preconditions::transition(&workspace.state()).is_none() {
        schedule_transition(state, id);
    }
    true
}
