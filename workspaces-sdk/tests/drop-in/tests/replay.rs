//! The program with recorded responses, and without a response.

use std::time::Duration;

use aws_sdk_workspaces::config::Region;
use aws_sdk_workspaces::error::{
    BuildError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata, SdkError,
};
use aws_sdk_workspaces::operation::RequestId;
use aws_sdk_workspaces::operation::create_tags::{CreateTagsError, CreateTagsOutput};
use aws_sdk_workspaces::operation::describe_workspaces::{
    DescribeWorkspacesError, DescribeWorkspacesOutput,
};
use aws_sdk_workspaces::primitives::{Blob, DateTime, DateTimeFormat};
use aws_sdk_workspaces::types::error::{
    ResourceNotFoundException, UnsupportedNetworkConfigurationException,
};
use aws_sdk_workspaces::types::{
    ImageSourceIdentifier, RunningMode, Tag, Workspace, WorkspaceState,
};
use aws_sdk_workspaces::{Client, Config, Error};
use aws_smithy_http_client::test_util::{
    NeverClient, ReplayEvent, StaticReplayClient, capture_request,
};
use aws_smithy_runtime::client::retries::classifiers::HttpStatusCodeClassifier;
use aws_smithy_types::body::SdkBody;
use drop_in::failure::{self, Failure};
use drop_in::{access, fleet, settings};

fn event(url: &str, request: &'static str, status: u16, response: &'static str) -> ReplayEvent {
    ReplayEvent::new(
        http::Request::post(url)
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", "WorkspacesService.DescribeWorkspaces")
            .body(SdkBody::from(request))
            .unwrap(),
        http::Response::builder()
            .status(status)
            .header("x-amzn-requestid", "replayed")
            .body(SdkBody::from(response))
            .unwrap(),
    )
}

#[tokio::test]
async fn recorded_responses_are_replayed() {
    let url = "https://workspaces.eu-west-1.amazonaws.com/";
    let replay = StaticReplayClient::new(vec![
        event(
            url,
            r#"{"Limit":25}"#,
            200,
            r#"{"Workspaces":[{"WorkspaceId":"ws-1"}],"NextToken":"2"}"#,
        ),
        event(
            url,
            r#"{"Limit":25,"NextToken":"2"}"#,
            200,
            r#"{"Workspaces":[{"WorkspaceId":"ws-2"}]}"#,
        ),
        event(
            url,
            r#"{"WorkspaceIds":["ws-3"],"Limit":1}"#,
            400,
            r#"{"__type":"InvalidParameterValuesException","message":"?"}"#,
        ),
    ]);
    let client = Client::new(&settings::shared(replay.clone()).await);

    assert_eq!(fleet::ids(&client).await.unwrap(), ["ws-1", "ws-2"]);
    assert!(!fleet::exists(&client, "ws-3").await.unwrap());

    replay.assert_requests_match(&[]);
    let request = replay.actual_requests().next().unwrap();
    assert!(
        request
            .headers()
            .get("authorization")
            .unwrap()
            .contains("/eu-west-1/workspaces/")
    );
}

#[tokio::test]
async fn the_check_for_repeated_page_tokens_can_be_disabled() {
    let url = "https://workspaces.eu-west-1.amazonaws.com/";
    let again = || {
        event(
            url,
            "{}",
            200,
            r#"{"Workspaces":[{"WorkspaceId":"ws-1","State":"AVAILABLE"}],"NextToken":"2"}"#,
        )
    };
    let last = event(
        url,
        "{}",
        200,
        r#"{"Workspaces":[{"WorkspaceId":"ws-2","State":"UNHEALTHY"}]}"#,
    );
    let client = Client::new(
        &settings::shared(StaticReplayClient::new(vec![
            again(),
            again(),
            again(),
            last,
        ]))
        .await,
    );
    let found = fleet::first_in_need(&client).await.unwrap();
    assert_eq!(
        found,
        Some(("ws-2".to_owned(), "it is unhealthy".to_owned()))
    );
}

