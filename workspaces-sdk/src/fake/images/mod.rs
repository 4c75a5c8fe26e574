//! Images: made from WorkSpaces, copied, imported, and shared with other accounts.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::page::Page;
use super::preconditions::{self, Action};
use super::refusal::{Refusal, code, within};
use super::state::{Event, Failure, State};
use super::{bundles, tags, workspaces};
use crate::operation::copy_workspace_image::{CopyWorkspaceImageInput, CopyWorkspaceImageOutput};
use crate::operation::create_updated_workspace_image::{
    CreateUpdatedWorkspaceImageInput, CreateUpdatedWorkspaceImageOutput,
};
use crate::operation::create_workspace_image::{
    CreateWorkspaceImageInput, CreateWorkspaceImageOutput,
};
use crate::operation::delete_workspace_image::{
    DeleteWorkspaceImageInput, DeleteWorkspaceImageOutput,
};
use crate::operation::describe_workspace_images::{
    DescribeWorkspaceImagesInput, DescribeWorkspaceImagesOutput,
};
use crate::operation::import_workspace_image::{
    ImportWorkspaceImageInput, ImportWorkspaceImageOutput,
};
use crate::types::{
    ImageType, OperatingSystem, OperatingSystemType, Tag, UpdateResult, WorkspaceImage,
    WorkspaceImageRequiredTenancy, WorkspaceImageState, WorkspaceState,
};

mod permissions;

pub(super) use permissions::{permissions, update_permission};

/// How many images an account has at most in a Region.
const MAX_IMAGES: usize = 40;

/// How many minutes an image is PENDING, by the operation that makes it.
const MAKING: &[(&str, u64)] = &[
    (CREATE, 45),
    (CREATE_UPDATED, 60),
    (COPY, 30),
    (IMPORT, 180),
];

const CREATE: &str = "CreateWorkspaceImage";
const CREATE_UPDATED: &str = "CreateUpdatedWorkspaceImage";
const COPY: &str = "CopyWorkspaceImage";
const IMPORT: &str = "ImportWorkspaceImage";

/// Images by their identifiers.
pub(super) type Images = BTreeMap<String, Image>;

/// An image.
#[derive(Debug)]
pub(super) struct Image {
    /// It as it is described.
    seen: WorkspaceImage,
    /// The accounts that may copy it.
    shared: BTreeSet<String>,
    /// The WorkSpace that is suspended until it is made.
    source: Option<String>,
}

impl Image {
    pub(super) fn system(&self) -> Option<OperatingSystemType> {
        self.seen.operating_system.as_ref()?.r#type.clone()
    }

    fn is_available(&self) -> bool {
        self.seen.state == Some(WorkspaceImageState::Available)
    }
}

/// An image that is wanted.
struct Wanted {
    name: Option<String>,
    description: Option<String>,
    tags: Option<Vec<Tag>>,
    system: OperatingSystemType,
    tenancy: WorkspaceImageRequiredTenancy,
}

/// Finds an image.
///
/// # Errors
/// ResourceNotFoundException.
fn find<'a>(state: &'a State, id: &str) -> Result<&'a Image, Refusal> {
    let image = state.images.get(id);
    image.ok_or(Refusal::not_found("Image", id))
}

/// Finds an image that something can be made of.
///
/// # Errors
/// ResourceNotFoundException, ResourceUnavailableException.
pub(super) fn available<'a>(state: &'a State, id: &str) -> Result<&'a Image, Refusal> {
    let image = find(state, id)?;
    if !image.is_available() {
        let why = format!("The image {id} is not AVAILABLE.");
        return Err(Refusal::new(code::RESOURCE_UNAVAILABLE, why).about(id));
    }
    Ok(image)
}

