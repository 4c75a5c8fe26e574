//! Registration and deregistration of directories.

use super::{Directory, POOL_DIRECTORY_PREFIX, begin_transition, find};
use crate::fake::service_error::{ServiceError, check_quota, code};
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

/// The maximum number of registered directories in a Region.
const MAX_DIRECTORIES: usize = 50;

pub(in crate::fake) fn register(
    state: &mut State,
    input: RegisterWorkspaceDirectoryInput,
) -> Result<RegisterWorkspaceDirectoryOutput, ServiceError> {
    match &input.directory_id {
        Some(id) => check_registrable(state, id)?,
        None => check_complete(&input)?,
    }
    check_account(state, &input)?;
    let id = match &input.directory_id {
        Some(id) => id.clone(),
        None => state.ids.next(POOL_DIRECTORY_PREFIX),
    };
    tags::add(state, &id, input.tags())?;
    let description = initial_description(state, &id, input);
    let directory = state.directories.remove(&id);
    let mut directory = directory.unwrap_or_else(|| Directory::new(&id, Default::default()));
    directory.description = description;
    state.directories.insert(id.clone(), directory);
    begin_transition(state, "RegisterWorkspaceDirectory", &id, Registering);
    Ok(RegisterWorkspaceDirectoryOutput::builder()
        .directory_id(id)
        .state(Registering)
        .build())
}

/// Checks that a directory exists and is not registered.
fn check_registrable(state: &State, id: &str) -> Result<(), ServiceError> {
    let Some(directory) = state.directories.get(id) else {
        return Err(ServiceError::not_found("Directory", id));
    };
    let (code, reason) = match directory.description.state {
        None => return Ok(()),
        Some(Deregistering) => (code::INVALID_RESOURCE_STATE, "is being deregistered"),
        Some(_) => (code::RESOURCE_ALREADY_EXISTS, "is already registered"),
    };
    Err(ServiceError::new(code, format!("Directory {id} {reason}.")))
}

/// Checks that a request for a directory outside of AWS Directory Service is complete.
fn check_complete(input: &RegisterWorkspaceDirectoryInput) -> Result<(), ServiceError> {
    let identity = input.user_identity_type.as_ref();
    let has_instance = input.idc_instance_arn.is_some();
    let has_name = input.workspace_directory_name.is_some();
    // A directory of which nothing is known is a personal one of AWS Directory Service.
    let is_pool = input.workspace_type == Some(WorkspaceType::Pools);
    let is_unknown = identity.is_none() && !has_name && !is_pool;
    let missing = match identity {
        identity if is_unknown || identity == Some(&UserIdentityType::AwsDirectoryService) => {
            let message = "1 validation error detected: Value null at 'directoryId' failed to satisfy constraint: Member must not be null";
            return Err(ServiceError::new(code::VALIDATION, message));
        }
        _ if !has_name => "WorkspaceDirectoryName",
        None => "UserIdentityType",
        Some(UserIdentityType::AwsIamIdentityCenter) if !has_instance => "IdcInstanceArn",
        Some(_) => return Ok(()),
    };
    let message = format!("{missing} is required for this type of directory.");
    Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message))
}

/// Checks that the account and its registered directories permit another one.
fn check_account(
    state: &State,
    input: &RegisterWorkspaceDirectoryInput,
) -> Result<(), ServiceError> {
    let mut directories = state.directories.values().filter(|it| it.is_visible());
    let count = directories.clone().count() + 1;
    check_quota(
        count,
        MAX_DIRECTORIES,
        "A Region has",
        "registered directories",
    )?;
    if let Some(name) = &input.workspace_directory_name
        && directories.any(|it| it.description.workspace_directory_name.as_ref() == Some(name))
    {
        let message = format!("A directory named {name} is already registered.");
        return Err(ServiceError::new(code::RESOURCE_ALREADY_EXISTS, message));
    }
    if input.tenancy == Some(Tenancy::Dedicated) && !account::is_byol_enabled(state) {
        let message =
            "The tenancy DEDICATED requires an account that is enabled to bring its own license.";
        return Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    }
    if let [one, other] = input.subnet_ids()
        && one == other
    {
        let message = "The subnets must be in different Availability Zones.";
        return Err(ServiceError::new(code::OPERATION_NOT_SUPPORTED, message));
    }
    Ok(())
}

