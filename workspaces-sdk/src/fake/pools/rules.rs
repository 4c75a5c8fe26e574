//! The state machine of pools: the states that actions require, and the transitions between states.

use std::time::Duration;

use crate::fake::service_error::{ServiceError, code};
use crate::types::WorkspacesPool;
use crate::types::WorkspacesPoolState::{
    self, Creating, Deleting, Running, Starting, Stopped, Stopping, Updating,
};

/// An action on a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Start,
    Stop,
    Terminate,
    Update,
    UpdateRunningMode,
}

/// The states in which each action is possible, and the state that it leads to immediately.
///
/// The rules do not depend on the running mode. It can be changed only in the state STOPPED, so it must
/// be possible to stop and start a pool in the mode ALWAYS_ON as well.
const RULES: &[(Action, &[WorkspacesPoolState], WorkspacesPoolState)] = &[
    (Action::Start, &[Stopped], Starting),
    (Action::Stop, &[Running], Stopping),
    (Action::Terminate, &[Stopped], Deleting),
    (Action::Update, &[Running, Stopped], Updating),
    (Action::UpdateRunningMode, &[Stopped], Updating),
];

/// The transitional states: their duration in minutes and the state that follows. After `Updating` the
/// previous state follows, and after `Deleting` the pool is deleted.
const TRANSITIONS: &[(WorkspacesPoolState, u64, Option<WorkspacesPoolState>)] = &[
    (Creating, 1, Some(Stopped)),
    (Starting, 15, Some(Running)),
    (Stopping, 5, Some(Stopped)),
    (Updating, 2, None),
    (Deleting, 5, None),
];

/// Returns the state that an action leads to.
///
/// # Errors
/// Returns an OperationInProgressException while the pool is being updated, and an
/// InvalidResourceStateException if the state does not permit the action.
pub(super) fn check(
    action: Action,
    pool: &WorkspacesPool,
) -> Result<WorkspacesPoolState, ServiceError> {
    let (id, state) = (&pool.pool_id, &pool.state);
    if *state == Updating {
        let message = format!("The pool {id} is being updated.");
        return Err(ServiceError::new(code::OPERATION_IN_PROGRESS, message));
    }
    let rule = RULES.iter().find(|(it, ..)| *it == action);
    let rule = rule.filter(|(_, from, _)| from.contains(state));
    rule.map(|(.., to)| to.clone()).ok_or_else(|| {
        let message = format!("{action:?} is not possible in the state {state} of the pool {id}.");
        ServiceError::new(code::INVALID_RESOURCE_STATE, message)
    })
}

/// Returns the duration of a transitional state and the state that follows, if it is fixed.
pub(super) fn transition(state: &WorkspacesPoolState) -> (Duration, Option<WorkspacesPoolState>) {
    let transition = TRANSITIONS.iter().find(|(from, ..)| from == state);
    let (minutes, to) = transition.map_or((0, None), |(_, minutes, to)| (*minutes, to.clone()));
    (Duration::from_secs(60 * minutes), to)
}
