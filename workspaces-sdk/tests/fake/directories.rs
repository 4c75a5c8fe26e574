//! Registration, deregistration and descriptions of directories.

use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::error::ProvideErrorMetadata;
use workspaces_sdk::fake::{BUNDLE_ID, Fake, Fault};
use workspaces_sdk::types::{
    AccessPropertyValue, ActiveDirectoryConfig, DescribeWorkspaceDirectoriesFilter,
    DescribeWorkspaceDirectoriesFilterName, ReconnectEnum, Tag, Tenancy, UserIdentityType,
    WorkspaceDirectory, WorkspaceDirectoryState, WorkspaceDirectoryType, WorkspaceRequest,
    WorkspaceType,
};

use super::service_errors::assert_service_errors;

const REGISTERED: &str = "d-906700000a";
const UNREGISTERED: &str = "d-906700000b";
const UNKNOWN: &str = "d-906700000f";
/// The time that it takes to register or deregister a directory.
const TRANSITION_TIME: Duration = Duration::from_secs(5 * 60);

fn fake() -> Fake {
    Fake::builder()
        .directory(REGISTERED, ["ada"])
        .unregistered_directory(UNREGISTERED, ["grace"])
        .build()
}

async fn described(client: &Client, id: &str) -> Option<WorkspaceDirectory> {
    let call = client.describe_workspace_directories().directory_ids(id);
    call.send().await.unwrap().directories.unwrap().pop()
}

async fn state(client: &Client, id: &str) -> Option<WorkspaceDirectoryState> {
    described(client, id)
        .await
        .and_then(|description| description.state)
}

#[tokio::test]
async fn seeded_directories_are_described_as_the_service_does() {
    let client = fake().client();
    assert_eq!(described(&client, UNREGISTERED).await, None);
    assert_eq!(described(&client, UNKNOWN).await, None);
    let description = described(&client, REGISTERED).await.unwrap();
    assert_eq!(description.state, Some(WorkspaceDirectoryState::Registered));
    assert_eq!(description.alias(), Some(REGISTERED));
    assert_eq!(description.directory_name(), Some("corp.example.com"));
    assert_eq!(
        description.directory_type,
        Some(WorkspaceDirectoryType::SimpleAd)
    );
    assert_eq!(description.workspace_type, Some(WorkspaceType::Personal));
    assert_eq!(description.tenancy, Some(Tenancy::Shared));
    assert_eq!(description.customer_user_name(), Some("Administrator"));
    let role = "arn:aws:iam::123456789012:role/workspaces_DefaultRole";
    assert_eq!(description.iam_role_id(), Some(role));
    assert_eq!(description.subnet_ids().len(), 2);
    assert_eq!(
        description.subnet_ids()[0].len(),
        "subnet-0123456789abcdef0".len()
    );
    assert_eq!(description.dns_ip_addresses().len(), 2);
    let code = description.registration_code().unwrap();
    assert!(code.starts_with("WSue1+") && code.len() == 12, "{code}");
    assert_eq!(description.workspace_security_group_id().unwrap().len(), 20);
    assert_eq!(description.ip_group_ids, Some(Vec::new()));
    let access = description.workspace_access_properties.unwrap();
    assert_eq!(access.device_type_web, Some(AccessPropertyValue::Deny));
    assert_eq!(access.device_type_osx, Some(AccessPropertyValue::Allow));
    let permissions = description.selfservice_permissions.unwrap();
    assert_eq!(permissions.restart_workspace, Some(ReconnectEnum::Enabled));
    assert_eq!(permissions.rebuild_workspace, Some(ReconnectEnum::Disabled));
    let creation = description.workspace_creation_properties.unwrap();
    assert_eq!(creation.user_enabled_as_local_administrator, Some(true));
}

