//! What programs do with the public types across threads.

use workspaces_sdk::client::customize::CustomizableOperation;
use workspaces_sdk::config::{Builder, Config};
use workspaces_sdk::error::SdkError;
use workspaces_sdk::operation::describe_workspaces::DescribeWorkspacesError;
use workspaces_sdk::operation::describe_workspaces::DescribeWorkspacesInput;
use workspaces_sdk::operation::describe_workspaces::DescribeWorkspacesOutput;
use workspaces_sdk::operation::describe_workspaces::builders::{
    DescribeWorkspacesFluentBuilder, DescribeWorkspacesOutputBuilder,
};
use workspaces_sdk::operation::describe_workspaces::paginator::{
    DescribeWorkspacesPaginator, DescribeWorkspacesPaginatorItems,
};
use workspaces_sdk::{Client, Error};

fn shared<T: Send + Sync + Unpin + 'static>() {}
fn sent<T: Send + 'static>(_: T) {}

#[test]
fn everything_may_go_to_another_thread() {
    shared::<Client>();
    shared::<Config>();
    shared::<Builder>();
    shared::<Error>();
    shared::<SdkError<DescribeWorkspacesError>>();
    shared::<DescribeWorkspacesInput>();
    shared::<DescribeWorkspacesOutput>();
    shared::<DescribeWorkspacesOutputBuilder>();
    shared::<DescribeWorkspacesFluentBuilder>();
    shared::<DescribeWorkspacesPaginator>();
    shared::<DescribeWorkspacesPaginatorItems>();
    shared::<
        CustomizableOperation<
            DescribeWorkspacesOutput,
            DescribeWorkspacesError,
            DescribeWorkspacesFluentBuilder,
        >,
    >();
    let client = Client::from_conf(Config::builder().build());
    sent(client.describe_workspaces().send());
    sent(client.describe_workspaces().customize().send());
    sent(client.describe_workspaces().into_paginator().send());
    sent(client.describe_workspaces().into_paginator().items().send());
    let mut pages = client.describe_workspaces().into_paginator().send();
    sent(async move { pages.next().await.is_none() });
}