/// Begins to make an image.
fn begin(state: &mut State, operation: &str, wanted: Wanted) -> Result<WorkspaceImage, Refusal> {
    let name = wanted.name.unwrap_or_default();
    let mut images = state.images.values();
    if images.any(|image| image.seen.name() == Some(&name)) {
        let why = format!("There is an image {name} already.");
        return Err(Refusal::new(code::RESOURCE_ALREADY_EXISTS, why));
    }
    let count = state.images.len() + 1;
    within(count, MAX_IMAGES, "An account has", "images in a Region")?;
    let id = state.ids.next("wsi-");
    tags::add(state, &id, &wanted.tags.unwrap_or_default())?;
    let minutes = MAKING.iter().find(|(it, _)| *it == operation);
    let after = Duration::from_secs(60 * minutes.map_or(0, |(_, minutes)| *minutes));
    let event = |failure| Event::Image(id.clone(), failure);
    state.change(operation, &[&name, &id], after, event);
    let seen = WorkspaceImage::builder()
        .image_id(&id)
        .name(name)
        .set_description(wanted.description)
        .operating_system(OperatingSystem::builder().r#type(wanted.system).build())
        .state(WorkspaceImageState::Pending)
        .required_tenancy(wanted.tenancy)
        .created(state.timestamp())
        .owner_account_id(&state.account)
        .updates(UpdateResult::builder().update_available(false).build())
        .build();
    let image = Image {
        seen: seen.clone(),
        shared: BTreeSet::new(),
        source: None,
    };
    state.images.insert(id, image);
    Ok(seen)
}

/// Ends the making of an image, and lets the WorkSpace go on from which it was made.
pub(super) fn end(state: &mut State, id: &str, failure: Option<Failure>) {
    let Some(image) = state.images.get_mut(id) else {
        return;
    };
    image.seen.state = Some(match failure {
        None => WorkspaceImageState::Available,
        Some((code, message)) => {
            image.seen.error_code = Some(code);
            image.seen.error_message = Some(message);
            WorkspaceImageState::Error
        }
    });
    let Some(source) = image.source.take() else {
        return;
    };
    let workspace = state.workspaces.get(&source);
    if workspace.is_some_and(|it| it.state() == WorkspaceState::Suspended) {
        workspaces::enter(state, &source, WorkspaceState::Available);
    }
}

pub(super) fn create(
    state: &mut State,
    input: CreateWorkspaceImageInput,
) -> Result<CreateWorkspaceImageOutput, Refusal> {
    let source = input.workspace_id.unwrap_or_default();
    let workspace = workspaces::find(state, &source)?;
    let mode = workspace.mode();
    let rule = preconditions::allowed(Action::CreateImage, &workspace.state(), &mode)
        .map_err(|(code, why)| Refusal::new(code, why))?;
    let bundle_id = workspace.seen.bundle_id.clone().unwrap_or_default();
    let bundle = state.bundles.get(&bundle_id);
    let wanted = Wanted {
        name: input.name,
        description: input.description,
        tags: input.tags,
        system: bundle.map_or(OperatingSystemType::Windows, |it| {
            bundles::system(state, it)
        }),
        tenancy: WorkspaceImageRequiredTenancy::Default,
    };
    let seen = begin(state, CREATE, wanted)?;
    if let Some(image) = state.images.get_mut(seen.image_id().unwrap_or_default()) {
        image.source = Some(source.clone());
    }
    if let Some(to) = &rule.to {
        workspaces::enter(state, &source, to.clone());
    }
    Ok(CreateWorkspaceImageOutput::builder()
        .set_image_id(seen.image_id)
        .set_name(seen.name)
        .set_description(seen.description)
        .set_operating_system(seen.operating_system)
        .set_state(seen.state)
        .set_required_tenancy(seen.required_tenancy)
        .set_created(seen.created)
        .set_owner_account_id(seen.owner_account_id)
        .build())
}

/// Makes an image with newer drivers, which the service does for Windows only.
pub(super) fn create_updated(
    state: &mut State,
    input: CreateUpdatedWorkspaceImageInput,
) -> Result<CreateUpdatedWorkspaceImageOutput, Refusal> {
    let source = input.source_image_id.unwrap_or_default();
    let image = find(state, &source)?;
    if !image.is_available() {
        let why = format!("The image {source} is not AVAILABLE.");
        return Err(Refusal::new(code::INVALID_RESOURCE_STATE, why));
    }
    if image.system() != Some(OperatingSystemType::Windows) {
        let why = format!("The image {source} is not one of Windows.");
        return Err(Refusal::new(code::OPERATION_NOT_SUPPORTED, why));
    }
    let tenancy = image.seen.required_tenancy.clone();
    let wanted = Wanted {
        name: input.name,
        description: input.description,
        tags: input.tags,
        system: OperatingSystemType::Windows,
        tenancy: tenancy.unwrap_or(WorkspaceImageRequiredTenancy::Default),
    };
    let seen = begin(state, CREATE_UPDATED, wanted)?;
    Ok(CreateUpdatedWorkspaceImageOutput::builder()
        .set_image_id(seen.image_id)
        .build())
}

/// Copies an image, from another Region too: of those all are taken for images of Windows that are
/// there.
pub(super) fn copy(
    state: &mut State,
    input: CopyWorkspaceImageInput,
) -> Result<CopyWorkspaceImageOutput, Refusal> {
    let source = input.source_image_id.unwrap_or_default();
    let here = input.source_region.as_ref() == Some(&state.region);
    let image = match here {
        true => Some(available(state, &source)?),
        false => None,
    };
    let tenancy = image.and_then(|image| image.seen.required_tenancy.clone());
    let wanted = Wanted {
        name: input.name,
        description: input.description,
        tags: input.tags,
        system: image
            .and_then(Image::system)
            .unwrap_or(OperatingSystemType::Windows),
        tenancy: tenancy.unwrap_or(WorkspaceImageRequiredTenancy::Default),
    };
    let seen = begin(state, COPY, wanted)?;
    Ok(CopyWorkspaceImageOutput::builder()
        .set_image_id(seen.image_id)
        .build())
}

/// Makes an image of Windows under a licence of the account's own from an image of EC2, any.
pub(super) fn import(
    state: &mut State,
    input: ImportWorkspaceImageInput,
) -> Result<ImportWorkspaceImageOutput, Refusal> {
    if input.applications().len() > 1 {
        let why = "One application can be subscribed to, no more.";
        return Err(Refusal::new(code::INVALID_PARAMETER_VALUES, why));
    }
    let wanted = Wanted {
        name: input.image_name,
        description: input.image_description,
        tags: input.tags,
        system: OperatingSystemType::Windows,
        tenancy: WorkspaceImageRequiredTenancy::Dedicated,
    };
    let seen = begin(state, IMPORT, wanted)?;
    Ok(ImportWorkspaceImageOutput::builder()
        .set_image_id(seen.image_id)
        .build())
}

pub(super) fn describe(
    state: &mut State,
    input: DescribeWorkspaceImagesInput,
) -> Result<DescribeWorkspaceImagesOutput, Refusal> {
    let page = Page::new(
        "DescribeWorkspaceImages",
        input.next_token.as_deref(),
        input.max_results,
    )?;
    // No other account shares an image with this one.
    let none = input.image_type == Some(ImageType::Shared);
    let (found, next) = page.take(
        page.listed(&state.images, input.image_ids.as_deref())
            .filter(|_| !none)
            .map(|(id, image)| (id.to_owned(), image.seen.clone())),
    );
    Ok(DescribeWorkspaceImagesOutput::builder()
        .set_images(found)
        .set_next_token(next)
        .build())
}

/// The operation has no error for an image that does not exist: it is like one of another account.
pub(super) fn delete(
    state: &mut State,
    input: DeleteWorkspaceImageInput,
) -> Result<DeleteWorkspaceImageOutput, Refusal> {
    let id = input.image_id.unwrap_or_default();
    let refuse = |code: &str, why: String| Err(Refusal::new(code, why).about(&id));
    let Some(image) = state.images.get(&id) else {
        let why = format!("The account has no image {id}.");
        return refuse(code::ACCESS_DENIED, why);
    };
    if image.seen.state == Some(WorkspaceImageState::Pending) {
        let why = format!("The image {id} is PENDING.");
        return refuse(code::INVALID_RESOURCE_STATE, why);
    }
    if !image.shared.is_empty() {
        let why = format!("The image {id} is shared with other accounts.");
        return refuse(code::RESOURCE_ASSOCIATED, why);
    }
    let mut bundles = state.bundles.values();
    if bundles.any(|bundle| bundle.image_id() == Some(&id)) {
        let why = format!("The image {id} is used by bundles.");
        return refuse(code::RESOURCE_ASSOCIATED, why);
    }
    state.images.remove(&id);
    state.tags.remove(&id);
    Ok(DeleteWorkspaceImageOutput::builder().build())
}
