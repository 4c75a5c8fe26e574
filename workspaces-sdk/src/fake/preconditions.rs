//! What may be asked of a WorkSpace in which state: one table, and a pure function over it.

use std::time::Duration;

use super::refusal::code;
use crate::types::RunningMode::{self, AutoStop, Manual};
use crate::types::WorkspaceState::{
    self, AdminMaintenance, Available, Error, Impaired, Maintenance, Pending, Rebooting,
    Rebuilding, Restoring, Starting, Stopped, Stopping, Suspended, Terminated, Terminating,
    Unhealthy, Updating,
};

/// Something that is asked of a WorkSpace.
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

/// When an action is possible, what then becomes of the WorkSpace, and what refuses it otherwise.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) action: Action,
    /// The states in which it is possible.
    pub(super) from: &'static [WorkspaceState],
    /// The running modes in which it is possible; all if there are none.
    pub(super) modes: &'static [RunningMode],
    /// The state that it leads to at once, if to another.
    pub(super) to: Option<WorkspaceState>,
    /// The exception that refuses it, or for an item of several the code.
    pub(super) refusal: &'static str,
}

/// The code of an item that is refused for the state of its WorkSpace.
pub(super) const ITEM_STATE: &str = "InvalidResourceState.WorkSpace";

/// Every state but SUSPENDED.
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

/// The running modes in which a WorkSpace can be started and stopped.
const BY_HAND: &[RunningMode] = &[AutoStop, Manual];

/// The whole of what is possible.
#[rustfmt::skip]
pub(super) static RULES: &[Rule] = &[
    rule(Action::Start, BY_HAND, &[Stopped], Some(Starting), ITEM_STATE),
    rule(Action::Stop, BY_HAND, &[Available, Impaired, Unhealthy, Error], Some(Stopping), ITEM_STATE),
    rule(Action::Reboot, ANY, &[Available, Unhealthy, Rebooting], Some(Rebooting), ITEM_STATE),
    rule(Action::Rebuild, ANY, &[Available, Error, Unhealthy, Stopped, Rebooting], Some(Rebuilding), ITEM_STATE),
    rule(Action::Restore, ANY, &[Available, Error, Unhealthy, Stopped], Some(Restoring), code::OPERATION_NOT_SUPPORTED),
    rule(Action::Terminate, ANY, NOT_SUSPENDED, Some(Terminating), ITEM_STATE),
    rule(Action::Migrate, ANY, &[Available, Stopped, Error, Unhealthy], Some(Terminating), code::OPERATION_NOT_SUPPORTED),
    rule(Action::ModifyProperties, ANY, &[Available, Stopped, Unhealthy], None, code::INVALID_RESOURCE_STATE),
    rule(Action::BeginMaintenance, ANY, &[Available], Some(AdminMaintenance), code::INVALID_RESOURCE_STATE),
    rule(Action::EndMaintenance, ANY, &[AdminMaintenance], Some(Available), code::INVALID_RESOURCE_STATE),
    rule(Action::CreateImage, ANY, &[Available], Some(Suspended), code::INVALID_RESOURCE_STATE),
];

/// The states on the way to another one: how many seconds they last and where they lead, if not out
/// of the world.
#[rustfmt::skip]
static PASSAGES: &[(WorkspaceState, u64, Option<WorkspaceState>)] = &[
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
    refusal: &'static str,
) -> Rule {
    Rule {
        action,
        from,
        modes,
        to,
        refusal,
    }
}

/// The rule by which an action is possible.
///
/// # Errors
/// The code of what refuses it, and why in words.
pub(super) fn allowed(
    action: Action,
    state: &WorkspaceState,
    mode: &RunningMode,
) -> Result<&'static Rule, (&'static str, String)> {
    let Some(rule) = RULES.iter().find(|rule| rule.action == action) else {
        let why = format!("Nothing is known of {action:?}.");
        return Err((code::OPERATION_NOT_SUPPORTED, why));
    };
    if !rule.modes.is_empty() && !rule.modes.contains(mode) {
        let why = format!(
            "{action:?} is not possible in the running mode {}; possible are {}.",
            mode.as_str(),
            list(rule.modes.iter().map(RunningMode::as_str))
        );
        return Err((rule.refusal, why));
    }
    if !rule.from.contains(state) {
        let why = format!(
            "{action:?} is not possible in the state {}; possible are {}.",
            state.as_str(),
            list(rule.from.iter().map(WorkspaceState::as_str))
        );
        return Err((rule.refusal, why));
    }
    Ok(rule)
}

/// How long a state lasts that leads to another by itself, and to which; `Some((_, None))` leads out
/// of the world.
pub(super) fn passage(
    state: &WorkspaceState,
) -> Option<(Duration, Option<&'static WorkspaceState>)> {
    let (_, seconds, to) = PASSAGES.iter().find(|(from, ..)| from == state)?;
    Some((Duration::from_secs(*seconds), to.as_ref()))
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