#[tokio::test]
async fn registration_takes_five_minutes_and_applies_the_request() {
    let fake = fake();
    let client = fake.client();
    let response = client
        .register_workspace_directory()
        .directory_id(UNREGISTERED)
        .subnet_ids("subnet-0123456789abcdef0")
        .subnet_ids("subnet-0123456789abcdef1")
        .enable_self_service(true)
        .tags(Tag::builder().key("team").value("a").build().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(response.directory_id(), Some(UNREGISTERED));
    let registering = Some(WorkspaceDirectoryState::Registering);
    assert_eq!(response.state, registering);
    fake.advance(TRANSITION_TIME - Duration::from_secs(1));
    assert_eq!(state(&client, UNREGISTERED).await, registering);
    fake.advance(Duration::from_secs(1));
    let description = described(&client, UNREGISTERED).await.unwrap();
    assert_eq!(description.state, Some(WorkspaceDirectoryState::Registered));
    assert_eq!(description.subnet_ids()[1], "subnet-0123456789abcdef1");
    let permissions = description.selfservice_permissions.unwrap();
    assert_eq!(permissions.rebuild_workspace, Some(ReconnectEnum::Enabled));
    let tags = client.describe_tags().resource_id(UNREGISTERED);
    assert_eq!(tags.send().await.unwrap().tag_list()[0].key, "team");
}

#[tokio::test]
async fn a_deregistered_directory_can_be_registered_again() {
    let fake = fake();
    let client = fake.client();
    let deregister = client.deregister_workspace_directory();
    deregister.directory_id(REGISTERED).send().await.unwrap();
    let deregistering = Some(WorkspaceDirectoryState::Deregistering);
    assert_eq!(state(&client, REGISTERED).await, deregistering);
    fake.advance(TRANSITION_TIME);
    assert_eq!(state(&client, REGISTERED).await, None);
    let register = client.register_workspace_directory();
    register.directory_id(REGISTERED).send().await.unwrap();
    fake.advance(TRANSITION_TIME);
    let registered = Some(WorkspaceDirectoryState::Registered);
    assert_eq!(state(&client, REGISTERED).await, registered);
}

#[tokio::test]
async fn registration_without_an_identifier_creates_a_directory_for_pools() {
    let fake = fake();
    let client = fake.client();
    let domain = ActiveDirectoryConfig::builder()
        .domain_name("pools.example.com")
        .service_account_secret_arn(
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:join-domain",
        )
        .build()
        .unwrap();
    let response = client
        .register_workspace_directory()
        .workspace_directory_name("call-center")
        .workspace_directory_description("Shared desktops")
        .user_identity_type(UserIdentityType::CustomerManaged)
        .active_directory_config(domain.clone())
        .send()
        .await
        .unwrap();
    fake.advance(TRANSITION_TIME);
    let id = response.directory_id().unwrap();
    assert!(id.starts_with("wsd-"), "{id}");
    let description = described(&client, id).await.unwrap();
    assert_eq!(description.state, Some(WorkspaceDirectoryState::Registered));
    assert_eq!(description.workspace_type, Some(WorkspaceType::Pools));
    let kind = Some(WorkspaceDirectoryType::CustomerManaged);
    assert_eq!(description.directory_type, kind);
    assert_eq!(description.workspace_directory_name(), Some("call-center"));
    assert_eq!(description.directory_name(), Some("pools.example.com"));
    assert_eq!(description.active_directory_config, Some(domain));
    assert_eq!(
        (description.alias, description.customer_user_name),
        (None, None)
    );

    let deregister = client.deregister_workspace_directory();
    deregister.directory_id(id).send().await.unwrap();
    fake.advance(TRANSITION_TIME);
    assert_eq!(described(&client, id).await, None);
    assert_service_errors! {
        client.register_workspace_directory().directory_id(id)
            => is_resource_not_found_exception, format!("Directory {id} could not be found.");
    }
}

#[tokio::test]
async fn invalid_registrations_fail() {
    let client = fake().client();
    let register = || client.register_workspace_directory();
    let named = || register().workspace_directory_name("pools");
    named()
        .user_identity_type(UserIdentityType::CustomerManaged)
        .send()
        .await
        .unwrap();
    let subnet = "subnet-0123456789abcdef0";
    let reserved = Tag::builder().key("aws:team").build().unwrap();
    assert_service_errors! {
        register().directory_id(UNKNOWN)
            => is_resource_not_found_exception, "Directory d-906700000f could not be found.";
        register().directory_id(REGISTERED)
            => is_resource_already_exists_exception, "Directory d-906700000a is already registered.";
        named().user_identity_type(UserIdentityType::CustomerManaged)
            => is_resource_already_exists_exception, "A directory named pools is already registered.";
        register().directory_id(UNREGISTERED).tenancy(Tenancy::Dedicated)
            => is_invalid_parameter_values_exception,
            "The tenancy DEDICATED requires an account that is enabled to bring its own license.";
        register().directory_id(UNREGISTERED).subnet_ids(subnet).subnet_ids(subnet)
            => is_operation_not_supported_exception,
            "The subnets must be in different Availability Zones.";
        register().directory_id(UNREGISTERED).tags(reserved)
            => is_invalid_parameter_values_exception,
            "The tag key aws:team begins with aws:, which is reserved.";
        register().workspace_type(WorkspaceType::Pools)
            => is_invalid_parameter_values_exception,
            "WorkspaceDirectoryName is required for this type of directory.";
        register().workspace_directory_name("other")
            => is_invalid_parameter_values_exception,
            "UserIdentityType is required for this type of directory.";
        register().workspace_directory_name("other")
            .user_identity_type(UserIdentityType::AwsIamIdentityCenter)
            => is_invalid_parameter_values_exception,
            "IdcInstanceArn is required for this type of directory.";
    }
    for without_id in [
        register(),
        register().user_identity_type(UserIdentityType::AwsDirectoryService),
    ] {
        let error = without_id.send().await.unwrap_err();
        assert_eq!(error.code(), Some("ValidationException"));
        assert!(
            error.message().unwrap().contains("'directoryId'"),
            "{error:?}"
        );
    }
    assert_eq!(described(&client, UNREGISTERED).await, None);
}

#[tokio::test]
async fn a_region_has_at_most_fifty_directories() {
    let mut builder = Fake::builder().unregistered_directory(UNREGISTERED, ["ada"]);
    for number in 0..50 {
        builder = builder.directory(format!("d-90670{number:05}"), ["ada"]);
    }
    let client = builder.build().client();
    let register = || client.register_workspace_directory();
    assert_service_errors! {
        register().directory_id(UNREGISTERED)
            => is_resource_limit_exceeded_exception,
            "A Region has at most 50 registered directories.";
    }
}

#[tokio::test]
async fn invalid_deregistrations_fail() {
    let fake = fake();
    let client = fake.client();
    let deregister = || client.deregister_workspace_directory();
    let request = WorkspaceRequest::builder()
        .directory_id(REGISTERED)
        .user_name("ada")
        .bundle_id(BUNDLE_ID)
        .build()
        .unwrap();
    let create = client.create_workspaces().workspaces(request);
    create.send().await.unwrap();
    let register = client.register_workspace_directory();
    register.directory_id(UNREGISTERED).send().await.unwrap();
    assert_service_errors! {
        deregister().directory_id(UNKNOWN)
            => is_resource_not_found_exception, "Directory d-906700000f could not be found.";
        deregister().directory_id(REGISTERED)
            => is_operation_not_supported_exception,
            "Directory d-906700000a has WorkSpaces; remove them first.";
        deregister().directory_id(UNREGISTERED)
            => is_invalid_resource_state_exception,
            "Directory d-906700000b cannot be deregistered while it is REGISTERING.";
    }
    fake.advance(TRANSITION_TIME);
    let again = deregister().directory_id(UNREGISTERED);
    again.send().await.unwrap();
    assert_service_errors! {
        client.register_workspace_directory().directory_id(UNREGISTERED)
            => is_invalid_resource_state_exception, "Directory d-906700000b is being deregistered.";
    }
}

#[tokio::test]
async fn faults_apply_to_registration_and_deregistration() {
    let fake = fake();
    let client = fake.client();
    let fail = Fault::end_in_error("Network", "The subnets are full.");
    fake.inject(fail.on("RegisterWorkspaceDirectory"));
    fake.inject(Fault::stuck().on("DeregisterWorkspaceDirectory"));
    let register = client.register_workspace_directory();
    register.directory_id(UNREGISTERED).send().await.unwrap();
    fake.advance(TRANSITION_TIME);
    let description = described(&client, UNREGISTERED).await.unwrap();
    assert_eq!(description.state, Some(WorkspaceDirectoryState::Error));
    assert_eq!(description.error_message(), Some("The subnets are full."));
    let deregister = client.deregister_workspace_directory();
    deregister.directory_id(UNREGISTERED).send().await.unwrap();
    fake.advance(10 * TRANSITION_TIME);
    let deregistering = Some(WorkspaceDirectoryState::Deregistering);
    assert_eq!(state(&client, UNREGISTERED).await, deregistering);
    fake.clear_faults();
    fake.advance(TRANSITION_TIME);
    assert_eq!(state(&client, UNREGISTERED).await, None);
}

#[tokio::test]
async fn descriptions_are_filtered_and_paginated() {
    let client = fake().client();
    for name in ["east", "west"] {
        let register = client
            .register_workspace_directory()
            .workspace_directory_name(name)
            .user_identity_type(UserIdentityType::CustomerManaged);
        register.send().await.unwrap();
    }
    let describe = || client.describe_workspace_directories();
    let filter = |name, value: &str| {
        DescribeWorkspaceDirectoriesFilter::builder()
            .name(name)
            .values(value)
            .build()
            .unwrap()
    };
    let kind = DescribeWorkspaceDirectoriesFilterName::WorkspaceType;
    let identity = DescribeWorkspaceDirectoriesFilterName::UserIdentityType;
    let rows = [
        (describe(), 3),
        (describe().workspace_directory_names("west"), 1),
        (describe().filters(filter(kind.clone(), "POOLS")), 2),
        (describe().filters(filter(kind.clone(), "PERSONAL")), 1),
        (
            describe().filters(filter(identity.clone(), "CUSTOMER_MANAGED")),
            2,
        ),
        (
            describe()
                .filters(filter(kind, "PERSONAL"))
                .filters(filter(identity, "CUSTOMER_MANAGED")),
            0,
        ),
    ];
    for (call, count) in rows {
        let request = format!("{call:?}");
        let response = call.send().await.unwrap();
        assert_eq!(response.directories().len(), count, "{request}");
    }

    let first = describe().limit(2).send().await.unwrap();
    let token = first.next_token().unwrap();
    let second = describe().limit(2).next_token(token).send().await.unwrap();
    assert_eq!(
        (first.directories().len(), second.directories().len()),
        (2, 1)
    );
    assert_eq!(second.next_token(), None);
    let made_up = describe().next_token("made-up").send().await;
    let error = made_up.unwrap_err().into_service_error();
    assert_eq!(error.meta().code(), Some("ValidationException"));
}
