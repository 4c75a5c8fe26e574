//! Behavior that is common to requests: constraints, filters, pagination and rate limits.

use workspaces_sdk::error::ProvideErrorMetadata;
use workspaces_sdk::fake::Fake;
use workspaces_sdk::types::{
    AccessEndpoint, AccessEndpointConfig, AccessEndpointType, ApplicationAssociatedResourceType,
    IpRuleItem, RebuildRequest, StartRequest, StopRequest, Tag, TargetWorkspaceState,
    WorkspaceAccessProperties,
};

use super::{DIRECTORY, request, seeded};

#[tokio::test]
async fn violations_of_constraints_are_validation_exceptions() {
    let fake = seeded().build();
    let client = fake.client();
    let start = |_| StartRequest::builder().workspace_id("ws-000000001").build();
    let rebuild = |_| {
        let item = RebuildRequest::builder().workspace_id("ws-000000001");
        item.build().unwrap()
    };
    let results = [
        client
            .create_workspaces()
            .set_workspaces(Some(vec![request("ada"); 26]))
            .send()
            .await
            .map(drop)
            .map_err(code_and_message),
        client
            .start_workspaces()
            .set_start_workspace_requests(Some((0..26).map(start).collect()))
            .send()
            .await
            .map(drop)
            .map_err(code_and_message),
        client
            .rebuild_workspaces()
            .set_rebuild_workspace_requests(Some((0..2).map(rebuild).collect()))
            .send()
            .await
            .map(drop)
            .map_err(code_and_message),
        client
            .describe_workspaces()
            .set_workspace_ids(Some(vec!["ws-000000001".to_owned(); 26]))
            .send()
            .await
            .map(drop)
            .map_err(code_and_message),
        client
            .describe_workspaces()
            .workspace_ids("i-0123456789")
            .send()
            .await
            .map(drop)
            .map_err(code_and_message),
        client
            .start_workspaces()
            .start_workspace_requests(StartRequest::builder().build())
            .send()
            .await
            .map(drop)
            .map_err(code_and_message),
        client
            .stop_workspaces()
            .stop_workspace_requests(StopRequest::builder().build())
            .send()
            .await
            .map(drop)
            .map_err(code_and_message),
        client
            .modify_workspace_access_properties()
            .resource_id(DIRECTORY)
            .workspace_access_properties(access_without_endpoint())
            .send()
            .await
            .map(drop)
            .map_err(code_and_message),
        client
            .modify_workspace_state()
            .workspace_id("ws-000000001")
            .workspace_state(TargetWorkspaceState::from("STOPPED"))
            .send()
            .await
            .map(drop)
            .map_err(code_and_message),
    ];
    let expected = [
        "at 'workspaces' failed to satisfy constraint: Member must have length less than or equal to 25",
        "at 'startWorkspaceRequests' failed to satisfy constraint: Member must have length less than or equal to 25",
        "at 'rebuildWorkspaceRequests' failed to satisfy constraint: Member must have length less than or equal to 1",
        "at 'workspaceIds' failed to satisfy constraint: Member must have length less than or equal to 25",
        "Value 'i-0123456789' at 'workspaceIds.1.member' failed to satisfy constraint: Member must satisfy regular expression pattern: ^ws-[0-9a-z]{8,63}$",
        "Value null at 'startWorkspaceRequests.1.member.workspaceId' failed to satisfy constraint: Member must not be null",
        "Value null at 'stopWorkspaceRequests.1.member.workspaceId' failed to satisfy constraint: Member must not be null",
        "Value null at 'workspaceAccessProperties.accessEndpointConfig.accessEndpoints.1.member.vpcEndpointId' failed to satisfy constraint: Member must not be null",
        "Value 'STOPPED' at 'workspaceState' failed to satisfy constraint: Member must satisfy enum value set: [AVAILABLE, ADMIN_MAINTENANCE]",
    ];
    for (result, expected) in results.into_iter().zip(expected) {
        let (code, message) = result.unwrap_err();
        assert_eq!(code, "ValidationException");
        assert!(
            message.starts_with("1 validation error detected: Value "),
            "{message}"
        );
        assert!(message.ends_with(expected), "{message}");
    }
}

fn access_without_endpoint() -> WorkspaceAccessProperties {
    let endpoint = AccessEndpoint::builder().access_endpoint_type(AccessEndpointType::StreamingWsp);
    let config = AccessEndpointConfig::builder().access_endpoints(endpoint.build());
    let properties = WorkspaceAccessProperties::builder();
    properties
        .access_endpoint_config(config.build().unwrap())
        .build()
}

fn code_and_message(error: impl ProvideErrorMetadata) -> (String, String) {
    let owned = |value: Option<&str>| value.unwrap_or_default().to_owned();
    (owned(error.code()), owned(error.message()))
}

