//! Descriptions of pools, and of their sessions, of which there are none.

use super::find;
use crate::fake::page::Page;
use crate::fake::service_error::ServiceError;
use crate::fake::state::State;
use crate::operation::describe_workspaces_pool_sessions::{
    DescribeWorkspacesPoolSessionsInput, DescribeWorkspacesPoolSessionsOutput,
};
use crate::operation::describe_workspaces_pools::{
    DescribeWorkspacesPoolsInput, DescribeWorkspacesPoolsOutput,
};
use crate::operation::terminate_workspaces_pool_session::{
    TerminateWorkspacesPoolSessionInput, TerminateWorkspacesPoolSessionOutput,
};
use crate::types::{
    DescribeWorkspacesPoolsFilter, DescribeWorkspacesPoolsFilterOperator, WorkspacesPool,
};

pub(in crate::fake) fn describe(
    state: &mut State,
    input: DescribeWorkspacesPoolsInput,
) -> Result<DescribeWorkspacesPoolsOutput, ServiceError> {
    let page = Page::new(
        "DescribeWorkspacesPools",
        input.next_token.as_deref(),
        input.limit,
    )?;
    for id in input.pool_ids() {
        find(state, id)?;
    }
    let filters = input.filters();
    let (found, next) = page.take(
        page.select(&state.pools, input.pool_ids.as_deref())
            .filter(|(_, pool)| filters.iter().all(|filter| matches_filter(filter, pool)))
            .map(|(id, pool)| (id.to_owned(), pool.clone())),
    );
    Ok(DescribeWorkspacesPoolsOutput::builder()
        .set_workspaces_pools(found)
        .set_next_token(next)
        .build())
}

/// Whether a pool matches a filter. All filters apply to the name.
fn matches_filter(filter: &DescribeWorkspacesPoolsFilter, pool: &WorkspacesPool) -> bool {
    use DescribeWorkspacesPoolsFilterOperator as Operator;
    let name = pool.pool_name.as_str();
    let equals = || filter.values.iter().any(|value| value == name);
    let contains = || filter.values.iter().any(|value| name.contains(value));
    match filter.operator {
        Operator::Equals => equals(),
        Operator::Notequals => !equals(),
        Operator::Contains => contains(),
        Operator::Notcontains => !contains(),
        _ => true,
    }
}

pub(in crate::fake) fn describe_sessions(
    state: &mut State,
    input: DescribeWorkspacesPoolSessionsInput,
) -> Result<DescribeWorkspacesPoolSessionsOutput, ServiceError> {
    find(state, input.pool_id().unwrap_or_default())?;
    let token = input.next_token.as_deref();
    Page::new("DescribeWorkspacesPoolSessions", token, input.limit)?;
    Ok(DescribeWorkspacesPoolSessionsOutput::builder()
        .set_sessions(Some(Vec::new()))
        .build())
}

pub(in crate::fake) fn terminate_session(
    _: &mut State,
    input: TerminateWorkspacesPoolSessionInput,
) -> Result<TerminateWorkspacesPoolSessionOutput, ServiceError> {
    let id = input.session_id().unwrap_or_default();
    Err(ServiceError::not_found("Session", id))
}
