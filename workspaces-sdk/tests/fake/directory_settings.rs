//! The settings of directories, and of the clients of their users.

use workspaces_sdk::Client;
use workspaces_sdk::fake::Fake;
use workspaces_sdk::types::{
    AccessPropertyValue, CertificateBasedAuthProperties, CertificateBasedAuthStatusEnum,
    ClientProperties, DeletableCertificateBasedAuthProperty, DeletableSamlProperty,
    EndpointEncryptionMode, LogUploadEnum, ReconnectEnum, SamlProperties, SamlStatusEnum,
    SelfservicePermissions, StreamingExperiencePreferredProtocolEnum, StreamingProperties,
    WorkspaceAccessProperties, WorkspaceCreationProperties, WorkspaceDirectory,
};

use crate::refused::refused;

const REGISTERED: &str = "d-906700000a";
const UNREGISTERED: &str = "d-906700000b";
const UNKNOWN: &str = "d-906700000f";

fn client() -> Client {
    Fake::builder()
        .directory(REGISTERED, ["ada"])
        .unregistered_directory(UNREGISTERED, ["grace"])
        .build()
        .client()
}

async fn registered(client: &Client) -> WorkspaceDirectory {
    let answer = client.describe_workspace_directories().send().await;
    answer.unwrap().directories.unwrap().remove(0)
}

#[tokio::test]
async fn a_change_of_settings_leaves_alone_what_it_does_not_say() {
    let client = client();

    let access = WorkspaceAccessProperties::builder()
        .device_type_web(AccessPropertyValue::Allow)
        .build();
    let call = client.modify_workspace_access_properties();
    let call = call.workspace_access_properties(access);
    call.resource_id(REGISTERED).send().await.unwrap();
    let seen = registered(&client)
        .await
        .workspace_access_properties
        .unwrap();
    assert_eq!(seen.device_type_web, Some(AccessPropertyValue::Allow));
    assert_eq!(seen.device_type_linux, Some(AccessPropertyValue::Deny));

    let creation = WorkspaceCreationProperties::builder()
        .enable_internet_access(true)
        .default_ou("OU=Desktops,DC=corp")
        .build();
    let call = client.modify_workspace_creation_properties();
    let call = call.workspace_creation_properties(creation);
    call.resource_id(REGISTERED).send().await.unwrap();
    let seen = registered(&client)
        .await
        .workspace_creation_properties
        .unwrap();
    assert_eq!(seen.enable_internet_access, Some(true));
    assert_eq!(seen.default_ou(), Some("OU=Desktops,DC=corp"));
    assert_eq!(seen.enable_maintenance_mode, Some(true));

    let may = SelfservicePermissions::builder()
        .rebuild_workspace(ReconnectEnum::Enabled)
        .build();
    let call = client.modify_selfservice_permissions();
    let call = call.selfservice_permissions(may);
    call.resource_id(REGISTERED).send().await.unwrap();
    let seen = registered(&client).await.selfservice_permissions.unwrap();
    assert_eq!(seen.rebuild_workspace, Some(ReconnectEnum::Enabled));
    assert_eq!(seen.restart_workspace, Some(ReconnectEnum::Enabled));
    assert_eq!(seen.change_compute_type, Some(ReconnectEnum::Disabled));

    let call = client.modify_endpoint_encryption_mode();
    let call = call.endpoint_encryption_mode(EndpointEncryptionMode::FipsValidated);
    call.directory_id(REGISTERED).send().await.unwrap();
    let seen = registered(&client).await.endpoint_encryption_mode;
    assert_eq!(seen, Some(EndpointEncryptionMode::FipsValidated));

    let udp = StreamingExperiencePreferredProtocolEnum::Udp;
    let streaming = StreamingProperties::builder()
        .streaming_experience_preferred_protocol(udp)
        .build();
    let call = client.modify_streaming_properties();
    let call = call.streaming_properties(streaming.clone());
    call.resource_id(REGISTERED).send().await.unwrap();
    let seen = registered(&client).await.streaming_properties;
    assert_eq!(seen, Some(streaming));
}