#[tokio::test]
async fn retry_classifiers_of_aws_smithy_runtime_classify_responses() {
    let url = "https://workspaces.eu-west-1.amazonaws.com/";
    let replay = StaticReplayClient::new(vec![
        event(url, "{}", 418, "{}"),
        event(url, "{}", 200, "{}"),
    ]);
    let config = Config::builder()
        .with_test_defaults()
        .region(Region::new("eu-west-1"))
        .http_client(replay.clone())
        .retry_classifier(HttpStatusCodeClassifier::new_from_codes(&[418]))
        .build();
    let client = Client::from_conf(config);
    client.describe_workspaces().send().await.unwrap();
    assert_eq!(replay.actual_requests().count(), 2);
}

#[tokio::test]
async fn the_endpoint_depends_on_the_settings() {
    let (http_client, request) = capture_request(None);
    let client = settings::alone(
        Some(Region::new("us-west-2")),
        settings::credentials(),
        http_client,
    );
    drop(client.describe_workspaces().send().await);
    assert_eq!(
        request.expect_request().uri(),
        "https://workspaces-fips.us-west-2.api.aws/"
    );

    let (http_client, request) = capture_request(None);
    let client = Client::new(&settings::shared(http_client).await);
    drop(access::groups_elsewhere(&client, "cn-northwest-1", |_| true).await);
    assert_eq!(
        request.expect_request().uri(),
        "https://workspaces.cn-northwest-1.amazonaws.com.cn/"
    );
}

#[tokio::test]
async fn missing_settings_are_errors() {
    let (http_client, request) = capture_request(None);
    let client = settings::alone(None, settings::credentials(), http_client);
    let error = client.describe_workspaces().send().await.unwrap_err();
    assert_eq!(failure::stage(&error), "dispatch", "{error:?}");
    assert!(
        DisplayErrorContext(&error)
            .to_string()
            .to_lowercase()
            .contains("region"),
        "{error:?}"
    );
    request.expect_no_request();

    let (http_client, request) = capture_request(None);
    let config = Config::builder()
        .behavior_version_latest()
        .region(Region::new("eu-west-1"))
        .http_client(http_client)
        .build();
    let error = Client::from_conf(config)
        .describe_workspaces()
        .send()
        .await
        .unwrap_err();
    assert_eq!(failure::stage(&error), "dispatch", "{error:?}");
    request.expect_no_request();
}

#[tokio::test]
async fn a_client_that_never_responds_times_out() {
    let shared = settings::shared(NeverClient::new()).await;
    let client = Client::from_conf(settings::hasty(&shared, Duration::from_millis(50)));
    let error = client.describe_workspaces().send().await.unwrap_err();
    assert_eq!(failure::stage(&error), "timeout");
    assert!(error.as_service_error().is_none() && error.raw_response().is_none());
}

#[tokio::test]
async fn settings_can_be_read() {
    let shared = settings::shared(NeverClient::new()).await;
    let patient = settings::patient(&shared).unwrap();
    assert_eq!(
        settings::describe(&patient),
        "workspaces in eu-west-1, 4 attempts, 60s in all, stalls watched, for fleet-keeper"
    );
    let hasty = settings::hasty(&shared, Duration::from_secs(1));
    assert_eq!(
        settings::describe(&hasty),
        "workspaces in eu-west-1, 1 attempts, 1s in all, stalls ignored, for nobody"
    );
    let client = Client::from_conf(patient.clone());
    assert_eq!(client.config().app_name(), patient.app_name());
    assert!(
        patient.http_client().is_some()
            && patient.time_source().is_some()
            && patient.sleep_impl().is_some()
    );
    for text in [
        format!("{client:?}"),
        format!("{patient:?}"),
        format!("{:?}", patient.to_builder()),
    ] {
        assert!(
            !text.contains("very-secret") && !text.contains("session-token"),
            "{text}"
        );
    }
}

