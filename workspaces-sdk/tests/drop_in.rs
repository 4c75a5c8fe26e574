//! A program as it is written for the official crate; only the name that it imports is another.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use aws_config::BehaviorVersion;
use aws_sdk_workspaces::Client;
use aws_sdk_workspaces::config::{Credentials, Region, SharedCredentialsProvider};
use aws_sdk_workspaces::error::{BuildError, DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_workspaces::operation::RequestId;
use aws_sdk_workspaces::operation::create_tags::CreateTagsError;
use aws_sdk_workspaces::operation::describe_workspaces::{
    DescribeWorkspacesError, DescribeWorkspacesOutput,
};
use aws_sdk_workspaces::types::{Tag, WorkspaceState};
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_types::body::SdkBody;
use workspaces_sdk as aws_sdk_workspaces;

fn event(request: &'static str, status: u16, answer: &'static str) -> ReplayEvent {
    ReplayEvent::new(
        http::Request::post("https://workspaces.eu-west-1.amazonaws.com/")
            .body(SdkBody::from(request))
            .unwrap(),
        http::Response::builder()
            .status(status)
            .header("x-amzn-requestid", "id-1")
            .body(SdkBody::from(answer))
            .unwrap(),
    )
}

async fn all_ids(client: &Client) -> Result<Vec<String>, aws_sdk_workspaces::Error> {
    let mut ids = Vec::new();
    let mut pages = client
        .describe_workspaces()
        .into_paginator()
        .page_size(25)
        .send();
    while let Some(page) = pages.next().await {
        let page: DescribeWorkspacesOutput = page?;
        ids.extend(
            page.workspaces()
                .iter()
                .filter_map(|workspace| workspace.workspace_id().map(str::to_owned)),
        );
    }
    Ok(ids)
}

fn tags() -> Result<Vec<Tag>, BuildError> {
    Ok(vec![
        Tag::builder().key("team").value("blue").build()?,
        Tag::builder().key("cost").set_value(None).build()?,
    ])
}

#[tokio::test]
async fn main() {
    let http_client = StaticReplayClient::new(vec![
        event(
            r#"{"Limit":25}"#,
            200,
            r#"{"Workspaces":[{"WorkspaceId":"ws-1","State":"ADMIN_MAINTENANCE"}],"NextToken":"2"}"#,
        ),
        event(
            r#"{"Limit":25,"NextToken":"2"}"#,
            200,
            r#"{"Workspaces":[{"WorkspaceId":"ws-2"}]}"#,
        ),
        event(
            r#"{"WorkspaceIds":["ws-1"]}"#,
            200,
            r#"{"Workspaces":[{"WorkspaceId":"ws-1","State":"ADMIN_MAINTENANCE"}]}"#,
        ),
        event(
            r#"{"ResourceId":"ws-1","Tags":[{"Key":"team","Value":"blue"},{"Key":"cost"}]}"#,
            200,
            "",
        ),
        event(
            r#"{"ResourceId":"ws-1","Tags":[]}"#,
            400,
            r#"{"__type":"InvalidParameterValuesException","message":"no tags"}"#,
        ),
        event(
            r#"{"DirectoryId":"d-1"}"#,
            400,
            r#"{"__type":"AccessDeniedException","Message":"not you"}"#,
        ),
    ]);
    let config = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(Credentials::new(
            "AKID", "SECRET", None, None, "test",
        )))
        .http_client(http_client.clone())
        .load()
        .await;
    let client = Client::new(&config);

    assert_eq!(all_ids(&client).await.unwrap(), ["ws-1", "ws-2"]);

    let output = client
        .describe_workspaces()
        .workspace_ids("ws-1")
        .send()
        .await
        .unwrap();
    assert_eq!(output.request_id(), Some("id-1"));
    let states: Vec<_> = output
        .workspaces()
        .iter()
        .filter_map(|workspace| workspace.state())
        .collect();
    assert_eq!(states, [&WorkspaceState::AdminMaintenance]);

    client
        .create_tags()
        .resource_id("ws-1")
        .set_tags(Some(tags().unwrap()))
        .send()
        .await
        .unwrap();

    let error = client
        .create_tags()
        .resource_id("ws-1")
        .set_tags(Some(Vec::new()))
        .send()
        .await
        .unwrap_err();
    match error.into_service_error() {
        CreateTagsError::InvalidParameterValuesException(error) => {
            assert_eq!(error.message(), Some("no tags"))
        }
        other => unreachable!("{other}"),
    }

    let error: SdkError<DescribeWorkspacesError> = client
        .describe_workspaces()
        .directory_id("d-1")
        .send()
        .await
        .unwrap_err();
    assert!(
        error
            .as_service_error()
            .is_some_and(|error| !error.is_resource_unavailable_exception())
    );
    assert_eq!(
        (error.code(), error.message()),
        (Some("AccessDeniedException"), Some("not you"))
    );
    let text = DisplayErrorContext(&error).to_string();
    assert!(
        text.starts_with("service error: unhandled error (AccessDeniedException)"),
        "{text}"
    );

    http_client.assert_requests_match(&[]);
}
