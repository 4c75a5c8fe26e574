//! Pools of WorkSpaces.

use super::service_error::{Failure, ServiceError, code};
use super::state::{Event, State};
use super::{bundles, tags};
use crate::fake::table::Table;
use crate::operation::create_workspaces_pool::{
    CreateWorkspacesPoolInput, CreateWorkspacesPoolOutput,
};
use crate::operation::start_workspaces_pool::{
    StartWorkspacesPoolInput, StartWorkspacesPoolOutput,
};
use crate::operation::stop_workspaces_pool::{StopWorkspacesPoolInput, StopWorkspacesPoolOutput};
use crate::operation::terminate_workspaces_pool::{
    TerminateWorkspacesPoolInput, TerminateWorkspacesPoolOutput,
};
use crate::operation::update_workspaces_pool::{
    UpdateWorkspacesPoolInput, UpdateWorkspacesPoolOutput,
};
use crate::types::{
    ApplicationSettingsRequest, ApplicationSettingsResponse, CapacityStatus, OperatingSystemType,
    PoolsRunningMode, WorkspacesPool, WorkspacesPoolError, WorkspacesPoolErrorCode,
    WorkspacesPoolState,
};

mod describe;
mod rules;
mod sessions;

pub(super) use describe::describe;
pub(super) use sessions::{Sessions, connect, describe_sessions, end, terminate_session};

use rules::Action;

/// Pools by identifier.
pub(super) type Pools = Table<WorkspacesPool>;

/// Finds a pool.
///
/// # Errors
/// `ResourceNotFoundException` if no pool has this identifier.
fn find<'a>(state: &'a mut State, id: &str) -> Result<&'a mut WorkspacesPool, ServiceError> {
    let pool = state.pools.get_mut(id);
    pool.ok_or(ServiceError::not_found("Pool", id))
}

/// Puts a pool into a transitional state and schedules its end.
fn begin_transition(state: &mut State, operation: &str, id: &str, to: WorkspacesPoolState) {
    let Some(pool) = state.pools.get_mut(id) else {
        return;
    };
    let (after, next) = rules::transition(&to);
    let next = match to {
        WorkspacesPoolState::Updating => Some(pool.state.clone()),
        _ => next,
    };
    let name = pool.pool_name.clone();
    pool.state = to;
    state.schedule_change(operation, &[&name, id], after, |failure| {
        Event::Pool(id.to_owned(), next, failure)
    });
}

/// Puts a pool into its next state, or deletes it if there is none.
///
/// Pools have no error state: a pool that fails is STOPPED and reports the error.
pub(super) fn finish_transition(
    state: &mut State,
    id: &str,
    to: Option<WorkspacesPoolState>,
    failure: Option<Failure>,
) {
    let to = match failure {
        None => to,
        Some(_) => Some(WorkspacesPoolState::Stopped),
    };
    let (Some(to), Some(pool)) = (to, state.pools.get_mut(id)) else {
        state.pools.remove(id);
        state.tags.remove(id);
        return;
    };
    pool.state = to;
    pool.errors = failure.map(|(code, message)| {
        let error = WorkspacesPoolError::builder()
            .error_code(WorkspacesPoolErrorCode::from(code.as_str()))
            .error_message(message);
        vec![error.build()]
    });
    let running = pool.state == WorkspacesPoolState::Running;
    if let Some(capacity) = &mut pool.capacity_status {
        let actual = if running {
            capacity.desired_user_sessions
        } else {
            0
        };
        capacity.actual_user_sessions = actual;
        capacity.available_user_sessions = actual;
        capacity.active_user_sessions = 0;
    }
    sessions::end_all(state, id);
    if running {
        sessions::connect_users(state, id);
    }
}

/// Performs an action if the state of the pool permits it.
fn perform(
    state: &mut State,
    operation: &str,
    id: Option<String>,
    action: Action,
) -> Result<(), ServiceError> {
    let id = id.unwrap_or_default();
    let to = rules::check(action, find(state, &id)?)?;
    begin_transition(state, operation, &id, to);
    Ok(())
}

pub(super) fn start(
    state: &mut State,
    input: StartWorkspacesPoolInput,
) -> Result<StartWorkspacesPoolOutput, ServiceError> {
    perform(state, "StartWorkspacesPool", input.pool_id, Action::Start)?;
    Ok(StartWorkspacesPoolOutput::builder().build())
}

pub(super) fn stop(
    state: &mut State,
    input: StopWorkspacesPoolInput,
) -> Result<StopWorkspacesPoolOutput, ServiceError> {
    perform(state, "StopWorkspacesPool", input.pool_id, Action::Stop)?;
    Ok(StopWorkspacesPoolOutput::builder().build())
}

