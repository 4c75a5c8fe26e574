//! Images: created from WorkSpaces, copied, imported, and shared with other accounts.

use std::collections::BTreeSet;
use std::time::Duration;

use aws_smithy_types::DateTime;

use super::page::Page;
use super::preconditions::{self, Action};
use super::saved::saved;
use super::service_error::{Failure, ServiceError, check_quota, code};
use super::state::{Event, State};
use super::{account, applications, bundles, tags, workspaces};
use crate::fake::table::Table;
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

mod custom_import;
mod permissions;

pub(super) use custom_import::{CustomImport, describe_custom_import, import_custom};
pub(super) use permissions::{describe_permissions, update_permission};

/// The maximum number of images of an account in a Region.
const MAX_IMAGES: usize = 40;

/// The number of minutes that an image is PENDING, by the operation that creates it.
const CREATION_MINUTES: &[(&str, u64)] = &[
    (CREATE, 45),
    (CREATE_UPDATED, 60),
    (COPY, 30),
    (IMPORT, 180),
    (IMPORT_CUSTOM, custom_import::MINUTES),
];

const CREATE: &str = "CreateWorkspaceImage";
const CREATE_UPDATED: &str = "CreateUpdatedWorkspaceImage";
const COPY: &str = "CopyWorkspaceImage";
const IMPORT: &str = "ImportWorkspaceImage";
const IMPORT_CUSTOM: &str = "ImportCustomWorkspaceImage";

/// Images by identifier.
pub(super) type Images = Table<Image>;

/// An image.
#[derive(Debug)]
pub(super) struct Image {
    /// The description of the image.
    description: WorkspaceImage,
    /// The accounts that the image is shared with.
    shared_with: BTreeSet<String>,
    /// The WorkSpace that is suspended until the image is complete.
    source: Option<String>,
    /// The applications that the image contains.
    pub(super) applications: BTreeSet<String>,
    /// The import through EC2 Image Builder that creates the image.
    custom_import: Option<CustomImport>,
    /// The time when the image became AVAILABLE, or failed.
    finished: Option<DateTime>,
}

saved! {
    Image {
        "Description" => description;
        "SharedWith" => shared_with;
        "Source" => source;
        "Applications" => applications;
        "CustomImport" => custom_import;
        "Finished" => finished;
    }
}

impl Image {
    pub(super) fn created(&self) -> Option<DateTime> {
        self.description.created
    }

    pub(super) fn operating_system(&self) -> Option<OperatingSystemType> {
        self.description.operating_system.as_ref()?.r#type.clone()
    }

    fn is_available(&self) -> bool {
        self.description.state == Some(WorkspaceImageState::Available)
    }
}

/// The properties of an image to create.
struct NewImage {
    name: Option<String>,
    description: Option<String>,
    tags: Option<Vec<Tag>>,
    operating_system: OperatingSystemType,
    tenancy: WorkspaceImageRequiredTenancy,
    applications: BTreeSet<String>,
}

impl NewImage {
    /// Returns the properties of an imported image, which runs Windows under the account's own license.
    fn imported(name: Option<String>, description: Option<String>, tags: Option<Vec<Tag>>) -> Self {
        Self {
            name,
            description,
            tags,
            operating_system: OperatingSystemType::Windows,
            tenancy: WorkspaceImageRequiredTenancy::Dedicated,
            applications: BTreeSet::new(),
        }
    }
}

/// Finds an image.
///
/// # Errors
/// `ResourceNotFoundException` if no image has this identifier.
pub(super) fn find<'a>(state: &'a State, id: &str) -> Result<&'a Image, ServiceError> {
    let image = state.images.get(id);
    image.ok_or(ServiceError::not_found("Image", id))
}

/// Finds an image that is AVAILABLE.
///
/// # Errors
/// Returns a ResourceNotFoundException or a ResourceUnavailableException.
pub(super) fn find_available<'a>(state: &'a State, id: &str) -> Result<&'a Image, ServiceError> {
    let image = find(state, id)?;
    if !image.is_available() {
        let message = format!("The image {id} is not AVAILABLE.");
        return Err(ServiceError::new(code::RESOURCE_UNAVAILABLE, message).with_resource(id));
    }
    Ok(image)
}

