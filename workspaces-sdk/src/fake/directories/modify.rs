//! Changing the settings of directories: what a request leaves out stays as it is.

use super::find;
use crate::fake::refusal::{Refusal, code};
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

/// Makes the handler of an operation on one directory from a function that changes its description.
macro_rules! modifies {
    ($($name:ident($input:ident, $id:ident) -> $output:ident, $change:ident;)*) => {$(
        pub(in crate::fake) fn $name(state: &mut State, input: $input) -> Result<$output, Refusal> {
            let directory = find(state, input.$id.as_deref().unwrap_or_default())?;
            let mut changed = directory.seen.clone();
            $change(&mut changed, input)?;
            directory.seen = changed;
            Ok($output::builder().build())
        }
    )*};
}

modifies! {
    modify_access(ModifyWorkspaceAccessPropertiesInput, resource_id) -> ModifyWorkspaceAccessPropertiesOutput, access;
    modify_certificates(ModifyCertificateBasedAuthPropertiesInput, resource_id) -> ModifyCertificateBasedAuthPropertiesOutput, certificates;
    modify_creation(ModifyWorkspaceCreationPropertiesInput, resource_id) -> ModifyWorkspaceCreationPropertiesOutput, creation;
    modify_encryption(ModifyEndpointEncryptionModeInput, directory_id) -> ModifyEndpointEncryptionModeOutput, encryption;
    modify_saml(ModifySamlPropertiesInput, resource_id) -> ModifySamlPropertiesOutput, saml;
    modify_self_service(ModifySelfservicePermissionsInput, resource_id) -> ModifySelfservicePermissionsOutput, self_service;
    modify_streaming(ModifyStreamingPropertiesInput, resource_id) -> ModifyStreamingPropertiesOutput, streaming;
}

/// Takes the members over that are given.
macro_rules! take_over {
    ($given:expr => $kept:expr; $($member:ident),* $(,)?) => {
        $(if let Some(given) = $given.$member { $kept.$member = Some(given); })*
    };
}
pub(super) use take_over;

fn access(
    seen: &mut WorkspaceDirectory,
    input: ModifyWorkspaceAccessPropertiesInput,
) -> Result<(), Refusal> {
    let kept = seen
        .workspace_access_properties
        .get_or_insert_with(|| WorkspaceAccessProperties::builder().build());
    if let Some(given) = input.workspace_access_properties {
        take_over!(given => kept;
            device_type_windows, device_type_osx, device_type_web, device_type_ios,
            device_type_android, device_type_chrome_os, device_type_zero_client, device_type_linux,
            device_type_work_spaces_thin_client, access_endpoint_config,
        );
    }
    Ok(())
}

fn certificates(
    seen: &mut WorkspaceDirectory,
    input: ModifyCertificateBasedAuthPropertiesInput,
) -> Result<(), Refusal> {
    use DeletableCertificateBasedAuthProperty::CertificateBasedAuthPropertiesCertificateAuthorityArn as Arn;
    let kept = seen
        .certificate_based_auth_properties
        .get_or_insert_with(|| CertificateBasedAuthProperties::builder().build());
    if input.properties_to_delete().contains(&Arn) {
        kept.certificate_authority_arn = None;
    }
    if let Some(given) = input.certificate_based_auth_properties {
        take_over!(given => kept; status, certificate_authority_arn);
    }
    let enabled = kept.status == Some(CertificateBasedAuthStatusEnum::Enabled);
    needs(
        enabled,
        "CertificateAuthorityArn",
        &kept.certificate_authority_arn,
    )
}

fn creation(
    seen: &mut WorkspaceDirectory,
    input: ModifyWorkspaceCreationPropertiesInput,
) -> Result<(), Refusal> {
    let kept = seen
        .workspace_creation_properties
        .get_or_insert_with(|| DefaultWorkspaceCreationProperties::builder().build());
    if let Some(given) = input.workspace_creation_properties {
        take_over!(given => kept;
            enable_internet_access, default_ou, custom_security_group_id,
            user_enabled_as_local_administrator, enable_maintenance_mode, instance_iam_role_arn,
        );
    }
    Ok(())
}

fn encryption(
    seen: &mut WorkspaceDirectory,
    input: ModifyEndpointEncryptionModeInput,
) -> Result<(), Refusal> {
    take_over!(input => seen; endpoint_encryption_mode);
    Ok(())
}

fn saml(seen: &mut WorkspaceDirectory, input: ModifySamlPropertiesInput) -> Result<(), Refusal> {
    let kept = seen
        .saml_properties
        .get_or_insert_with(|| SamlProperties::builder().build());
    for property in input.properties_to_delete() {
        match property {
            DeletableSamlProperty::SamlPropertiesUserAccessUrl => kept.user_access_url = None,
            _ => kept.relay_state_parameter_name = None,
        }
    }
    if let Some(given) = input.saml_properties {
        take_over!(given => kept; status, user_access_url, relay_state_parameter_name);
    }
    let enabled = kept.status != Some(SamlStatusEnum::Disabled);
    needs(enabled, "UserAccessUrl", &kept.user_access_url)
}

fn self_service(
    seen: &mut WorkspaceDirectory,
    input: ModifySelfservicePermissionsInput,
) -> Result<(), Refusal> {
    let kept = seen
        .selfservice_permissions
        .get_or_insert_with(|| SelfservicePermissions::builder().build());
    if let Some(given) = input.selfservice_permissions {
        take_over!(given => kept;
            restart_workspace, increase_volume_size, change_compute_type, switch_running_mode,
            rebuild_workspace, nested_virtualization, enable_end_user_advisor,
        );
    }
    Ok(())
}

fn streaming(
    seen: &mut WorkspaceDirectory,
    input: ModifyStreamingPropertiesInput,
) -> Result<(), Refusal> {
    let kept = seen
        .streaming_properties
        .get_or_insert_with(|| StreamingProperties::builder().build());
    if let Some(given) = input.streaming_properties {
        take_over!(given => kept;
            streaming_experience_preferred_protocol, user_settings, storage_connectors,
            global_accelerator,
        );
    }
    Ok(())
}

/// Whether what is enabled has the member without which it cannot be.
fn needs(enabled: bool, name: &str, member: &Option<String>) -> Result<(), Refusal> {
    if enabled && member.is_none() {
        let why = format!("What is enabled needs {name}.");
        return Err(Refusal::new(code::INVALID_PARAMETER_VALUES, why));
    }
    Ok(())
}
