//! WorkSpaces: their states, and what becomes of them by itself.

use std::time::{Duration, SystemTime};

use super::preconditions::{self, Action};
use super::refusal::Refusal;
use super::state::{Event, State};
use crate::types::{RunningMode, Workspace, WorkspaceState};

mod change;
mod create;
mod describe;
mod modify;

pub(super) use change::{reboot, rebuild, restore, start, stop, terminate};
pub(super) use create::{create, fleet, migrate};
pub(super) use describe::{connection_status, describe, snapshots};
pub(super) use modify::{modify_properties, modify_state};

/// How long an AUTO_STOP WorkSpace runs without its user, unless its properties say otherwise.
const AUTO_STOP_MINUTES: i32 = 60;

/// Whether so many minutes are a time after which a WorkSpace can stop by itself.
fn is_auto_stop(minutes: i32) -> bool {
    minutes > 0 && minutes % 60 == 0
}

/// A WorkSpace.
#[derive(Debug)]
pub(super) struct WorkSpace {
    /// It as it is described.
    pub(super) seen: Workspace,
    /// From when on it is described.
    pub(super) seen_from: SystemTime,
    /// When the next change of its state comes by itself.
    due: Option<SystemTime>,
    /// The state to go back to, when properties were changed.
    before: Option<WorkspaceState>,
    /// The error in which the next change ends.
    error: Option<(String, String)>,
    /// Whether it stays where it is until faults are cleared.
    stuck: bool,
    /// Whether its user is connected, and when that was last so.
    connected: bool,
    last_connected: Option<SystemTime>,
}

impl WorkSpace {
    fn new(seen: Workspace, seen_from: SystemTime) -> Self {
        Self {
            seen,
            seen_from,
            due: None,
            before: None,
            error: None,
            stuck: false,
            connected: false,
            last_connected: None,
        }
    }

    pub(super) fn state(&self) -> WorkspaceState {
        self.seen.state.clone().unwrap_or(WorkspaceState::Pending)
    }

    pub(super) fn mode(&self) -> RunningMode {
        let properties = self.seen.workspace_properties.as_ref();
        properties
            .and_then(|properties| properties.running_mode.clone())
            .unwrap_or(RunningMode::AlwaysOn)
    }

    /// After which time without its user it stops by itself: in the mode AUTO_STOP while it is
    /// AVAILABLE, which in ADMIN_MAINTENANCE it is not.
    fn auto_stop(&self) -> Option<Duration> {
        let idle = self.state() == WorkspaceState::Available && !self.connected;
        (idle && self.mode() == RunningMode::AutoStop).then(|| {
            let properties = self.seen.workspace_properties.as_ref();
            let minutes = properties.and_then(|it| it.running_mode_auto_stop_timeout_in_minutes);
            let minutes = u64::try_from(minutes.unwrap_or(AUTO_STOP_MINUTES)).unwrap_or_default();
            Duration::from_secs(60 * minutes)
        })
    }
}

/// Finds a WorkSpace.
///
/// # Errors
/// ResourceNotFoundException.
pub(super) fn find<'a>(state: &'a mut State, id: &str) -> Result<&'a mut WorkSpace, Refusal> {
    state
        .workspaces
        .get_mut(id)
        .ok_or(Refusal::not_found("WorkSpace", id))
}

/// Carries an action out, if the WorkSpace is in a state for it.
///
/// # Errors
/// The code and the words of the rule that is broken.
fn act(
    state: &mut State,
    operation: &str,
    id: &str,
    action: Action,
) -> Result<(), (String, String)> {
    let Some(workspace) = state.workspaces.get_mut(id) else {
        let why = format!("WorkSpace {id} could not be found.");
        return Err(("ResourceNotFound.WorkSpace".to_owned(), why));
    };
    let rule = preconditions::allowed(action, &workspace.state(), &workspace.mode())
        .map_err(|(code, why)| (code.to_owned(), why))?;
    if let Some(to) = &rule.to {
        begin(state, operation, id, to.clone());
    }
    Ok(())
}

/// Puts a WorkSpace into a state, with the faults that befall it there if it leads to another one.
fn begin(state: &mut State, operation: &str, id: &str, to: WorkspaceState) {
    if let Some(workspace) = state.workspaces.get_mut(id)
        && preconditions::passage(&to).is_some()
    {
        workspace.error = state.faults.end(operation, id);
        workspace.stuck = state.faults.stuck(operation, id);
    }
    enter(state, id, to);
}

/// Puts a WorkSpace into a state, and gives up what was under way.
///
/// Gives whether there is such a WorkSpace.
pub(super) fn put(state: &mut State, id: &str, to: WorkspaceState) -> bool {
    let Some(workspace) = state.workspaces.get_mut(id) else {
        return false;
    };
    workspace.seen.modification_states = None;
    workspace.before = None;
    workspace.error = None;
    workspace.stuck = false;
    enter(state, id, to);
    true
}

/// Puts a WorkSpace into a state, and plans what comes of it by itself.
pub(super) fn enter(state: &mut State, id: &str, to: WorkspaceState) {
    let Some(workspace) = state.workspaces.get_mut(id) else {
        return;
    };
    workspace.seen.state = Some(to);
    plan(state, id);
}

/// Plans the next change that comes by itself, and drops the one that was planned.
fn plan(state: &mut State, id: &str) {
    let Some(workspace) = state.workspaces.get_mut(id) else {
        return;
    };
    let passage = preconditions::passage(&workspace.state()).map(|(lasts, _)| lasts);
    workspace.due = None;
    let Some(after) = passage.or_else(|| workspace.auto_stop()) else {
        return;
    };
    if workspace.stuck {
        return;
    }
    let due = state.plan(after, Event::WorkSpace(id.to_owned()));
    if let Some(workspace) = state.workspaces.get_mut(id) {
        workspace.due = Some(due);
    }
}

/// Carries out the change that was planned for now, unless another plan took its place.
pub(super) fn due(state: &mut State, id: &str) {
    let now = state.now;
    let Some(workspace) = state.workspaces.get_mut(id) else {
        return;
    };
    if workspace.due != Some(now) {
        return;
    }
    let (before, error) = (workspace.before.take(), workspace.error.take());
    let to = match preconditions::passage(&workspace.state()) {
        _ if error.is_some() => WorkspaceState::Error,
        None => WorkspaceState::Stopping, // of a WorkSpace that nobody uses
        Some((_, None)) => {
            state.workspaces.remove(id);
            state.tags.remove(id);
            return;
        }
        Some((_, Some(to))) => before.unwrap_or_else(|| to.clone()),
    };
    workspace.seen.modification_states = None;
    (workspace.seen.error_code, workspace.seen.error_message) = error.unzip();
    enter(state, id, to);
}

/// Lets the WorkSpaces go on that were stuck.
pub(super) fn unstick(state: &mut State) {
    let workspaces = state.workspaces.iter_mut();
    let stuck = workspaces
        .filter_map(|(id, workspace)| std::mem::take(&mut workspace.stuck).then(|| id.clone()));
    for id in stuck.collect::<Vec<_>>() {
        plan(state, &id);
    }
}

/// Notes that the user of a WorkSpace connects or disconnects.
pub(super) fn connect(state: &mut State, id: &str, connected: bool) -> bool {
    let now = state.now;
    let Some(workspace) = state.workspaces.get_mut(id) else {
        return false;
    };
    workspace.connected = connected;
    workspace.last_connected = Some(now);
    // What is on its way to another state is not changed by its user.
    if preconditions::passage(&workspace.state()).is_none() {
        plan(state, id);
    }
    true
}