/// Begins the creation of an image and returns its description.
fn begin_creation(
    state: &mut State,
    operation: &str,
    new_image: NewImage,
) -> Result<WorkspaceImage, ServiceError> {
    let name = new_image.name.unwrap_or_default();
    let mut images = state.images.values();
    if images.any(|image| image.description.name() == Some(&name)) {
        let message = format!("An image named {name} already exists.");
        return Err(ServiceError::new(code::RESOURCE_ALREADY_EXISTS, message));
    }
    let count = state.images.len() + 1;
    check_quota(count, MAX_IMAGES, "An account has", "images in a Region")?;
    let id = state.ids.next("wsi-");
    tags::add(state, &id, &new_image.tags.unwrap_or_default())?;
    let minutes = CREATION_MINUTES.iter().find(|(it, _)| *it == operation);
    let after = Duration::from_secs(60 * minutes.map_or(0, |(_, minutes)| *minutes));
    let event = |failure| Event::Image(id.clone(), failure);
    state.schedule_change(operation, &[&name, &id], after, event);
    let description = WorkspaceImage::builder()
        .image_id(&id)
        .name(name)
        .set_description(new_image.description)
        .operating_system(
            OperatingSystem::builder()
                .r#type(new_image.operating_system)
                .build(),
        )
        .state(WorkspaceImageState::Pending)
        .required_tenancy(new_image.tenancy)
        .created(state.timestamp())
        .owner_account_id(&state.account)
        .updates(UpdateResult::builder().update_available(false).build())
        .build();
    let image = Image {
        description: description.clone(),
        shared_with: BTreeSet::new(),
        source: None,
        applications: new_image.applications,
        custom_import: None,
        finished: None,
    };
    state.images.insert(id, image);
    Ok(description)
}

