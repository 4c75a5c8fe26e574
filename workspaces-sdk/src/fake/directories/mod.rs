//! Directories, registered or not, with their users and settings.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use super::connection_aliases;
use super::saved::saved;
use super::service_error::ServiceError;
use super::state::{Event, State};
use crate::fake::table::Table;
use crate::operation::describe_client_branding::DescribeClientBrandingOutput;
use crate::operation::register_workspace_directory::RegisterWorkspaceDirectoryInput;
use crate::types::{
    ClientProperties, ConnectClientAddIn, WorkspaceDirectory, WorkspaceDirectoryState,
};

mod add_ins;
mod branding;
mod client_properties;
mod describe;
mod modify;
mod register;

pub(super) use add_ins::{create_add_in, delete_add_in, describe_add_ins, update_add_in};
pub(super) use branding::{delete_branding, describe_branding, import_branding};
pub(super) use client_properties::{describe_client_properties, modify_client_properties};
pub(super) use describe::describe;
pub(super) use modify::{
    modify_access, modify_certificates, modify_creation, modify_encryption, modify_saml,
    modify_self_service, modify_streaming,
};
pub(super) use register::{deregister, register};

/// The time that it takes to register or deregister a directory.
const TRANSITION_TIME: Duration = Duration::from_secs(5 * 60);

/// The prefix of identifiers of directories for pools, which exist only while they are registered.
const POOL_DIRECTORY_PREFIX: &str = "wsd-";

/// A directory.
#[derive(Debug)]
pub(super) struct Directory {
    /// The description of the directory. It has no state while the directory is not registered.
    pub(super) description: WorkspaceDirectory,
    /// The users of the directory. An empty set stands for every user name.
    pub(super) users: BTreeSet<String>,
    client_properties: ClientProperties,
    branding: DescribeClientBrandingOutput,
    add_in: Option<ConnectClientAddIn>,
    /// The time of the next state change, unless it is stuck.
    transition_at: Option<SystemTime>,
    /// The message of the error with which the next state change ends.
    pending_error: Option<String>,
}

saved! {
    Directory {
        "Description" => description;
        "Users" => users;
        "ClientProperties" => client_properties;
        "Branding" => branding;
        "AddIn" => add_in;
        "TransitionAt" => transition_at;
        "PendingError" => pending_error;
    }
}

impl Directory {
    /// Creates a directory that is not registered.
    fn new(id: &str, users: BTreeSet<String>) -> Self {
        Self {
            description: WorkspaceDirectory::builder().directory_id(id).build(),
            users,
            client_properties: client_properties::default_client_properties(),
            branding: branding::no_branding(),
            add_in: None,
            transition_at: None,
            pending_error: None,
        }
    }

    pub(super) fn is_registered(&self) -> bool {
        self.description.state == Some(WorkspaceDirectoryState::Registered)
    }

    /// Whether WorkSpaces lists the directory: it is registered, or is being registered or deregistered.
    pub(super) fn is_visible(&self) -> bool {
        self.description.state.is_some()
    }

    fn is_stuck(&self) -> bool {
        use WorkspaceDirectoryState::{Deregistering, Registering};
        matches!(self.description.state, Some(Registering | Deregistering))
            && self.transition_at.is_none()
    }

    pub(super) fn has_user(&self, user: &str) -> bool {
        let mut users = self.users.iter();
        self.users.is_empty() || users.any(|it| it.eq_ignore_ascii_case(user))
    }
}

/// Directories by identifier.
pub(super) type Directories = Table<Directory>;

/// Adds a directory to the initial state, registered or not.
pub(super) fn add(state: &mut State, id: &str, users: Vec<String>, registered: bool) {
    let mut directory = Directory::new(id, users.into_iter().collect());
    if registered {
        let input = RegisterWorkspaceDirectoryInput::default();
        directory.description = register::initial_description(state, id, input);
        directory.description.state = Some(WorkspaceDirectoryState::Registered);
    }
    state.directories.insert(id.to_owned(), directory);
}

/// Finds a directory that WorkSpaces lists.
///
/// # Errors
/// `ResourceNotFoundException` if no directory has this identifier.
pub(super) fn find<'a>(state: &'a mut State, id: &str) -> Result<&'a mut Directory, ServiceError> {
    let directory = state.directories.get_mut(id);
    directory
        .filter(|directory| directory.is_visible())
        .ok_or_else(|| ServiceError::not_found("Directory", id))
}

/// Puts a directory into a transitional state and applies the faults for it.
fn begin_transition(state: &mut State, operation: &str, id: &str, to: WorkspaceDirectoryState) {
    let error = state.faults.end_error(operation, id);
    let stuck = state.faults.is_stuck(operation, id);
    if let Some(directory) = state.directories.get_mut(id) {
        directory.description.state = Some(to);
        directory.description.error_message = None;
        directory.pending_error = error.map(|(_, message)| message);
    }
    if !stuck {
        schedule_transition(state, id);
    }
}

/// Schedules the end of a directory's transitional state.
fn schedule_transition(state: &mut State, id: &str) {
    let at = state.schedule(TRANSITION_TIME, Event::Directory(id.to_owned()));
    if let Some(directory) = state.directories.get_mut(id) {
        directory.transition_at = Some(at);
    }
}

/// Applies the state change that is scheduled for the current time.
pub(super) fn apply_event(state: &mut State, id: &str) {
    let now = state.now;
    let Some(directory) = state.directories.get_mut(id) else {
        return;
    };
    if directory.transition_at.take_if(|at| *at == now).is_none() {
        return;
    }
    if let Some(message) = directory.pending_error.take() {
        directory.description.state = Some(WorkspaceDirectoryState::Error);
        directory.description.error_message = Some(message);
    } else if directory.description.state == Some(WorkspaceDirectoryState::Registering) {
        directory.description.state = Some(WorkspaceDirectoryState::Registered);
    } else {
        unregister(state, id);
    }
}

/// Completes the deregistration of a directory.
fn unregister(state: &mut State, id: &str) {
    state.tags.remove(id);
    connection_aliases::remove_directory(state, id);
    let Some(directory) = state.directories.remove(id) else {
        return;
    };
    if !id.starts_with(POOL_DIRECTORY_PREFIX) {
        let directory = Directory::new(id, directory.users);
        state.directories.insert(id.to_owned(), directory);
    }
}

/// Resumes the state changes that are stuck.
pub(super) fn resume_stuck(state: &mut State) {
    let directories = state.directories.iter();
    let stuck: Vec<String> = directories
        .filter(|(_, directory)| directory.is_stuck())
        .map(|(id, _)| id.clone())
        .collect();
    for id in &stuck {
        schedule_transition(state, id);
    }
}
