//! The twelve operations that this crate was begun for: the requests they make, as boto3 makes them
//! for the same parameters, and what becomes of answers as the service gives them.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

use serde_json::{Value, json};
use server::{Server, response};
use workspaces_sdk::config::{Credentials, Region};
use workspaces_sdk::types::{
    Compute, IpRuleItem, Protocol, RunningMode, Tag, TargetWorkspaceState, WorkspaceProperties,
    WorkspaceRequest, WorkspaceState,
};
use workspaces_sdk::{Client, Config};

mod server;

/// A client of a server that answers every operation with what the table has for it, or an empty body.
async fn client(answers: &'static [(&'static str, &'static str)]) -> (Server, Client) {
    let server = Server::start(move |_, request| {
        let operation = request.operation();
        let answer = answers.iter().find(|(name, _)| *name == operation);
        response(200, &[], answer.map(|(_, body)| *body).unwrap_or_default())
    })
    .await;
    let config = Config::builder()
        .region(Region::new("eu-west-1"))
        .endpoint_url(server.url())
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .build();
    (server, Client::from_conf(config))
}

const DIRECTORY: &str = "d-926722edaf";

#[tokio::test]
async fn requests() {
    let (server, client) = client(&[]).await;
    let rule = |ip: &str| IpRuleItem::builder().ip_rule(ip);
    let tag = |key: &str| Tag::builder().key(key);
    let mut expected: Vec<(&str, Value)> = Vec::new();

    client
        .associate_ip_groups()
        .directory_id(DIRECTORY)
        .group_ids("wsipg-1")
        .group_ids("wsipg-2")
        .send()
        .await
        .unwrap();
    expected.push((
        "AssociateIpGroups",
        json!({"DirectoryId": DIRECTORY, "GroupIds": ["wsipg-1", "wsipg-2"]}),
    ));

    client
        .authorize_ip_rules()
        .group_id("wsipg-1")
        .user_rules(rule("10.0.0.0/8").rule_desc("office").build())
        .user_rules(rule("192.0.2.1/32").build())
        .send()
        .await
        .unwrap();
    expected.push((
        "AuthorizeIpRules",
        json!({
            "GroupId": "wsipg-1",
            "UserRules": [{"ipRule": "10.0.0.0/8", "ruleDesc": "office"}, {"ipRule": "192.0.2.1/32"}],
        }),
    ));

    client
        .create_ip_group()
        .group_name("office")
        .group_desc("the \"office\" \u{e9}")
        .user_rules(rule("10.0.0.0/8").build())
        .tags(tag("team").value("blue").build().unwrap())
        .tags(tag("bare").build().unwrap())
        .send()
        .await
        .unwrap();
    expected.push((
        "CreateIpGroup",
        json!({
            "GroupName": "office",
            "GroupDesc": "the \"office\" \u{e9}",
            "UserRules": [{"ipRule": "10.0.0.0/8"}],
            "Tags": [{"Key": "team", "Value": "blue"}, {"Key": "bare"}],
        }),
    ));

    client
        .delete_ip_group()
        .group_id("wsipg-1")
        .send()
        .await
        .unwrap();
    expected.push(("DeleteIpGroup", json!({"GroupId": "wsipg-1"})));

    client
        .describe_ip_groups()
        .group_ids("wsipg-1")
        .next_token("t")
        .max_results(5)
        .send()
        .await
        .unwrap();
    expected.push((
        "DescribeIpGroups",
        json!({"GroupIds": ["wsipg-1"], "NextToken": "t", "MaxResults": 5}),
    ));

    client
        .disassociate_ip_groups()
        .directory_id(DIRECTORY)
        .group_ids("wsipg-1")
        .send()
        .await
        .unwrap();
    expected.push((
        "DisassociateIpGroups",
        json!({"DirectoryId": DIRECTORY, "GroupIds": ["wsipg-1"]}),
    ));

    for (state, wire) in [
        (TargetWorkspaceState::AdminMaintenance, "ADMIN_MAINTENANCE"),
        (TargetWorkspaceState::Available, "AVAILABLE"),
    ] {
        let request = client.modify_workspace_state().workspace_id("ws-1");
        request.workspace_state(state).send().await.unwrap();
        expected.push((
            "ModifyWorkspaceState",
            json!({"WorkspaceId": "ws-1", "WorkspaceState": wire}),
        ));
    }

    client
        .revoke_ip_rules()
        .group_id("wsipg-1")
        .user_rules("10.0.0.0/8")
        .send()
        .await
        .unwrap();
    expected.push((
        "RevokeIpRules",
        json!({"GroupId": "wsipg-1", "UserRules": ["10.0.0.0/8"]}),
    ));

    client
        .update_rules_of_ip_group()
        .group_id("wsipg-1")
        .set_user_rules(Some(Vec::new()))
        .send()
        .await
        .unwrap();
    expected.push((
        "UpdateRulesOfIpGroup",
        json!({"GroupId": "wsipg-1", "UserRules": []}),
    ));

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
        .tags(tag("team").value("blue").build().unwrap())
        .build()
        .unwrap();
    let request = client.create_workspaces().workspaces(workspace);
    request.send().await.unwrap();
    expected.push((
        "CreateWorkspaces",
        json!({"Workspaces": [{
            "DirectoryId": DIRECTORY,
            "UserName": "ann",
            "BundleId": "wsb-1",
            "VolumeEncryptionKey": "alias/k",
            "UserVolumeEncryptionEnabled": true,
            "RootVolumeEncryptionEnabled": false,
            "WorkspaceProperties": {
                "RunningMode": "AUTO_STOP",
                "RunningModeAutoStopTimeoutInMinutes": 60,
                "RootVolumeSizeGib": 80,
                "UserVolumeSizeGib": 50,
                "ComputeTypeName": "STANDARD",
                "Protocols": ["WSP"],
            },
            "Tags": [{"Key": "team", "Value": "blue"}],
        }]}),
    ));

    client
        .describe_workspaces()
        .workspace_ids("ws-1")
        .workspace_ids("ws-2")
        .send()
        .await
        .unwrap();
    expected.push((
        "DescribeWorkspaces",
        json!({"WorkspaceIds": ["ws-1", "ws-2"]}),
    ));

    client
        .describe_workspaces()
        .directory_id(DIRECTORY)
        .user_name("ann")
        .limit(25)
        .next_token("t")
        .send()
        .await
        .unwrap();
    expected.push((
        "DescribeWorkspaces",
        json!({"DirectoryId": DIRECTORY, "UserName": "ann", "Limit": 25, "NextToken": "t"}),
    ));

    client
        .describe_workspace_directories()
        .directory_ids(DIRECTORY)
        .limit(5)
        .next_token("t")
        .send()
        .await
        .unwrap();
    expected.push((
        "DescribeWorkspaceDirectories",
        json!({"DirectoryIds": [DIRECTORY], "Limit": 5, "NextToken": "t"}),
    ));

    let request = client.describe_workspace_directories();
    request.send().await.unwrap();
    expected.push(("DescribeWorkspaceDirectories", json!({})));

    let requests = server.requests();
    assert_eq!(requests.len(), expected.len());
    for (request, (operation, body)) in requests.iter().zip(expected) {
        let target = format!("WorkspacesService.{operation}");
        assert_eq!(request.line, "POST / HTTP/1.1", "{operation}");
        assert_eq!(request.header("x-amz-target"), Some(target.as_str()));
        assert_eq!(
            request.header("content-type"),
            Some("application/x-amz-json-1.1"),
            "{operation}"
        );
        assert_eq!(
            serde_json::from_str::<Value>(&request.body).unwrap(),
            body,
            "{operation}"
        );
    }
}