/// Returns the description of a directory that `input` registers, without a state.
pub(super) fn initial_description(
    state: &mut State,
    id: &str,
    input: RegisterWorkspaceDirectoryInput,
) -> WorkspaceDirectory {
    let identity = input
        .user_identity_type
        .unwrap_or(UserIdentityType::AwsDirectoryService);
    let (directory_type, is_managed) = match &identity {
        UserIdentityType::AwsIamIdentityCenter => {
            (WorkspaceDirectoryType::AwsIamIdentityCenter, false)
        }
        UserIdentityType::CustomerManaged => (WorkspaceDirectoryType::CustomerManaged, false),
        _ => (WorkspaceDirectoryType::SimpleAd, true),
    };
    let workspace_type = if id.starts_with(POOL_DIRECTORY_PREFIX) {
        WorkspaceType::Pools
    } else {
        WorkspaceType::Personal
    };
    let domain = input.active_directory_config.as_ref();
    let domain = domain.map(|config| config.domain_name.clone());
    let name = domain.or_else(|| is_managed.then(|| "corp.example.com".to_owned()));
    let subnets = input
        .subnet_ids
        .unwrap_or_else(|| (0..2).map(|_| state.ids.next_vpc("subnet-")).collect());
    let idc = input
        .idc_instance_arn
        .map(|arn| IdcConfig::builder().instance_arn(arn).build());
    WorkspaceDirectory::builder()
        .directory_id(id)
        .set_alias(is_managed.then(|| id.to_owned()))
        .set_directory_name(name)
        .registration_code(registration_code(state))
        .set_subnet_ids(Some(subnets))
        .set_dns_ip_addresses(
            is_managed.then(|| ["10.0.0.53", "10.0.1.53"].map(str::to_owned).into()),
        )
        .set_customer_user_name(is_managed.then(|| "Administrator".to_owned()))
        .iam_role_id(format!(
            "arn:aws:iam::{}:role/workspaces_DefaultRole",
            state.account
        ))
        .directory_type(directory_type)
        .workspace_security_group_id(state.ids.next_vpc("sg-"))
        .workspace_creation_properties(creation_properties())
        .set_ip_group_ids(Some(Vec::new()))
        .workspace_access_properties(access_properties())
        .tenancy(input.tenancy.unwrap_or(Tenancy::Shared))
        .selfservice_permissions(self_service_permissions(
            input.enable_self_service == Some(true),
        ))
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
        .workspace_type(input.workspace_type.unwrap_or(workspace_type))
        .set_idc_config(idc)
        .set_active_directory_config(input.active_directory_config)
        .set_workspace_os_user_mode(input.workspace_os_user_mode)
        .build()
}

/// Generates a registration code such as `WSue1+1A2B3C`, with the initials of the Region.
fn registration_code(state: &mut State) -> String {
    let parts = state.region.split('-');
    let region: String = parts.filter_map(|part| part.chars().next()).collect();
    let random = state.ids.next("").to_uppercase();
    format!("WS{region}+{}", random.get(3..).unwrap_or_default())
}

fn creation_properties() -> DefaultWorkspaceCreationProperties {
    DefaultWorkspaceCreationProperties::builder()
        .enable_internet_access(false)
        .user_enabled_as_local_administrator(true)
        .enable_maintenance_mode(true)
        .build()
}

/// Returns the default access properties, which deny only web browsers and Linux clients.
fn access_properties() -> WorkspaceAccessProperties {
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

/// Returns the self-service permissions. Users can always restart their WorkSpaces; `enabled` applies
/// to the other permissions.
fn self_service_permissions(enabled: bool) -> SelfservicePermissions {
    let others = if enabled {
        ReconnectEnum::Enabled
    } else {
        ReconnectEnum::Disabled
    };
    SelfservicePermissions::builder()
        .restart_workspace(ReconnectEnum::Enabled)
        .increase_volume_size(others.clone())
        .change_compute_type(others.clone())
        .switch_running_mode(others.clone())
        .rebuild_workspace(others)
        .build()
}

pub(in crate::fake) fn deregister(
    state: &mut State,
    input: DeregisterWorkspaceDirectoryInput,
) -> Result<DeregisterWorkspaceDirectoryOutput, ServiceError> {
    let id = input.directory_id.unwrap_or_default();
    let current = find(state, &id)?.description.state.clone();
    if !matches!(current, Some(Registered | Error)) {
        let current = current.as_ref().map_or("", |it| it.as_str());
        let message = format!("Directory {id} cannot be deregistered while it is {current}.");
        return Err(ServiceError::new(code::INVALID_RESOURCE_STATE, message));
    }
    let mut workspaces = state.workspaces.values();
    if workspaces.any(|it| it.description.directory_id.as_ref() == Some(&id)) {
        let message = format!("Directory {id} has WorkSpaces; remove them first.");
        return Err(ServiceError::new(code::OPERATION_NOT_SUPPORTED, message));
    }
    begin_transition(state, "DeregisterWorkspaceDirectory", &id, Deregistering);
    Ok(DeregisterWorkspaceDirectoryOutput::builder().build())
}
