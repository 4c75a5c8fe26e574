//! Making WorkSpaces, one by one or a fleet at once, and moving one to another bundle.

use super::{WorkSpace, act, enter, find};
use crate::fake::preconditions::Action;
use crate::fake::refusal::Refusal;
use crate::fake::state::State;
use crate::fake::tags;
use crate::operation::create_workspaces::{CreateWorkspacesInput, CreateWorkspacesOutput};
use crate::operation::migrate_workspace::{MigrateWorkspaceInput, MigrateWorkspaceOutput};
use crate::types::{
    FailedCreateWorkspaceRequest, RunningMode, Workspace, WorkspaceBundle, WorkspaceProperties,
    WorkspaceRequest, WorkspaceState,
};

/// The user of a WorkSpace that is not tied to one.
const NO_USER: &str = "[UNDEFINED]";

/// Why a request for a WorkSpace fails: a code and words.
type Failure = (String, String);

pub(in crate::fake) fn create(
    state: &mut State,
    input: CreateWorkspacesInput,
) -> Result<CreateWorkspacesOutput, Refusal> {
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

fn create_one(state: &mut State, request: &WorkspaceRequest) -> Result<Workspace, Failure> {
    const OPERATION: &str = "CreateWorkspaces";
    if let Some(fault) = state.faults.item(OPERATION, &request.user_name) {
        return Err(fault);
    }
    possible(state, request)?;
    let bundle = bundle(state, &request.bundle_id)?;
    let properties = properties(bundle, request.workspace_properties.clone())?;
    let id = state.ids.next("ws-");
    if let Some(given) = &request.tags {
        tags::add(state, &id, given).map_err(|refusal| (refusal.code, refusal.message))?;
    }
    let seen = describe(state, &id, request, properties);
    let error = state.faults.end(OPERATION, &request.user_name);
    let stuck = state.faults.stuck(OPERATION, &request.user_name);
    let seen_from = state.now + state.unseen;
    let workspace = WorkSpace {
        error,
        stuck,
        ..WorkSpace::new(seen.clone(), seen_from)
    };
    state.workspaces.insert(id.clone(), workspace);
    enter(state, &id, WorkspaceState::Pending);
    // An address and a name come later.
    Ok(Workspace {
        state: Some(WorkspaceState::Pending),
        ip_address: None,
        computer_name: None,
        ..seen
    })
}

/// Whether directory and user are there, and the user has no WorkSpace yet.
fn possible(state: &State, request: &WorkspaceRequest) -> Result<(), Failure> {
    let (directory_id, user) = (&request.directory_id, &request.user_name);
    let fail = |code: &str, why: String| Err((code.to_owned(), why));
    let registered = state
        .directories
        .get(directory_id)
        .filter(|directory| directory.is_registered());
    let Some(directory) = registered else {
        let why = format!("The specified directory {directory_id} is not registered.");
        return fail("ResourceNotFound.Directory", why);
    };
    if user == NO_USER {
        return match request.workspace_name {
            Some(_) => Ok(()),
            None => fail(
                "InvalidParameterValue.WorkspaceName",
                "A WorkSpace without a user needs a name.".to_owned(),
            ),
        };
    }
    if !directory.knows(user) {
        let why = format!("The specified user {user} is not in the directory {directory_id}.");
        return fail("ResourceNotFound.User", why);
    }
    let owns = |workspace: &WorkSpace| {
        workspace.seen.directory_id.as_ref() == Some(directory_id)
            && workspace.seen.user_name.as_ref() == Some(user)
            && workspace.state() != WorkspaceState::Terminating
    };
    if state.workspaces.values().any(owns) {
        let why = format!("The user {user} has a WorkSpace in {directory_id} already.");
        return fail("ResourceExists.WorkSpace", why);
    }
    Ok(())
}

fn bundle<'a>(state: &'a State, id: &str) -> Result<&'a WorkspaceBundle, Failure> {
    let why = || format!("The specified bundle {id} could not be found.");
    state
        .bundles
        .get(id)
        .ok_or_else(|| ("ResourceNotFound.Bundle".to_owned(), why()))
}

