//! The sessions of the users of pools.

use std::time::Duration;

use aws_smithy_types::DateTime;

use super::find;
use crate::fake::page::Page;
use crate::fake::service_error::ServiceError;
use crate::fake::state::{Event, State};
use crate::fake::table::Table;
use crate::operation::describe_workspaces_pool_sessions::{
    DescribeWorkspacesPoolSessionsInput, DescribeWorkspacesPoolSessionsOutput,
};
use crate::operation::terminate_workspaces_pool_session::{
    TerminateWorkspacesPoolSessionInput, TerminateWorkspacesPoolSessionOutput,
};
use crate::types::{
    AuthenticationType, CapacityStatus, NetworkAccessConfiguration, SessionConnectionState,
    WorkspacesPool, WorkspacesPoolSession, WorkspacesPoolState,
};

/// Sessions by identifier.
pub(in crate::fake) type Sessions = Table<WorkspacesPoolSession>;

/// The default number of sessions on a page.
const DEFAULT_PAGE_SIZE: i32 = 20;

/// The duration of a session in seconds, unless the pool has another one: 16 hours.
const DEFAULT_DURATION: i32 = 57_600;

/// Connects a user to a pool and returns the identifier of the session.
///
/// Returns `None` if the pool does not run or has no capacity.
pub(in crate::fake) fn connect(state: &mut State, pool_id: &str, user: &str) -> Option<String> {
    let pool = state.pools.get_mut(pool_id)?;
    let running = pool.state == WorkspacesPoolState::Running;
    let capacity = pool.capacity_status.as_mut();
    let capacity = capacity.filter(|it| running && it.available_user_sessions > 0)?;
    count(capacity, 1);
    let timeouts = pool.timeout_settings.as_ref();
    let seconds = timeouts.and_then(|it| it.max_user_duration_in_seconds);
    let seconds = u64::try_from(seconds.unwrap_or(DEFAULT_DURATION)).unwrap_or_default();
    let id = state.ids.next_uuid();
    let expires = state.schedule(Duration::from_secs(seconds), Event::Session(id.clone()));
    let interface = NetworkAccessConfiguration::builder()
        .eni_private_ip_address("10.0.0.10")
        .eni_id(state.ids.next_vpc("eni-"));
    let session = WorkspacesPoolSession {
        authentication_type: Some(AuthenticationType::Saml),
        connection_state: Some(SessionConnectionState::Connected),
        session_id: id.clone(),
        instance_id: Some(state.ids.next_vpc("i-")),
        pool_id: pool_id.to_owned(),
        expiration_time: Some(DateTime::from(expires)),
        network_access_configuration: Some(interface.build()),
        start_time: Some(state.timestamp()),
        user_id: user.to_owned(),
    };
    state.sessions.insert(id.clone(), session);
    Some(id)
}

/// Adds `change` to the number of active sessions of a pool, and computes how many more are available.
fn count(capacity: &mut CapacityStatus, change: i32) {
    let active = capacity.active_user_sessions.saturating_add(change);
    capacity.active_user_sessions = active;
    capacity.available_user_sessions = capacity.actual_user_sessions.saturating_sub(active);
}

/// Connects the users of the service to a pool that has started.
pub(super) fn connect_users(state: &mut State, pool_id: &str) {
    for user in state.pool_users.clone() {
        connect(state, pool_id, &user);
    }
}

/// Ends the sessions of a pool that does not run any more.
pub(super) fn end_all(state: &mut State, pool_id: &str) {
    state.sessions.retain(|session| session.pool_id != pool_id);
}

/// Ends a session, and returns whether there was one.
pub(in crate::fake) fn end(state: &mut State, id: &str) -> bool {
    let Some(session) = state.sessions.remove(id) else {
        return false;
    };
    let pool = state.pools.get_mut(&session.pool_id);
    if let Some(WorkspacesPool {
        capacity_status: Some(capacity),
        ..
    }) = pool
    {
        count(capacity, -1);
    }
    true
}

pub(in crate::fake) fn describe_sessions(
    state: &mut State,
    input: DescribeWorkspacesPoolSessionsInput,
) -> Result<DescribeWorkspacesPoolSessionsOutput, ServiceError> {
    let pool_id = input.pool_id.unwrap_or_default();
    find(state, &pool_id)?;
    let token = input.next_token.as_deref();
    let size = input.limit.or(Some(DEFAULT_PAGE_SIZE));
    let page = Page::new("DescribeWorkspacesPoolSessions", token, size)?;
    let user = input.user_id.as_ref();
    let (found, next) = page.take(
        page.select(&state.sessions, None)
            .filter(|(_, session)| session.pool_id == pool_id)
            .filter(|(_, session)| user.is_none_or(|user| *user == session.user_id))
            .map(|(id, session)| (id.to_owned(), session.clone())),
    );
    Ok(DescribeWorkspacesPoolSessionsOutput::builder()
        .set_sessions(found)
        .set_next_token(next)
        .build())
}

pub(in crate::fake) fn terminate_session(
    state: &mut State,
    input: TerminateWorkspacesPoolSessionInput,
) -> Result<TerminateWorkspacesPoolSessionOutput, ServiceError> {
    let id = input.session_id.unwrap_or_default();
    match end(state, &id) {
        true => Ok(TerminateWorkspacesPoolSessionOutput::builder().build()),
        false => Err(ServiceError::not_found("Session", &id)),
    }
}
