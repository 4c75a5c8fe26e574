//! Bundles: those that Amazon offers, and those made from images.

use super::page::Page;
use super::refusal::{Refusal, code, within};
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
    BundleType, OperatingSystemType, RootStorage, WorkspaceBundle, WorkspaceBundleState,
};

mod public;

pub(super) use public::public;

/// How many bundles an account has at most in a Region.
const MAX_BUNDLES: usize = 50;

/// The largest volume, in GiB.
const MAX_VOLUME: u32 = 2000;

/// The system that WorkSpaces of a bundle run.
pub(super) fn system(state: &State, bundle: &WorkspaceBundle) -> OperatingSystemType {
    let image = state.images.get(bundle.image_id().unwrap_or_default());
    let windows = bundle.name().unwrap_or_default().contains("Windows");
    match image.and_then(images::Image::system) {
        Some(system) => system,
        None if windows => OperatingSystemType::Windows,
        None => OperatingSystemType::Linux,
    }
}

pub(super) fn describe(
    state: &mut State,
    input: DescribeWorkspaceBundlesInput,
) -> Result<DescribeWorkspaceBundlesOutput, Refusal> {
    let ids = input.bundle_ids.as_deref();
    if ids.is_some() && input.owner.is_some() {
        return Err(invalid("Give one of BundleIds and Owner, not both."));
    }
    let page = Page::new(
        "DescribeWorkspaceBundles",
        input.next_token.as_deref(),
        None,
    )?;
    let owner = input.owner.as_deref().unwrap_or(&state.account);
    let (found, next) = page.take(
        page.listed(&state.bundles, ids)
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
) -> Result<CreateWorkspaceBundleOutput, Refusal> {
    let image_id = input.image_id.unwrap_or_default();
    images::available(state, &image_id)?;
    let name = input.bundle_name.unwrap_or_default();
    let own = || state.bundles.values().filter(|it| is_own(state, it));
    if own().any(|bundle| bundle.name() == Some(&name)) {
        let why = format!("There is a bundle {name} already.");
        return Err(Refusal::new(code::RESOURCE_ALREADY_EXISTS, why));
    }
    let count = own().count() + 1;
    within(count, MAX_BUNDLES, "An account has", "bundles in a Region")?;
    let compute = input.compute_type.as_ref();
    let Some(compute) = compute.and_then(|it| it.name.as_ref()) else {
        return Err(invalid("ComputeType needs a Name."));
    };
    let root = input.root_storage.unwrap_or_else(|| RootStorage {
        capacity: public::root_volume(compute).to_string(),
    });
    let user = input.user_storage.as_ref().map(|it| it.capacity.as_str());
    for capacity in [root.capacity.as_str(), user.unwrap_or_default()] {
        let size = capacity.parse().ok();
        if !size.is_some_and(|size: u32| (1..=MAX_VOLUME).contains(&size)) {
            let why = format!("A volume has 1 to {MAX_VOLUME} GiB, not {capacity:?}.");
            return Err(invalid(&why));
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

/// Gives a bundle another image; WorkSpaces that were made from it stay as they are.
pub(super) fn update(
    state: &mut State,
    input: UpdateWorkspaceBundleInput,
) -> Result<UpdateWorkspaceBundleOutput, Refusal> {
    let id = own(state, input.bundle_id)?;
    let Some(image_id) = input.image_id else {
        return Err(invalid("An ImageId is needed."));
    };
    images::available(state, &image_id)?;
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
) -> Result<DeleteWorkspaceBundleOutput, Refusal> {
    let id = own(state, input.bundle_id)?;
    let workspaces = state.workspaces.values().map(|it| it.seen.bundle_id());
    let pools = state.pools.values().map(|pool| Some(pool.bundle_id()));
    let users = workspaces.chain(pools).filter(|it| *it == Some(&id));
    let users = users.count();
    if users > 0 {
        let why = format!("The bundle {id} is used by WorkSpaces or pools: {users}.");
        return Err(Refusal::new(code::RESOURCE_ASSOCIATED, why).about(&id));
    }
    state.bundles.remove(&id);
    state.tags.remove(&id);
    Ok(DeleteWorkspaceBundleOutput::builder().build())
}

/// Checks that a bundle can be changed, and gives its identifier.
fn own(state: &State, id: Option<String>) -> Result<String, Refusal> {
    let id = id.ok_or(invalid("A BundleId is needed."))?;
    match state.bundles.get(&id) {
        None => Err(Refusal::not_found("Bundle", &id)),
        Some(bundle) if is_own(state, bundle) => Ok(id),
        Some(_) => {
            let why = format!("The bundle {id} belongs to {}.", public::AMAZON);
            Err(Refusal::new(code::ACCESS_DENIED, why))
        }
    }
}

/// Whether a bundle belongs to this account.
pub(super) fn is_own(state: &State, bundle: &WorkspaceBundle) -> bool {
    bundle.owner() == Some(&state.account)
}

fn invalid(why: &str) -> Refusal {
    Refusal::new(code::INVALID_PARAMETER_VALUES, why)
}
