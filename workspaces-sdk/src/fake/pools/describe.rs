//! What is told of pools, and of the sessions that they do not have.

use super::find;
use crate::fake::page::Page;
use crate::fake::refusal::Refusal;
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
) -> Result<DescribeWorkspacesPoolsOutput, Refusal> {
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
        page.listed(&state.pools, input.pool_ids.as_deref())
            .filter(|(_, pool)| filters.iter().all(|filter| passes(filter, pool)))
            .map(|(id, pool)| (id.to_owned(), pool.clone())),
    );
    Ok(DescribeWorkspacesPoolsOutput::builder()
        .set_workspaces_pools(found)
        .set_next_token(next)
        .build())
}

/// Whether a pool passes a filter, all of which are by its name.
fn passes(filter: &DescribeWorkspacesPoolsFilter, pool: &WorkspacesPool) -> bool {
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

pub(in crate::fake) fn sessions(
    state: &mut State,
    input: DescribeWorkspacesPoolSessionsInput,
) -> Result<DescribeWorkspacesPoolSessionsOutput, Refusal> {
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
) -> Result<TerminateWorkspacesPoolSessionOutput, Refusal> {
    let id = input.session_id().unwrap_or_default();
    Err(Refusal::not_found("Session", id))
}
