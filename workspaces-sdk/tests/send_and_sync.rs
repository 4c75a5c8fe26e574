//! Programs can share clients and inputs between threads, and make calls in tasks that move between them.
//!
//! The compiler checks it: a type or future without the bound does not compile here.

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

/// Compiles for types that threads can share.
fn shared<T: Send + Sync + Unpin + 'static>() {}
/// Compiles for values that can move to another thread.
fn sent<T: Send + 'static>(_: T) {}

#[test]
fn public_types_are_send_and_sync_and_futures_are_send() {
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
