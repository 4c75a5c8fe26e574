//! The operations that the offline service answers: one row each.

use super::refusal::{Refusal, code};
use super::state::State;
use super::{account, bundles, directories, images, ip_groups, pools, tags, workspaces};
use crate::operation::*;
use crate::runtime::json::{self, Decode, Encode};
use crate::runtime::operation::Operation;

/// Answers a request of one operation, JSON for JSON.
type Answer = fn(&mut State, &[u8]) -> Result<Vec<u8>, Refusal>;

/// An operation's name, and what answers it.
pub(super) type Row = (&'static str, Answer);

macro_rules! operations {
    ($($module:ident::$input:ident => $handler:path;)*) => {
        /// The operations by name.
        pub(super) const OPERATIONS: &[Row] = &[
            $((<$module::$input as Operation>::NAME, |state, body| answer(state, body, $handler)),)*
        ];
    };
}

operations! {
    associate_ip_groups::AssociateIpGroupsInput => ip_groups::associate;
    authorize_ip_rules::AuthorizeIpRulesInput => ip_groups::authorize;
    copy_workspace_image::CopyWorkspaceImageInput => images::copy;
    create_ip_group::CreateIpGroupInput => ip_groups::create;
    create_tags::CreateTagsInput => tags::create;
    create_updated_workspace_image::CreateUpdatedWorkspaceImageInput => images::create_updated;
    create_workspace_bundle::CreateWorkspaceBundleInput => bundles::create;
    create_workspace_image::CreateWorkspaceImageInput => images::create;
    create_workspaces::CreateWorkspacesInput => workspaces::create;
    create_workspaces_pool::CreateWorkspacesPoolInput => pools::create;
    delete_ip_group::DeleteIpGroupInput => ip_groups::delete;
    delete_tags::DeleteTagsInput => tags::delete;
    delete_workspace_bundle::DeleteWorkspaceBundleInput => bundles::delete;
    delete_workspace_image::DeleteWorkspaceImageInput => images::delete;
    deregister_workspace_directory::DeregisterWorkspaceDirectoryInput => directories::deregister;
    describe_account::DescribeAccountInput => account::describe;
    describe_account_modifications::DescribeAccountModificationsInput => account::modifications;
    describe_client_properties::DescribeClientPropertiesInput => directories::describe_clients;
    describe_ip_groups::DescribeIpGroupsInput => ip_groups::describe;
    describe_tags::DescribeTagsInput => tags::describe;
    describe_workspace_bundles::DescribeWorkspaceBundlesInput => bundles::describe;
    describe_workspace_directories::DescribeWorkspaceDirectoriesInput => directories::describe;
    describe_workspace_image_permissions::DescribeWorkspaceImagePermissionsInput => images::permissions;
    describe_workspace_images::DescribeWorkspaceImagesInput => images::describe;
    describe_workspace_snapshots::DescribeWorkspaceSnapshotsInput => workspaces::snapshots;
    describe_workspaces::DescribeWorkspacesInput => workspaces::describe;
    describe_workspaces_connection_status::DescribeWorkspacesConnectionStatusInput => workspaces::connection_status;
    describe_workspaces_pool_sessions::DescribeWorkspacesPoolSessionsInput => pools::sessions;
    describe_workspaces_pools::DescribeWorkspacesPoolsInput => pools::describe;
    disassociate_ip_groups::DisassociateIpGroupsInput => ip_groups::disassociate;
    import_workspace_image::ImportWorkspaceImageInput => images::import;
    list_available_management_cidr_ranges::ListAvailableManagementCidrRangesInput => account::management_ranges;
    migrate_workspace::MigrateWorkspaceInput => workspaces::migrate;
    modify_account::ModifyAccountInput => account::modify;
    modify_certificate_based_auth_properties::ModifyCertificateBasedAuthPropertiesInput => directories::modify_certificates;
    modify_client_properties::ModifyClientPropertiesInput => directories::modify_clients;
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
    restore_workspace::RestoreWorkspaceInput => workspaces::restore;
    revoke_ip_rules::RevokeIpRulesInput => ip_groups::revoke;
    start_workspaces::StartWorkspacesInput => workspaces::start;
    start_workspaces_pool::StartWorkspacesPoolInput => pools::start;
    stop_workspaces::StopWorkspacesInput => workspaces::stop;
    stop_workspaces_pool::StopWorkspacesPoolInput => pools::stop;
    terminate_workspaces::TerminateWorkspacesInput => workspaces::terminate;
    terminate_workspaces_pool::TerminateWorkspacesPoolInput => pools::terminate;
    terminate_workspaces_pool_session::TerminateWorkspacesPoolSessionInput => pools::terminate_session;
    update_rules_of_ip_group::UpdateRulesOfIpGroupInput => ip_groups::update;
    update_workspace_bundle::UpdateWorkspaceBundleInput => bundles::update;
    update_workspace_image_permission::UpdateWorkspaceImagePermissionInput => images::update_permission;
    update_workspaces_pool::UpdateWorkspacesPoolInput => pools::update;
}

fn answer<I>(
    state: &mut State,
    body: &[u8],
    handler: fn(&mut State, I) -> Result<I::Output, Refusal>,
) -> Result<Vec<u8>, Refusal>
where
    I: Operation + Decode,
    I::Output: Encode,
{
    let input = json::decode(body).map_err(|error| {
        let why = format!("The request cannot be read: {error}");
        Refusal::new(code::SERIALIZATION, why)
    })?;
    handler(state, input).map(|output| json::encode(&output))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::OPERATIONS;

    /// The operations that lines of a list name between backticks.
    fn named(text: &str) -> BTreeSet<&str> {
        let lists = text
            .lines()
            .filter(|line| line.starts_with("- ") || line.starts_with("  "));
        lists
            .flat_map(|line| line.split('`').skip(1).step_by(2))
            .collect()
    }

    #[test]
    fn the_docs_name_the_operations_that_are_known_and_the_others_of_the_model() {
        let (known, unknown) = include_str!("operations.md")
            .split_once("It does not know these:")
            .unwrap();
        let rows: BTreeSet<&str> = OPERATIONS.iter().map(|(name, _)| *name).collect();
        assert_eq!(named(known), rows);

        let model = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../models/workspaces/2015-04-08/service-2.json"
        );
        let model: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(model).unwrap()).unwrap();
        let operations = model["operations"].as_object().unwrap();
        let others = operations
            .keys()
            .map(String::as_str)
            .filter(|name| !rows.contains(name));
        assert_eq!(named(unknown), others.collect());
    }
}
