//! Registering directories and deregistering them, and what a registered one is like at first.

use super::{Directory, OWN, enter, find};
use crate::fake::refusal::{Refusal, code, within};
use crate::fake::state::State;
use crate::fake::{account, tags};
use crate::operation::deregister_workspace_directory::{
    DeregisterWorkspaceDirectoryInput, DeregisterWorkspaceDirectoryOutput,
};
use crate::operation::register_workspace_directory::{
    RegisterWorkspaceDirectoryInput, RegisterWorkspaceDirectoryOutput,
};
use crate::types::{
    AccessPropertyValue::{Allow, Deny},
    CertificateBasedAuthProperties, CertificateBasedAuthStatusEnum,
    DefaultWorkspaceCreationProperties, EndpointEncryptionMode, IdcConfig, ReconnectEnum,
    SamlProperties, SamlStatusEnum, SelfservicePermissions, Tenancy, UserIdentityType,
    WorkspaceAccessProperties, WorkspaceDirectory,
    WorkspaceDirectoryState::{Deregistering, Error, Registered, Registering},
    WorkspaceDirectoryType, WorkspaceType,
};

/// How many directories can be registered in a Region.
const MAX_DIRECTORIES: usize = 50;

pub(in crate::fake) fn register(
    state: &mut State,
    input: RegisterWorkspaceDirectoryInput,
) -> Result<RegisterWorkspaceDirectoryOutput, Refusal> {
    match &input.directory_id {
        Some(id) => is_registrable(state, id)?,
        None => is_complete(&input)?,
    }
    is_possible(state, &input)?;
    let id = match &input.directory_id {
        Some(id) => id.clone(),
        None => state.ids.next(OWN),
    };
    tags::add(state, &id, input.tags())?;
    let seen = described(state, &id, input);
    let directory = state.directories.entry(id.clone());
    let directory = directory.or_insert_with(|| Directory::new(&id, Default::default()));
    directory.seen = seen;
    enter(state, "RegisterWorkspaceDirectory", &id, Registering);
    Ok(RegisterWorkspaceDirectoryOutput::builder()
        .directory_id(id)
        .state(Registering)
        .build())
}

/// Whether a directory is there and not yet registered.
fn is_registrable(state: &State, id: &str) -> Result<(), Refusal> {
    let Some(directory) = state.directories.get(id) else {
        return Err(Refusal::not_found("Directory", id));
    };
    let (code, is) = match directory.seen.state {
        None => return Ok(()),
        Some(Deregistering) => (code::INVALID_RESOURCE_STATE, "is being deregistered"),
        Some(_) => (code::RESOURCE_ALREADY_EXISTS, "is registered already"),
    };
    Err(Refusal::new(code, format!("Directory {id} {is}.")))
}

/// Whether all is said of a directory that is not one of AWS Directory Service.
fn is_complete(input: &RegisterWorkspaceDirectoryInput) -> Result<(), Refusal> {
    let identity = input.user_identity_type.as_ref();
    let instance = input.idc_instance_arn.is_some();
    let needs = match identity {
        _ if input.workspace_directory_name.is_none() => "WorkspaceDirectoryName",
        None => "UserIdentityType",
        Some(UserIdentityType::AwsDirectoryService) => "DirectoryId",
        Some(UserIdentityType::AwsIamIdentityCenter) if !instance => "IdcInstanceArn",
        Some(_) => return Ok(()),
    };
    let why = format!("Such a directory needs {needs}.");
    Err(Refusal::new(code::INVALID_PARAMETER_VALUES, why))
}

/// Whether the account and its other directories allow for this one.
fn is_possible(state: &State, input: &RegisterWorkspaceDirectoryInput) -> Result<(), Refusal> {
    let mut seen = state.directories.values().filter(|it| it.is_seen());
    let count = seen.clone().count() + 1;
    within(
        count,
        MAX_DIRECTORIES,
        "A Region has",
        "registered directories",
    )?;
    if let Some(name) = &input.workspace_directory_name
        && seen.any(|it| it.seen.workspace_directory_name.as_ref() == Some(name))
    {
        let why = format!("A directory named {name} is registered already.");
        return Err(Refusal::new(code::RESOURCE_ALREADY_EXISTS, why));
    }
    if input.tenancy == Some(Tenancy::Dedicated) && !account::brings_licences(state) {
        let why = "The tenancy DEDICATED needs an account that is enabled to bring licences.";
        return Err(Refusal::new(code::INVALID_PARAMETER_VALUES, why));
    }
    if let [one, other] = input.subnet_ids()
        && one == other
    {
        let why = "The subnets must be in different Availability Zones.";
        return Err(Refusal::new(code::OPERATION_NOT_SUPPORTED, why));
    }
    Ok(())
}

