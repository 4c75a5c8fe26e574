//! Creation of WorkSpaces, singly or as a fleet.

use std::time::Duration;

use super::{WorkSpace, add_pending, enter, limits};
use crate::fake::fleet::Fleet;
use crate::fake::service_error::{Failure, ServiceError};
use crate::fake::state::State;
use crate::fake::{applications, tags};
use crate::operation::create_workspaces::{CreateWorkspacesInput, CreateWorkspacesOutput};
use crate::types::{
    FailedCreateWorkspaceRequest, RunningMode, Workspace, WorkspaceBundle, WorkspaceProperties,
    WorkspaceRequest, WorkspaceState,
};

/// The age of the WorkSpaces of a fleet, whose properties can change at once.
const FLEET_AGE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The user name in a request for a WorkSpace without a user.
const NO_USER: &str = "[UNDEFINED]";

pub(in crate::fake) fn create(
    state: &mut State,
    input: CreateWorkspacesInput,
) -> Result<CreateWorkspacesOutput, ServiceError> {
    for request in input.workspaces() {
        check_volumes(state, request)?;
    }
    let mut output = CreateWorkspacesOutput::builder()
        .set_failed_requests(Some(Vec::new()))
        .set_pending_requests(Some(Vec::new()));
    for request in input.workspaces.unwrap_or_default() {
        output = match create_one(state, &request) {
            Ok(pending) => output.pending_requests(pending),
            Err((code, message)) => output.failed_requests(
                FailedCreateWorkspaceRequest::builder()
                    .workspace_request(request)
                    .error_code(code)
                    .error_message(message)
                    .build(),
            ),
        };
    }
    Ok(output.build())
}

/// Checks the sizes of the volumes that are requested. Users have seen that an impossible pair fails the whole call.
fn check_volumes(state: &State, request: &WorkspaceRequest) -> Result<(), ServiceError> {
    let requested = request.workspace_properties.as_ref();
    let requested = requested
        .filter(|it| it.root_volume_size_gib.is_some() || it.user_volume_size_gib.is_some());
    let (Some(requested), Ok(bundle)) = (requested, find_bundle(state, &request.bundle_id)) else {
        return Ok(());
    };
    let merged = properties(bundle, Some(requested.clone()));
    merged.map_or(Ok(()), |merged| limits::check_volumes(&merged))
}

fn create_one(state: &mut State, request: &WorkspaceRequest) -> Result<Workspace, Failure> {
    const OPERATION: &str = "CreateWorkspaces";
    if let Some(fault) = state.faults.item_error(OPERATION, &request.user_name) {
        return Err(fault);
    }
    check_request(state, request)?;
    let bundle = find_bundle(state, &request.bundle_id)?;
    let properties = properties(bundle, request.workspace_properties.clone())?;
    let id = state.ids.next("ws-");
    if let Some(new_tags) = &request.tags {
        tags::add(state, &id, new_tags).map_err(ServiceError::into_failure)?;
    }
    let description = new_description(state, &id, request, properties);
    let workspace = WorkSpace::new(description.clone(), state);
    add_pending(state, OPERATION, &request.user_name, &id, workspace);
    applications::install_from_bundle(state, &id, &request.bundle_id);
    // The response does not contain the IP address and the computer name yet.
    Ok(Workspace {
        state: Some(WorkspaceState::Pending),
        ip_address: None,
        computer_name: None,
        ..description
    })
}

/// Checks that the directory and the user exist, and that the user has no WorkSpace yet.
pub(super) fn check_request(state: &State, request: &WorkspaceRequest) -> Result<(), Failure> {
    let (directory_id, user) = (&request.directory_id, &request.user_name);
    let fail = |code: &str, message: String| Err((code.to_owned(), message));
    let registered = state
        .directories
        .get(directory_id)
        .filter(|directory| directory.is_registered());
    let Some(directory) = registered else {
        let message = format!("The specified directory {directory_id} is not registered.");
        return fail("ResourceNotFound.Directory", message);
    };
    if user == NO_USER {
        return match request.workspace_name {
            Some(_) => Ok(()),
            None => fail(
                "InvalidParameterValue.WorkspaceName",
                "A WorkSpace without a user requires a name.".to_owned(),
            ),
        };
    }
    if !directory.has_user(user) {
        let message = format!("The specified user {user} is not in the directory {directory_id}.");
        return fail("ResourceNotFound.User", message);
    }
    let owns = |workspace: &WorkSpace| {
        let description = &workspace.description;
        // A WorkSpace counts until it is gone, also while it is TERMINATING.
        let other = description.user_name.as_deref().unwrap_or_default();
        description.directory_id.as_ref() == Some(directory_id) && other.eq_ignore_ascii_case(user)
    };
    if state.workspaces.values().any(owns) {
        let message =
            format!("The user {user} already has a WorkSpace in the directory {directory_id}.");
        return fail("ResourceExists.WorkSpace", message);
    }
    Ok(())
}

fn find_bundle<'a>(state: &'a State, id: &str) -> Result<&'a WorkspaceBundle, Failure> {
    let message = || format!("The specified bundle {id} could not be found.");
    state
        .bundles
        .get(id)
        .ok_or_else(|| ("ResourceNotFound.Bundle".to_owned(), message()))
}

/// Returns the properties of a WorkSpace of a bundle for which none are requested.
pub(super) fn default_properties(
    state: &State,
    bundle_id: &str,
) -> Result<WorkspaceProperties, Failure> {
    properties(find_bundle(state, bundle_id)?, None)
}

