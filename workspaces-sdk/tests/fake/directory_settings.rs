//! The settings of directories, including client properties.

use workspaces_sdk::Client;
use workspaces_sdk::fake::Fake;
use workspaces_sdk::types::{
    AccessPropertyValue, CertificateBasedAuthProperties, CertificateBasedAuthStatusEnum,
    ClientProperties, DeletableCertificateBasedAuthProperty, DeletableSamlProperty,
    EndpointEncryptionMode, LogUploadEnum, ReconnectEnum, SamlProperties, SamlStatusEnum,
    SelfservicePermissions, StreamingExperiencePreferredProtocolEnum, StreamingProperties,
    WorkspaceAccessProperties, WorkspaceCreationProperties, WorkspaceDirectory,
};

use super::service_errors::assert_service_errors;

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
    let response = client.describe_workspace_directories().send().await;
    response.unwrap().directories.unwrap().remove(0)
}

#[tokio::test]
async fn members_that_a_request_omits_do_not_change() {
    let client = client();

    let access = WorkspaceAccessProperties::builder()
        .device_type_web(AccessPropertyValue::Allow)
        .build();
    let call = client.modify_workspace_access_properties();
    let call = call.workspace_access_properties(access);
    call.resource_id(REGISTERED).send().await.unwrap();
    let description = registered(&client)
        .await
        .workspace_access_properties
        .unwrap();
    assert_eq!(
        description.device_type_web,
        Some(AccessPropertyValue::Allow)
    );
    assert_eq!(
        description.device_type_linux,
        Some(AccessPropertyValue::Deny)
    );

    let creation = WorkspaceCreationProperties::builder()
        .enable_internet_access(true)
        .default_ou("OU=Desktops,DC=corp")
        .build();
    let call = client.modify_workspace_creation_properties();
    let call = call.workspace_creation_properties(creation);
    call.resource_id(REGISTERED).send().await.unwrap();
    let description = registered(&client)
        .await
        .workspace_creation_properties
        .unwrap();
    assert_eq!(description.enable_internet_access, Some(true));
    assert_eq!(description.default_ou(), Some("OU=Desktops,DC=corp"));
    assert_eq!(description.enable_maintenance_mode, Some(true));

    let permissions = SelfservicePermissions::builder()
        .rebuild_workspace(ReconnectEnum::Enabled)
        .build();
    let call = client.modify_selfservice_permissions();
    let call = call.selfservice_permissions(permissions);
    call.resource_id(REGISTERED).send().await.unwrap();
    let description = registered(&client).await.selfservice_permissions.unwrap();
    assert_eq!(description.rebuild_workspace, Some(ReconnectEnum::Enabled));
    assert_eq!(description.restart_workspace, Some(ReconnectEnum::Enabled));
    assert_eq!(
        description.change_compute_type,
        Some(ReconnectEnum::Disabled)
    );

    let call = client.modify_endpoint_encryption_mode();
    let call = call.endpoint_encryption_mode(EndpointEncryptionMode::FipsValidated);
    call.directory_id(REGISTERED).send().await.unwrap();
    let description = registered(&client).await.endpoint_encryption_mode;
    assert_eq!(description, Some(EndpointEncryptionMode::FipsValidated));

    let udp = StreamingExperiencePreferredProtocolEnum::Udp;
    let streaming = StreamingProperties::builder()
        .streaming_experience_preferred_protocol(udp)
        .build();
    let call = client.modify_streaming_properties();
    let call = call.streaming_properties(streaming.clone());
    call.resource_id(REGISTERED).send().await.unwrap();
    let description = registered(&client).await.streaming_properties;
    assert_eq!(description, Some(streaming));
}

