//! Changes to the settings of directories. Members that a request omits do not change.

use super::find;
use crate::fake::service_error::{ServiceError, code};
use crate::fake::state::State;
use crate::operation::modify_certificate_based_auth_properties::{
    ModifyCertificateBasedAuthPropertiesInput, ModifyCertificateBasedAuthPropertiesOutput,
};
use crate::operation::modify_endpoint_encryption_mode::{
    ModifyEndpointEncryptionModeInput, ModifyEndpointEncryptionModeOutput,
};
use crate::operation::modify_saml_properties::{
    ModifySamlPropertiesInput, ModifySamlPropertiesOutput,
};
use crate::operation::modify_selfservice_permissions::{
    ModifySelfservicePermissionsInput, ModifySelfservicePermissionsOutput,
};
use crate::operation::modify_streaming_properties::{
    ModifyStreamingPropertiesInput, ModifyStreamingPropertiesOutput,
};
use crate::operation::modify_workspace_access_properties::{
    ModifyWorkspaceAccessPropertiesInput, ModifyWorkspaceAccessPropertiesOutput,
};
use crate::operation::modify_workspace_creation_properties::{
    ModifyWorkspaceCreationPropertiesInput, ModifyWorkspaceCreationPropertiesOutput,
};
use crate::types::{
    CertificateBasedAuthProperties, CertificateBasedAuthStatusEnum,
    DefaultWorkspaceCreationProperties, DeletableCertificateBasedAuthProperty,
    DeletableSamlProperty, SamlProperties, SamlStatusEnum, SelfservicePermissions,
    StreamingProperties, WorkspaceAccessProperties, WorkspaceDirectory,
};

/// Declares handlers of operations on one directory, each with a function that changes its description.
macro_rules! handlers {
    ($($name:ident($input:ident, $id:ident) -> $output:ident, $change:ident;)*) => {$(
        pub(in crate::fake) fn $name(state: &mut State, input: $input) -> Result<$output, ServiceError> {
            let directory = find(state, input.$id.as_deref().unwrap_or_default())?;
            let mut description = directory.description.clone();
            $change(&mut description, input)?;
            directory.description = description;
            Ok($output::builder().build())
        }
    )*};
}

handlers! {
    modify_access(ModifyWorkspaceAccessPropertiesInput, resource_id) -> ModifyWorkspaceAccessPropertiesOutput, access;
    modify_certificates(ModifyCertificateBasedAuthPropertiesInput, resource_id) -> ModifyCertificateBasedAuthPropertiesOutput, certificates;
    modify_creation(ModifyWorkspaceCreationPropertiesInput, resource_id) -> ModifyWorkspaceCreationPropertiesOutput, creation;
    modify_encryption(ModifyEndpointEncryptionModeInput, directory_id) -> ModifyEndpointEncryptionModeOutput, encryption;
    modify_saml(ModifySamlPropertiesInput, resource_id) -> ModifySamlPropertiesOutput, saml;
    modify_self_service(ModifySelfservicePermissionsInput, resource_id) -> ModifySelfservicePermissionsOutput, self_service;
    modify_streaming(ModifyStreamingPropertiesInput, resource_id) -> ModifyStreamingPropertiesOutput, streaming;
}

/// Updates the listed members of `$current` that are set in `$changes`.
macro_rules! update {
    ($current:expr, $changes:expr; $($member:ident),* $(,)?) => {
        $(if let Some(value) = $changes.$member { $current.$member = Some(value); })*
    };
}
pub(super) use update;

fn access(
    description: &mut WorkspaceDirectory,
    input: ModifyWorkspaceAccessPropertiesInput,
) -> Result<(), ServiceError> {
    let current = description
        .workspace_access_properties
        .get_or_insert_with(|| WorkspaceAccessProperties::builder().build());
    if let Some(changes) = input.workspace_access_properties {
        update!(current, changes;
            device_type_windows, device_type_osx, device_type_web, device_type_ios,
            device_type_android, device_type_chrome_os, device_type_zero_client, device_type_linux,
            device_type_work_spaces_thin_client, access_endpoint_config,
        );
    }
    Ok(())
}

