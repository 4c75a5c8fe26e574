//! The outputs and pages that calls return for responses of the service.

use workspaces_sdk::Client;
use workspaces_sdk::error::DisplayErrorContext;
use workspaces_sdk::operation::RequestId;
use workspaces_sdk::operation::create_tags::CreateTagsOutput;
use workspaces_sdk::types::{Tag, WorkspaceRequest, WorkspaceState};

use crate::server::{Server, response};

fn client(server: &Server) -> Client {
    Client::from_conf(server.config().build())
}

/// A server that returns the body in the table for each operation.
async fn server(bodies: &'static [(&'static str, &'static str)]) -> Server {
    Server::start(move |_, request| {
        let operation = request.operation();
        let (_, body) = bodies.iter().find(|(name, _)| *name == operation).unwrap();
        response(200, &[], body)
    })
    .await
}

#[tokio::test]
async fn members_values_and_the_request_id_are_read() {
    let body = r#"{"Workspaces":[{"WorkspaceId":"ws-1","State":"AVAILABLE"},{"WorkspaceId":"ws-2","State":"NEW"}],"Other":[1]}"#;
    let server = Server::always(response(200, &[("x-amzn-RequestId", "id-1")], body)).await;

    let output = client(&server).describe_workspaces().send().await.unwrap();

    assert_eq!(output.request_id(), Some("id-1"));
    assert_eq!(output.next_token(), None);
    let [first, second] = output.workspaces() else {
        panic!("{output:?}")
    };
    assert_eq!(
        (first.workspace_id(), first.state()),
        (Some("ws-1"), Some(&WorkspaceState::Available))
    );
    assert_eq!(second.state(), Some(&WorkspaceState::from("NEW")));
}

#[tokio::test]
async fn an_empty_body_is_the_output_of_an_operation_without_members() {
    let server = Server::always(response(200, &[], "")).await;
    let tag = Tag::builder().key("a").value("b").build().unwrap();
    let output = client(&server)
        .create_tags()
        .resource_id("ws-1")
        .tags(tag)
        .send()
        .await;
    assert_eq!(output.unwrap(), CreateTagsOutput::builder().build());
}

#[tokio::test]
async fn nested_null_unknown_and_missing_members_are_read() {
    let server = server(&[
        ("CreateIpGroup", r#"{"GroupId":"wsipg-1"}"#),
        (
            "DescribeIpGroups",
            r#"{"NextToken":null,"Result":[{"groupId":"wsipg-1","groupName":"office","groupDesc":"d",
                "userRules":[{"ipRule":"10.0.0.0/8","ruleDesc":null}]}]}"#,
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
    let client = client(&server);

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
    assert_eq!(
        (rule.ip_rule(), rule.rule_desc()),
        (Some("10.0.0.0/8"), None)
    );

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
            Some(WorkspaceState::from("HIBERNATED")),
        ]
    );

    let request = client.describe_workspace_directories();
    let directories = request.send().await.unwrap();
    assert_eq!(directories.directories()[0].ip_group_ids(), ["wsipg-1"]);
}

#[tokio::test]
async fn a_paginator_returns_the_items_of_all_pages() {
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
async fn a_page_with_its_own_token_is_the_last() {
    let page = r#"{"Workspaces":[{}],"NextToken":"end"}"#;
    let server = Server::always(response(200, &[], page)).await;
    let pages = || client(&server).describe_workspaces().into_paginator();
    let found: Result<Vec<_>, _> = pages().send().collect().await;
    assert_eq!(found.unwrap().len(), 2);
    // The pages after the first request are those of the caller's token.
    let request = client(&server).describe_workspaces().next_token("end");
    let found: Result<Vec<_>, _> = request.into_paginator().items().send().collect().await;
    assert_eq!(found.unwrap().len(), 1);
    let mut endless = pages().stop_on_duplicate_token(false).send();
    for _ in 0..4 {
        assert!(endless.next().await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn the_token_of_an_earlier_page_ends_the_pages_with_an_error() {
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
            .contains("DescribeWorkspaces returned the token of a page"),
        "{error:?}"
    );
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().len(), 3);
}
