//! What builders return before anything is sent: their getters, and the builder of the input.

use workspaces_sdk::config::Region;
use workspaces_sdk::operation::describe_workspaces::builders::{
    DescribeWorkspacesInputBuilder, DescribeWorkspacesOutputBuilder,
};
use workspaces_sdk::operation::describe_workspaces::{
    DescribeWorkspacesInput, DescribeWorkspacesOutput,
};
use workspaces_sdk::types::error::ResourceNotFoundException;
use workspaces_sdk::types::{Tag, Workspace, WorkspaceRequest, WorkspaceState};
use workspaces_sdk::{Client, Config};

fn client() -> Client {
    let config = Config::builder().behavior_version_latest();
    Client::from_conf(config.region(Region::new("eu-west-1")).build())
}

#[test]
fn getters_return_what_is_set() {
    let tag = Tag::builder().key("team").build().unwrap();
    let builder = WorkspaceRequest::builder();
    assert_eq!(builder.get_user_name(), &None);
    assert_eq!(builder.get_tags(), &None);
    let builder = builder
        .user_name("ada")
        .user_volume_encryption_enabled(true)
        .tags(tag.clone());
    assert_eq!(builder.get_user_name().as_deref(), Some("ada"));
    assert_eq!(builder.get_user_volume_encryption_enabled(), &Some(true));
    assert_eq!(builder.get_tags(), &Some(vec![tag]));
    assert_eq!(builder.set_tags(None).get_tags(), &None);

    let workspace = Workspace::builder().state(WorkspaceState::Available);
    assert_eq!(workspace.get_state(), &Some(WorkspaceState::Available));
    let output: DescribeWorkspacesOutputBuilder = DescribeWorkspacesOutput::builder();
    assert_eq!(output.get_workspaces(), &None);
    let output = output.workspaces(workspace.build()).next_token("page 2");
    assert_eq!(output.get_workspaces().as_ref().map(Vec::len), Some(1));
    assert_eq!(output.get_next_token().as_deref(), Some("page 2"));
    let error = ResourceNotFoundException::builder().message("gone");
    assert_eq!(error.get_message().as_deref(), Some("gone"));
}

/// The fluent builder and the builders of waiters are built on the builder of the input.
#[test]
fn as_input_returns_the_builder_of_the_input() {
    let expected = DescribeWorkspacesInput::builder()
        .workspace_ids("ws-1")
        .workspace_ids("ws-2")
        .limit(2);
    let request = client()
        .describe_workspaces()
        .workspace_ids("ws-1")
        .workspace_ids("ws-2");
    assert_eq!(request.get_limit(), &None);
    let request = request.limit(2);
    assert_eq!(request.get_limit(), &Some(2));
    assert_eq!(request.get_workspace_ids(), expected.get_workspace_ids());
    let builder: &DescribeWorkspacesInputBuilder = request.as_input();
    assert_eq!(builder, &expected);

    // What is changed in a copy is not sent.
    let copy = builder.clone().limit(3);
    assert_eq!(request.get_limit(), &Some(2));
    let input: DescribeWorkspacesInput = copy.build().unwrap();
    assert_eq!(input.limit(), Some(3));
    assert_eq!(input.workspace_ids(), ["ws-1", "ws-2"]);

    let waiter = workspaces_sdk::client::Waiters::wait_until_workspaces_available(&client())
        .set_workspace_ids(Some(vec!["ws-1".to_owned(), "ws-2".to_owned()]));
    assert_eq!(waiter.get_directory_id(), &None);
    assert_eq!(waiter.as_input(), &expected.set_limit(None));
}