fn certificates(
    description: &mut WorkspaceDirectory,
    input: ModifyCertificateBasedAuthPropertiesInput,
) -> Result<(), ServiceError> {
    use DeletableCertificateBasedAuthProperty::CertificateBasedAuthPropertiesCertificateAuthorityArn as Arn;
    let current = description
        .certificate_based_auth_properties
        .get_or_insert_with(|| CertificateBasedAuthProperties::builder().build());
    if input.properties_to_delete().contains(&Arn) {
        current.certificate_authority_arn = None;
    }
    if let Some(changes) = input.certificate_based_auth_properties {
        update!(current, changes; status, certificate_authority_arn);
    }
    let enabled = current.status == Some(CertificateBasedAuthStatusEnum::Enabled);
    check_required(
        enabled,
        "CertificateAuthorityArn",
        &current.certificate_authority_arn,
    )
}

fn creation(
    description: &mut WorkspaceDirectory,
    input: ModifyWorkspaceCreationPropertiesInput,
) -> Result<(), ServiceError> {
    let current = description
        .workspace_creation_properties
        .get_or_insert_with(|| DefaultWorkspaceCreationProperties::builder().build());
    if let Some(changes) = input.workspace_creation_properties {
        update!(current, changes;
            enable_internet_access, default_ou, custom_security_group_id,
            user_enabled_as_local_administrator, enable_maintenance_mode, instance_iam_role_arn,
        );
    }
    Ok(())
}

fn encryption(
    description: &mut WorkspaceDirectory,
    input: ModifyEndpointEncryptionModeInput,
) -> Result<(), ServiceError> {
    update!(description, input; endpoint_encryption_mode);
    Ok(())
}

fn saml(
    description: &mut WorkspaceDirectory,
    input: ModifySamlPropertiesInput,
) -> Result<(), ServiceError> {
    let current = description
        .saml_properties
        .get_or_insert_with(|| SamlProperties::builder().build());
    for property in input.properties_to_delete() {
        match property {
            DeletableSamlProperty::SamlPropertiesUserAccessUrl => current.user_access_url = None,
            _ => current.relay_state_parameter_name = None,
        }
    }
    if let Some(changes) = input.saml_properties {
        update!(current, changes; status, user_access_url, relay_state_parameter_name);
    }
    let enabled = current.status != Some(SamlStatusEnum::Disabled);
    check_required(enabled, "UserAccessUrl", &current.user_access_url)
}

fn self_service(
    description: &mut WorkspaceDirectory,
    input: ModifySelfservicePermissionsInput,
) -> Result<(), ServiceError> {
    let current = description
        .selfservice_permissions
        .get_or_insert_with(|| SelfservicePermissions::builder().build());
    if let Some(changes) = input.selfservice_permissions {
        update!(current, changes;
            restart_workspace, increase_volume_size, change_compute_type, switch_running_mode,
            rebuild_workspace, nested_virtualization, enable_end_user_advisor,
        );
    }
    Ok(())
}

fn streaming(
    description: &mut WorkspaceDirectory,
    input: ModifyStreamingPropertiesInput,
) -> Result<(), ServiceError> {
    let current = description
        .streaming_properties
        .get_or_insert_with(|| StreamingProperties::builder().build());
    if let Some(changes) = input.streaming_properties {
        update!(current, changes;
            streaming_experience_preferred_protocol, user_settings, storage_connectors,
            global_accelerator,
        );
    }
    Ok(())
}

/// Checks that the member `name`, which an enabled feature requires, is set.
fn check_required(enabled: bool, name: &str, member: &Option<String>) -> Result<(), ServiceError> {
    if enabled && member.is_none() {
        let message = format!("{name} is required while the feature is enabled.");
        return Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    }
    Ok(())
}
