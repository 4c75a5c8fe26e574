//! Bundles: the public ones of Amazon, and those that the account creates from images.

use super::page::Page;
use super::service_error::{ServiceError, check_quota, code};
use super::state::State;
use super::{images, tags};
use crate::operation::create_workspace_bundle::{
    CreateWorkspaceBundleInput, CreateWorkspaceBundleOutput,
};
use crate::operation::delete_workspace_bundle::{
    DeleteWorkspaceBundleInput, DeleteWorkspaceBundleOutput,
};
use crate::operation::describe_workspace_bundles::{
    DescribeWorkspaceBundlesInput, DescribeWorkspaceBundlesOutput,
};
use crate::operation::update_workspace_bundle::{
    UpdateWorkspaceBundleInput, UpdateWorkspaceBundleOutput,
};
use crate::types::{
    BundleType, OperatingSystemName, OperatingSystemType, RootStorage, Workspace, WorkspaceBundle,
    WorkspaceBundleState,
};
use std::collections::BTreeSet;

mod public;

pub(super) use public::{AMAZON, public_bundles};

/// The maximum number of bundles of an account in a Region.
const MAX_BUNDLES: usize = 50;

/// The maximum size of a volume in GiB.
const MAX_VOLUME_SIZE: u32 = 2000;

/// Returns the applications of a bundle's image.
pub(super) fn applications<'a>(state: &'a State, bundle: &str) -> &'a BTreeSet<String> {
    const NONE: &BTreeSet<String> = &BTreeSet::new();
    let bundle = state.bundles.get(bundle);
    let image = bundle.and_then(|bundle| state.images.get(bundle.image_id()?));
    image.map_or(NONE, |image| &image.applications)
}

/// Returns the version of the operating system of a WorkSpace.
///
/// Images of the account do not contain it; the offline service assumes that of the default bundle.
pub(super) fn operating_system_name(state: &State, workspace: &Workspace) -> OperatingSystemName {
    let properties = workspace.workspace_properties.as_ref();
    let own = properties.and_then(|properties| properties.operating_system_name.clone());
    let bundle = state.bundles.get(workspace.bundle_id().unwrap_or_default());
    let name = bundle.and_then(WorkspaceBundle::name).unwrap_or_default();
    own.unwrap_or_else(|| public::operating_system_name(name))
}

/// Returns the operating system of a bundle.
pub(super) fn operating_system(state: &State, bundle: &WorkspaceBundle) -> OperatingSystemType {
    let image = state.images.get(bundle.image_id().unwrap_or_default());
    let windows = bundle.name().unwrap_or_default().contains("Windows");
    match image.and_then(images::Image::operating_system) {
        Some(system) => system,
        None if windows => OperatingSystemType::Windows,
        None => OperatingSystemType::Linux,
    }
}

pub(super) fn describe(
    state: &mut State,
    input: DescribeWorkspaceBundlesInput,
) -> Result<DescribeWorkspaceBundlesOutput, ServiceError> {
    let ids = input.bundle_ids.as_deref();
    if ids.is_some() && input.owner.is_some() {
        return Err(invalid("BundleIds and Owner are mutually exclusive."));
    }
    let page = Page::new(
        "DescribeWorkspaceBundles",
        input.next_token.as_deref(),
        None,
    )?;
    let owner = input.owner.as_deref().unwrap_or(&state.account);
    let (found, next) = page.take(
        page.select(&state.bundles, ids)
            .filter(|(_, bundle)| ids.is_some() || bundle.owner() == Some(owner))
            .map(|(id, bundle)| (id.to_owned(), bundle.clone())),
    );
    Ok(DescribeWorkspaceBundlesOutput::builder()
        .set_bundles(found)
        .set_next_token(next)
        .build())
}