/// Returns the requested properties, with those of the bundle as defaults.
pub(super) fn properties(
    bundle: &WorkspaceBundle,
    requested: Option<WorkspaceProperties>,
) -> Result<WorkspaceProperties, Failure> {
    let mut properties = requested.unwrap_or_else(|| WorkspaceProperties::builder().build());
    let timeout = properties.running_mode_auto_stop_timeout_in_minutes;
    let mode = properties
        .running_mode
        .get_or_insert(RunningMode::AlwaysOn)
        .clone();
    match (mode, timeout) {
        (RunningMode::AutoStop, None) => {
            properties.running_mode_auto_stop_timeout_in_minutes = Some(super::AUTO_STOP_MINUTES);
        }
        (RunningMode::AutoStop, Some(minutes)) if !super::is_valid_timeout(minutes) => {
            return Err((
                "InvalidParameterValue.RunningModeAutoStopTimeoutInMinutes".to_owned(),
                "The timeout must be a multiple of 60 minutes.".to_owned(),
            ));
        }
        (RunningMode::AutoStop, Some(_)) | (_, None) => {}
        (mode, Some(_)) => {
            let code = match mode {
                RunningMode::Manual => "AutoStopTimeoutIsNotDefaultForManualWorkspace",
                _ => "AutoStopTimeoutIsNotApplicableForAnAlwaysOnWorkspace",
            };
            return Err((
                code.to_owned(),
                "The timeout applies only to the running mode AUTO_STOP.".to_owned(),
            ));
        }
    }
    let gib = |capacity: Option<&str>| capacity.and_then(|capacity| capacity.parse().ok());
    let root = bundle.root_storage.as_ref().map(|it| it.capacity.as_str());
    let user = bundle.user_storage.as_ref().map(|it| it.capacity.as_str());
    properties.root_volume_size_gib = properties.root_volume_size_gib.or(gib(root));
    properties.user_volume_size_gib = properties.user_volume_size_gib.or(gib(user));
    if properties.compute_type_name.is_none() {
        let compute = bundle.compute_type.as_ref();
        properties.compute_type_name = compute.and_then(|compute| compute.name.clone());
    }
    Ok(properties)
}

/// Returns the request for a WorkSpace of which nothing else is known.
pub(super) fn new_request(directory_id: &str, user: &str, bundle_id: &str) -> WorkspaceRequest {
    WorkspaceRequest {
        directory_id: directory_id.to_owned(),
        user_name: user.to_owned(),
        bundle_id: bundle_id.to_owned(),
        volume_encryption_key: None,
        user_volume_encryption_enabled: None,
        root_volume_encryption_enabled: None,
        workspace_properties: None,
        tags: None,
        workspace_name: None,
        ipv6_address: None,
    }
}

/// Returns the description of a new WorkSpace, without a state.
pub(super) fn new_description(
    state: &State,
    id: &str,
    request: &WorkspaceRequest,
    properties: WorkspaceProperties,
) -> Workspace {
    let number = u16::try_from(state.workspaces.len() % 65_000).unwrap_or_default();
    let [high, low] = number.to_be_bytes();
    let directory = state.directories.get(&request.directory_id);
    let subnet = directory.and_then(|directory| directory.description.subnet_ids.as_ref()?.first());
    Workspace::builder()
        .workspace_id(id)
        .directory_id(&request.directory_id)
        .user_name(&request.user_name)
        .bundle_id(&request.bundle_id)
        .ip_address(format!("10.0.{high}.{}", u16::from(low) + 1))
        .computer_name(format!(
            "WSAMZN-{}",
            id.trim_start_matches("ws-").to_uppercase()
        ))
        .set_subnet_id(subnet.cloned())
        .set_ipv6_address(request.ipv6_address.clone())
        .set_workspace_name(request.workspace_name.clone())
        .set_volume_encryption_key(request.volume_encryption_key.clone())
        .set_user_volume_encryption_enabled(request.user_volume_encryption_enabled)
        .set_root_volume_encryption_enabled(request.root_volume_encryption_enabled)
        .workspace_properties(properties)
        // The service sends the empty list.
        .set_modification_states(Some(Vec::new()))
        .build()
}

/// Adds the WorkSpaces of a fleet, without checks.
pub(in crate::fake) fn add_fleet(state: &mut State, fleet: &Fleet) {
    let requested = WorkspaceProperties::builder().running_mode(fleet.running_mode.clone());
    let Some(properties) = state
        .bundles
        .get(&fleet.bundle_id)
        .and_then(|bundle| properties(bundle, Some(requested.build())).ok())
    else {
        return;
    };
    let ago = |duration: Duration| state.now.checked_sub(duration).unwrap_or(state.now);
    let last_connected = fleet.last_connected.map(ago);
    let created = ago(FLEET_AGE.max(fleet.last_connected.unwrap_or_default()));
    for number in 1..=fleet.count {
        let id = state.ids.next("ws-");
        let user = format!("{}-{number:06}", fleet.users);
        let request = new_request(&fleet.directory_id, &user, &fleet.bundle_id);
        let description = new_description(state, &id, &request, properties.clone());
        let workspace = WorkSpace {
            visible_from: state.now,
            created,
            last_connected,
            ..WorkSpace::new(description, state)
        };
        state.workspaces.insert(id.clone(), workspace);
        enter(state, &id, fleet.state.clone());
    }
}
