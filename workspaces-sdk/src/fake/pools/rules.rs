//! What may be asked of a pool in which state, and where that leads: two tables.

use std::time::Duration;

use crate::fake::refusal::{Refusal, code};
use crate::types::WorkspacesPool;
use crate::types::WorkspacesPoolState::{
    self, Creating, Deleting, Running, Starting, Stopped, Stopping, Updating,
};

/// Something that is asked of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Start,
    Stop,
    Terminate,
    Update,
    UpdateRunningMode,
}

/// The states in which an action is possible, and the state that it leads to at once.
///
/// The running mode does not matter: it can be changed in STOPPED only, so a pool in ALWAYS_ON must be
/// one that can be stopped and started, too.
const RULES: &[(Action, &[WorkspacesPoolState], WorkspacesPoolState)] = &[
    (Action::Start, &[Stopped], Starting),
    (Action::Stop, &[Running], Stopping),
    (Action::Terminate, &[Stopped], Deleting),
    (Action::Update, &[Running, Stopped], Updating),
    (Action::UpdateRunningMode, &[Stopped], Updating),
];

/// The states on the way to another one: how many minutes they last and where they lead, if not out of
/// the world or back.
const PASSAGES: &[(WorkspacesPoolState, u64, Option<WorkspacesPoolState>)] = &[
    (Creating, 1, Some(Stopped)),
    (Starting, 15, Some(Running)),
    (Stopping, 5, Some(Stopped)),
    (Updating, 2, None),
    (Deleting, 5, None),
];

/// The state that an action leads to.
///
/// # Errors
/// OperationInProgressException while the pool is updated, InvalidResourceStateException otherwise.
pub(super) fn allowed(
    action: Action,
    pool: &WorkspacesPool,
) -> Result<WorkspacesPoolState, Refusal> {
    let (id, state) = (&pool.pool_id, &pool.state);
    if *state == Updating {
        let why = format!("The pool {id} is being updated.");
        return Err(Refusal::new(code::OPERATION_IN_PROGRESS, why));
    }
    let rule = RULES.iter().find(|(it, ..)| *it == action);
    let rule = rule.filter(|(_, from, _)| from.contains(state));
    rule.map(|(.., to)| to.clone()).ok_or_else(|| {
        let why = format!("{action:?} is not possible in the state {state} of the pool {id}.");
        Refusal::new(code::INVALID_RESOURCE_STATE, why)
    })
}

/// How long a state lasts that leads to another by itself, and to which, if to a certain one.
pub(super) fn passage(state: &WorkspacesPoolState) -> (Duration, Option<WorkspacesPoolState>) {
    let passage = PASSAGES.iter().find(|(from, ..)| from == state);
    let (minutes, to) = passage.map_or((0, None), |(_, minutes, to)| (*minutes, to.clone()));
    (Duration::from_secs(60 * minutes), to)
}
