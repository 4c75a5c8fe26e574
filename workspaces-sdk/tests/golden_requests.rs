//! The exact requests that calls send. The bodies are those that boto3 sends for the same parameters, and the
//! signature is the one that botocore computes.

use std::time::{Duration, UNIX_EPOCH};

use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_http_client::test_util::capture_request;
use aws_smithy_runtime_api::box_error::BoxError;
use workspaces_sdk::config::{Credentials, InvocationId, InvocationIdGenerator, Region};
use workspaces_sdk::operation::describe_workspaces::DescribeWorkspacesInput;
use workspaces_sdk::types::{
    Compute, IpRuleItem, Protocol, RunningMode, Tag, TargetWorkspaceState, WorkspaceProperties,
    WorkspaceRequest,
};
use workspaces_sdk::{Client, Config};

use crate::server::{Server, response};

const DIRECTORY: &str = "d-926722edaf";

/// A server that returns an empty output for every request, and a client of it.
async fn start() -> (Server, Client) {
    let server = Server::always(response(200, &[], "{}")).await;
    let client = Client::from_conf(server.config().build());
    (server, client)
}

/// Checks the requests that the server has received, each an operation and a body.
#[track_caller]
fn assert_received(server: &Server, expected: &[(&str, &str)]) {
    let requests = server.requests();
    let bodies: Vec<_> = requests
        .iter()
        .map(|it| (it.operation(), it.body.as_str()))
        .collect();
    assert_eq!(bodies, expected);
    for request in &requests {
        assert_eq!(request.line, "POST / HTTP/1.1");
        let target = format!("WorkspacesService.{}", request.operation());
        assert_eq!(request.header("x-amz-target"), Some(target.as_str()));
        assert_eq!(
            request.header("content-type"),
            Some("application/x-amz-json-1.1")
        );
    }
}

/// The same ID for all calls.
#[derive(Debug)]
struct Zero;

impl InvocationIdGenerator for Zero {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        let id = "00000000-0000-4000-8000-000000000000".to_owned();
        Ok(Some(InvocationId::new(id)))
    }
}

#[tokio::test]
async fn a_request_has_these_headers_and_no_others() {
    let (http_client, receiver) = capture_request(None);
    let config = Config::builder()
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
        .invocation_id_generator(Zero)
        .http_client(http_client);
    let call = Client::from_conf(config.build())
        .describe_workspaces()
        .directory_id(DIRECTORY)
        .limit(2)
        .customize()
        // The values of these headers depend on chance, the platform and the version.
        .mutate_request(|request| {
            let headers = request.headers_mut();
            headers.insert("user-agent", "user-agent");
            headers.insert("x-amz-user-agent", "user-agent");
        });
    call.send().await.unwrap();
    let request = receiver.expect_request();

    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://workspaces.eu-west-1.amazonaws.com/");
    let body = format!(r#"{{"DirectoryId":"{DIRECTORY}","Limit":2}}"#);
    assert_eq!(request.body().bytes(), Some(body.as_bytes()));
    let mut headers: Vec<_> = request.headers().iter().collect();
    headers.sort_unstable();
    let authorization = concat!(
        "AWS4-HMAC-SHA256 Credential=AKID/20180501/eu-west-1/workspaces/aws4_request, ",
        "SignedHeaders=content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target;x-amz-user-agent, ",
        "Signature=83ebf69aea174d14bb9e31e33af8290b9c91d22d49a3a132bf7bb30b5edeecae",
    );
    let expected = [
        (
            "amz-sdk-invocation-id",
            "00000000-0000-4000-8000-000000000000",
        ),
        ("amz-sdk-request", "attempt=1; max=3"),
        ("authorization", authorization),
        ("content-length", "40"),
        ("content-type", "application/x-amz-json-1.1"),
        ("user-agent", "user-agent"),
        ("x-amz-date", "20180501T000000Z"),
        ("x-amz-security-token", "TOKEN"),
        ("x-amz-target", "WorkspacesService.DescribeWorkspaces"),
        ("x-amz-user-agent", "user-agent"),
    ];
    assert_eq!(headers, expected);
}

#[tokio::test]
async fn the_default_http_client_adds_only_the_host() {
    let (server, client) = start().await;
    client.describe_workspaces().send().await.unwrap();
    let request = server.request();
    let mut names: Vec<_> = request
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "amz-sdk-invocation-id",
            "amz-sdk-request",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "user-agent",
            "x-amz-date",
            "x-amz-target",
            "x-amz-user-agent",
        ]
    );
    let host = server.address().to_string();
    assert_eq!(request.header("host"), Some(host.as_str()));
}

