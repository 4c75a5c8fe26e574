//! Descriptions of pools.

use super::find;
use crate::fake::page::Page;
use crate::fake::service_error::ServiceError;
use crate::fake::state::State;
use crate::operation::describe_workspaces_pools::{
    DescribeWorkspacesPoolsInput, DescribeWorkspacesPoolsOutput,
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
