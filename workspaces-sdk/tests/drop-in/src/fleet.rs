//! WorkSpaces: list, create, tag, reboot.

use std::collections::{BTreeMap, HashSet};

use aws_sdk_workspaces::operation::RequestId;
use aws_sdk_workspaces::operation::describe_workspaces::{
    DescribeWorkspacesError, DescribeWorkspacesOutput,
};
use aws_sdk_workspaces::primitives::DateTimeFormat;
use aws_sdk_workspaces::types::{
    Compute, RebootRequest, RunningMode, Tag, Workspace, WorkspaceProperties, WorkspaceRequest,
    WorkspaceState,
};
use aws_sdk_workspaces::{Client, Error};
use tokio::task::JoinSet;

use crate::failure::Failure;

/// Counts the WorkSpaces of a directory by state, page by page.
///
/// # Errors
/// Returns the error of the first page that fails.
pub async fn census(
    client: &Client,
    directory: &str,
) -> Result<BTreeMap<WorkspaceState, usize>, Error> {
    let mut states = BTreeMap::new();
    let mut pages = client
        .describe_workspaces()
        .directory_id(directory)
        .into_paginator()
        .page_size(2)
        .send();
    while let Some(page) = pages.next().await {
        let page: DescribeWorkspacesOutput = page?;
        for state in page.workspaces().iter().filter_map(Workspace::state) {
            *states.entry(state.clone()).or_default() += 1;
        }
    }
    Ok(states)
}

/// Lists the IDs of all WorkSpaces.
///
/// # Errors
/// Returns the error of the first page that fails.
pub async fn ids(client: &Client) -> Result<Vec<String>, Failure> {
    let workspaces = client
        .describe_workspaces()
        .into_paginator()
        .page_size(25)
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await?;
    Ok(workspaces
        .into_iter()
        .filter_map(|workspace| workspace.workspace_id)
        .collect())
}

/// Finds the first WorkSpace that needs attention, and the reason.
///
/// # Errors
/// Returns the error of a page that fails before one is found.
pub async fn first_in_need(client: &Client) -> Result<Option<(String, String)>, Error> {
    let mut workspaces = client
        .describe_workspaces()
        .into_paginator()
        .stop_on_duplicate_token(false)
        .items()
        .send();
    while let Some(workspace) = workspaces.try_next().await? {
        let why = match workspace.state() {
            Some(WorkspaceState::Unhealthy | WorkspaceState::Impaired) => "it is unhealthy",
            Some(WorkspaceState::Error) => {
                workspace.error_message().unwrap_or("there is no message")
            }
            Some(state @ (WorkspaceState::Available | WorkspaceState::Stopped)) => {
                debug_assert_eq!(
                    WorkspaceState::try_parse(state.as_str()).ok().as_ref(),
                    Some(state)
                );
                continue;
            }
            Some(other) if WorkspaceState::values().contains(&other.as_str()) => continue,
            Some(strange) => strange.as_str(),
            None => continue,
        };
        let id = workspace.workspace_id().unwrap_or_default();
        return Ok(Some((id.to_owned(), why.to_owned())));
    }
    Ok(None)
}

/// Lists the IDs of all directories.
///
/// # Errors
/// Returns the error of the first page that fails.
pub async fn directories(client: &Client) -> Result<Vec<String>, Error> {
    let mut pages = client
        .describe_workspace_directories()
        .into_paginator()
        .send();
    let mut ids = Vec::new();
    while let Some(page) = pages.try_next().await? {
        ids.extend(
            page.directories
                .unwrap_or_default()
                .into_iter()
                .filter_map(|d| d.directory_id),
        );
    }
    Ok(ids)
}

/// The outcome of the creation of a WorkSpace.
#[derive(Clone, Debug, PartialEq)]
pub enum Creation {
    /// The WorkSpace with this ID is pending.
    Pending(String),
    /// The creation failed: the user and the error code.
    Failed(String, String),
}

