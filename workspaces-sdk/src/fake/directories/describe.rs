//! Descriptions of directories.

use crate::fake::page::Page;
use crate::fake::service_error::ServiceError;
use crate::fake::state::State;
use crate::operation::describe_workspace_directories::{
    DescribeWorkspaceDirectoriesInput, DescribeWorkspaceDirectoriesOutput,
};
use crate::types::{
    DescribeWorkspaceDirectoriesFilter, DescribeWorkspaceDirectoriesFilterName as Name,
    UserIdentityType, WorkspaceDirectory, WorkspaceType,
};

pub(in crate::fake) fn describe(
    state: &mut State,
    input: DescribeWorkspaceDirectoriesInput,
) -> Result<DescribeWorkspaceDirectoriesOutput, ServiceError> {
    let page = Page::new(
        "DescribeWorkspaceDirectories",
        input.next_token.as_deref(),
        input.limit,
    )?;
    let names = input.workspace_directory_names();
    let is_selected = |description: &WorkspaceDirectory| {
        let name = description.workspace_directory_name.as_ref();
        (names.is_empty() || name.is_some_and(|name| names.contains(name)))
            && input
                .filters()
                .iter()
                .all(|filter| matches_filter(filter, description))
    };
    let (found, next) = page.take(
        page.select(&state.directories, input.directory_ids.as_deref())
            .filter(|(_, directory)| directory.is_visible() && is_selected(&directory.description))
            .map(|(id, directory)| (id.to_owned(), directory.description.clone())),
    );
    Ok(DescribeWorkspaceDirectoriesOutput::builder()
        .set_directories(found)
        .set_next_token(next)
        .build())
}

fn matches_filter(
    filter: &DescribeWorkspaceDirectoriesFilter,
    description: &WorkspaceDirectory,
) -> bool {
    let value = match filter.name {
        Name::UserIdentityType => description
            .user_identity_type
            .as_ref()
            .map(UserIdentityType::as_str),
        Name::WorkspaceType => description
            .workspace_type
            .as_ref()
            .map(WorkspaceType::as_str),
        _ => None,
    };
    filter.values.iter().any(|it| value == Some(it))
}