#[tokio::test]
async fn answers() {
    let (_server, client) = client(&[
        ("CreateIpGroup", r#"{"GroupId":"wsipg-1"}"#),
        (
            "DescribeIpGroups",
            r#"{"NextToken":null,"Result":[{"groupId":"wsipg-1","groupName":"office","groupDesc":"d",
                "userRules":[{"ipRule":"10.0.0.0/8","ruleDesc":"office"},null]}]}"#,
        ),
        (
            "CreateWorkspaces",
            r#"{"FailedRequests":[{"ErrorCode":"ResourceNotFound.User","ErrorMessage":"no such user",
                "WorkspaceRequest":{"DirectoryId":"d-1","UserName":"bob","BundleId":"wsb-1"}}],
                "PendingRequests":[{"WorkspaceId":"ws-1","State":"PENDING"}]}"#,
        ),
        (
            "DescribeWorkspaces",
            r#"{"Workspaces":[{"WorkspaceId":"ws-1","State":"ADMIN_MAINTENANCE","NewMember":{"a":[1]}},
                {"WorkspaceId":"ws-2","State":"HIBERNATED"}]}"#,
        ),
        (
            "DescribeWorkspaceDirectories",
            r#"{"Directories":[{"DirectoryId":"d-1","ipGroupIds":["wsipg-1"]}]}"#,
        ),
    ])
    .await;

    let request = client.create_ip_group().group_name("office");
    let created = request.send().await.unwrap();
    assert_eq!(created.group_id(), Some("wsipg-1"));

    let groups = client.describe_ip_groups().send().await.unwrap();
    assert_eq!(groups.next_token(), None);
    let [group] = groups.result() else {
        panic!("{groups:?}")
    };
    assert_eq!(group.group_name(), Some("office"));
    let [rule] = group.user_rules() else {
        panic!("{group:?}")
    };
    assert_eq!(rule.rule_desc(), Some("office"));

    let workspace = WorkspaceRequest::builder()
        .directory_id("d-1")
        .user_name("bob")
        .bundle_id("wsb-1")
        .build()
        .unwrap();
    let request = client.create_workspaces().workspaces(workspace.clone());
    let created = request.send().await.unwrap();
    let [failed] = created.failed_requests() else {
        panic!("{created:?}")
    };
    assert_eq!(failed.error_code(), Some("ResourceNotFound.User"));
    assert_eq!(failed.workspace_request(), Some(&workspace));
    assert_eq!(
        created.pending_requests()[0].state(),
        Some(&WorkspaceState::Pending)
    );

    let described = client.describe_workspaces().send().await.unwrap();
    let states = described.workspaces().iter().map(|it| it.state().cloned());
    assert_eq!(
        states.collect::<Vec<_>>(),
        [
            Some(WorkspaceState::AdminMaintenance),
            Some(WorkspaceState::Unknown("HIBERNATED".to_owned())),
        ]
    );

    let request = client.describe_workspace_directories();
    let directories = request.send().await.unwrap();
    assert_eq!(directories.directories()[0].ip_group_ids(), ["wsipg-1"]);
}
