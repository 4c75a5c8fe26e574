//! Calls against a server on loopback: what goes over the wire, and what comes back for it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

use std::time::{Duration, UNIX_EPOCH};

use aws_smithy_async::time::StaticTimeSource;
use server::{Server, response};
use workspaces_sdk::config::{Builder, Credentials, Region};
use workspaces_sdk::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use workspaces_sdk::operation::RequestId;
use workspaces_sdk::operation::create_tags::CreateTagsError;
use workspaces_sdk::operation::describe_workspaces::{
    DescribeWorkspacesError, DescribeWorkspacesInput,
};
use workspaces_sdk::types::{Tag, WorkspaceRequest, WorkspaceState};
use workspaces_sdk::{Client, Config, Error};

mod server;

fn config(server: &Server) -> Builder {
    server
        .config()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new(
            "AKID",
            "SECRET",
            Some("TOKEN".into()),
            None,
            "test",
        ))
        .time_source(StaticTimeSource::new(
            UNIX_EPOCH + Duration::from_secs(1_525_132_800),
        ))
}

fn client(server: &Server) -> Client {
    Client::from_conf(config(server).build())
}

#[tokio::test]
async fn a_call_and_its_answer() {
    let body = r#"{"Workspaces":[{"WorkspaceId":"ws-1","State":"AVAILABLE"},{"WorkspaceId":"ws-2","State":"NEW"}],"Other":[1]}"#;
    let server = Server::always(response(200, &[("x-amzn-RequestId", "id-1")], body)).await;

    let output = client(&server)
        .describe_workspaces()
        .directory_id("d-1")
        .limit(2)
        .send()
        .await
        .unwrap();

    assert_eq!(output.request_id(), Some("id-1"));
    assert_eq!(output.next_token(), None);
    let [first, second] = output.workspaces() else {
        panic!("{output:?}")
    };
    assert_eq!(
        (first.workspace_id(), first.state()),
        (Some("ws-1"), Some(&WorkspaceState::Available))
    );
    assert_eq!(second.state(), Some(&WorkspaceState::Unknown("NEW".into())));

    let request = server.request();
    assert_eq!(request.line, "POST / HTTP/1.1");
    assert_eq!(request.body, r#"{"DirectoryId":"d-1","Limit":2}"#);
    assert_eq!(
        request.header("x-amz-target"),
        Some("WorkspacesService.DescribeWorkspaces")
    );
    assert_eq!(
        request.header("content-type"),
        Some("application/x-amz-json-1.1")
    );
    assert_eq!(request.header("host"), Some(&server.url()[7..]));
    assert_eq!(request.header("x-amz-date"), Some("20180501T000000Z"));
    assert_eq!(request.header("x-amz-security-token"), Some("TOKEN"));
    let authorization = request.header("authorization").unwrap();
    assert!(
        authorization.starts_with(
            "AWS4-HMAC-SHA256 Credential=AKID/20180501/eu-west-1/workspaces/aws4_request, "
        ),
        "{authorization}"
    );
    assert!(authorization.contains("SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target;x-amz-user-agent,"), "{authorization}");
}

#[tokio::test]
async fn an_operation_without_output_answers_without_body() {
    let server = Server::always(response(200, &[], "")).await;
    let tag = Tag::builder().key("a").value("b").build().unwrap();
    client(&server)
        .create_tags()
        .resource_id("ws-1")
        .tags(tag)
        .send()
        .await
        .unwrap();
    assert_eq!(
        server.request().body,
        r#"{"ResourceId":"ws-1","Tags":[{"Key":"a","Value":"b"}]}"#
    );
}

#[tokio::test]
async fn clones_and_calls_share_a_connection() {
    let server = Server::always(response(200, &[], "{}")).await;
    let client = client(&server);
    for _ in 0..3 {
        client.clone().describe_workspaces().send().await.unwrap();
    }
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.connection == 0)
    );
}

