//! The program with a server on the loopback interface and the default HTTP client.

use super::server::{bodies, client, sent};
use aws_sdk_workspaces::Error;
use aws_sdk_workspaces::operation::RequestId;
use aws_sdk_workspaces::types::{ImageSourceIdentifier, Tag, WorkspaceState};
use drop_in::failure::{self, Failure};
use drop_in::fleet::Creation;
use drop_in::{access, audit, fleet, images};

#[tokio::test]
async fn a_census_reads_all_pages() {
    let (client, seen) = client(&[
        (200, "", r#"{"Workspaces":[{"WorkspaceId":"ws-1","State":"AVAILABLE"},{"WorkspaceId":"ws-2","State":"FLOATING"}],"NextToken":"a b"}"#),
        (200, "", r#"{"Workspaces":[],"NextToken":"c"}"#),
        (200, "", r#"{"Workspaces":[{"WorkspaceId":"ws-3","State":"AVAILABLE"},{"WorkspaceId":"ws-4"}],"NextToken":""}"#),
    ])
    .await;

    let census = fleet::census(&client, "d-1").await.unwrap();

    let states: Vec<_> = census
        .iter()
        .map(|(state, count)| (state.as_str(), *count))
        .collect();
    assert_eq!(states, [("AVAILABLE", 2), ("FLOATING", 1)]);
    assert_eq!(census.get(&WorkspaceState::from("FLOATING")), Some(&1));
    assert_eq!(
        bodies(&seen),
        [
            sent("DescribeWorkspaces", r#"{"DirectoryId":"d-1","Limit":2}"#),
            sent(
                "DescribeWorkspaces",
                r#"{"DirectoryId":"d-1","Limit":2,"NextToken":"a b"}"#
            ),
            sent(
                "DescribeWorkspaces",
                r#"{"DirectoryId":"d-1","Limit":2,"NextToken":"c"}"#
            ),
        ]
    );
}

#[tokio::test]
async fn requests_can_be_read_copied_and_repeated() {
    let (client, seen) = client(&[(200, "", "{}")]).await;
    let request = client.create_tags();
    assert_eq!(audit::line(&request), "tags for nothing: 0");
    assert_eq!(audit::input(&request).unwrap(), None);
    let kept = audit::with_default(Tag::builder().key("a").value("b"), "c");
    let filled = audit::with_default(Tag::builder().key("d"), "e");
    let request = request
        .resource_id("ws-1")
        .tags(kept.build().unwrap())
        .tags(filled.build().unwrap());
    assert_eq!(audit::line(&request), "tags for ws-1: 2");
    let input = audit::input(&request).unwrap().unwrap();
    assert_eq!(input.resource_id(), Some("ws-1"));
    assert_eq!(input.tags().len(), 2);
    audit::repeat(&client, &request, "ws-2").await.unwrap();
    assert_eq!(request.get_resource_id().as_deref(), Some("ws-1"));
    assert_eq!(
        bodies(&seen),
        [sent(
            "CreateTags",
            r#"{"ResourceId":"ws-2","Tags":[{"Key":"a","Value":"b"},{"Key":"d","Value":"e"}]}"#
        )]
    );
}

#[tokio::test]
async fn requests_are_signed_and_identify_the_program() {
    let (client, seen) = client(&[(200, "", r#"{"DedicatedTenancySupport":"ENABLED"}"#)]).await;

    assert_eq!(
        access::tenancy(&client, "T-1").await.unwrap().as_deref(),
        Some("ENABLED")
    );

    let seen = seen.lock().unwrap();
    let (operation, headers, body) = &seen[0];
    let headers = headers.to_lowercase();
    assert_eq!(
        (operation.as_str(), body.as_str()),
        ("DescribeAccount", "{}")
    );
    for part in [
        "post / http/1.1\r\n",
        "\r\ncontent-type: application/x-amz-json-1.1\r\n",
        "\r\nx-ticket: t-1\r\n",
        "\r\nx-amz-security-token: session-token\r\n",
        "/eu-west-1/workspaces/aws4_request, signedheaders=",
        ";x-ticket,",
        "amz-sdk-invocation-id: ",
        "\r\namz-sdk-request: ",
        "attempt=1",
        "max=4",
        "app/fleet-keeper",
        "api/workspaces/",
    ] {
        assert!(headers.contains(part), "{part:?} is not in {headers}");
    }
    assert!(!headers.contains("very-secret"));
}

#[tokio::test]
async fn paginators_return_single_items() {
    let (client, seen) = client(&[
        (200, "", r#"{"Workspaces":[{"WorkspaceId":"ws-1","State":"AVAILABLE"}],"NextToken":"2"}"#),
        (200, "", r#"{"Workspaces":[{"WorkspaceId":"ws-2","State":"SUSPENDED"},{"WorkspaceId":"ws-3","State":"ERROR","ErrorMessage":"no disk"}]}"#),
        (200, "", r#"{"Workspaces":[{"WorkspaceId":"ws-4","State":"TWISTED"}],"NextToken":"never asked for"}"#),
        (200, "", r#"{"Workspaces":[{"WorkspaceId":"ws-5"}],"NextToken":"2"}"#),
        (400, "AccessDeniedException", r#"{"message":"not the second page"}"#),
        (200, "", r#"{"Workspaces":[{"WorkspaceId":"ws-5"}],"NextToken":"2"}"#),
        (200, "", r#"{"Workspaces":[{"WorkspaceId":"ws-6"}]}"#),
    ])
    .await;
    let need = |id: &str, why: &str| Some((id.to_owned(), why.to_owned()));

    assert_eq!(
        fleet::first_in_need(&client).await.unwrap(),
        need("ws-3", "no disk")
    );
    assert_eq!(
        fleet::first_in_need(&client).await.unwrap(),
        need("ws-4", "TWISTED")
    );
    let error = fleet::ids(&client).await.unwrap_err();
    let Failure::Listing(error) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        failure::line(error),
        "400 AccessDeniedException (not the second page) [id-4]"
    );
    assert_eq!(fleet::ids(&client).await.unwrap(), ["ws-5", "ws-6"]);
    assert_eq!(seen.lock().unwrap().len(), 7);
}

#[tokio::test]
async fn directories_are_listed() {
    let (client, _) = client(&[(
        200,
        "",
        r#"{"Directories":[{"DirectoryId":"d-1"},{},{"DirectoryId":"d-2"}]}"#,
    )])
    .await;
    assert_eq!(fleet::directories(&client).await.unwrap(), ["d-1", "d-2"]);
}

#[tokio::test]
async fn a_creation_can_fail_in_part() {
    let (client, seen) = client(&[(
        200,
        "",
        r#"{"PendingRequests":[{"WorkspaceId":"ws-1","UserName":"ann"}],"FailedRequests":[{"WorkspaceRequest":{"UserName":"bob","DirectoryId":"d-1","BundleId":"b-1"},"ErrorCode":"ResourceExists.WorkSpace","ErrorMessage":"one is enough"}]}"#,
    )])
    .await;

    let created = fleet::create(&client, "d-1", "b-1", &["ann", "bob"])
        .await
        .unwrap();

    assert_eq!(
        created,
        [
            Creation::Pending("ws-1".to_owned()),
            Creation::Failed("bob".to_owned(), "ResourceExists.WorkSpace".to_owned())
        ]
    );
    let request = |user: &str| {
        format!(
            r#"{{"DirectoryId":"d-1","UserName":"{user}","BundleId":"b-1","UserVolumeEncryptionEnabled":false,"WorkspaceProperties":{{"RunningMode":"AUTO_STOP","RunningModeAutoStopTimeoutInMinutes":60,"UserVolumeSizeGib":50,"ComputeTypeName":"STANDARD"}},"Tags":[{{"Key":"owner","Value":"{user}"}},{{"Key":"kept"}}]}}"#
        )
    };
    let body = format!(
        r#"{{"Workspaces":[{},{}]}}"#,
        request("ann"),
        request("bob")
    );
    assert_eq!(bodies(&seen), [sent("CreateWorkspaces", &body)]);
}

#[tokio::test]
async fn calls_run_concurrently() {
    let (client, seen) = client(&[
        (
            200,
            "",
            r#"{"FailedRequests":[{"WorkspaceId":"ws-2","ErrorCode":"x"}]}"#,
        ),
        (200, "", r#"{"FailedRequests":[]}"#),
    ])
    .await;
    let failed = fleet::reboot(&client, &["ws-1", "ws-2"]).await.unwrap();
    assert_eq!(failed.into_iter().collect::<Vec<_>>(), ["ws-2"]);
    let mut bodies = bodies(&seen);
    bodies.sort();
    assert_eq!(
        bodies,
        [
            sent(
                "RebootWorkspaces",
                r#"{"RebootWorkspaceRequests":[{"WorkspaceId":"ws-1"}]}"#
            ),
            sent(
                "RebootWorkspaces",
                r#"{"RebootWorkspaceRequests":[{"WorkspaceId":"ws-2"}]}"#
            ),
        ]
    );
}

#[tokio::test]
async fn timestamps_are_read() {
    let (client, _) = client(&[(
        200,
        "",
        r#"{"WorkspacesConnectionStatus":[{"WorkspaceId":"ws-1","LastKnownUserConnectionTimestamp":1.7e9},{"WorkspaceId":"ws-2","LastKnownUserConnectionTimestamp":1700000000.25},{"WorkspaceId":"ws-3","LastKnownUserConnectionTimestamp":null}]}"#,
    )])
    .await;
    let seen = fleet::last_seen(&client, &["ws-1", "ws-2", "ws-3"])
        .await
        .unwrap();
    let seen: Vec<_> = seen
        .iter()
        .map(|(id, when)| (id.as_str(), when.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("ws-1", "2023-11-14T22:13:20Z"),
            ("ws-2", "2023-11-14T22:13:20.25Z"),
            ("ws-3", "never")
        ]
    );
}

#[tokio::test]
async fn images_are_imported() {
    let (client, seen) = client(&[
        (200, "", r#"{"ImageId":"wsi-1","State":"PENDING"}"#),
        (200, "", r#"{"ImageId":"wsi-1","ImageSource":{"Ec2ImageId":"ami-1"},"State":"IN_PROGRESS","ProgressPercentage":40,"Created":1700000000}"#),
        (200, "", r#"{"ImageSource":{"Ec2ImportTaskId":"task-1"},"State":"TEA_BREAK"}"#),
        (200, "", r#"{"ImageSource":{"Carrier":"pigeon"}}"#),
        (400, "ResourceNotFoundException", "{}"),
        (400, "AccessDeniedException", r#"{"message":"no"}"#),
    ])
    .await;

    let source = ImageSourceIdentifier::Ec2ImageId("ami-1".to_owned());
    assert_eq!(
        images::import(&client, "gold", source)
            .await
            .unwrap()
            .as_deref(),
        Some("wsi-1")
    );
    let mut progress = Vec::new();
    for _ in 0..4 {
        progress.push(images::progress(&client, "wsi-1").await.unwrap());
    }
    assert_eq!(
        progress,
        [
            Some("image ami-1: 40 percent since 1700000000".to_owned()),
            Some("task task-1: tea_break since 0".to_owned()),
            Some("something new: unknown since 0".to_owned()),
            None,
        ]
    );
    let error = images::progress(&client, "wsi-1").await.unwrap_err();
    assert!(
        matches!(&error, Error::AccessDeniedException(denied) if denied.message() == Some("no")),
        "{error:?}"
    );
    assert_eq!(failure::advice(&error), "ask for access: no");
    assert_eq!(error.request_id(), Some("id-5"));
    assert_eq!(
        bodies(&seen)[0],
        sent(
            "ImportCustomWorkspaceImage",
            r#"{"ImageName":"gold","ImageDescription":"for the fleet","ComputeType":"BASE","Protocol":"DCV","ImageSource":{"Ec2ImageId":"ami-1"},"InfrastructureConfigurationArn":"arn:aws:imagebuilder:eu-west-1:1:infrastructure-configuration/x","Platform":"WINDOWS","OsVersion":"Windows_11"}"#,
        )
    );
}

#[tokio::test]
async fn a_logo_is_sent_in_base64() {
    let (client, seen) = client(&[(
        200,
        "",
        r#"{"DeviceTypeWindows":{"LogoUrl":"https://example.com/logo.png"}}"#,
    )])
    .await;
    let url = images::brand(&client, "d-1", b"\x00logo\xff")
        .await
        .unwrap();
    assert_eq!(url.as_deref(), Some("https://example.com/logo.png"));
    assert_eq!(
        bodies(&seen),
        [sent(
            "ImportClientBranding",
            r#"{"ResourceId":"d-1","DeviceTypeWindows":{"Logo":"AGxvZ2//","SupportEmail":"help@example.com","LoginMessage":{"en_US":"Welcome"}}}"#
        )]
    );
}

#[tokio::test]
async fn groups_are_paginated_by_hand() {
    let (client, seen) = client(&[
        (200, "", r#"{"Result":[{"groupId":"wsipg-1","userRules":[{"ipRule":"10.0.0.0/8"}]}],"NextToken":"n"}"#),
        (200, "", r#"{"Result":[{"groupId":"wsipg-2"}]}"#),
        (200, "", r#"{"GroupId":"wsipg-3"}"#),
    ])
    .await;
    let groups = access::groups(&client).await.unwrap();
    assert_eq!(
        groups
            .iter()
            .filter_map(|group| group.group_id())
            .collect::<Vec<_>>(),
        ["wsipg-1", "wsipg-2"]
    );
    assert_eq!(groups[0].user_rules()[0].ip_rule(), Some("10.0.0.0/8"));
    assert_eq!(
        access::create(&client, "office", &["192.0.2.0/24"])
            .await
            .unwrap(),
        "wsipg-3"
    );
    assert_eq!(
        bodies(&seen),
        [
            sent("DescribeIpGroups", r#"{"MaxResults":2}"#),
            sent("DescribeIpGroups", r#"{"NextToken":"n","MaxResults":2}"#),
            sent(
                "CreateIpGroup",
                r#"{"GroupName":"office","GroupDesc":"","UserRules":[{"ipRule":"192.0.2.0/24"}]}"#
            ),
        ]
    );
}
