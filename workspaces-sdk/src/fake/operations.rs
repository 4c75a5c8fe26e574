//! The table of operations, which has a handler for each operation of the model.

use std::fmt;

use super::call::Input;
use super::service_error::{ServiceError, code};
use super::state::State;
use super::{
    account, account_links, applications, bundles, connection_aliases, directories, images,
    ip_groups, pools, tags, workspaces,
};
use crate::operation::*;
use lean_aws_runtime::codegen::Operation;
use lean_aws_runtime::codegen::json::{self, Decode, Encode};

/// A function that handles the body of a request and returns the body of the response. It also returns the input, as soon as that
/// is decoded.
pub(super) type Handler =
    fn(&mut State, &[u8], &mut Option<Input>) -> Result<Vec<u8>, ServiceError>;

macro_rules! operations {
    ($($module:ident::$input:ident => $handler:path;)*) => {
        /// The operations: their names and handlers.
        pub(super) const OPERATIONS: &[(&str, Handler)] = &[
            $((<$module::$input as Operation>::NAME, |state, body, recorded| handle(state, body, recorded, $handler)),)*
        ];
    };
}

operations! {
    accept_account_link_invitation::AcceptAccountLinkInvitationInput => account_links::accept;
    associate_connection_alias::AssociateConnectionAliasInput => connection_aliases::associate;
    associate_ip_groups::AssociateIpGroupsInput => ip_groups::associate;
    associate_workspace_application::AssociateWorkspaceApplicationInput => applications::associate;
    authorize_ip_rules::AuthorizeIpRulesInput => ip_groups::authorize;
    copy_workspace_image::CopyWorkspaceImageInput => images::copy;
    create_account_link_invitation::CreateAccountLinkInvitationInput => account_links::create;
    create_connect_client_add_in::CreateConnectClientAddInInput => directories::create_add_in;
    create_connection_alias::CreateConnectionAliasInput => connection_aliases::create;
    create_ip_group::CreateIpGroupInput => ip_groups::create;
    create_standby_workspaces::CreateStandbyWorkspacesInput => workspaces::create_standby;
    create_tags::CreateTagsInput => tags::create;
    create_updated_workspace_image::CreateUpdatedWorkspaceImageInput => images::create_updated;
    create_workspace_bundle::CreateWorkspaceBundleInput => bundles::create;
    create_workspace_image::CreateWorkspaceImageInput => images::create;
    create_workspaces::CreateWorkspacesInput => workspaces::create;
    create_workspaces_pool::CreateWorkspacesPoolInput => pools::create;
    delete_account_link_invitation::DeleteAccountLinkInvitationInput => account_links::delete;
    delete_client_branding::DeleteClientBrandingInput => directories::delete_branding;
    delete_connect_client_add_in::DeleteConnectClientAddInInput => directories::delete_add_in;
    delete_connection_alias::DeleteConnectionAliasInput => connection_aliases::delete;
    delete_ip_group::DeleteIpGroupInput => ip_groups::delete;
    delete_tags::DeleteTagsInput => tags::delete;
    delete_workspace_bundle::DeleteWorkspaceBundleInput => bundles::delete;
    delete_workspace_image::DeleteWorkspaceImageInput => images::delete;
    deploy_workspace_applications::DeployWorkspaceApplicationsInput => applications::deploy;
    deregister_workspace_directory::DeregisterWorkspaceDirectoryInput => directories::deregister;
    describe_account::DescribeAccountInput => account::describe;
    describe_account_modifications::DescribeAccountModificationsInput => account::describe_modifications;
    describe_application_associations::DescribeApplicationAssociationsInput => applications::describe_application_associations;
    describe_applications::DescribeApplicationsInput => applications::describe;
    describe_bundle_associations::DescribeBundleAssociationsInput => applications::describe_bundle_associations;
    describe_client_branding::DescribeClientBrandingInput => directories::describe_branding;
    describe_client_properties::DescribeClientPropertiesInput => directories::describe_client_properties;
    describe_connect_client_add_ins::DescribeConnectClientAddInsInput => directories::describe_add_ins;
    describe_connection_alias_permissions::DescribeConnectionAliasPermissionsInput => connection_aliases::describe_permissions;
    describe_connection_aliases::DescribeConnectionAliasesInput => connection_aliases::describe;
    describe_custom_workspace_image_import::DescribeCustomWorkspaceImageImportInput => images::describe_custom_import;
    describe_image_associations::DescribeImageAssociationsInput => applications::describe_image_associations;
    describe_ip_groups::DescribeIpGroupsInput => ip_groups::describe;
    describe_tags::DescribeTagsInput => tags::describe;
    describe_workspace_associations::DescribeWorkspaceAssociationsInput => applications::describe_workspace_associations;
    describe_workspace_bundles::DescribeWorkspaceBundlesInput => bundles::describe;
    describe_workspace_directories::DescribeWorkspaceDirectoriesInput => directories::describe;
    describe_workspace_image_permissions::DescribeWorkspaceImagePermissionsInput => images::describe_permissions;
    describe_workspace_images::DescribeWorkspaceImagesInput => images::describe;
    describe_workspace_snapshots::DescribeWorkspaceSnapshotsInput => workspaces::describe_snapshots;
    describe_workspaces::DescribeWorkspacesInput => workspaces::describe;
    describe_workspaces_connection_status::DescribeWorkspacesConnectionStatusInput => workspaces::describe_connection_status;
    describe_workspaces_pool_sessions::DescribeWorkspacesPoolSessionsInput => pools::describe_sessions;
    describe_workspaces_pools::DescribeWorkspacesPoolsInput => pools::describe;
    disassociate_connection_alias::DisassociateConnectionAliasInput => connection_aliases::disassociate;
    disassociate_ip_groups::DisassociateIpGroupsInput => ip_groups::disassociate;
    disassociate_workspace_application::DisassociateWorkspaceApplicationInput => applications::disassociate;
    get_account_link::GetAccountLinkInput => account_links::get;
    import_client_branding::ImportClientBrandingInput => directories::import_branding;
    import_custom_workspace_image::ImportCustomWorkspaceImageInput => images::import_custom;
    import_workspace_image::ImportWorkspaceImageInput => images::import;
    list_account_links::ListAccountLinksInput => account_links::list;
    list_available_management_cidr_ranges::ListAvailableManagementCidrRangesInput => account::list_management_ranges;
    migrate_workspace::MigrateWorkspaceInput => workspaces::migrate;
    modify_account::ModifyAccountInput => account::modify;
    modify_certificate_based_auth_properties::ModifyCertificateBasedAuthPropertiesInput => directories::modify_certificates;
    modify_client_properties::ModifyClientPropertiesInput => directories::modify_client_properties;
    modify_endpoint_encryption_mode::ModifyEndpointEncryptionModeInput => directories::modify_encryption;
    modify_saml_properties::ModifySamlPropertiesInput => directories::modify_saml;
    modify_selfservice_permissions::ModifySelfservicePermissionsInput => directories::modify_self_service;
    modify_streaming_properties::ModifyStreamingPropertiesInput => directories::modify_streaming;
    modify_workspace_access_properties::ModifyWorkspaceAccessPropertiesInput => directories::modify_access;
    modify_workspace_creation_properties::ModifyWorkspaceCreationPropertiesInput => directories::modify_creation;
    modify_workspace_properties::ModifyWorkspacePropertiesInput => workspaces::modify_properties;
    modify_workspace_state::ModifyWorkspaceStateInput => workspaces::modify_state;
    reboot_workspaces::RebootWorkspacesInput => workspaces::reboot;
    rebuild_workspaces::RebuildWorkspacesInput => workspaces::rebuild;
    register_workspace_directory::RegisterWorkspaceDirectoryInput => directories::register;
    reject_account_link_invitation::RejectAccountLinkInvitationInput => account_links::reject;
    restore_workspace::RestoreWorkspaceInput => workspaces::restore;
    revoke_ip_rules::RevokeIpRulesInput => ip_groups::revoke;
    start_workspaces::StartWorkspacesInput => workspaces::start;
    start_workspaces_pool::StartWorkspacesPoolInput => pools::start;
    stop_workspaces::StopWorkspacesInput => workspaces::stop;
    stop_workspaces_pool::StopWorkspacesPoolInput => pools::stop;
    terminate_workspaces::TerminateWorkspacesInput => workspaces::terminate;
    terminate_workspaces_pool::TerminateWorkspacesPoolInput => pools::terminate;
    terminate_workspaces_pool_session::TerminateWorkspacesPoolSessionInput => pools::terminate_session;
    update_connect_client_add_in::UpdateConnectClientAddInInput => directories::update_add_in;
    update_connection_alias_permission::UpdateConnectionAliasPermissionInput => connection_aliases::update_permission;
    update_rules_of_ip_group::UpdateRulesOfIpGroupInput => ip_groups::update;
    update_workspace_bundle::UpdateWorkspaceBundleInput => bundles::update;
    update_workspace_image_permission::UpdateWorkspaceImagePermissionInput => images::update_permission;
    update_workspaces_pool::UpdateWorkspacesPoolInput => pools::update;
}

