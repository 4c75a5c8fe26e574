//! Standby WorkSpaces.

use workspaces_sdk::fake::Fault;
use workspaces_sdk::operation::create_standby_workspaces::builders::CreateStandbyWorkspacesFluentBuilder;
use workspaces_sdk::types::{
    BundleType, DataReplication, StandbyWorkspace, StandbyWorkspaceRelationshipType, Tag,
    WorkspaceState,
};

use super::service_errors::assert_service_errors;
use super::{DIRECTORY, described, minutes, seeded, state};

const PRIMARY_REGION: &str = "us-west-2";

fn standby(primary: &str, directory: &str) -> StandbyWorkspace {
    StandbyWorkspace::builder()
        .primary_workspace_id(primary)
        .directory_id(directory)
        .data_replication(DataReplication::PrimaryAsSource)
        .tags(Tag::builder().key("team").value("red").build().unwrap())
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_standby_workspace_belongs_to_the_user_of_the_primary_one() {
    let fake = seeded()
        .primary_workspace(PRIMARY_REGION, "ws-primary01", "ada")
        .primary_workspace(PRIMARY_REGION, "ws-primary02", "nobody")
        .build();
    let client = fake.client();
    let call = || {
        let call = client.create_standby_workspaces();
        call.primary_region(PRIMARY_REGION)
    };
    let created = call().standby_workspaces(standby("ws-primary01", DIRECTORY));
    let created = created.send().await.unwrap();
    assert_eq!(created.failed_standby_requests(), []);
    let pending = &created.pending_standby_requests()[0];
    assert_eq!(pending.user_name(), Some("ada"));
    assert_eq!(pending.state(), Some(&WorkspaceState::Pending));
    let id = pending.workspace_id().unwrap();
    fake.advance(minutes(20));
    assert_eq!(state(&fake, id).await, Some(WorkspaceState::Available));
    let found = described(&client, id).await.unwrap();
    let related = &found.related_workspaces()[0];
    assert_eq!(related.workspace_id(), Some("ws-primary01"));
    assert_eq!(related.region(), Some(PRIMARY_REGION));
    let relation = StandbyWorkspaceRelationshipType::Primary;
    assert_eq!(related.r#type(), Some(&relation));
    let replication = found.data_replication_settings().unwrap();
    assert_eq!(
        replication.data_replication(),
        Some(&DataReplication::PrimaryAsSource)
    );
    let tags = client.describe_tags().resource_id(id).send().await;
    assert_eq!(tags.unwrap().tag_list().len(), 1);
    let bundle = client
        .describe_workspace_bundles()
        .bundle_ids(found.bundle_id().unwrap());
    let bundle = bundle.send().await.unwrap();
    assert_eq!(
        bundle.bundles()[0].bundle_type(),
        Some(&BundleType::Standby)
    );

    let rejected = call()
        .standby_workspaces(standby("ws-primary01", DIRECTORY))
        .standby_workspaces(standby("ws-primary02", DIRECTORY))
        .standby_workspaces(standby("ws-nothing01", DIRECTORY))
        .standby_workspaces(standby("ws-primary02", "d-9067000000"));
    let rejected = rejected.send().await.unwrap();
    let codes = rejected.failed_standby_requests().iter();
    let codes: Vec<_> = codes.map(|it| it.error_code().unwrap()).collect();
    assert_eq!(
        codes,
        [
            "OperationNotSupported.WorkSpace",
            "ResourceNotFound.User",
            "ResourceNotFound.WorkSpace",
            "ResourceNotFound.Directory"
        ]
    );
    let five = |call: CreateStandbyWorkspacesFluentBuilder| {
        let five = vec![standby("ws-nothing01", DIRECTORY); 5];
        call.set_standby_workspaces(Some(five))
    };
    assert_service_errors! {
        five(call()) => is_resource_limit_exceeded_exception;
        client.create_standby_workspaces().primary_region("us-east-1")
            .standby_workspaces(standby("ws-primary01", DIRECTORY))
            => is_invalid_parameter_values_exception;
    }
}

#[tokio::test]
async fn faults_for_a_primary_workspace_apply_to_its_standby_workspace() {
    let fake = seeded()
        .primary_workspace(PRIMARY_REGION, "ws-primary01", "ada")
        .primary_workspace(PRIMARY_REGION, "ws-primary02", "grace")
        .build();
    fake.inject(Fault::end_in_error("Broken", "It broke.").item("ws-primary01"));
    fake.inject(Fault::stuck().item("ws-primary02"));
    let client = fake.client();
    let call = client
        .create_standby_workspaces()
        .primary_region(PRIMARY_REGION)
        .standby_workspaces(standby("ws-primary01", DIRECTORY))
        .standby_workspaces(standby("ws-primary02", DIRECTORY));
    let created = call.send().await.unwrap();
    let ids = created.pending_standby_requests().iter();
    let ids: Vec<_> = ids.map(|it| it.workspace_id().unwrap()).collect();
    fake.advance(minutes(600));
    let failed = described(&client, ids[0]).await.unwrap();
    assert_eq!(failed.state(), Some(&WorkspaceState::Error));
    assert_eq!(failed.error_code(), Some("Broken"));
    assert_eq!(state(&fake, ids[1]).await, Some(WorkspaceState::Pending));
    fake.clear_faults();
    fake.advance(minutes(20));
    assert_eq!(state(&fake, ids[1]).await, Some(WorkspaceState::Available));
}