#[tokio::test]
async fn logins_are_set_and_parts_of_them_deleted() {
    let client = client();
    let saml = || client.modify_saml_properties().resource_id(REGISTERED);
    let wanted = SamlProperties::builder()
        .status(SamlStatusEnum::Enabled)
        .user_access_url("https://login.example.com/");
    saml().saml_properties(wanted.build()).send().await.unwrap();
    let seen = registered(&client).await.saml_properties.unwrap();
    assert_eq!(seen.status, Some(SamlStatusEnum::Enabled));
    assert_eq!(seen.user_access_url(), Some("https://login.example.com/"));
    assert_eq!(seen.relay_state_parameter_name(), Some("RelayState"));

    let arn = "arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/1";
    let certificates = || {
        let call = client.modify_certificate_based_auth_properties();
        call.resource_id(REGISTERED)
    };
    let wanted = CertificateBasedAuthProperties::builder()
        .status(CertificateBasedAuthStatusEnum::Enabled)
        .certificate_authority_arn(arn)
        .build();
    let call = certificates().certificate_based_auth_properties(wanted.clone());
    call.send().await.unwrap();
    let seen = registered(&client).await.certificate_based_auth_properties;
    assert_eq!(seen, Some(wanted));

    use DeletableCertificateBasedAuthProperty::CertificateBasedAuthPropertiesCertificateAuthorityArn as Arn;
    let url = DeletableSamlProperty::SamlPropertiesUserAccessUrl;
    refused! {
        saml().properties_to_delete(url.clone())
            => is_invalid_parameter_values_exception, "What is enabled needs UserAccessUrl.";
        certificates().properties_to_delete(Arn)
            => is_invalid_parameter_values_exception,
            "What is enabled needs CertificateAuthorityArn.";
    }
    let off = SamlProperties::builder().status(SamlStatusEnum::Disabled);
    let relay_state = DeletableSamlProperty::SamlPropertiesRelayStateParameterName;
    saml()
        .saml_properties(off.build())
        .properties_to_delete(url)
        .properties_to_delete(relay_state)
        .send()
        .await
        .unwrap();
    let seen = registered(&client).await.saml_properties.unwrap();
    assert_eq!(seen.status, Some(SamlStatusEnum::Disabled));
    assert_eq!(
        (seen.user_access_url, seen.relay_state_parameter_name),
        (None, None)
    );
}

#[tokio::test]
async fn clients_behave_as_they_are_told() {
    let client = client();
    let off = ClientProperties::builder().log_upload_enabled(LogUploadEnum::Disabled);
    client
        .modify_client_properties()
        .resource_id(REGISTERED)
        .client_properties(off.build())
        .send()
        .await
        .unwrap();
    let describe = || client.describe_client_properties();
    let answer = describe().resource_ids(REGISTERED).send().await.unwrap();
    let [one] = answer.client_properties_list() else {
        panic!("{answer:?}");
    };
    assert_eq!(one.resource_id(), Some(REGISTERED));
    let seen = one.client_properties().unwrap();
    assert_eq!(seen.log_upload_enabled, Some(LogUploadEnum::Disabled));
    assert_eq!(seen.reconnect_enabled, Some(ReconnectEnum::Enabled));
}

#[tokio::test]
async fn settings_of_what_is_not_registered_are_refused() {
    let client = client();
    for id in [UNKNOWN, UNREGISTERED] {
        let why = format!("Directory {id} could not be found.");
        refused! {
            client.modify_certificate_based_auth_properties().resource_id(id)
                => is_resource_not_found_exception, why;
            client.modify_endpoint_encryption_mode().directory_id(id)
                .endpoint_encryption_mode(EndpointEncryptionMode::StandardTls)
                => is_resource_not_found_exception, why;
            client.modify_saml_properties().resource_id(id)
                => is_resource_not_found_exception, why;
            client.modify_selfservice_permissions().resource_id(id)
                .selfservice_permissions(SelfservicePermissions::builder().build())
                => is_resource_not_found_exception, why;
            client.modify_streaming_properties().resource_id(id)
                => is_resource_not_found_exception, why;
            client.modify_workspace_access_properties().resource_id(id)
                .workspace_access_properties(WorkspaceAccessProperties::builder().build())
                => is_resource_not_found_exception, why;
            client.modify_workspace_creation_properties().resource_id(id)
                .workspace_creation_properties(WorkspaceCreationProperties::builder().build())
                => is_resource_not_found_exception, why;
            client.modify_client_properties().resource_id(id)
                .client_properties(ClientProperties::builder().build())
                => is_resource_not_found_exception, why;
            client.describe_client_properties().resource_ids(id)
                => is_resource_not_found_exception, why;
        }
    }
}
