//! What is told of directories.

use crate::fake::page::Page;
use crate::fake::refusal::Refusal;
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
) -> Result<DescribeWorkspaceDirectoriesOutput, Refusal> {
    let page = Page::new(
        "DescribeWorkspaceDirectories",
        input.next_token.as_deref(),
        input.limit,
    )?;
    let names = input.workspace_directory_names();
    let is_wanted = |seen: &WorkspaceDirectory| {
        let name = seen.workspace_directory_name.as_ref();
        (names.is_empty() || name.is_some_and(|name| names.contains(name)))
            && input.filters().iter().all(|filter| passes(filter, seen))
    };
    let (found, next) = page.take(
        page.listed(&state.directories, input.directory_ids.as_deref())
            .filter(|(_, directory)| directory.is_seen() && is_wanted(&directory.seen))
            .map(|(id, directory)| (id.to_owned(), directory.seen.clone())),
    );
    Ok(DescribeWorkspaceDirectoriesOutput::builder()
        .set_directories(found)
        .set_next_token(next)
        .build())
}

fn passes(filter: &DescribeWorkspaceDirectoriesFilter, seen: &WorkspaceDirectory) -> bool {
    let value = match filter.name {
        Name::UserIdentityType => seen
            .user_identity_type
            .as_ref()
            .map(UserIdentityType::as_str),
        Name::WorkspaceType => seen.workspace_type.as_ref().map(WorkspaceType::as_str),
        _ => None,
    };
    filter.values.iter().any(|wanted| value == Some(wanted))
}