#[tokio::test]
async fn a_request_that_customize_changes_is_signed_as_sent() {
    let (server, client) = start().await;
    client
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
}

#[tokio::test]
async fn an_input_that_is_built_without_a_client_is_sent_like_any_other() {
    let (server, client) = start().await;
    let input = DescribeWorkspacesInput::builder()
        .directory_id(DIRECTORY)
        .set_limit(Some(5));
    assert_eq!(input.clone().build().unwrap().limit(), Some(5));
    input.send_with(&client).await.unwrap();
    let body = r#"{"DirectoryId":"d-926722edaf","Limit":5}"#;
    assert_received(&server, &[("DescribeWorkspaces", body)]);
}

#[tokio::test]
async fn ip_groups_and_their_rules() {
    let (server, client) = start().await;
    let rule = |ip: &str| IpRuleItem::builder().ip_rule(ip);
    let tag = |key: &str| Tag::builder().key(key);

    let call = client.associate_ip_groups().directory_id(DIRECTORY);
    let call = call.group_ids("wsipg-1").group_ids("wsipg-2");
    call.send().await.unwrap();

    let call = client.authorize_ip_rules().group_id("wsipg-1");
    let call = call.user_rules(rule("10.0.0.0/8").rule_desc("office").build());
    let call = call.user_rules(rule("192.0.2.1/32").build());
    call.send().await.unwrap();

    let call = client.create_ip_group().group_name("office");
    let call = call.group_desc("the \"office\" \u{e9}");
    let call = call.user_rules(rule("10.0.0.0/8").build());
    let call = call.tags(tag("team").value("blue").build().unwrap());
    let call = call.tags(tag("bare").build().unwrap());
    call.send().await.unwrap();

    let call = client.delete_ip_group().group_id("wsipg-1");
    call.send().await.unwrap();

    let call = client.describe_ip_groups().group_ids("wsipg-1");
    let call = call.next_token("t").max_results(5);
    call.send().await.unwrap();

    let call = client.disassociate_ip_groups().directory_id(DIRECTORY);
    call.group_ids("wsipg-1").send().await.unwrap();

    let call = client.revoke_ip_rules().group_id("wsipg-1");
    call.user_rules("10.0.0.0/8").send().await.unwrap();

    let call = client.update_rules_of_ip_group().group_id("wsipg-1");
    call.set_user_rules(Some(Vec::new())).send().await.unwrap();

    assert_received(
        &server,
        &[
            (
                "AssociateIpGroups",
                r#"{"DirectoryId":"d-926722edaf","GroupIds":["wsipg-1","wsipg-2"]}"#,
            ),
            (
                "AuthorizeIpRules",
                r#"{"GroupId":"wsipg-1","UserRules":[{"ipRule":"10.0.0.0/8","ruleDesc":"office"},{"ipRule":"192.0.2.1/32"}]}"#,
            ),
            (
                "CreateIpGroup",
                "{\"GroupName\":\"office\",\"GroupDesc\":\"the \\\"office\\\" \u{e9}\",\"UserRules\":[{\"ipRule\":\"10.0.0.0/8\"}],\"Tags\":[{\"Key\":\"team\",\"Value\":\"blue\"},{\"Key\":\"bare\"}]}",
            ),
            ("DeleteIpGroup", r#"{"GroupId":"wsipg-1"}"#),
            (
                "DescribeIpGroups",
                r#"{"GroupIds":["wsipg-1"],"NextToken":"t","MaxResults":5}"#,
            ),
            (
                "DisassociateIpGroups",
                r#"{"DirectoryId":"d-926722edaf","GroupIds":["wsipg-1"]}"#,
            ),
            (
                "RevokeIpRules",
                r#"{"GroupId":"wsipg-1","UserRules":["10.0.0.0/8"]}"#,
            ),
            (
                "UpdateRulesOfIpGroup",
                r#"{"GroupId":"wsipg-1","UserRules":[]}"#,
            ),
        ],
    );
}

#[tokio::test]
async fn workspaces_and_their_tags() {
    let (server, client) = start().await;
    let tag = Tag::builder().key("team").value("blue").build().unwrap();
    let call = client.create_tags().resource_id("ws-1");
    call.tags(tag.clone()).send().await.unwrap();

    for state in [
        TargetWorkspaceState::AdminMaintenance,
        TargetWorkspaceState::Available,
    ] {
        let call = client.modify_workspace_state().workspace_id("ws-1");
        call.workspace_state(state).send().await.unwrap();
    }

    let properties = WorkspaceProperties::builder()
        .running_mode(RunningMode::AutoStop)
        .running_mode_auto_stop_timeout_in_minutes(60)
        .root_volume_size_gib(80)
        .user_volume_size_gib(50)
        .compute_type_name(Compute::Standard)
        .protocols(Protocol::Wsp)
        .build();
    let workspace = WorkspaceRequest::builder()
        .directory_id(DIRECTORY)
        .user_name("ann")
        .bundle_id("wsb-1")
        .volume_encryption_key("alias/k")
        .user_volume_encryption_enabled(true)
        .root_volume_encryption_enabled(false)
        .workspace_properties(properties)
        .tags(tag);
    let call = client.create_workspaces();
    let call = call.workspaces(workspace.build().unwrap());
    call.send().await.unwrap();

    let call = client.describe_workspaces();
    let call = call.workspace_ids("ws-1").workspace_ids("ws-2");
    call.send().await.unwrap();

    let call = client.describe_workspaces().directory_id(DIRECTORY);
    let call = call.user_name("ann").limit(25).next_token("t");
    call.send().await.unwrap();

    let call = client.describe_workspace_directories();
    let call = call.directory_ids(DIRECTORY).limit(5).next_token("t");
    call.send().await.unwrap();

    let call = client.describe_workspace_directories();
    call.send().await.unwrap();

    assert_received(
        &server,
        &[
            (
                "CreateTags",
                r#"{"ResourceId":"ws-1","Tags":[{"Key":"team","Value":"blue"}]}"#,
            ),
            (
                "ModifyWorkspaceState",
                r#"{"WorkspaceId":"ws-1","WorkspaceState":"ADMIN_MAINTENANCE"}"#,
            ),
            (
                "ModifyWorkspaceState",
                r#"{"WorkspaceId":"ws-1","WorkspaceState":"AVAILABLE"}"#,
            ),
            (
                "CreateWorkspaces",
                concat!(
                    r#"{"Workspaces":[{"DirectoryId":"d-926722edaf","UserName":"ann","BundleId":"wsb-1","#,
                    r#""VolumeEncryptionKey":"alias/k","UserVolumeEncryptionEnabled":true,"#,
                    r#""RootVolumeEncryptionEnabled":false,"WorkspaceProperties":{"RunningMode":"AUTO_STOP","#,
                    r#""RunningModeAutoStopTimeoutInMinutes":60,"RootVolumeSizeGib":80,"UserVolumeSizeGib":50,"#,
                    r#""ComputeTypeName":"STANDARD","Protocols":["WSP"]},"Tags":[{"Key":"team","Value":"blue"}]}]}"#,
                ),
            ),
            ("DescribeWorkspaces", r#"{"WorkspaceIds":["ws-1","ws-2"]}"#),
            (
                "DescribeWorkspaces",
                r#"{"DirectoryId":"d-926722edaf","UserName":"ann","Limit":25,"NextToken":"t"}"#,
            ),
            (
                "DescribeWorkspaceDirectories",
                r#"{"DirectoryIds":["d-926722edaf"],"Limit":5,"NextToken":"t"}"#,
            ),
            ("DescribeWorkspaceDirectories", "{}"),
        ],
    );
}