/// Creates a WorkSpace for each user.
///
/// # Errors
/// Returns an error if a request is incomplete, or if the whole call fails.
pub async fn create(
    client: &Client,
    directory: &str,
    bundle: &str,
    users: &[&str],
) -> Result<Vec<Creation>, Error> {
    let properties = WorkspaceProperties::builder()
        .running_mode(RunningMode::AutoStop)
        .running_mode_auto_stop_timeout_in_minutes(60)
        .compute_type_name(Compute::from("STANDARD"))
        .set_user_volume_size_gib(Some(50))
        .build();
    let mut requests = Vec::new();
    for user in users {
        requests.push(
            WorkspaceRequest::builder()
                .directory_id(directory)
                .bundle_id(bundle)
                .user_name(*user)
                .user_volume_encryption_enabled(false)
                .workspace_properties(properties.clone())
                .tags(Tag::builder().key("owner").value(*user).build()?)
                .tags(Tag::builder().key("kept").set_value(None).build()?)
                .build()?,
        );
    }
    let output = client
        .create_workspaces()
        .set_workspaces(Some(requests))
        .send()
        .await?;
    let pending = output.pending_requests().iter().map(|workspace| {
        Creation::Pending(workspace.workspace_id().unwrap_or_default().to_owned())
    });
    let failed = output.failed_requests().iter().map(|failed| {
        let user = failed
            .workspace_request()
            .map_or("nobody", WorkspaceRequest::user_name);
        Creation::Failed(
            user.to_owned(),
            failed.error_code().unwrap_or_default().to_owned(),
        )
    });
    Ok(pending.chain(failed).collect())
}

/// Tags a resource, and returns the request ID.
///
/// # Errors
/// Returns an error if a key is empty, or if the call fails.
pub async fn tag(client: &Client, id: &str, tags: &[(&str, &str)]) -> Result<String, Failure> {
    let tags: Result<Vec<Tag>, _> = tags
        .iter()
        .map(|(key, value)| {
            let key = (!key.is_empty()).then(|| (*key).to_owned());
            Tag::builder().set_key(key).value(*value).build()
        })
        .collect();
    let output = client
        .create_tags()
        .resource_id(id)
        .set_tags(Some(tags?))
        .send()
        .await?;
    Ok(output.request_id().unwrap_or_default().to_owned())
}

/// Reboots WorkSpaces with concurrent requests, one for each, and returns those for which this failed.
///
/// # Errors
/// Returns the error of a call that fails.
pub async fn reboot(client: &Client, ids: &[&str]) -> Result<HashSet<String>, Failure> {
    let mut calls = JoinSet::new();
    for id in ids {
        let request = RebootRequest::builder().workspace_id(*id).build()?;
        let call = client
            .reboot_workspaces()
            .reboot_workspace_requests(request);
        calls.spawn(call.send());
    }
    let mut failed_ids = HashSet::new();
    while let Some(done) = calls.join_next().await {
        let Ok(output) = done else { continue };
        let output = output.map_err(Error::from)?;
        failed_ids.extend(
            output
                .failed_requests
                .unwrap_or_default()
                .into_iter()
                .filter_map(|f| f.workspace_id),
        );
    }
    Ok(failed_ids)
}

/// Lists when the users of these WorkSpaces were last connected, in the format of RFC 3339.
///
/// # Errors
/// Returns the error of the call.
pub async fn last_seen(client: &Client, ids: &[&str]) -> Result<Vec<(String, String)>, Error> {
    let output = client
        .describe_workspaces_connection_status()
        .set_workspace_ids(Some(ids.iter().map(ToString::to_string).collect()))
        .send()
        .await?;
    let seen = output.workspaces_connection_status().iter().map(|status| {
        let when = status
            .last_known_user_connection_timestamp()
            .and_then(|time| time.fmt(DateTimeFormat::DateTime).ok());
        (
            status.workspace_id().unwrap_or_default().to_owned(),
            when.unwrap_or_else(|| "never".to_owned()),
        )
    });
    Ok(seen.collect())
}

/// Whether a WorkSpace with this ID exists.
///
/// # Errors
/// Returns any error of the service, except for an unknown ID.
pub async fn exists(client: &Client, id: &str) -> Result<bool, DescribeWorkspacesError> {
    match client
        .describe_workspaces()
        .workspace_ids(id)
        .limit(1)
        .send()
        .await
    {
        Ok(output) => Ok(!output.workspaces().is_empty()),
        Err(error) => match error.into_service_error() {
            DescribeWorkspacesError::InvalidParameterValuesException(_) => Ok(false),
            error if error.is_resource_unavailable_exception() => Ok(true),
            error => Err(error),
        },
    }
}