#[tokio::test]
async fn authentication_properties_are_set_and_deleted() {
    let client = client();
    let saml = || client.modify_saml_properties().resource_id(REGISTERED);
    let properties = SamlProperties::builder()
        .status(SamlStatusEnum::Enabled)
        .user_access_url("https://login.example.com/");
    saml()
        .saml_properties(properties.build())
        .send()
        .await
        .unwrap();
    let description = registered(&client).await.saml_properties.unwrap();
    assert_eq!(description.status, Some(SamlStatusEnum::Enabled));
    assert_eq!(
        description.user_access_url(),
        Some("https://login.example.com/")
    );
    assert_eq!(description.relay_state_parameter_name(), Some("RelayState"));

    let arn = "arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/1";
    let certificates = || {
        let call = client.modify_certificate_based_auth_properties();
        call.resource_id(REGISTERED)
    };
    let properties = CertificateBasedAuthProperties::builder()
        .status(CertificateBasedAuthStatusEnum::Enabled)
        .certificate_authority_arn(arn)
        .build();
    let call = certificates().certificate_based_auth_properties(properties.clone());
    call.send().await.unwrap();
    let description = registered(&client).await.certificate_based_auth_properties;
    assert_eq!(description, Some(properties));

    use DeletableCertificateBasedAuthProperty::CertificateBasedAuthPropertiesCertificateAuthorityArn as Arn;
    let url = DeletableSamlProperty::SamlPropertiesUserAccessUrl;
    assert_service_errors! {
        saml().properties_to_delete(url.clone())
            => is_invalid_parameter_values_exception, "UserAccessUrl is required while the feature is enabled.";
        certificates().properties_to_delete(Arn)
            => is_invalid_parameter_values_exception,
            "CertificateAuthorityArn is required while the feature is enabled.";
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
    let description = registered(&client).await.saml_properties.unwrap();
    assert_eq!(description.status, Some(SamlStatusEnum::Disabled));
    assert_eq!(
        (
            description.user_access_url,
            description.relay_state_parameter_name
        ),
        (None, None)
    );
}

#[tokio::test]
async fn client_properties_are_modified() {
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
    let response = describe().resource_ids(REGISTERED).send().await.unwrap();
    let [one] = response.client_properties_list() else {
        panic!("{response:?}");
    };
    assert_eq!(one.resource_id(), Some(REGISTERED));
    let description = one.client_properties().unwrap();
    assert_eq!(
        description.log_upload_enabled,
        Some(LogUploadEnum::Disabled)
    );
    assert_eq!(description.reconnect_enabled, Some(ReconnectEnum::Enabled));
}

#[tokio::test]
async fn settings_of_directories_that_are_not_registered_cannot_be_changed() {
    let client = client();
    for id in [UNKNOWN, UNREGISTERED] {
        let message = format!("Directory {id} could not be found.");
        assert_service_errors! {
            client.modify_certificate_based_auth_properties().resource_id(id)
                => is_resource_not_found_exception, message;
            client.modify_endpoint_encryption_mode().directory_id(id)
                .endpoint_encryption_mode(EndpointEncryptionMode::StandardTls)
                => is_resource_not_found_exception, message;
            client.modify_saml_properties().resource_id(id)
                => is_resource_not_found_exception, message;
            client.modify_selfservice_permissions().resource_id(id)
                .selfservice_permissions(SelfservicePermissions::builder().build())
                => is_resource_not_found_exception, message;
            client.modify_streaming_properties().resource_id(id)
                => is_resource_not_found_exception, message;
            client.modify_workspace_access_properties().resource_id(id)
                .workspace_access_properties(WorkspaceAccessProperties::builder().build())
                => is_resource_not_found_exception, message;
            client.modify_workspace_creation_properties().resource_id(id)
                .workspace_creation_properties(WorkspaceCreationProperties::builder().build())
                => is_resource_not_found_exception, message;
            client.modify_client_properties().resource_id(id)
                .client_properties(ClientProperties::builder().build())
                => is_resource_not_found_exception, message;
            client.describe_client_properties().resource_ids(id)
                => is_resource_not_found_exception, message;
        }
    }
}
