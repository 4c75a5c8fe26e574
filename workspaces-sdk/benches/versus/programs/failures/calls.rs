//! The calls: operations, ways to send them, and settings.

use std::pin::Pin;
use std::time::Duration;

use aws_sdk_workspaces::Client;
use aws_sdk_workspaces::config::retry::RetryConfig;
use aws_sdk_workspaces::config::timeout::TimeoutConfig;
use aws_sdk_workspaces::config::{Builder, StalledStreamProtectionConfig};
use aws_sdk_workspaces::types::{Tag, TargetWorkspaceState, TerminateRequest, WorkspaceRequest};

use crate::outcome;

/// A call.
pub struct Call {
    pub name: &'static str,
    pub retries: fn() -> RetryConfig,
    pub settings: fn(Builder) -> Builder,
    pub send: fn(Client) -> Pin<Box<dyn Future<Output = String> + Send>>,
}

/// A call with the usual settings, or with those that are given.
macro_rules! call {
    ($name:literal, |$client:ident| $outcome:expr) => {
        call!($name, RetryConfig::standard, |config| config, |$client| {
            $outcome
        })
    };
    ($name:literal, $retries:expr, $settings:expr, |$client:ident| $outcome:expr) => {
        Call {
            name: $name,
            retries: $retries,
            settings: $settings,
            send: |$client| Box::pin(async move { outcome($outcome.await) }),
        }
    };
}

pub static CALLS: [Call; 20] = [
    // Operations without and with required members, lists and structures.
    call!("DescribeWorkspaces", |client| client
        .describe_workspaces()
        .send()),
    call!("DescribeWorkspaceBundles", |client| client
        .describe_workspace_bundles()
        .send()),
    call!("DescribeIpGroups", |client| client
        .describe_ip_groups()
        .max_results(5)
        .send()),
    call!("DescribeAccount", |client| client.describe_account().send()),
    call!("DescribeTags", |client| client
        .describe_tags()
        .resource_id("ws-1")
        .send()),
    call!("CreateTags", |client| client
        .create_tags()
        .resource_id("ws-1")
        .tags(Tag::builder().key("k").value("v").build().expect("a tag"))
        .send()),
    call!("CreateWorkspaces", |client| client
        .create_workspaces()
        .workspaces(
            WorkspaceRequest::builder()
                .directory_id("d-926722edaf")
                .user_name("user")
                .bundle_id("wsb-clj85qzj1")
                .build()
                .expect("a request")
        )
        .send()),
    call!("ModifyWorkspaceState", |client| client
        .modify_workspace_state()
        .workspace_id("ws-1")
        .workspace_state(TargetWorkspaceState::AdminMaintenance)
        .send()),
    call!("TerminateWorkspaces", |client| client
        .terminate_workspaces()
        .terminate_workspace_requests(
            TerminateRequest::builder()
                .workspace_id("ws-1")
                .build()
                .expect("a request")
        )
        .send()),
    call!("CreateIpGroup", |client| client
        .create_ip_group()
        .group_name("g")
        .send()),
    call!("DeleteIpGroup", |client| client
        .delete_ip_group()
        .group_id("wsipg-1")
        .send()),
    // Ways to send.
    call!("pages", |client| async move {
        let mut pages = client.describe_workspaces().into_paginator().send();
        pages.next().await.expect("a page or an error")
    }),
    call!("items", |client| async move {
        let pages = client.describe_workspaces().into_paginator();
        let mut items = pages.page_size(2).items().send();
        items.next().await.transpose()
    }),
    call!("mutate_request", |client| client
        .describe_workspaces()
        .customize()
        .mutate_request(|request| drop(request.headers_mut().insert("x-more", "a  b")))
        .send()),
    call!("config_override", |client| client
        .describe_workspaces()
        .customize()
        .config_override(
            aws_sdk_workspaces::Config::builder().retry_config(
                RetryConfig::standard()
                    .with_max_attempts(2)
                    .with_initial_backoff(crate::BACKOFF)
            )
        )
        .send()),
    // Settings.
    call!(
        "no retries",
        RetryConfig::disabled,
        |config| config,
        |client| client.describe_workspaces().send()
    ),
    call!(
        "6 attempts",
        || RetryConfig::standard().with_max_attempts(6),
        |config| config,
        |client| client.describe_workspaces().send()
    ),
    call!(
        "adaptive",
        RetryConfig::adaptive,
        |config| config,
        |client| client.describe_workspaces().send()
    ),
    call!("timeouts", RetryConfig::standard, with_timeouts, |client| {
        client.describe_workspaces().send()
    }),
    call!(
        "no stalled stream protection",
        RetryConfig::standard,
        |config| { config.stalled_stream_protection(StalledStreamProtectionConfig::disabled()) },
        |client| client.describe_workspaces().send()
    ),
];

/// All timeouts, longer than any fault of the server takes.
fn with_timeouts(config: Builder) -> Builder {
    config.timeout_config(
        TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(20))
            .read_timeout(Duration::from_secs(21))
            .operation_attempt_timeout(Duration::from_secs(22))
            .operation_timeout(Duration::from_secs(25))
            .build(),
    )
}
