//! Directories: registering, deregistering and describing them.

use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::fake::{BUNDLE_ID, Fake, Fault};
use workspaces_sdk::types::{
    AccessPropertyValue, ActiveDirectoryConfig, DescribeWorkspaceDirectoriesFilter,
    DescribeWorkspaceDirectoriesFilterName, ReconnectEnum, Tag, Tenancy, UserIdentityType,
    WorkspaceDirectory, WorkspaceDirectoryState, WorkspaceDirectoryType, WorkspaceRequest,
    WorkspaceType,
};

use crate::refused::refused;

const REGISTERED: &str = "d-906700000a";
const UNREGISTERED: &str = "d-906700000b";
const UNKNOWN: &str = "d-906700000f";
const MINUTES: Duration = Duration::from_secs(5 * 60);

fn fake() -> Fake {
    Fake::builder()
        .directory(REGISTERED, ["ada"])
        .unregistered_directory(UNREGISTERED, ["grace"])
        .build()
}

async fn described(client: &Client, id: &str) -> Option<WorkspaceDirectory> {
    let answer = client.describe_workspace_directories().directory_ids(id);
    answer.send().await.unwrap().directories.unwrap().pop()
}

async fn state(client: &Client, id: &str) -> Option<WorkspaceDirectoryState> {
    described(client, id).await.and_then(|seen| seen.state)
}

#[tokio::test]
async fn seeded_directories_are_described_as_the_service_does() {
    let client = fake().client();
    assert_eq!(described(&client, UNREGISTERED).await, None);
    assert_eq!(described(&client, UNKNOWN).await, None);
    let seen = described(&client, REGISTERED).await.unwrap();
    assert_eq!(seen.state, Some(WorkspaceDirectoryState::Registered));
    assert_eq!(seen.alias(), Some(REGISTERED));
    assert_eq!(seen.directory_name(), Some("corp.example.com"));
    assert_eq!(seen.directory_type, Some(WorkspaceDirectoryType::SimpleAd));
    assert_eq!(seen.workspace_type, Some(WorkspaceType::Personal));
    assert_eq!(seen.tenancy, Some(Tenancy::Shared));
    assert_eq!(seen.customer_user_name(), Some("Administrator"));
    let role = "arn:aws:iam::123456789012:role/workspaces_DefaultRole";
    assert_eq!(seen.iam_role_id(), Some(role));
    assert_eq!(seen.subnet_ids().len(), 2);
    assert_eq!(seen.subnet_ids()[0].len(), "subnet-0123456789abcdef0".len());
    assert_eq!(seen.dns_ip_addresses().len(), 2);
    let code = seen.registration_code().unwrap();
    assert!(code.starts_with("WSue1+") && code.len() == 12, "{code}");
    assert_eq!(seen.workspace_security_group_id().unwrap().len(), 20);
    assert_eq!(seen.ip_group_ids, Some(Vec::new()));
    let access = seen.workspace_access_properties.unwrap();
    assert_eq!(access.device_type_web, Some(AccessPropertyValue::Deny));
    assert_eq!(access.device_type_osx, Some(AccessPropertyValue::Allow));
    let may = seen.selfservice_permissions.unwrap();
    assert_eq!(may.restart_workspace, Some(ReconnectEnum::Enabled));
    assert_eq!(may.rebuild_workspace, Some(ReconnectEnum::Disabled));
    let creation = seen.workspace_creation_properties.unwrap();
    assert_eq!(creation.user_enabled_as_local_administrator, Some(true));
}