/// Decodes the input of an operation, calls its handler, and encodes the output.
fn handle<I>(
    state: &mut State,
    body: &[u8],
    recorded: &mut Option<Input>,
    handler: fn(&mut State, I) -> Result<I::Output, ServiceError>,
) -> Result<Vec<u8>, ServiceError>
where
    I: Operation + Decode + Clone + fmt::Debug + PartialEq + Send + Sync + 'static,
    I::Output: Encode,
{
    let input: I = json::decode(body).map_err(|error| {
        let message = format!("The request body is invalid: {error}");
        ServiceError::new(code::SERIALIZATION, message)
    })?;
    *recorded = Some(Input::new(input.clone()));
    handler(state, input).map(|output| json::encode(&output))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::OPERATIONS;

    /// Returns the operations that the lists of a Markdown text name in backticks.
    fn listed_operations(markdown: &str) -> BTreeSet<&str> {
        let lists = markdown
            .lines()
            .filter(|line| line.starts_with("- ") || line.starts_with("  "));
        lists
            .flat_map(|line| line.split('`').skip(1).step_by(2))
            .collect()
    }

    #[test]
    fn the_table_and_the_documentation_have_the_operations_of_the_model() {
        let rows: BTreeSet<&str> = OPERATIONS.iter().map(|(name, _)| *name).collect();
        // Relative to the folder of the package, in which Cargo runs tests.
        let model = "../models/workspaces/2015-04-08/service-2.json";
        let model: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(model).unwrap()).unwrap();
        let operations = model["operations"].as_object().unwrap().keys();
        let operations: BTreeSet<&str> = operations.map(String::as_str).collect();
        assert_eq!(rows, operations);
        assert_eq!(listed_operations(include_str!("operations.md")), operations);
    }
}
