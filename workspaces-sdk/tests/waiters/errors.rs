//! Errors of the requests of a poll: which of them end a wait, and as what.

use std::time::Duration;

use serde_json::json;
use workspaces_sdk::Client;
use workspaces_sdk::client::Waiters;
use workspaces_sdk::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use workspaces_sdk::waiters::WaitError;

use super::{MINUTE, SECOND, available, client, workspaces};
use crate::server::{Server, Step, response};

fn error(status: u16, code: &str) -> Vec<Step> {
    response(status, &[], &format!(r#"{{"__type":"{code}"}}"#))
}

#[tokio::test]
async fn throttling_does_not_end_a_wait() {
    for (status, code) in [(400, "ThrottlingException"), (429, "TooManyRequests")] {
        let server = Server::start(move |number, _| match number {
            0 => error(status, code),
            _ => response(200, &[], &workspaces(&[("ws-1", "AVAILABLE")]).to_string()),
        })
        .await;
        let (client, clock) = client(&server);
        available(&client, &["ws-1"], MINUTE).await.unwrap();
        assert_eq!(clock.sleeps(), [15 * SECOND]);
    }
}

#[tokio::test]
async fn an_unexpected_error_ends_a_wait() {
    let server = Server::always(error(400, "InvalidParameterValuesException")).await;
    let (client, clock) = client(&server);
    let error = available(&client, &["x"], MINUTE).await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidParameterValuesException"));
    let WaitError::OperationFailed(failed) = error else {
        panic!("{error:?}")
    };
    let SdkError::ServiceError(error) = failed.into_error() else {
        panic!("no service error")
    };
    assert!(error.err().is_invalid_parameter_values_exception());
    assert_eq!(clock.passed(), Duration::ZERO);
}

#[tokio::test]
async fn an_error_that_an_acceptor_matches_leads_to_its_state() {
    let server = Server::start(|number, _| match number {
        0 => error(400, "ResourceNotFoundException"),
        _ => {
            let pool = json!({
                "PoolId": "wspool-1", "PoolArn": "arn", "PoolName": "pool", "State": "RUNNING",
                "CapacityStatus": {
                    "AvailableUserSessions": 0, "DesiredUserSessions": 0,
                    "ActualUserSessions": 0, "ActiveUserSessions": 0
                },
                "CreatedAt": 0, "BundleId": "wsb-1", "DirectoryId": "d-1", "RunningMode": "AUTO_STOP"
            });
            response(200, &[], &json!({"WorkspacesPools": [pool]}).to_string())
        }
    })
    .await;
    let (client, clock) = client(&server);
    let waiter = client.wait_until_workspaces_pools_running();
    waiter.pool_ids("wspool-1").wait(MINUTE).await.unwrap();
    assert_eq!(clock.sleeps(), [15 * SECOND]);
}

#[tokio::test]
async fn a_request_that_cannot_be_built_is_a_construction_failure() {
    let error_in = async |region| {
        let config =
            workspaces_sdk::Config::builder().region(workspaces_sdk::config::Region::new(region));
        let client = Client::from_conf(config.build());
        available(&client, &["ws-1"], MINUTE).await.unwrap_err()
    };
    let error = error_in("eu west").await;
    assert!(
        matches!(error, WaitError::ConstructionFailure(_)),
        "{error:?}"
    );
    // There are no credentials.
    let error = error_in("eu-west-1").await;
    assert!(matches!(error, WaitError::OperationFailed(_)), "{error:?}");
}

/// A service that returns a new token with each page.
#[tokio::test]
async fn pages_without_an_end_end_a_wait() {
    let server = Server::start(|number, _| {
        response(
            200,
            &[],
            &json!({"NextToken": number.to_string()}).to_string(),
        )
    })
    .await;
    let (client, _) = client(&server);
    let waiter = client.wait_until_workspaces_available();
    let error = waiter.directory_id("d-1").wait(SECOND).await.unwrap_err();
    let shown = DisplayErrorContext(&error).to_string();
    let expected = "DescribeWorkspaces returned more than 10000 pages";
    assert!(shown.contains(expected), "{shown}");
}