pub(super) fn terminate(
    state: &mut State,
    input: TerminateWorkspacesPoolInput,
) -> Result<TerminateWorkspacesPoolOutput, ServiceError> {
    let operation = "TerminateWorkspacesPool";
    perform(state, operation, input.pool_id, Action::Terminate)?;
    Ok(TerminateWorkspacesPoolOutput::builder().build())
}

pub(super) fn create(
    state: &mut State,
    input: CreateWorkspacesPoolInput,
) -> Result<CreateWorkspacesPoolOutput, ServiceError> {
    let name = input.pool_name.unwrap_or_default();
    let bundle_id = input.bundle_id.unwrap_or_default();
    let directory_id = input.directory_id.unwrap_or_default();
    check_usable(state, Some(&directory_id), Some(&bundle_id))?;
    if state.pools.values().any(|pool| pool.pool_name == name) {
        let message = format!("A pool named {name} already exists.");
        return Err(ServiceError::new(code::RESOURCE_ALREADY_EXISTS, message));
    }
    let desired = input.capacity.map_or(0, |it| it.desired_user_sessions);
    let id = state.ids.next("wspool-");
    tags::add(state, &id, &input.tags.unwrap_or_default())?;
    let pool = WorkspacesPool {
        pool_arn: state.arn(&format!("workspacespool/{id}")),
        pool_id: id.clone(),
        capacity_status: Some(CapacityStatus {
            available_user_sessions: 0,
            desired_user_sessions: desired,
            actual_user_sessions: 0,
            active_user_sessions: 0,
        }),
        pool_name: name,
        description: input.description,
        state: WorkspacesPoolState::Creating,
        created_at: state.timestamp(),
        bundle_id,
        directory_id,
        errors: None,
        application_settings: input.application_settings.map(application_settings),
        timeout_settings: input.timeout_settings,
        running_mode: input.running_mode.unwrap_or(PoolsRunningMode::AutoStop),
    };
    state.pools.insert(id.clone(), pool.clone());
    begin_transition(
        state,
        "CreateWorkspacesPool",
        &id,
        WorkspacesPoolState::Creating,
    );
    Ok(CreateWorkspacesPoolOutput::builder()
        .workspaces_pool(pool)
        .build())
}

pub(super) fn update(
    state: &mut State,
    input: UpdateWorkspacesPoolInput,
) -> Result<UpdateWorkspacesPoolOutput, ServiceError> {
    let id = input.pool_id.unwrap_or_default();
    let action = match input.running_mode {
        Some(_) => Action::UpdateRunningMode,
        None => Action::Update,
    };
    let to = rules::check(action, find(state, &id)?)?;
    let (directory_id, bundle_id) = (input.directory_id, input.bundle_id);
    check_usable(state, directory_id.as_deref(), bundle_id.as_deref())?;
    begin_transition(state, "UpdateWorkspacesPool", &id, to);
    let pool = find(state, &id)?;
    let old = pool.clone();
    *pool = WorkspacesPool {
        description: input.description.or(old.description),
        bundle_id: bundle_id.unwrap_or(old.bundle_id),
        directory_id: directory_id.unwrap_or(old.directory_id),
        application_settings: input
            .application_settings
            .map(application_settings)
            .or(old.application_settings),
        timeout_settings: input.timeout_settings.or(old.timeout_settings),
        running_mode: input.running_mode.unwrap_or(old.running_mode),
        ..old
    };
    if let (Some(status), Some(capacity)) = (&mut pool.capacity_status, input.capacity) {
        status.desired_user_sessions = capacity.desired_user_sessions;
    }
    Ok(UpdateWorkspacesPoolOutput::builder()
        .workspaces_pool(pool.clone())
        .build())
}

/// Checks that a pool can use a directory and a bundle.
///
/// # Errors
/// Returns a ResourceNotFoundException or an OperationNotSupportedException.
fn check_usable(
    state: &State,
    directory: Option<&str>,
    bundle: Option<&str>,
) -> Result<(), ServiceError> {
    if let Some(id) = directory {
        let directory = state.directories.get(id);
        if !directory.is_some_and(|directory| directory.is_registered()) {
            return Err(ServiceError::not_found("Directory", id));
        }
    }
    if let Some(id) = bundle {
        let bundle = bundles::find(state, id)?;
        if bundles::operating_system(state, bundle) != OperatingSystemType::Windows {
            let message = format!("The bundle {id} runs Linux, which pools do not support.");
            return Err(ServiceError::new(code::OPERATION_NOT_SUPPORTED, message));
        }
    }
    Ok(())
}

fn application_settings(request: ApplicationSettingsRequest) -> ApplicationSettingsResponse {
    ApplicationSettingsResponse {
        status: request.status,
        settings_group: request.settings_group,
        s3_bucket_name: None,
    }
}