#[tokio::test]
async fn missing_members_are_told_before_anything_is_sent() {
    let server = Server::always(response(200, &[], "{}")).await;
    let error = client(&server).create_tags().send().await.unwrap_err();
    assert!(
        matches!(error, SdkError::ConstructionFailure(_)),
        "{error:?}"
    );
    assert!(
        DisplayErrorContext(&error)
            .to_string()
            .contains("CreateTags is missing ResourceId, Tags")
    );
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn a_modelled_error() {
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
async fn an_input_can_be_built_apart_from_a_client() {
    let server = Server::always(response(200, &[], "{}")).await;
    let input = DescribeWorkspacesInput::builder()
        .directory_id("d-926722edaf")
        .set_limit(Some(5));
    assert_eq!(input.clone().build().unwrap().limit(), Some(5));
    input.send_with(&client(&server)).await.unwrap();
    let body = r#"{"DirectoryId":"d-926722edaf","Limit":5}"#;
    assert_eq!(server.request().body, body);
}

#[tokio::test]
async fn what_is_missing_inside_is_told_by_its_path() {
    let server = Server::always(response(200, &[], "{}")).await;
    let workspace = |user: &str, bundle: &str| {
        let request = WorkspaceRequest::builder().directory_id("d-926722edaf");
        request.user_name(user).bundle_id(bundle).build().unwrap()
    };
    let error = client(&server)
        .create_workspaces()
        .workspaces(workspace("ann", ""))
        .workspaces(workspace("", "wsb-1b5w6vnz6"))
        .send()
        .await
        .unwrap_err();
    let text = DisplayErrorContext(&error).to_string();
    let missing = "CreateWorkspaces is missing Workspaces[0].BundleId, Workspaces[1].UserName";
    assert!(text.contains(missing), "{text}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_error_that_is_not_modelled() {
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
async fn where_the_code_and_the_message_of_an_error_come_from() {
    let cases = [
        ("", r#"{"__type":"A","message":"m"}"#, Some("A"), Some("m")),
        (
            "",
            r#"{"__type":"ns#A","Message":"m"}"#,
            Some("A"),
            Some("m"),
        ),
        (
            "",
            r#"{"__type":"A:http://x#y","errorMessage":"m"}"#,
            Some("A"),
            Some("m"),
        ),
        ("", r#"{"code":"B","__type":"A"}"#, Some("B"), None),
        ("C", r#"{"code":"B","__type":"A"}"#, Some("C"), None),
        ("ns#C:http://x/", "{}", Some("C"), None),
        ("C", r#"{"__type":7,"code":429}"#, Some("C"), None),
        (
            "",
            r#"{"__type":"A","code":429,"message":[]}"#,
            Some("A"),
            None,
        ),
        (
            "",
            r#"{"__type":"A","message":"m","Message":"n"} x"#,
            Some("A"),
            Some("n"),
        ),
        ("C", "null", Some("C"), None),
        ("C", "[]", Some("C"), None),
        ("", "{}", None, None),
        ("", "", None, None),
        ("", "<html>", None, None),
    ];
    for (header, body, code, message) in cases {
        let headers: &[_] = if header.is_empty() {
            &[]
        } else {
            &[("x-amzn-errortype", header)]
        };
        let server = Server::always(response(400, headers, body)).await;
        let error = client(&server)
            .describe_workspaces()
            .send()
            .await
            .unwrap_err();
        assert_eq!(
            (error.code(), error.message()),
            (code, message),
            "{header} {body}"
        );
        assert_eq!(
            matches!(error, SdkError::ServiceError(_)),
            code.is_some(),
            "{header} {body}"
        );
        assert_eq!(
            matches!(error, SdkError::ResponseError(_)),
            code.is_none(),
            "{header} {body}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_no_json() {
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

#[tokio::test]
async fn nobody_listens() {
    let server = Server::always(Vec::new()).await;
    let config = config(&server).build();
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
async fn a_request_can_be_changed_before_it_is_signed() {
    let server = Server::always(response(200, &[], "{}")).await;
    client(&server)
        .describe_workspaces()
        .customize()
        .mutate_request(|request| drop(request.headers_mut().insert("x-amz-one", "1")))
        .map_request(|mut request| {
            request.headers_mut().insert("x-amz-two", "2");
            Ok::<_, std::convert::Infallible>(request)
        })
        .config_override(Config::builder().region(Region::new("us-east-1")))
        .send()
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(
        (request.header("x-amz-one"), request.header("x-amz-two")),
        (Some("1"), Some("2"))
    );
    let authorization = request.header("authorization").unwrap();
    assert!(
        authorization.contains("/us-east-1/workspaces/"),
        "{authorization}"
    );
    assert!(authorization.contains("x-amz-one;"), "{authorization}");

    let error = client(&server)
        .describe_workspaces()
        .customize()
        .map_request(|_| Err::<_, std::fmt::Error>(std::fmt::Error))
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_configuration_that_lacks_something() {
    let server = Server::always(response(200, &[], "{}")).await;
    type Change = fn(&mut Builder) -> &mut Builder;
    let cases: [(&str, Change); 4] = [
        ("set `region`", |config| config.set_region(None)),
        ("`eu/west` is no valid host label", |config| {
            config.set_region(Some(Region::new("eu/west")))
        }),
        ("set `credentials_provider`", |config| {
            config.set_credentials_provider(None)
        }),
        ("`not a url` cannot be used", |config| {
            config.set_endpoint_url(Some("not a url".into()))
        }),
    ];
    for (expected, change) in cases {
        let mut config = config(&server);
        change(&mut config);
        let error = Client::from_conf(config.build())
            .describe_workspaces()
            .send()
            .await
            .unwrap_err();
        assert!(
            matches!(error, SdkError::ConstructionFailure(_)),
            "{error:?}"
        );
        let text = DisplayErrorContext(&error).to_string();
        assert!(text.contains(expected), "{text}");
    }
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn pages_and_items() {
    let server = Server::start(|number, _| {
        response(
            200,
            &[],
            match number {
                0 => r#"{"Workspaces":[{"WorkspaceId":"a"},{"WorkspaceId":"b"}],"NextToken":"1"}"#,
                1 => r#"{"Workspaces":[],"NextToken":"2"}"#,
                _ => r#"{"Workspaces":[{"WorkspaceId":"c"}],"NextToken":""}"#,
            },
        )
    })
    .await;
    let items = client(&server)
        .describe_workspaces()
        .into_paginator()
        .page_size(2)
        .items()
        .send();
    let items: Result<Vec<_>, _> = items.collect().await;
    let ids: Vec<_> = items
        .unwrap()
        .into_iter()
        .filter_map(|item| item.workspace_id)
        .collect();
    assert_eq!(ids, ["a", "b", "c"]);
    let bodies: Vec<_> = server
        .requests()
        .into_iter()
        .map(|request| request.body)
        .collect();
    assert_eq!(
        bodies,
        [
            r#"{"Limit":2}"#,
            r#"{"Limit":2,"NextToken":"1"}"#,
            r#"{"Limit":2,"NextToken":"2"}"#
        ]
    );
}

#[tokio::test]
async fn a_token_that_comes_again_ends_the_pages_with_an_error() {
    let server = Server::start(|number, _| {
        response(
            200,
            &[],
            if number % 2 == 0 {
                r#"{"NextToken":"1"}"#
            } else {
                r#"{"NextToken":"2"}"#
            },
        )
    })
    .await;
    let mut pages = client(&server)
        .describe_workspaces()
        .into_paginator()
        .send();
    for _ in 0..3 {
        assert!(pages.next().await.unwrap().is_ok());
    }
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(
        DisplayErrorContext(&error)
            .to_string()
            .contains("DescribeWorkspaces gave the token of a page"),
        "{error:?}"
    );
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn credentials_are_never_printed() {
    let server = Server::always(response(200, &[], "{}")).await;
    let client = client(&server);
    let builder = client.describe_workspaces().directory_id("d-1");
    let text = format!(
        "{client:?} {:?} {builder:?} {:?}",
        client.config(),
        builder.clone().customize()
    );
    assert!(text.contains("eu-west-1"));
    for secret in ["AKID", "SECRET", "TOKEN"] {
        assert!(!text.contains(secret), "{text}");
    }
}
