//! Directories: registered or not, with their users and settings.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use super::refusal::Refusal;
use super::state::{Event, State};
use crate::operation::register_workspace_directory::RegisterWorkspaceDirectoryInput;
use crate::types::{ClientProperties, WorkspaceDirectory, WorkspaceDirectoryState};

mod client_properties;
mod describe;
mod modify;
mod register;

pub(super) use client_properties::{describe_clients, modify_clients};
pub(super) use describe::describe;
pub(super) use modify::{
    modify_access, modify_certificates, modify_creation, modify_encryption, modify_saml,
    modify_self_service, modify_streaming,
};
pub(super) use register::{deregister, register};

/// How long registering and deregistering take.
const PASSAGE: Duration = Duration::from_secs(5 * 60);

/// What the identifiers of directories begin with that exist only while they are registered.
const OWN: &str = "wsd-";

/// A directory.
#[derive(Debug)]
pub(super) struct Directory {
    /// It as it is described; without a state it is not registered, and not described.
    pub(super) seen: WorkspaceDirectory,
    /// The users it knows; without any it knows every user.
    pub(super) users: BTreeSet<String>,
    /// How the clients of its users behave.
    clients: ClientProperties,
    /// When the next change of its state comes by itself: never when it is stuck.
    due: Option<SystemTime>,
    /// The error in which the next change ends, in words.
    error: Option<String>,
}

impl Directory {
    /// A directory that is not registered.
    fn new(id: &str, users: BTreeSet<String>) -> Self {
        Self {
            seen: WorkspaceDirectory::builder().directory_id(id).build(),
            users,
            clients: client_properties::usual(),
            due: None,
            error: None,
        }
    }

    pub(super) fn is_registered(&self) -> bool {
        self.seen.state == Some(WorkspaceDirectoryState::Registered)
    }

    /// Whether it is known to WorkSpaces: registered, or on the way from or to that.
    pub(super) fn is_seen(&self) -> bool {
        self.seen.state.is_some()
    }

    fn is_stuck(&self) -> bool {
        use WorkspaceDirectoryState::{Deregistering, Registering};
        matches!(self.seen.state, Some(Registering | Deregistering)) && self.due.is_none()
    }

    pub(super) fn knows(&self, user: &str) -> bool {
        self.users.is_empty() || self.users.contains(user)
    }
}

/// Directories by their identifiers.
pub(super) type Directories = BTreeMap<String, Directory>;

/// Puts a directory there, registered or not.
pub(super) fn add(state: &mut State, id: &str, users: Vec<String>, registered: bool) {
    let mut directory = Directory::new(id, users.into_iter().collect());
    if registered {
        let input = RegisterWorkspaceDirectoryInput::default();
        directory.seen = register::described(state, id, input);
        directory.seen.state = Some(WorkspaceDirectoryState::Registered);
    }
    state.directories.insert(id.to_owned(), directory);
}

/// Finds a directory that is known to WorkSpaces.
///
/// # Errors
/// ResourceNotFoundException.
pub(super) fn find<'a>(state: &'a mut State, id: &str) -> Result<&'a mut Directory, Refusal> {
    let directory = state.directories.get_mut(id);
    directory
        .filter(|directory| directory.is_seen())
        .ok_or_else(|| Refusal::not_found("Directory", id))
}

/// Puts a directory into a state on the way to another one.
fn enter(state: &mut State, operation: &str, id: &str, to: WorkspaceDirectoryState) {
    let error = state.faults.end(operation, id);
    let stuck = state.faults.stuck(operation, id);
    if let Some(directory) = state.directories.get_mut(id) {
        directory.seen.state = Some(to);
        directory.seen.error_message = None;
        directory.error = error.map(|(_, message)| message);
    }
    if !stuck {
        plan(state, id);
    }
}

/// Plans the end of the state that a directory is in.
fn plan(state: &mut State, id: &str) {
    let due = state.plan(PASSAGE, Event::Directory(id.to_owned()));
    if let Some(directory) = state.directories.get_mut(id) {
        directory.due = Some(due);
    }
}

/// Carries out the change that was planned for now.
pub(super) fn due(state: &mut State, id: &str) {
    let now = state.now;
    let Some(directory) = state.directories.get_mut(id) else {
        return;
    };
    if directory.due.take_if(|due| *due == now).is_none() {
        return;
    }
    if let Some(message) = directory.error.take() {
        directory.seen.state = Some(WorkspaceDirectoryState::Error);
        directory.seen.error_message = Some(message);
    } else if directory.seen.state == Some(WorkspaceDirectoryState::Registering) {
        directory.seen.state = Some(WorkspaceDirectoryState::Registered);
    } else {
        forget(state, id);
    }
}

/// Lets WorkSpaces know nothing of a directory any more.
fn forget(state: &mut State, id: &str) {
    state.tags.remove(id);
    let Some(directory) = state.directories.remove(id) else {
        return;
    };
    if !id.starts_with(OWN) {
        let directory = Directory::new(id, directory.users);
        state.directories.insert(id.to_owned(), directory);
    }
}

/// Lets the directories go on that were stuck.
pub(super) fn unstick(state: &mut State) {
    let directories = state.directories.iter();
    let stuck: Vec<String> = directories
        .filter(|(_, directory)| directory.is_stuck())
        .map(|(id, _)| id.clone())
        .collect();
    stuck.iter().for_each(|id| plan(state, id));
}