pub(super) fn create(
    state: &mut State,
    input: CreateWorkspaceBundleInput,
) -> Result<CreateWorkspaceBundleOutput, ServiceError> {
    let image_id = input.image_id.unwrap_or_default();
    images::find_available(state, &image_id)?;
    let name = input.bundle_name.unwrap_or_default();
    let owned = || state.bundles.values().filter(|it| is_owned(state, it));
    if owned().any(|bundle| bundle.name() == Some(&name)) {
        let message = format!("A bundle named {name} already exists.");
        return Err(ServiceError::new(code::RESOURCE_ALREADY_EXISTS, message));
    }
    let count = owned().count() + 1;
    check_quota(count, MAX_BUNDLES, "An account has", "bundles in a Region")?;
    let compute = input.compute_type.as_ref();
    let Some(compute) = compute.and_then(|it| it.name.as_ref()) else {
        return Err(invalid("ComputeType requires a Name."));
    };
    let root = input.root_storage.unwrap_or_else(|| RootStorage {
        capacity: public::root_volume_size(compute).to_string(),
    });
    let user = input.user_storage.as_ref().map(|it| it.capacity.as_str());
    for capacity in [root.capacity.as_str(), user.unwrap_or_default()] {
        let size = capacity.parse().ok();
        if !size.is_some_and(|size: u32| (1..=MAX_VOLUME_SIZE).contains(&size)) {
            let message = format!(
                "A volume size must be between 1 and {MAX_VOLUME_SIZE} GiB, but is {capacity:?}."
            );
            return Err(invalid(&message));
        }
    }
    let id = state.ids.next("wsb-");
    tags::add(state, &id, &input.tags.unwrap_or_default())?;
    let now = state.timestamp();
    let bundle = WorkspaceBundle::builder()
        .bundle_id(&id)
        .name(name)
        .owner(&state.account)
        .set_description(input.bundle_description)
        .image_id(image_id)
        .root_storage(root)
        .set_user_storage(input.user_storage)
        .set_compute_type(input.compute_type)
        .creation_time(now)
        .last_updated_time(now)
        .state(WorkspaceBundleState::Available)
        .bundle_type(BundleType::Regular)
        .build();
    state.bundles.insert(id, bundle.clone());
    Ok(CreateWorkspaceBundleOutput::builder()
        .workspace_bundle(bundle)
        .build())
}

/// Changes the image of a bundle. Existing WorkSpaces of the bundle do not change.
pub(super) fn update(
    state: &mut State,
    input: UpdateWorkspaceBundleInput,
) -> Result<UpdateWorkspaceBundleOutput, ServiceError> {
    let id = find_owned(state, input.bundle_id)?;
    let Some(image_id) = input.image_id else {
        return Err(invalid("ImageId is required."));
    };
    images::find_available(state, &image_id)?;
    let now = state.timestamp();
    if let Some(bundle) = state.bundles.get_mut(&id) {
        bundle.image_id = Some(image_id);
        bundle.last_updated_time = Some(now);
    }
    Ok(UpdateWorkspaceBundleOutput::builder().build())
}

pub(super) fn delete(
    state: &mut State,
    input: DeleteWorkspaceBundleInput,
) -> Result<DeleteWorkspaceBundleOutput, ServiceError> {
    let id = find_owned(state, input.bundle_id)?;
    let workspaces = state
        .workspaces
        .values()
        .map(|it| it.description.bundle_id());
    let pools = state.pools.values().map(|pool| Some(pool.bundle_id()));
    let users = workspaces.chain(pools).filter(|it| *it == Some(&id));
    let count = users.count();
    if count > 0 {
        let message = format!("The bundle {id} is in use by {count} WorkSpaces or pools.");
        return Err(ServiceError::new(code::RESOURCE_ASSOCIATED, message).with_resource(&id));
    }
    state.bundles.remove(&id);
    state.tags.remove(&id);
    Ok(DeleteWorkspaceBundleOutput::builder().build())
}

/// Finds a bundle.
///
/// # Errors
/// `ResourceNotFoundException` if no bundle has this identifier.
pub(super) fn find<'a>(state: &'a State, id: &str) -> Result<&'a WorkspaceBundle, ServiceError> {
    let bundle = state.bundles.get(id);
    bundle.ok_or(ServiceError::not_found("Bundle", id))
}

/// Checks that the account owns a bundle, and returns the bundle's identifier.
fn find_owned(state: &State, id: Option<String>) -> Result<String, ServiceError> {
    let id = id.ok_or(invalid("BundleId is required."))?;
    if is_owned(state, find(state, &id)?) {
        return Ok(id);
    }
    let message = format!("The bundle {id} belongs to {}.", public::AMAZON);
    Err(ServiceError::new(code::ACCESS_DENIED, message))
}

/// Whether the account owns a bundle.
pub(super) fn is_owned(state: &State, bundle: &WorkspaceBundle) -> bool {
    bundle.owner() == Some(&state.account)
}

fn invalid(message: &str) -> ServiceError {
    ServiceError::new(code::INVALID_PARAMETER_VALUES, message)
}