#[tokio::test]
async fn filters_are_mutually_exclusive() {
    let fake = seeded().build();
    let client = fake.client();
    let all = || client.describe_workspaces();
    let (id, bundle) = ("ws-000000001", "wsb-standard1");
    #[rustfmt::skip]
    let rows = [
        (all(), true),
        (all().workspace_ids(id), true),
        (all().directory_id(DIRECTORY), true),
        (all().directory_id(DIRECTORY).user_name("ada"), true),
        (all().bundle_id(bundle), true),
        (all().workspace_ids(id).directory_id(DIRECTORY), false),
        (all().workspace_ids(id).bundle_id(bundle), false),
        (all().directory_id(DIRECTORY).bundle_id(bundle), false),
        (all().user_name("ada"), false),
        (all().workspace_ids(id).user_name("ada"), false),
    ];
    for (call, possible) in rows {
        let request = format!("{call:?}");
        match call.send().await {
            Ok(_) => assert!(possible, "{request}"),
            Err(error) => {
                let error = error.into_service_error();
                assert!(error.is_invalid_parameter_values_exception(), "{request}");
                assert!(!possible, "{request}");
            }
        }
    }
}

#[tokio::test]
async fn pages_contain_each_workspace_once() {
    let fake = Fake::builder()
        .directory(DIRECTORY, [""; 0])
        .directory("d-906700000b", [""; 0])
        .fleet(DIRECTORY, 30)
        .fleet("d-906700000b", 30)
        .fleet(DIRECTORY, 30)
        .build();
    let client = fake.client();
    let call = client.describe_workspaces().directory_id(DIRECTORY);
    let mut pages = call.into_paginator().send();
    let (mut sizes, mut ids) = (Vec::new(), Vec::new());
    while let Some(page) = pages.try_next().await.unwrap() {
        sizes.push(page.workspaces().len());
        ids.extend(
            page.workspaces
                .into_iter()
                .flatten()
                .map(|it| it.workspace_id),
        );
    }
    assert_eq!(sizes, [25, 25, 10]);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 60);

    let call = client.describe_workspaces().next_token("made-up");
    let error = call.send().await.unwrap_err();
    assert_eq!(error.code(), Some("ValidationException"));
}

#[tokio::test]
async fn the_rate_of_calls_is_limited() {
    let fake = seeded().rate(2, 5).build();
    let retry = workspaces_sdk::config::retry::RetryConfig::disabled();
    let config = fake.config().retry_config(retry).build();
    let client = workspaces_sdk::Client::from_conf(config);
    for call in 0..6 {
        let response = client.describe_workspaces().send().await;
        match response {
            Ok(_) => assert!(call < 5),
            Err(error) => {
                assert_eq!(call, 5);
                assert_eq!(error.code(), Some("ThrottlingException"));
                assert_eq!(error.message(), Some("Rate exceeded"));
            }
        }
    }
    // A client with retries succeeds, because it waits for a random time before each retry.
    let retry = workspaces_sdk::config::retry::RetryConfig::standard().with_max_attempts(10);
    let client = workspaces_sdk::Client::from_conf(fake.config().retry_config(retry).build());
    for _ in 0..10 {
        client.describe_workspaces().send().await.unwrap();
    }
}

#[tokio::test]
async fn a_rate_of_zero_allows_the_burst_alone() {
    for (per_second, burst) in [(0, 2), (2, 0)] {
        let fake = seeded().rate(per_second, burst).build();
        let retry = workspaces_sdk::config::retry::RetryConfig::disabled();
        let config = fake.config().retry_config(retry).build();
        let client = workspaces_sdk::Client::from_conf(config);
        for _ in 0..burst {
            client.describe_workspaces().send().await.unwrap();
        }
        for _ in 0..3 {
            fake.advance(super::minutes(60));
            let error = client.describe_workspaces().send().await.unwrap_err();
            assert_eq!(error.code(), Some("ThrottlingException"));
        }
    }
}

/// A list as long as a request can be takes no long time.
#[tokio::test]
async fn the_time_of_a_call_is_bounded() {
    let fake = seeded().fleet(DIRECTORY, 100).build();
    let client = fake.client();
    let all = client.describe_workspaces().send().await.unwrap();
    let id = all.workspaces()[0].workspace_id().unwrap();
    let start = std::time::Instant::now();
    let tag = |number| Tag::builder().key(format!("key-{number}")).build().unwrap();
    let tags = client.create_tags().resource_id(id);
    let tags = tags.set_tags(Some((0..30_000).map(tag).collect()));
    assert!(tags.send().await.is_err());
    let rule = |_| IpRuleItem::builder().ip_rule("192.0.2.0/24").build();
    let rules = client.create_ip_group().group_name("office");
    let rules = rules.set_user_rules(Some((0..30_000).map(rule).collect()));
    rules.send().await.unwrap();
    let kinds = vec![ApplicationAssociatedResourceType::Workspace; 30_000];
    let kinds = client
        .describe_application_associations()
        .application_id("wsa-visiop21")
        .set_associated_resource_types(Some(kinds));
    kinds.send().await.unwrap();
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
