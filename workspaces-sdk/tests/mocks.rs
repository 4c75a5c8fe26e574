//! Mocks by `aws-smithy-mocks`: its macros and rules work with this crate as with the official one.

#![allow(
    clippy::diverging_sub_expression,
    reason = "the macro `mock!` expands to code that is not run"
)]

use std::time::Duration;

use aws_smithy_mocks::{RuleMode, mock, mock_client};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use workspaces_sdk::Client;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::error::{ProvideErrorMetadata, SdkError};
use workspaces_sdk::operation::describe_workspaces::{
    DescribeWorkspacesError, DescribeWorkspacesOutput,
};
use workspaces_sdk::operation::stop_workspaces::StopWorkspacesOutput;
use workspaces_sdk::types::Workspace;
use workspaces_sdk::types::error::InvalidParameterValuesException;

fn page(id: &str) -> DescribeWorkspacesOutput {
    let workspace = Workspace::builder().workspace_id(id).build();
    DescribeWorkspacesOutput::builder()
        .workspaces(workspace)
        .build()
}

fn id_of(output: &DescribeWorkspacesOutput) -> &str {
    output.workspaces()[0].workspace_id().unwrap()
}

#[tokio::test]
async fn a_rule_returns_an_output_or_an_error() {
    let found = mock!(Client::describe_workspaces)
        .match_requests(|input| input.directory_id() == Some("d-1"))
        .then_output(|| page("ws-1"));
    let invalid = mock!(Client::describe_workspaces).then_error(|| {
        let error = InvalidParameterValuesException::builder().message("no such directory");
        DescribeWorkspacesError::InvalidParameterValuesException(error.build())
    });
    let client = mock_client!(workspaces_sdk, RuleMode::MatchAny, [&found, &invalid]);

    let output = client.describe_workspaces().directory_id("d-1").send();
    assert_eq!(id_of(&output.await.unwrap()), "ws-1");
    let error = client.describe_workspaces().send().await.unwrap_err();
    let error = error.into_service_error();
    let DescribeWorkspacesError::InvalidParameterValuesException(error) = error else {
        unreachable!("{error:?}")
    };
    assert_eq!(error.message(), Some("no such directory"));
    assert_eq!((found.num_calls(), invalid.num_calls()), (1, 1));
}

#[tokio::test]
async fn a_sequence_is_retried_until_it_succeeds() {
    let flaky = mock!(Client::describe_workspaces)
        .sequence()
        .http_status(503, None)
        .times(2)
        .output(|| page("ws-2"))
        .build();
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    let client = mock_client!(workspaces_sdk, RuleMode::Sequential, [&flaky], |config| {
        config.retry_config(retries.clone())
    });
    let output = client.describe_workspaces().send().await.unwrap();
    assert_eq!(id_of(&output), "ws-2");
    assert_eq!(flaky.num_calls(), 3);
}

#[tokio::test]
async fn a_rule_computes_the_output_from_the_input() {
    let echo = mock!(Client::describe_workspaces)
        .then_compute_output(|input| page(input.directory_id().unwrap_or_default()));
    let stop =
        mock!(Client::stop_workspaces).then_output(|| StopWorkspacesOutput::builder().build());
    let client = mock_client!(workspaces_sdk, RuleMode::MatchAny, [&echo, &stop]);
    let output = client.describe_workspaces().directory_id("d-9").send();
    assert_eq!(id_of(&output.await.unwrap()), "d-9");
    client.stop_workspaces().send().await.unwrap();
}

#[tokio::test]
async fn a_rule_returns_a_response_that_the_client_reads() {
    let response = |status: u16, body: &'static str| {
        move || HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body))
    };
    let throttled = mock!(Client::describe_workspaces)
        .sequence()
        .http_response(response(200, r#"{"Workspaces":[{"WorkspaceId":"ws-3"}]}"#))
        .http_response(response(400, r#"{"__type":"Denied","message":"no"}"#))
        .build();
    let client = mock_client!(workspaces_sdk, [&throttled]);
    let output = client.describe_workspaces().send().await.unwrap();
    assert_eq!(id_of(&output), "ws-3");
    let error = client.describe_workspaces().send().await.unwrap_err();
    assert_eq!(
        (error.code(), error.message()),
        (Some("Denied"), Some("no"))
    );
    assert!(matches!(error, SdkError::ServiceError(_)));
}

/// Pages are calls of their own.
#[tokio::test]
async fn paginators_call_rules() {
    let pages = mock!(Client::describe_workspaces)
        .sequence()
        .output(|| {
            let workspace = Workspace::builder().workspace_id("ws-1").build();
            let page = DescribeWorkspacesOutput::builder().workspaces(workspace);
            page.next_token("more").build()
        })
        .output(|| page("ws-2"))
        .build();
    let client = mock_client!(workspaces_sdk, [&pages]);
    let items = client.describe_workspaces().into_paginator().items().send();
    let items = items.collect::<Result<Vec<_>, _>>().await.unwrap();
    let ids: Vec<_> = items.iter().map(|it| it.workspace_id().unwrap()).collect();
    assert_eq!(ids, ["ws-1", "ws-2"]);
}
