//! Imports of images through EC2 Image Builder, which report their progress.

use aws_smithy_types::DateTime;

use super::{IMPORT_CUSTOM, NewImage, begin_creation, find};
use crate::fake::account;
use crate::fake::saved::saved;
use crate::fake::service_error::{ServiceError, code};
use crate::fake::state::State;
use crate::operation::describe_custom_workspace_image_import::{
    DescribeCustomWorkspaceImageImportInput, DescribeCustomWorkspaceImageImportOutput,
};
use crate::operation::import_custom_workspace_image::{
    ImportCustomWorkspaceImageInput, ImportCustomWorkspaceImageOutput,
};
use crate::types::CustomWorkspaceImageImportState::{
    self, Completed, CreatingTestInstance, Error, Generalizing, ImageCompatibilityChecking,
    ImageTestingGeneralization, ImageTestingStart, InProgress, InstallingComponents, Pending,
    ProcessingSourceImage, Publishing, UpdatingOperatingSystem, Validating,
};
use crate::types::{
    CustomImageProtocol, CustomWorkspaceImageImportErrorDetails, ImageSourceIdentifier, OsVersion,
    WorkspaceImageState,
};

/// What is specific to an import through EC2 Image Builder.
#[derive(Clone, Debug)]
pub(in crate::fake) struct CustomImport {
    pub(in crate::fake) source: ImageSourceIdentifier,
    pub(in crate::fake) infrastructure: String,
    /// The instance that builds the image.
    pub(in crate::fake) instance: String,
}

saved! {
    CustomImport {
        "Source" => source;
        "Infrastructure" => infrastructure;
        "Instance" => instance;
    }
}

/// The states of an import: the minutes after which they begin, and the progress in percent.
const STAGES: &[(CustomWorkspaceImageImportState, u64, i32)] = &[
    (Pending, 0, 0),
    (InProgress, 2, 2),
    (ProcessingSourceImage, 5, 5),
    (ImageTestingStart, 20, 15),
    (UpdatingOperatingSystem, 25, 20),
    (ImageCompatibilityChecking, 55, 40),
    (ImageTestingGeneralization, 65, 50),
    (CreatingTestInstance, 75, 60),
    (InstallingComponents, 80, 65),
    (Generalizing, 105, 80),
    (Validating, 115, 88),
    (Publishing, 120, 94),
];

pub(in crate::fake) fn import_custom(
    state: &mut State,
    input: ImportCustomWorkspaceImageInput,
) -> Result<ImportCustomWorkspaceImageOutput, ServiceError> {
    account::check_byol_enabled(state)?;
    let invalid = |message: &str| Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    let Some(source) = input.image_source.filter(|source| !source.is_unknown()) else {
        return invalid(
            "ImageSource requires one of Ec2ImportTaskId, ImageBuildVersionArn and Ec2ImageId.",
        );
    };
    let pcoip = input.protocol == Some(CustomImageProtocol::Pcoip);
    if pcoip && input.os_version == Some(OsVersion::Windows11) {
        return invalid("Windows 11 does not support the protocol PCOIP.");
    }
    let new_image = NewImage::imported(input.image_name, input.image_description, input.tags);
    let created = begin_creation(state, IMPORT_CUSTOM, new_image)?;
    let import = CustomImport {
        source,
        infrastructure: input.infrastructure_configuration_arn.unwrap_or_default(),
        instance: state.ids.next_vpc("i-"),
    };
    let id = created.image_id.unwrap_or_default();
    if let Some(image) = state.images.get_mut(&id) {
        image.custom_import = Some(import);
    }
    Ok(ImportCustomWorkspaceImageOutput::builder()
        .image_id(id)
        .state(Pending)
        .build())
}

pub(in crate::fake) fn describe_custom_import(
    state: &mut State,
    input: DescribeCustomWorkspaceImageImportInput,
) -> Result<DescribeCustomWorkspaceImageImportOutput, ServiceError> {
    let id = input.image_id.unwrap_or_default();
    let image = find(state, &id)?;
    let Some(import) = &image.custom_import else {
        return Err(ServiceError::not_found("Import of the image", &id));
    };
    let created = image.created().unwrap_or(state.timestamp());
    let minutes = |stage: u64| i64::try_from(60 * stage).unwrap_or_default();
    let begins = |stage: u64| created.secs().saturating_add(minutes(stage));
    let now = state.timestamp().secs();
    let mut stages = STAGES.iter().rev();
    let stage = stages.find(|(_, minutes, _)| begins(*minutes) <= now);
    let (stage, begin, percent) = stage.unwrap_or(&(Pending, 0, 0));
    let (current, percent, updated) = match image.description.state {
        Some(WorkspaceImageState::Available) => (Completed, 100, image.finished),
        Some(WorkspaceImageState::Error) => (Error, *percent, image.finished),
        _ => (stage.clone(), *percent, None),
    };
    let updated = updated.unwrap_or(DateTime::from_secs(begins(*begin)));
    let failure = image.description.error_code.as_ref().map(|code| {
        let details = CustomWorkspaceImageImportErrorDetails::builder()
            .error_code(code)
            .set_error_message(image.description.error_message.clone());
        vec![details.build()]
    });
    let message = match current {
        Completed => "The image was imported.",
        Error => "The import failed.",
        _ => "The image is being imported.",
    };
    Ok(DescribeCustomWorkspaceImageImportOutput::builder()
        .image_id(id)
        .infrastructure_configuration_arn(&import.infrastructure)
        .state(current)
        .state_message(message)
        .progress_percentage(percent)
        .created(created)
        .last_updated_time(updated)
        .image_source(import.source.clone())
        .set_image_builder_instance_id((*begin > 0).then(|| import.instance.clone()))
        .set_error_details(failure)
        .build())
}

/// The time that an import takes, in minutes.
pub(super) const MINUTES: u64 = 125;
