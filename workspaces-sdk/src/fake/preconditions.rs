//! The state machine of WorkSpaces: the states that actions require, and the transitions between
//! states.

use std::time::Duration;

use super::service_error::{Failure, code};
use crate::types::RunningMode::{self, AutoStop, Manual};
use crate::types::WorkspaceState::{
    self, AdminMaintenance, Available, Error, Impaired, Maintenance, Pending, Rebooting,
    Rebuilding, Restoring, Starting, Stopped, Stopping, Suspended, Terminated, Terminating,
    Unhealthy, Updating,
};

/// An action on a WorkSpace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Start,
    Stop,
    Reboot,
    Rebuild,
    Restore,
    Terminate,
    Migrate,
    ModifyProperties,
    BeginMaintenance,
    EndMaintenance,
    CreateImage,
}

/// The preconditions of an action, its effect, and the error if the preconditions do not hold.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) action: Action,
    /// The states in which the action is possible.
    pub(super) from: &'static [WorkspaceState],
    /// The running modes in which the action is possible. An empty list stands for all modes.
    pub(super) modes: &'static [RunningMode],
    /// The state that the action leads to immediately, if it changes the state.
    pub(super) to: Option<WorkspaceState>,
    /// The name of the exception, or the error code if the action applies to an item of a call.
    pub(super) error_code: &'static str,
}

/// The error code of an item that fails because of the state of its WorkSpace.
pub(super) const ITEM_STATE: &str = "InvalidResourceState.WorkSpace";

/// All states except SUSPENDED.
const NOT_SUSPENDED: &[WorkspaceState] = &[
    Pending,
    Available,
    Impaired,
    Unhealthy,
    Rebooting,
    Starting,
    Rebuilding,
    Restoring,
    Maintenance,
    AdminMaintenance,
    Terminating,
    Terminated,
    Updating,
    Stopping,
    Stopped,
    Error,
];

/// The actions that are impossible during a change of properties or a migration.
const UNCHANGED: &[Action] = &[
    Action::Start,
    Action::Reboot,
    Action::Rebuild,
    Action::Restore,
    Action::Migrate,
    Action::CreateImage,
];

/// The running modes in which a WorkSpace can be started and stopped.
const STARTABLE: &[RunningMode] = &[AutoStop, Manual];

/// The rules, one for each action.
#[rustfmt::skip]
pub(super) static RULES: &[Rule] = &[
    rule(Action::Start, STARTABLE, &[Stopped], Some(Starting), ITEM_STATE),
    rule(Action::Stop, STARTABLE, &[Available, Impaired, Unhealthy, Error], Some(Stopping), ITEM_STATE),
    rule(Action::Reboot, ANY, &[Available, Unhealthy, Rebooting], Some(Rebooting), ITEM_STATE),
    rule(Action::Rebuild, ANY, &[Available, Error, Unhealthy, Stopped, Rebooting], Some(Rebuilding), ITEM_STATE),
    rule(Action::Restore, ANY, &[Available, Error, Unhealthy, Stopped], Some(Restoring), code::OPERATION_NOT_SUPPORTED),
    rule(Action::Terminate, ANY, NOT_SUSPENDED, Some(Terminating), ITEM_STATE),
    rule(Action::Migrate, ANY, &[Available, Stopped, Error], None, code::OPERATION_NOT_SUPPORTED),
    rule(Action::ModifyProperties, ANY, &[Available, Stopped], None, code::INVALID_RESOURCE_STATE),
    rule(Action::BeginMaintenance, ANY, &[Available], Some(AdminMaintenance), code::INVALID_RESOURCE_STATE),
    rule(Action::EndMaintenance, ANY, &[AdminMaintenance], Some(Available), code::INVALID_RESOURCE_STATE),
    rule(Action::CreateImage, ANY, &[Available], Some(Suspended), code::INVALID_RESOURCE_STATE),
];

/// The transitional states: their duration in seconds and the state that follows, or `None` if the
/// WorkSpace is deleted.
#[rustfmt::skip]
static TRANSITIONS: &[(WorkspaceState, u64, Option<WorkspaceState>)] = &[
    (Pending, 20 * MINUTE, Some(Available)),
    (Starting, 2 * MINUTE, Some(Available)),
    (Stopping, 2 * MINUTE, Some(Stopped)),
    (Rebooting, 3 * MINUTE, Some(Available)),
    (Rebuilding, 30 * MINUTE, Some(Available)),
    (Restoring, 30 * MINUTE, Some(Available)),
    (Updating, 10 * MINUTE, Some(Available)),
    (Terminating, 5 * MINUTE, None),
];

const MINUTE: u64 = 60;

const ANY: &[RunningMode] = &[];

const fn rule(
    action: Action,
    modes: &'static [RunningMode],
    from: &'static [WorkspaceState],
    to: Option<WorkspaceState>,
    error_code: &'static str,
) -> Rule {
    Rule {
        action,
        from,
        modes,
        to,
        error_code,
    }
}

/// Whether an action is impossible during a change of properties or a migration.
pub(super) fn requires_no_change(action: Action) -> bool {
    UNCHANGED.contains(&action)
}

/// Checks the preconditions of an action and returns its rule.
///
/// # Errors
/// Returns the error code and a message.
pub(super) fn check(
    action: Action,
    state: &WorkspaceState,
    mode: &RunningMode,
) -> Result<&'static Rule, Failure> {
    let Some(rule) = RULES.iter().find(|rule| rule.action == action) else {
        let message = format!("{action:?} is not supported.");
        return Err((code::OPERATION_NOT_SUPPORTED.to_owned(), message));
    };
    if !rule.modes.is_empty() && !rule.modes.contains(mode) {
        let message = format!(
            "{action:?} is not possible in the running mode {}. It requires one of {}.",
            mode.as_str(),
            join(rule.modes.iter().map(RunningMode::as_str))
        );
        return Err((rule.error_code.to_owned(), message));
    }
    if !rule.from.contains(state) {
        let message = format!(
            "{action:?} is not possible in the state {}. It requires one of {}.",
            state.as_str(),
            join(rule.from.iter().map(WorkspaceState::as_str))
        );
        return Err((rule.error_code.to_owned(), message));
    }
    Ok(rule)
}

/// Returns the duration of a transitional state and the state that follows.
///
/// `Some((_, None))` means that the WorkSpace is deleted.
pub(super) fn transition(
    state: &WorkspaceState,
) -> Option<(Duration, Option<&'static WorkspaceState>)> {
    let (_, seconds, to) = TRANSITIONS.iter().find(|(from, ..)| from == state)?;
    Some((Duration::from_secs(*seconds), to.as_ref()))
}

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