/// A directory as it is described when it was registered by `input`, but for its state.
pub(super) fn described(
    state: &mut State,
    id: &str,
    input: RegisterWorkspaceDirectoryInput,
) -> WorkspaceDirectory {
    let identity = input
        .user_identity_type
        .unwrap_or(UserIdentityType::AwsDirectoryService);
    let (kind, of_aws) = match &identity {
        UserIdentityType::AwsIamIdentityCenter => {
            (WorkspaceDirectoryType::AwsIamIdentityCenter, false)
        }
        UserIdentityType::CustomerManaged => (WorkspaceDirectoryType::CustomerManaged, false),
        _ => (WorkspaceDirectoryType::SimpleAd, true),
    };
    let serves = if id.starts_with(OWN) {
        WorkspaceType::Pools
    } else {
        WorkspaceType::Personal
    };
    let domain = input.active_directory_config.as_ref();
    let domain = domain.map(|config| config.domain_name.clone());
    let name = domain.or_else(|| of_aws.then(|| "corp.example.com".to_owned()));
    let subnets = input
        .subnet_ids
        .unwrap_or_else(|| (0..2).map(|_| state.ids.next_vpc("subnet-")).collect());
    let idc = input
        .idc_instance_arn
        .map(|arn| IdcConfig::builder().instance_arn(arn).build());
    WorkspaceDirectory::builder()
        .directory_id(id)
        .set_alias(of_aws.then(|| id.to_owned()))
        .set_directory_name(name)
        .registration_code(registration_code(state))
        .set_subnet_ids(Some(subnets))
        .set_dns_ip_addresses(of_aws.then(|| ["10.0.0.53", "10.0.1.53"].map(str::to_owned).into()))
        .set_customer_user_name(of_aws.then(|| "Administrator".to_owned()))
        .iam_role_id(format!(
            "arn:aws:iam::{}:role/workspaces_DefaultRole",
            state.account
        ))
        .directory_type(kind)
        .workspace_security_group_id(state.ids.next_vpc("sg-"))
        .workspace_creation_properties(creation())
        .set_ip_group_ids(Some(Vec::new()))
        .workspace_access_properties(access())
        .tenancy(input.tenancy.unwrap_or(Tenancy::Shared))
        .selfservice_permissions(self_service(input.enable_self_service == Some(true)))
        .saml_properties(
            SamlProperties::builder()
                .status(SamlStatusEnum::Disabled)
                .relay_state_parameter_name("RelayState")
                .build(),
        )
        .certificate_based_auth_properties(
            CertificateBasedAuthProperties::builder()
                .status(CertificateBasedAuthStatusEnum::Disabled)
                .build(),
        )
        .endpoint_encryption_mode(EndpointEncryptionMode::StandardTls)
        .set_microsoft_entra_config(input.microsoft_entra_config)
        .set_workspace_directory_name(input.workspace_directory_name)
        .set_workspace_directory_description(input.workspace_directory_description)
        .user_identity_type(identity)
        .workspace_type(input.workspace_type.unwrap_or(serves))
        .set_idc_config(idc)
        .set_active_directory_config(input.active_directory_config)
        .set_workspace_os_user_mode(input.workspace_os_user_mode)
        .build()
}

/// A code such as `WSue1+1A2B3C`, with the initials of the Region.
fn registration_code(state: &mut State) -> String {
    let parts = state.region.split('-');
    let region: String = parts.filter_map(|part| part.chars().next()).collect();
    let made = state.ids.next("").to_uppercase();
    format!("WS{region}+{}", made.get(3..).unwrap_or_default())
}

fn creation() -> DefaultWorkspaceCreationProperties {
    DefaultWorkspaceCreationProperties::builder()
        .enable_internet_access(false)
        .user_enabled_as_local_administrator(true)
        .enable_maintenance_mode(true)
        .build()
}

/// Every kind of device may connect but browsers and Linux, which are to be allowed first.
fn access() -> WorkspaceAccessProperties {
    WorkspaceAccessProperties::builder()
        .device_type_windows(Allow)
        .device_type_osx(Allow)
        .device_type_web(Deny)
        .device_type_ios(Allow)
        .device_type_android(Allow)
        .device_type_chrome_os(Allow)
        .device_type_zero_client(Allow)
        .device_type_linux(Deny)
        .device_type_work_spaces_thin_client(Allow)
        .build()
}

/// Users may always restart their WorkSpaces; the rest is as wanted.
fn self_service(enabled: bool) -> SelfservicePermissions {
    let rest = if enabled {
        ReconnectEnum::Enabled
    } else {
        ReconnectEnum::Disabled
    };
    SelfservicePermissions::builder()
        .restart_workspace(ReconnectEnum::Enabled)
        .increase_volume_size(rest.clone())
        .change_compute_type(rest.clone())
        .switch_running_mode(rest.clone())
        .rebuild_workspace(rest)
        .build()
}

pub(in crate::fake) fn deregister(
    state: &mut State,
    input: DeregisterWorkspaceDirectoryInput,
) -> Result<DeregisterWorkspaceDirectoryOutput, Refusal> {
    let id = input.directory_id.unwrap_or_default();
    let now = find(state, &id)?.seen.state.clone();
    if !matches!(now, Some(Registered | Error)) {
        let is = now.as_ref().map_or("", |now| now.as_str());
        let why = format!("Directory {id} cannot be deregistered while it is {is}.");
        return Err(Refusal::new(code::INVALID_RESOURCE_STATE, why));
    }
    let mut workspaces = state.workspaces.values();
    if workspaces.any(|it| it.seen.directory_id.as_ref() == Some(&id)) {
        let why = format!("Directory {id} has WorkSpaces; remove them first.");
        return Err(Refusal::new(code::OPERATION_NOT_SUPPORTED, why));
    }
    enter(state, "DeregisterWorkspaceDirectory", &id, Deregistering);
    Ok(DeregisterWorkspaceDirectoryOutput::builder().build())
}
