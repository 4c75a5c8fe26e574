//! The program with a server on the loopback interface that returns errors, fails or is not running.

use std::time::{Duration, Instant};

use super::server::client;
use aws_sdk_workspaces::error::{
    DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata, SdkError,
};
use aws_sdk_workspaces::operation::RequestId;
use aws_sdk_workspaces::operation::create_tags::{CreateTags, CreateTagsError};
use aws_sdk_workspaces::types::error::ResourceNotFoundException;
use aws_sdk_workspaces::{Client, Error};
use drop_in::failure::{self, Failure};
use drop_in::{access, fleet, settings};

#[tokio::test]
async fn each_failure_of_tagging_is_recognized() {
    let (client, seen) = client(&[
        (200, "", "{}"),
        (400, "ResourceNotFoundException", r#"{"__type":"com.amazonaws.workspaces#Other","message":"gone","ResourceId":"ws-9"}"#),
        (400, "", r#"{"__type":"com.amazonaws.workspaces#ResourceLimitExceededException","message":"50 at most"}"#),
        (400, "UnheardOfException:http://internal.amazon.com/", r#"{"Message":"??"}"#),
        (418, "", "<html>teapot</html>"),
    ])
    .await;
    let tags = [("team", "blue")];

    assert_eq!(fleet::tag(&client, "ws-1", &tags).await.unwrap(), "id-0");
    let gone = fleet::tag(&client, "ws-9", &tags).await.unwrap_err();
    assert!(
        matches!(&gone, Failure::Gone(Some(id)) if id == "ws-9"),
        "{gone:?}"
    );
    let full = fleet::tag(&client, "ws-1", &tags).await.unwrap_err();
    assert!(full.to_string().starts_with("cannot tag: service error: ResourceLimitExceededException: 50 at most: ResourceLimitExceededException: 50 at most (ServiceError("), "{full}");
    let strange = fleet::tag(&client, "ws-1", &tags).await.unwrap_err();
    let Failure::Tagging(error) = &strange else {
        panic!("{strange:?}")
    };
    assert_eq!(failure::line(error), "400 UnheardOfException (??) [id-3]");
    assert!(
        strange
            .to_string()
            .starts_with("cannot tag: service error: unhandled error (UnheardOfException)"),
        "{strange}"
    );
    let teapot = fleet::tag(&client, "ws-1", &tags).await.unwrap_err();
    let Failure::Tagging(error) = &teapot else {
        panic!("{teapot:?}")
    };
    assert_eq!(failure::stage(error), "response");
    let keyless = fleet::tag(&client, "ws-1", &[("", "x")]).await.unwrap_err();
    assert!(
        matches!(&keyless, Failure::Incomplete(error) if error.to_string().contains("key")),
        "{keyless:?}"
    );
    assert_eq!(seen.lock().unwrap().len(), 5);
}

#[test]
fn errors_name_their_code_and_whether_the_model_allows_a_retry() {
    use aws_smithy_types::retry::ProvideErrorKind;

    let not_found = ResourceNotFoundException::builder()
        .meta(
            ErrorMetadata::builder()
                .code("ResourceNotFoundException")
                .build(),
        )
        .build();
    let not_found = CreateTagsError::ResourceNotFoundException(not_found);
    let other = CreateTagsError::generic(ErrorMetadata::builder().code("Other").build());
    for (error, code) in [(not_found, "ResourceNotFoundException"), (other, "Other")] {
        assert_eq!(ProvideErrorKind::code(&error), Some(code));
        assert_eq!(error.retryable_error_kind(), None);
    }
}

#[test]
fn a_type_stands_for_each_operation() {
    assert_eq!(format!("{:?}", CreateTags::new().clone()), "CreateTags");
}

#[tokio::test]
async fn a_request_can_be_changed_or_stopped() {
    let (client, seen) = client(&[
        (200, "", "{}"),
        (500, "InternalServerException", "{}"),
        (500, "", ""),
    ])
    .await;
    access::groups_elsewhere(&client, "ap-south-1", |_| true)
        .await
        .unwrap();
    assert!(
        seen.lock().unwrap()[0]
            .1
            .contains("/ap-south-1/workspaces/aws4_request")
    );

    let error = access::groups_elsewhere(&client, "ap-south-1", |_| true)
        .await
        .unwrap_err();
    assert_eq!(failure::stage(&error), "service");
    assert!(failure::is_temporary(&error));
    let error = access::groups_elsewhere(&client, "ap-south-1", |_| true)
        .await
        .unwrap_err();
    assert_eq!(failure::stage(&error), "response");
    assert!(failure::is_temporary(&error));

    let error = access::groups_elsewhere(&client, "ap-south-1", |_| false)
        .await
        .unwrap_err();
    assert_eq!(failure::stage(&error), "dispatch");
    assert!(
        DisplayErrorContext(&error)
            .to_string()
            .contains("the program forbids this request")
    );
    assert_eq!(seen.lock().unwrap().len(), 3, "no request was retried");
}

#[tokio::test]
async fn only_temporary_failures_are_retried() {
    let (client, seen) = client(&[
        (503, "", ""),
        (400, "ThrottlingException", r#"{"message":"slow down"}"#),
        (500, "InternalServerException", "{}"),
        (200, "", r#"{"Workspaces":[{}]}"#),
        (
            400,
            "InvalidParameterValuesException",
            r#"{"message":"what?"}"#,
        ),
        (
            400,
            "ResourceUnavailableException",
            r#"{"message":"later"}"#,
        ),
        (400, "ValidationException", r#"{"message":"no"}"#),
    ])
    .await;
    assert!(fleet::exists(&client, "ws-1").await.unwrap());
    assert!(!fleet::exists(&client, "ws-2").await.unwrap());
    assert!(fleet::exists(&client, "ws-3").await.unwrap());
    let error = fleet::exists(&client, "ws-4").await.unwrap_err();
    assert_eq!(
        (error.code(), error.message(), error.request_id()),
        (Some("ValidationException"), Some("no"), Some("id-6"))
    );
    assert_eq!(error.to_string(), "unhandled error (ValidationException)");
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 7);
    let ids: Vec<_> = seen
        .iter()
        .map(|(_, headers, _)| {
            headers
                .lines()
                .find(|line| line.starts_with("amz-sdk-invocation-id"))
                .unwrap()
        })
        .collect();
    assert!(ids[..4].iter().all(|id| *id == ids[0]) && ids[4] != ids[3]);
}

#[tokio::test]
async fn malformed_responses_are_response_errors() {
    let (client, _) = client(&[
        (200, "", "<html>"),
        (200, "", r#"{"Workspaces":7}"#),
        (200, "", r#"{"Workspaces":[{"WorkspaceId":"ws-1""#),
        (200, "", ""),
    ])
    .await;
    for _ in 0..3 {
        let error = client.describe_workspaces().send().await.unwrap_err();
        assert_eq!(failure::stage(&error), "response", "{error:?}");
        assert_eq!((error.code(), error.message()), (None, None));
        assert_eq!(error.raw_response().unwrap().status().as_u16(), 200);
        let error = Error::from(error);
        assert_eq!(error.code(), None);
        assert!(
            failure::advice(&error).starts_with("report this: "),
            "{}",
            failure::advice(&error)
        );
    }
    assert!(
        client
            .describe_workspaces()
            .send()
            .await
            .unwrap()
            .workspaces
            .is_none()
    );
}

#[tokio::test]
async fn a_server_that_does_not_respond_or_is_not_running() {
    let (url, _) = super::server::start(&[(0, "", "")]).await;
    let shared = settings::shared_at(url).await;
    let client = Client::from_conf(settings::hasty(&shared, Duration::from_millis(200)));
    let start = Instant::now();
    let error = client.describe_workspaces().send().await.unwrap_err();
    assert_eq!(failure::stage(&error), "timeout");
    assert!(failure::is_temporary(&error));
    assert!(start.elapsed() < Duration::from_secs(5));

    let shared = settings::shared_at("http://127.0.0.1:9").await;
    let client = Client::from_conf(settings::hasty(&shared, Duration::from_secs(5)));
    let error = client.describe_workspaces().send().await.unwrap_err();
    assert_eq!(failure::stage(&error), "dispatch: io");
    assert!(
        matches!(&error, SdkError::DispatchFailure(failure) if failure.as_connector_error().is_some_and(|e| e.is_io()))
    );
    let text = DisplayErrorContext(&error).to_string();
    assert!(text.starts_with("dispatch failure: io error: "), "{text}");
    assert!(!text.contains("very-secret") && !text.contains("session-token"));
}
