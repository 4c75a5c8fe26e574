//! The default HTTP client reuses its connections, and HTTP clients for the official SDK can replace it.

use std::time::Duration;

use aws_smithy_http_client::Builder as HttpClientBuilder;
use aws_smithy_http_client::test_util::{
    NeverClient, ReplayEvent, StaticReplayClient, infallible_client_fn,
};
use aws_smithy_types::body::SdkBody;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::timeout::TimeoutConfig;
use workspaces_sdk::config::{Builder, Credentials, Region};
use workspaces_sdk::error::{ProvideErrorMetadata, SdkError};
use workspaces_sdk::{Client, Config};

use crate::server::{Server, response};

fn config() -> Builder {
    Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
}

fn request(body: &'static str) -> http::Request<SdkBody> {
    http::Request::post("https://workspaces.us-east-1.amazonaws.com/")
        .header("x-amz-target", "WorkspacesService.DescribeWorkspaces")
        .header("content-type", "application/x-amz-json-1.1")
        .body(SdkBody::from(body))
        .unwrap()
}

fn replayed(status: u16, body: &'static str) -> http::Response<SdkBody> {
    http::Response::builder()
        .status(status)
        .body(SdkBody::from(body))
        .unwrap()
}

#[tokio::test]
async fn clones_of_a_client_share_a_connection() {
    let server = Server::always(response(200, &[], "{}")).await;
    let client = Client::from_conf(server.config().build());
    for _ in 0..3 {
        client.clone().describe_workspaces().send().await.unwrap();
    }
    let connections = server.requests().into_iter().map(|it| it.connection);
    assert_eq!(connections.collect::<Vec<_>>(), [0, 0, 0]);
}

#[tokio::test]
async fn a_client_can_replay_recorded_responses() {
    let replay = StaticReplayClient::new(vec![
        ReplayEvent::new(request(r#"{"DirectoryId":"d-1"}"#), replayed(500, "")),
        ReplayEvent::new(
            request(r#"{"DirectoryId":"d-1"}"#),
            replayed(200, r#"{"Workspaces":[{"WorkspaceId":"ws-1"}]}"#),
        ),
        ReplayEvent::new(
            request("{}"),
            replayed(
                400,
                r#"{"__type":"InvalidParameterValuesException","message":"no"}"#,
            ),
        ),
    ]);
    let client = Client::from_conf(config().http_client(replay.clone()).build());

    let output = client
        .describe_workspaces()
        .directory_id("d-1")
        .send()
        .await
        .unwrap();
    assert_eq!(output.workspaces()[0].workspace_id(), Some("ws-1"));
    let error = client
        .describe_workspaces()
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert!(error.is_invalid_parameter_values_exception());
    assert_eq!(error.message(), Some("no"));
    replay.assert_requests_match(&[]);
}

#[tokio::test]
async fn a_client_can_be_a_function() {
    let http_client = infallible_client_fn(|request: http::Request<SdkBody>| {
        assert_eq!(request.method(), "POST");
        http::Response::builder()
            .status(200)
            .body(r#"{"NextToken":"x"}"#)
            .unwrap()
    });
    let client = Client::from_conf(config().http_client(http_client).build());
    let output = client.describe_workspaces().send().await.unwrap();
    assert_eq!(output.next_token(), Some("x"));
}

#[tokio::test]
async fn the_official_client_closes_a_connection_after_a_transient_failure() {
    let server = Server::start(|number, _| match number {
        0 => response(503, &[], ""),
        _ => response(200, &[], "{}"),
    })
    .await;
    let http_client = HttpClientBuilder::new().build_http();
    let client = Client::from_conf(
        config()
            .http_client(http_client)
            .endpoint_url(server.url())
            .build(),
    );
    client.describe_workspaces().send().await.unwrap();
    client.describe_workspaces().send().await.unwrap();
    // The connection of the transient failure was closed. The next one is used twice.
    let connections: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.connection)
        .collect();
    assert_eq!(connections, [0, 1, 1]);
}

#[tokio::test]
async fn a_client_that_never_responds_ends_with_the_operation_timeout() {
    let timeouts = TimeoutConfig::builder()
        .operation_timeout(Duration::from_millis(50))
        .build();
    let client = Client::from_conf(
        config()
            .http_client(NeverClient::new())
            .timeout_config(timeouts)
            .build(),
    );
    let error = client.describe_workspaces().send().await.unwrap_err();
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
}