/// Finishes the creation of an image and resumes its source WorkSpace.
pub(super) fn finish_creation(state: &mut State, id: &str, failure: Option<Failure>) {
    let now = state.timestamp();
    let Some(image) = state.images.get_mut(id) else {
        return;
    };
    image.finished = Some(now);
    image.description.state = Some(match failure {
        None => WorkspaceImageState::Available,
        Some((code, message)) => {
            image.description.error_code = Some(code);
            image.description.error_message = Some(message);
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
) -> Result<CreateWorkspaceImageOutput, ServiceError> {
    let source = input.workspace_id.unwrap_or_default();
    let workspace = workspaces::find(state, &source)?;
    let mode = workspace.mode();
    let rule = preconditions::check(Action::CreateImage, &workspace.state(), &mode)?;
    let bundle_id = workspace.description.bundle_id.clone().unwrap_or_default();
    let bundle = state.bundles.get(&bundle_id);
    let new_image = NewImage {
        name: input.name,
        description: input.description,
        tags: input.tags,
        operating_system: bundle.map_or(OperatingSystemType::Windows, |it| {
            bundles::operating_system(state, it)
        }),
        tenancy: WorkspaceImageRequiredTenancy::Default,
        applications: applications::installed(state, &source),
    };
    let created = begin_creation(state, CREATE, new_image)?;
    if let Some(image) = state.images.get_mut(created.image_id().unwrap_or_default()) {
        image.source = Some(source.clone());
    }
    if let Some(to) = &rule.to {
        workspaces::enter(state, &source, to.clone());
    }
    Ok(CreateWorkspaceImageOutput::builder()
        .set_image_id(created.image_id)
        .set_name(created.name)
        .set_description(created.description)
        .set_operating_system(created.operating_system)
        .set_state(created.state)
        .set_required_tenancy(created.required_tenancy)
        .set_created(created.created)
        .set_owner_account_id(created.owner_account_id)
        .build())
}

/// Creates an image with updated drivers, which is possible for Windows only.
pub(super) fn create_updated(
    state: &mut State,
    input: CreateUpdatedWorkspaceImageInput,
) -> Result<CreateUpdatedWorkspaceImageOutput, ServiceError> {
    let source = input.source_image_id.unwrap_or_default();
    let image = find(state, &source)?;
    if !image.is_available() {
        let message = format!("The image {source} is not AVAILABLE.");
        return Err(ServiceError::new(code::INVALID_RESOURCE_STATE, message));
    }
    if image.operating_system() != Some(OperatingSystemType::Windows) {
        let message = format!("The image {source} is not a Windows image.");
        return Err(ServiceError::new(code::OPERATION_NOT_SUPPORTED, message));
    }
    let tenancy = image.description.required_tenancy.clone();
    let new_image = NewImage {
        name: input.name,
        description: input.description,
        tags: input.tags,
        operating_system: OperatingSystemType::Windows,
        tenancy: tenancy.unwrap_or(WorkspaceImageRequiredTenancy::Default),
        applications: image.applications.clone(),
    };
    let created = begin_creation(state, CREATE_UPDATED, new_image)?;
    Ok(CreateUpdatedWorkspaceImageOutput::builder()
        .set_image_id(created.image_id)
        .build())
}

/// Copies an image. The offline service assumes that an image of another Region exists, is AVAILABLE,
/// and runs Windows.
pub(super) fn copy(
    state: &mut State,
    input: CopyWorkspaceImageInput,
) -> Result<CopyWorkspaceImageOutput, ServiceError> {
    let source = input.source_image_id.unwrap_or_default();
    let same_region = input.source_region.as_ref() == Some(&state.region);
    let image = match same_region {
        true => Some(find_available(state, &source)?),
        false => None,
    };
    let tenancy = image.and_then(|image| image.description.required_tenancy.clone());
    let new_image = NewImage {
        name: input.name,
        description: input.description,
        tags: input.tags,
        operating_system: image
            .and_then(Image::operating_system)
            .unwrap_or(OperatingSystemType::Windows),
        tenancy: tenancy.unwrap_or(WorkspaceImageRequiredTenancy::Default),
        applications: image.map(|it| it.applications.clone()).unwrap_or_default(),
    };
    let created = begin_creation(state, COPY, new_image)?;
    Ok(CopyWorkspaceImageOutput::builder()
        .set_image_id(created.image_id)
        .build())
}

/// Imports an EC2 image of Windows under the account's own license. Every EC2 image identifier is
/// accepted.
pub(super) fn import(
    state: &mut State,
    input: ImportWorkspaceImageInput,
) -> Result<ImportWorkspaceImageOutput, ServiceError> {
    account::check_byol_enabled(state)?;
    if input.applications().len() > 1 {
        let message = "Only one application can be subscribed to.";
        return Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    }
    let applications = applications::imported(input.applications());
    let new_image = NewImage {
        applications,
        ..NewImage::imported(input.image_name, input.image_description, input.tags)
    };
    let created = begin_creation(state, IMPORT, new_image)?;
    Ok(ImportWorkspaceImageOutput::builder()
        .set_image_id(created.image_id)
        .build())
}

pub(super) fn describe(
    state: &mut State,
    input: DescribeWorkspaceImagesInput,
) -> Result<DescribeWorkspaceImagesOutput, ServiceError> {
    let page = Page::new(
        "DescribeWorkspaceImages",
        input.next_token.as_deref(),
        input.max_results,
    )?;
    // There are no other accounts that could share an image with this one.
    let shared_only = input.image_type == Some(ImageType::Shared);
    let (found, next) = page.take(
        page.select(&state.images, input.image_ids.as_deref())
            .filter(|_| !shared_only)
            .map(|(id, image)| (id.to_owned(), image.description.clone())),
    );
    Ok(DescribeWorkspaceImagesOutput::builder()
        .set_images(found)
        .set_next_token(next)
        .build())
}

/// Deletes an image. The operation does not have a ResourceNotFoundException, so a missing image has the
/// same error as an image of another account.
pub(super) fn delete(
    state: &mut State,
    input: DeleteWorkspaceImageInput,
) -> Result<DeleteWorkspaceImageOutput, ServiceError> {
    let id = input.image_id.unwrap_or_default();
    let fail =
        |code: &str, message: String| Err(ServiceError::new(code, message).with_resource(&id));
    let Some(image) = state.images.get(&id) else {
        let message = format!("The account has no image {id}.");
        return fail(code::ACCESS_DENIED, message);
    };
    if image.description.state == Some(WorkspaceImageState::Pending) {
        let message = format!("The image {id} is PENDING.");
        return fail(code::INVALID_RESOURCE_STATE, message);
    }
    if !image.shared_with.is_empty() {
        let message = format!("The image {id} is shared with other accounts.");
        return fail(code::RESOURCE_ASSOCIATED, message);
    }
    let mut bundles = state.bundles.values();
    if bundles.any(|bundle| bundle.image_id() == Some(&id)) {
        let message = format!("The image {id} is used by bundles.");
        return fail(code::RESOURCE_ASSOCIATED, message);
    }
    state.images.remove(&id);
    state.tags.remove(&id);
    Ok(DeleteWorkspaceImageOutput::builder().build())
}
