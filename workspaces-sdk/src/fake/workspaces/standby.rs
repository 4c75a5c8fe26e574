//! Standby WorkSpaces of this Region, for WorkSpaces of another Region.

use super::create::{check_request, default_properties, new_description, new_request};
use super::{WorkSpace, add_pending};
use crate::fake::saved::saved;
use crate::fake::service_error::{Failure, ServiceError, check_quota, code};
use crate::fake::state::State;
use crate::fake::{BUNDLE_ID, tags};
use crate::operation::create_standby_workspaces::{
    CreateStandbyWorkspacesInput, CreateStandbyWorkspacesOutput,
};
use crate::types::{
    BundleType, DataReplication, DataReplicationSettings, FailedCreateStandbyWorkspacesRequest,
    PendingCreateStandbyWorkspacesRequest, RelatedWorkspaceProperties, StandbyWorkspace,
    StandbyWorkspaceRelationshipType, WorkspaceRequest, WorkspaceState,
};

/// The maximum number of standby WorkSpaces in a Region.
const MAX_STANDBY: usize = 5;

const OPERATION: &str = "CreateStandbyWorkspaces";

/// A WorkSpace of another Region.
#[derive(Clone, Debug)]
pub(in crate::fake) struct Primary {
    pub(in crate::fake) region: String,
    pub(in crate::fake) user: String,
}

saved! {
    Primary {
        "Region" => region;
        "User" => user;
    }
}

pub(in crate::fake) fn create_standby(
    state: &mut State,
    input: CreateStandbyWorkspacesInput,
) -> Result<CreateStandbyWorkspacesOutput, ServiceError> {
    let region = input.primary_region.unwrap_or_default();
    if region == state.region {
        let message = "The primary Region must be another Region.";
        return Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    }
    let requests = input.standby_workspaces.unwrap_or_default();
    let standby = state.workspaces.values().filter(|it| primary(it).is_some());
    let count = standby.count() + requests.len();
    check_quota(count, MAX_STANDBY, "A Region has", "standby WorkSpaces")?;
    let mut output = CreateStandbyWorkspacesOutput::builder()
        .set_failed_standby_requests(Some(Vec::new()))
        .set_pending_standby_requests(Some(Vec::new()));
    for request in requests {
        output = match create_one(state, &region, &request) {
            Ok(pending) => output.pending_standby_requests(pending),
            Err((code, message)) => output.failed_standby_requests(
                FailedCreateStandbyWorkspacesRequest::builder()
                    .standby_workspace_request(request)
                    .error_code(code)
                    .error_message(message)
                    .build(),
            ),
        };
    }
    Ok(output.build())
}

/// Returns the primary WorkSpace of a standby WorkSpace.
fn primary(workspace: &WorkSpace) -> Option<&str> {
    let mut related = workspace.description.related_workspaces().iter();
    let is_primary = |it: &&RelatedWorkspaceProperties| {
        it.r#type() == Some(&StandbyWorkspaceRelationshipType::Primary)
    };
    related.find(is_primary)?.workspace_id()
}

fn create_one(
    state: &mut State,
    region: &str,
    request: &StandbyWorkspace,
) -> Result<PendingCreateStandbyWorkspacesRequest, Failure> {
    let id = &request.primary_workspace_id;
    if let Some(fault) = state.faults.item_error(OPERATION, id) {
        return Err(fault);
    }
    let fail = |code: &str, message: String| Err((code.to_owned(), message));
    let found = state.primaries.get(id).filter(|it| it.region == region);
    let Some(Primary { user, .. }) = found.cloned() else {
        let message = format!("WorkSpace {id} could not be found in {region}.");
        return fail("ResourceNotFound.WorkSpace", message);
    };
    if state.workspaces.values().any(|it| primary(it) == Some(id)) {
        let message = format!("WorkSpace {id} already has a standby WorkSpace.");
        return fail("OperationNotSupported.WorkSpace", message);
    }
    let bundle = standby_bundle(state);
    let new = WorkspaceRequest {
        volume_encryption_key: request.volume_encryption_key.clone(),
        ..new_request(&request.directory_id, &user, &bundle)
    };
    check_request(state, &new)?;
    let properties = default_properties(state, &new.bundle_id)?;
    let standby = state.ids.next("ws-");
    let new_tags = request.tags.clone().unwrap_or_default();
    tags::add(state, &standby, &new_tags).map_err(ServiceError::into_failure)?;
    let mut description = new_description(state, &standby, &new, properties);
    let replication = request.data_replication.clone();
    description.related_workspaces = Some(vec![
        RelatedWorkspaceProperties::builder()
            .workspace_id(id)
            .region(region)
            .state(WorkspaceState::Available)
            .r#type(StandbyWorkspaceRelationshipType::Primary)
            .build(),
    ]);
    description.data_replication_settings = Some(
        DataReplicationSettings::builder()
            .data_replication(replication.unwrap_or(DataReplication::NoReplication))
            .build(),
    );
    let workspace = WorkSpace::new(description, state);
    add_pending(state, OPERATION, id, &standby, workspace);
    Ok(PendingCreateStandbyWorkspacesRequest::builder()
        .user_name(user)
        .directory_id(&request.directory_id)
        .state(WorkspaceState::Pending)
        .workspace_id(standby)
        .build())
}

/// Returns the identifier of the bundle of standby WorkSpaces, which the service brings over with the first of them.
fn standby_bundle(state: &mut State) -> String {
    let mut bundles = state.bundles.iter();
    let is_standby = |bundle_type| bundle_type == Some(&BundleType::Standby);
    if let Some((id, _)) = bundles.find(|(_, bundle)| is_standby(bundle.bundle_type())) {
        return id.clone();
    }
    let id = state.ids.next("wsb-");
    if let Some(mut bundle) = state.bundles.get(BUNDLE_ID).cloned() {
        bundle.bundle_id = Some(id.clone());
        bundle.name = bundle.name.map(|name| format!("Standby {name}"));
        bundle.owner = Some(state.account.clone());
        bundle.bundle_type = Some(BundleType::Standby);
        state.bundles.insert(id.clone(), bundle);
    }
    id
}