/// The properties that are wanted, and for the rest those of the bundle.
fn properties(
    bundle: &WorkspaceBundle,
    wanted: Option<WorkspaceProperties>,
) -> Result<WorkspaceProperties, Failure> {
    let mut properties = wanted.unwrap_or_else(|| WorkspaceProperties::builder().build());
    let timeout = properties.running_mode_auto_stop_timeout_in_minutes;
    let mode = properties
        .running_mode
        .get_or_insert(RunningMode::AlwaysOn)
        .clone();
    match (mode, timeout) {
        (RunningMode::AutoStop, None) => {
            properties.running_mode_auto_stop_timeout_in_minutes = Some(super::AUTO_STOP_MINUTES);
        }
        (RunningMode::AutoStop, Some(minutes)) if !super::is_auto_stop(minutes) => {
            return Err((
                "InvalidParameterValue.RunningModeAutoStopTimeoutInMinutes".to_owned(),
                "The timeout is a multiple of 60 minutes.".to_owned(),
            ));
        }
        (RunningMode::AutoStop, Some(_)) | (_, None) => {}
        (_, Some(_)) => {
            return Err((
                "AutoStopTimeoutIsNotApplicableForAnAlwaysOnWorkspace".to_owned(),
                "The timeout has a meaning only in the running mode AUTO_STOP.".to_owned(),
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

/// A WorkSpace as it is described once it is there.
fn describe(
    state: &State,
    id: &str,
    request: &WorkspaceRequest,
    properties: WorkspaceProperties,
) -> Workspace {
    let number = u16::try_from(state.workspaces.len() % 65_000).unwrap_or_default();
    let [high, low] = number.to_be_bytes();
    let directory = state.directories.get(&request.directory_id);
    let subnet = directory.and_then(|directory| directory.seen.subnet_ids.as_ref()?.first());
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
        .build()
}

/// Makes a fleet of AVAILABLE WorkSpaces for users `user-000001` and on, without checks.
pub(in crate::fake) fn fleet(state: &mut State, directory: &str, bundle_id: &str, count: usize) {
    let Some(properties) = state
        .bundles
        .get(bundle_id)
        .and_then(|bundle| properties(bundle, None).ok())
    else {
        return;
    };
    for number in 1..=count {
        let id = state.ids.next("ws-");
        let request = WorkspaceRequest {
            directory_id: directory.to_owned(),
            user_name: format!("user-{number:06}"),
            bundle_id: bundle_id.to_owned(),
            volume_encryption_key: None,
            user_volume_encryption_enabled: None,
            root_volume_encryption_enabled: None,
            workspace_properties: None,
            tags: None,
            workspace_name: None,
            ipv6_address: None,
        };
        let seen = describe(state, &id, &request, properties.clone());
        let workspace = WorkSpace::new(seen, state.now);
        state.workspaces.insert(id.clone(), workspace);
        enter(state, &id, WorkspaceState::Available);
    }
}

/// Makes a WorkSpace from another bundle for the same user, and terminates the one there was.
pub(in crate::fake) fn migrate(
    state: &mut State,
    input: MigrateWorkspaceInput,
) -> Result<MigrateWorkspaceOutput, Refusal> {
    let source = input.source_workspace_id.unwrap_or_default();
    let bundle_id = input.bundle_id.unwrap_or_default();
    let seen = find(state, &source)?.seen.clone();
    let Some(bundle) = state.bundles.get(&bundle_id) else {
        return Err(Refusal::not_found("Bundle", &bundle_id));
    };
    let fail = |(code, why): Failure| Refusal::new(&code, why);
    let wanted = seen.workspace_properties.map(|old| WorkspaceProperties {
        compute_type_name: None,
        root_volume_size_gib: None,
        user_volume_size_gib: None,
        ..old
    });
    let properties = properties(bundle, wanted).map_err(fail)?;
    act(state, "MigrateWorkspace", &source, Action::Migrate).map_err(fail)?;
    let target = state.ids.next("ws-");
    let moved = Workspace {
        workspace_id: Some(target.clone()),
        bundle_id: Some(bundle_id),
        workspace_properties: Some(properties),
        ..seen
    };
    let workspace = WorkSpace::new(moved, state.now + state.unseen);
    state.workspaces.insert(target.clone(), workspace);
    enter(state, &target, WorkspaceState::Pending);
    Ok(MigrateWorkspaceOutput::builder()
        .source_workspace_id(source)
        .target_workspace_id(target)
        .build())
}
