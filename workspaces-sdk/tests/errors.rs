//! The errors that calls return: for invalid inputs and settings, for a failed connection, and for error responses and
//! malformed responses of the service.

use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::{Builder, Credentials, Region, SharedCredentialsProvider};
use workspaces_sdk::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use workspaces_sdk::operation::RequestId;
use workspaces_sdk::operation::create_tags::CreateTagsError;
use workspaces_sdk::operation::describe_workspaces::DescribeWorkspacesError;
use workspaces_sdk::{Client, Config, Error};

use crate::server::{Server, response};

fn client(server: &Server) -> Client {
    Client::from_conf(server.config().build())
}

/// The service may require fewer members than the model, so it decides.
#[tokio::test]
async fn a_request_without_required_members_is_sent() {
    let rejection = r#"{"__type":"ValidationException","message":"resourceId must not be null"}"#;
    let server = Server::always(response(400, &[], rejection)).await;
    let error = client(&server).create_tags().send().await.unwrap_err();
    assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
    assert_eq!(error.code(), Some("ValidationException"));
    let [request] = &server.requests()[..] else {
        panic!("{:?}", server.requests())
    };
    assert_eq!(request.body, "{}");
}

#[tokio::test]
async fn check_required_reports_all_missing_members_before_anything_is_sent() {
    let server = Server::always(response(200, &[], "{}")).await;
    let strict = Client::from_conf(server.config().check_required(true).build());
    let is_refused = |error: SdkError<CreateTagsError>, members: &str| {
        assert!(
            matches!(error, SdkError::ConstructionFailure(_)),
            "{error:?}"
        );
        let text = DisplayErrorContext(&error).to_string();
        let expected = format!("CreateTags is missing {members}");
        assert!(text.contains(&expected), "{text}");
    };
    let neither = strict.create_tags().send().await.unwrap_err();
    is_refused(neither, "ResourceId, Tags");
    // An empty string and an empty list are set.
    let empty = strict.create_tags().resource_id("");
    is_refused(empty.clone().send().await.unwrap_err(), "Tags");
    // A call may be stricter than its client.
    let overridden = client(&server).create_tags().customize();
    let overridden = overridden.config_override(Config::builder().check_required(true));
    is_refused(overridden.send().await.unwrap_err(), "ResourceId, Tags");
    assert_eq!(server.requests(), []);

    empty.set_tags(Some(Vec::new())).send().await.unwrap();
    let lenient = strict.create_tags().customize();
    let lenient = lenient.config_override(Config::builder().check_required(false));
    lenient.send().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn missing_and_invalid_settings_are_reported_before_anything_is_sent() {
    let server = Server::always(response(200, &[], "{}")).await;
    type Change = fn(&mut Builder) -> &mut Builder;
    // Whether the failure is one of construction, as with the official crate; otherwise, it is one of dispatch.
    let cases: [(&str, bool, Change); 8] = [
        ("set `region`", false, |config| config.set_region(None)),
        ("`eu/west` is not a valid host label", true, |config| {
            config.set_region(Some(Region::new("eu/west")))
        }),
        ("set `credentials_provider`", false, |config| {
            config.set_credentials_provider(None)
        }),
        ("`not a url` cannot be used", false, |config| {
            config.set_endpoint_url(Some("not a url".into()))
        }),
        ("FIPS and custom endpoint", false, |config| {
            config.set_use_fips(Some(true))
        }),
        ("its port is not a number", false, |config| {
            config.set_endpoint_url(Some("http://127.0.0.1:65536".into()))
        }),
        (
            "the value of the header `x-amz-security-token`",
            false,
            |config| {
                let token = Some("hunter2\n".to_owned());
                let credentials = Credentials::new("AKID", "SECRET", token, None, "test");
                let provider = SharedCredentialsProvider::new(credentials);
                config.set_credentials_provider(Some(provider))
            },
        ),
        ("the access key ID contains", false, |config| {
            let credentials = Credentials::new("hunter2\n", "SECRET", None, None, "test");
            let provider = SharedCredentialsProvider::new(credentials);
            config.set_credentials_provider(Some(provider))
        }),
    ];
    for (expected, construction, change) in cases {
        let mut config = server.config();
        change(&mut config);
        let error = Client::from_conf(config.build())
            .describe_workspaces()
            .send()
            .await
            .unwrap_err();
        let is_expected = match &error {
            SdkError::ConstructionFailure(_) => construction,
            SdkError::DispatchFailure(failure) => !construction && failure.is_other(),
            _ => false,
        };
        assert!(is_expected, "{error:?}");
        let text = DisplayErrorContext(&error).to_string();
        assert!(text.contains(expected), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
    assert_eq!(server.requests(), []);
}

/// As with the official crate, the kind of an error without a code depends on whether the operation models errors.
#[tokio::test]
async fn an_error_without_a_code_is_a_service_error_if_the_operation_models_none() {
    for (status, attempts) in [(400, 1), (500, 2)] {
        let server = Server::always(response(status, &[], "")).await;
        let retries = RetryConfig::standard().with_max_attempts(2);
        let retries = retries.with_initial_backoff(std::time::Duration::from_millis(1));
        let client = Client::from_conf(server.config().retry_config(retries).build());
        let error = client.describe_workspaces().send().await.unwrap_err();
        assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
        assert_eq!(server.requests().len(), attempts);
        let error = client.terminate_workspaces().send().await.unwrap_err();
        assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
        assert_eq!(error.code(), None);
        assert_eq!(server.requests().len(), 2 * attempts);
    }
}

/// A password is hidden, also where it makes the URL malformed.
#[tokio::test]
async fn errors_and_debug_output_hide_the_password_of_an_endpoint() {
    for url in [
        "ftp://user:hunter2@example.com",
        "https://user:hunter2",
        "https://user:hun/ter2@example.com",
        "https:/user:hunter2@example.com",
        "user:hunter2@example.com",
        "https://user:hun ter2@example.com",
        "https://user:hunter2@exam ple.com",
    ] {
        let config = Config::builder()
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
            .endpoint_url(url)
            .build();
        let debug = format!("{config:?}");
        let client = Client::from_conf(config);
        let error = client.describe_workspaces().send().await.unwrap_err();
        let text = DisplayErrorContext(&error).to_string();
        assert!(text.contains("cannot be used"), "{url}: {text}");
        for shown in [debug, format!("{client:?}"), format!("{error:?}"), text] {
            assert!(
                !shown.contains("hunter") && !shown.contains("ter2"),
                "{shown}"
            );
        }
    }
}

#[tokio::test]
async fn an_error_of_map_request_is_a_dispatch_failure_and_nothing_is_sent() {
    let server = Server::always(response(200, &[], "{}")).await;
    let error = client(&server)
        .describe_workspaces()
        .customize()
        .map_request(|_| Err::<_, std::fmt::Error>(std::fmt::Error))
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn a_refused_connection_is_an_io_failure() {
    let server = Server::always(Vec::new()).await;
    let config = server.config().build();
    let address = server.address();
    drop(server);
    while tokio::net::TcpStream::connect(address).await.is_ok() {}
    let error = Client::from_conf(config)
        .describe_workspaces()
        .send()
        .await
        .unwrap_err();
    let SdkError::DispatchFailure(failure) = &error else {
        panic!("{error:?}")
    };
    assert!(failure.is_io());
}

#[tokio::test]
async fn a_modeled_error_has_its_members_code_and_request_id() {
    let body = r#"{"__type":"com.amazonaws.workspaces#ResourceUnavailableException","message":"away","ResourceId":"ws-1"}"#;
    let server = Server::always(response(400, &[("x-amzn-requestid", "id-2")], body)).await;

    let error = client(&server)
        .describe_workspaces()
        .send()
        .await
        .unwrap_err();

    assert_eq!(error.request_id(), Some("id-2"));
    assert_eq!(error.code(), Some("ResourceUnavailableException"));
    let raw = error.raw_response().unwrap();
    assert_eq!(raw.status().as_u16(), 400);
    assert_eq!(raw.body().bytes(), Some(body.as_bytes()));
    let DescribeWorkspacesError::ResourceUnavailableException(inner) =
        error.as_service_error().unwrap()
    else {
        panic!("{error:?}")
    };
    assert_eq!(
        (inner.message(), inner.resource_id()),
        (Some("away"), Some("ws-1"))
    );
    assert_eq!(inner.request_id(), Some("id-2"));
    assert_eq!(inner.to_string(), "ResourceUnavailableException: away");

    let error = Error::from(error);
    assert!(matches!(error, Error::ResourceUnavailableException(_)));
    assert_eq!(
        (error.code(), error.request_id()),
        (Some("ResourceUnavailableException"), Some("id-2"))
    );
}

#[tokio::test]
async fn an_error_that_is_not_modeled_is_unhandled_and_has_its_code() {
    let server = Server::always(response(
        400,
        &[("x-amzn-errortype", "ThatException:http://internal/")],
        "",
    ))
    .await;
    let error = client(&server)
        .create_tags()
        .resource_id("ws-1")
        .set_tags(Some(vec![]))
        .send()
        .await
        .unwrap_err();
    let error: CreateTagsError = error.into_service_error();
    assert!(matches!(error, CreateTagsError::Unhandled(_)));
    assert!(!error.is_invalid_parameter_values_exception());
    assert_eq!(error.code(), Some("ThatException"));
    assert_eq!(error.to_string(), "unhandled error (ThatException)");
}

#[tokio::test]
async fn an_invalid_body_is_a_response_error_with_the_raw_response() {
    for body in [
        "<html>",
        r#"{"Workspaces":"#,
        r#"{"Workspaces":{}}"#,
        "{} {}",
    ] {
        let server = Server::always(response(200, &[("x-amzn-requestid", "id-3")], body)).await;
        let error = client(&server)
            .describe_workspaces()
            .send()
            .await
            .unwrap_err();
        assert!(
            matches!(error, SdkError::ResponseError(_)),
            "{body}: {error:?}"
        );
        assert_eq!(error.request_id(), Some("id-3"), "{body}");
        assert_eq!(
            error.raw_response().unwrap().body().bytes(),
            Some(body.as_bytes())
        );
    }
}