#[test]
fn tests_can_construct_outputs_and_errors() {
    let workspace = Workspace::builder()
        .workspace_id("ws-1")
        .state(WorkspaceState::Available)
        .build();
    let output = DescribeWorkspacesOutput::builder()
        .workspaces(workspace.clone())
        .set_next_token(None)
        .build();
    assert_eq!(output.workspaces(), [workspace]);
    assert_eq!(output.request_id(), None);
    assert_eq!(output, output.clone());
    assert_eq!(
        CreateTagsOutput::builder().build(),
        CreateTagsOutput::builder().build()
    );

    let gone = ResourceNotFoundException::builder()
        .message("gone")
        .resource_id("ws-1")
        .meta(
            ErrorMetadata::builder()
                .code("ResourceNotFoundException")
                .message("gone")
                .build(),
        )
        .build();
    assert_eq!(gone.to_string(), "ResourceNotFoundException: gone");
    assert_eq!(
        (gone.code(), gone.message(), gone.resource_id()),
        (
            Some("ResourceNotFoundException"),
            Some("gone"),
            Some("ws-1")
        )
    );
    let error: SdkError<CreateTagsError> = SdkError::service_error(
        CreateTagsError::ResourceNotFoundException(gone),
        aws_sdk_workspaces::config::http::HttpResponse::try_from(http::Response::new(
            SdkBody::empty(),
        ))
        .unwrap(),
    );
    assert!(
        error
            .as_service_error()
            .is_some_and(CreateTagsError::is_resource_not_found_exception)
    );
    assert!(matches!(Failure::from(error), Failure::Gone(Some(id)) if id == "ws-1"));

    let generic = DescribeWorkspacesError::generic(
        ErrorMetadata::builder().code("Odd").message("very").build(),
    );
    assert_eq!(
        (generic.code(), generic.meta().message()),
        (Some("Odd"), Some("very"))
    );
    assert_eq!(
        failure::advice(&Error::from(generic)),
        "look up Odd (request None)"
    );
    let unhandled = DescribeWorkspacesError::unhandled("disk on fire");
    assert_eq!(unhandled.to_string(), "unhandled error");
    assert_eq!(
        DisplayErrorContext(&unhandled)
            .to_string()
            .split(" (")
            .next(),
        Some("unhandled error: disk on fire")
    );
    let plain = UnsupportedNetworkConfigurationException::builder().build();
    assert_eq!(
        plain.to_string(),
        "UnsupportedNetworkConfigurationException"
    );
    let built: Error = Tag::builder()
        .build()
        .map(drop)
        .map_err(Error::from)
        .unwrap_err();
    assert!(
        built.code().is_none() && DisplayErrorContext(&built).to_string().contains("key"),
        "{built:?}"
    );
    let missing: BuildError = Tag::builder().value("x").build().unwrap_err();
    assert!(missing.to_string().contains("key"), "{missing}");
}

#[test]
fn enumerations_and_unions_have_the_official_methods() {
    assert_eq!(RunningMode::values(), ["ALWAYS_ON", "AUTO_STOP", "MANUAL"]);
    assert_eq!(RunningMode::from("AUTO_STOP"), RunningMode::AutoStop);
    assert_eq!(
        RunningMode::try_parse("MANUAL").unwrap(),
        RunningMode::Manual
    );
    assert_eq!(
        RunningMode::try_parse("SOMETIMES").unwrap_err().to_string(),
        "unknown enum variant: 'SOMETIMES'"
    );
    assert_eq!(
        "ALWAYS_ON".parse::<RunningMode>().unwrap(),
        RunningMode::AlwaysOn
    );
    let strange = RunningMode::from("SOMETIMES");
    assert_eq!(
        (
            strange.as_str(),
            strange.to_string().as_str(),
            strange.as_ref()
        ),
        ("SOMETIMES", "SOMETIMES", "SOMETIMES")
    );
    let mut modes = [RunningMode::Manual, strange, RunningMode::AlwaysOn];
    modes.sort();
    assert_eq!(
        modes.iter().map(RunningMode::as_str).collect::<Vec<_>>(),
        ["ALWAYS_ON", "MANUAL", "SOMETIMES"]
    );

    let source = ImageSourceIdentifier::Ec2ImportTaskId("task".to_owned());
    assert!(source.is_ec2_import_task_id() && !source.is_unknown());
    assert_eq!(source.as_ec2_image_id().unwrap_err(), &source);
    assert_eq!(source.as_ec2_import_task_id().unwrap(), "task");

    let time = DateTime::from_str("2024-02-29T12:00:00.5Z", DateTimeFormat::DateTime).unwrap();
    assert_eq!(
        (time.secs(), time.subsec_nanos()),
        (1_709_208_000, 500_000_000)
    );
    assert_eq!(Blob::new("abc").into_inner(), b"abc");
}