#[tokio::test]
async fn registering_takes_minutes_and_keeps_what_was_said() {
    let fake = fake();
    let client = fake.client();
    let answer = client
        .register_workspace_directory()
        .directory_id(UNREGISTERED)
        .subnet_ids("subnet-0123456789abcdef0")
        .subnet_ids("subnet-0123456789abcdef1")
        .enable_self_service(true)
        .tags(Tag::builder().key("team").value("a").build().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(answer.directory_id(), Some(UNREGISTERED));
    let registering = Some(WorkspaceDirectoryState::Registering);
    assert_eq!(answer.state, registering);
    fake.advance(MINUTES - Duration::from_secs(1));
    assert_eq!(state(&client, UNREGISTERED).await, registering);
    fake.advance(Duration::from_secs(1));
    let seen = described(&client, UNREGISTERED).await.unwrap();
    assert_eq!(seen.state, Some(WorkspaceDirectoryState::Registered));
    assert_eq!(seen.subnet_ids()[1], "subnet-0123456789abcdef1");
    let may = seen.selfservice_permissions.unwrap();
    assert_eq!(may.rebuild_workspace, Some(ReconnectEnum::Enabled));
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
    fake.advance(MINUTES);
    assert_eq!(state(&client, REGISTERED).await, None);
    let register = client.register_workspace_directory();
    register.directory_id(REGISTERED).send().await.unwrap();
    fake.advance(MINUTES);
    let registered = Some(WorkspaceDirectoryState::Registered);
    assert_eq!(state(&client, REGISTERED).await, registered);
}

#[tokio::test]
async fn a_directory_for_pools_is_made_by_registering_it() {
    let fake = fake();
    let client = fake.client();
    let domain = ActiveDirectoryConfig::builder()
        .domain_name("pools.example.com")
        .service_account_secret_arn(
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:join-domain",
        )
        .build()
        .unwrap();
    let answer = client
        .register_workspace_directory()
        .workspace_directory_name("call-center")
        .workspace_directory_description("Shared desktops")
        .user_identity_type(UserIdentityType::CustomerManaged)
        .active_directory_config(domain.clone())
        .send()
        .await
        .unwrap();
    fake.advance(MINUTES);
    let id = answer.directory_id().unwrap();
    assert!(id.starts_with("wsd-"), "{id}");
    let seen = described(&client, id).await.unwrap();
    assert_eq!(seen.state, Some(WorkspaceDirectoryState::Registered));
    assert_eq!(seen.workspace_type, Some(WorkspaceType::Pools));
    let kind = Some(WorkspaceDirectoryType::CustomerManaged);
    assert_eq!(seen.directory_type, kind);
    assert_eq!(seen.workspace_directory_name(), Some("call-center"));
    assert_eq!(seen.directory_name(), Some("pools.example.com"));
    assert_eq!(seen.active_directory_config, Some(domain));
    assert_eq!((seen.alias, seen.customer_user_name), (None, None));

    let deregister = client.deregister_workspace_directory();
    deregister.directory_id(id).send().await.unwrap();
    fake.advance(MINUTES);
    assert_eq!(described(&client, id).await, None);
    refused! {
        client.register_workspace_directory().directory_id(id)
            => is_resource_not_found_exception, format!("Directory {id} could not be found.");
    }
}

#[tokio::test]
async fn what_cannot_be_registered_is_refused() {
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
    refused! {
        register().directory_id(UNKNOWN)
            => is_resource_not_found_exception, "Directory d-906700000f could not be found.";
        register().directory_id(REGISTERED)
            => is_resource_already_exists_exception, "Directory d-906700000a is registered already.";
        named().user_identity_type(UserIdentityType::CustomerManaged)
            => is_resource_already_exists_exception, "A directory named pools is registered already.";
        register().directory_id(UNREGISTERED).tenancy(Tenancy::Dedicated)
            => is_invalid_parameter_values_exception,
            "The tenancy DEDICATED needs an account that is enabled to bring licences.";
        register().directory_id(UNREGISTERED).subnet_ids(subnet).subnet_ids(subnet)
            => is_operation_not_supported_exception,
            "The subnets must be in different Availability Zones.";
        register().directory_id(UNREGISTERED).tags(reserved)
            => is_invalid_parameter_values_exception,
            "The tag key aws:team begins with aws:, which is reserved.";
        register()
            => is_invalid_parameter_values_exception,
            "Such a directory needs WorkspaceDirectoryName.";
        register().workspace_directory_name("other")
            => is_invalid_parameter_values_exception,
            "Such a directory needs UserIdentityType.";
        register().workspace_directory_name("other")
            .user_identity_type(UserIdentityType::AwsDirectoryService)
            => is_invalid_parameter_values_exception,
            "Such a directory needs DirectoryId.";
        register().workspace_directory_name("other")
            .user_identity_type(UserIdentityType::AwsIamIdentityCenter)
            => is_invalid_parameter_values_exception,
            "Such a directory needs IdcInstanceArn.";
    }
    assert_eq!(described(&client, UNREGISTERED).await, None);
}

#[tokio::test]
async fn a_region_has_fifty_directories() {
    let mut builder = Fake::builder().unregistered_directory(UNREGISTERED, ["ada"]);
    for number in 0..50 {
        builder = builder.directory(format!("d-90670{number:05}"), ["ada"]);
    }
    let client = builder.build().client();
    let register = || client.register_workspace_directory();
    refused! {
        register().directory_id(UNREGISTERED)
            => is_resource_limit_exceeded_exception,
            "A Region has at most 50 registered directories.";
    }
}

#[tokio::test]
async fn what_cannot_be_deregistered_is_refused() {
    let fake = fake();
    let client = fake.client();
    let deregister = || client.deregister_workspace_directory();
    let wanted = WorkspaceRequest::builder()
        .directory_id(REGISTERED)
        .user_name("ada")
        .bundle_id(BUNDLE_ID)
        .build()
        .unwrap();
    let create = client.create_workspaces().workspaces(wanted);
    create.send().await.unwrap();
    let register = client.register_workspace_directory();
    register.directory_id(UNREGISTERED).send().await.unwrap();
    refused! {
        deregister().directory_id(UNKNOWN)
            => is_resource_not_found_exception, "Directory d-906700000f could not be found.";
        deregister().directory_id(REGISTERED)
            => is_operation_not_supported_exception,
            "Directory d-906700000a has WorkSpaces; remove them first.";
        deregister().directory_id(UNREGISTERED)
            => is_invalid_resource_state_exception,
            "Directory d-906700000b cannot be deregistered while it is REGISTERING.";
    }
    fake.advance(MINUTES);
    let again = deregister().directory_id(UNREGISTERED);
    again.send().await.unwrap();
    refused! {
        client.register_workspace_directory().directory_id(UNREGISTERED)
            => is_invalid_resource_state_exception, "Directory d-906700000b is being deregistered.";
    }
}

#[tokio::test]
async fn registering_fails_and_gets_stuck_on_request() {
    let fake = fake();
    let client = fake.client();
    let fail = Fault::end_in_error("Network", "The subnets are full.");
    fake.inject(fail.on("RegisterWorkspaceDirectory"));
    fake.inject(Fault::stuck().on("DeregisterWorkspaceDirectory"));
    let register = client.register_workspace_directory();
    register.directory_id(UNREGISTERED).send().await.unwrap();
    fake.advance(MINUTES);
    let seen = described(&client, UNREGISTERED).await.unwrap();
    assert_eq!(seen.state, Some(WorkspaceDirectoryState::Error));
    assert_eq!(seen.error_message(), Some("The subnets are full."));
    let deregister = client.deregister_workspace_directory();
    deregister.directory_id(UNREGISTERED).send().await.unwrap();
    fake.advance(10 * MINUTES);
    let deregistering = Some(WorkspaceDirectoryState::Deregistering);
    assert_eq!(state(&client, UNREGISTERED).await, deregistering);
    fake.clear_faults();
    fake.advance(MINUTES);
    assert_eq!(state(&client, UNREGISTERED).await, None);
}

#[tokio::test]
async fn descriptions_come_in_pages_and_filtered() {
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
        let told = format!("{call:?}");
        let answer = call.send().await.unwrap();
        assert_eq!(answer.directories().len(), count, "{told}");
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
