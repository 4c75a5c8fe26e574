//! Images and branding: unions, blobs, and many required members.

use aws_sdk_workspaces::operation::describe_custom_workspace_image_import::DescribeCustomWorkspaceImageImportError;
use aws_sdk_workspaces::operation::import_client_branding::ImportClientBrandingOutput;
use aws_sdk_workspaces::primitives::{Blob, DateTime};
use aws_sdk_workspaces::types::{
    CustomWorkspaceImageImportState, DefaultImportClientBrandingAttributes, ImageComputeType,
    ImageSourceIdentifier, OsVersion, Platform,
};
use aws_sdk_workspaces::{Client, Error};

/// Starts the import of an image, and returns its ID.
///
/// # Errors
/// Returns the error of the call.
pub async fn import(
    client: &Client,
    name: &str,
    source: ImageSourceIdentifier,
) -> Result<Option<String>, Error> {
    let output = client
        .import_custom_workspace_image()
        .image_name(name)
        .image_description("for the fleet")
        .compute_type(ImageComputeType::Base)
        .protocol("DCV".into())
        .image_source(source)
        .platform(Platform::Windows)
        .os_version(OsVersion::from("Windows_11"))
        .infrastructure_configuration_arn(
            "arn:aws:imagebuilder:eu-west-1:1:infrastructure-configuration/x",
        )
        .send()
        .await?;
    Ok(output.image_id)
}

/// Describes the progress of the import of an image; `None` if there is no such import.
///
/// # Errors
/// Returns any other error of the call.
pub async fn progress(client: &Client, id: &str) -> Result<Option<String>, Error> {
    let output = match client
        .describe_custom_workspace_image_import()
        .image_id(id)
        .send()
        .await
    {
        Ok(output) => output,
        Err(error) => match error.as_service_error() {
            Some(DescribeCustomWorkspaceImageImportError::ResourceNotFoundException(_)) => {
                return Ok(None);
            }
            _ => return Err(error.into()),
        },
    };
    let source = match output.image_source() {
        Some(ImageSourceIdentifier::Ec2ImageId(id)) => format!("image {id}"),
        Some(source) if source.is_ec2_import_task_id() => {
            format!(
                "task {}",
                source.as_ec2_import_task_id().map_or("?", String::as_str)
            )
        }
        Some(source) => match source.as_image_build_version_arn() {
            Ok(arn) => arn.clone(),
            Err(other) if other.is_unknown() => "something new".to_owned(),
            Err(_) => "something else".to_owned(),
        },
        None => "nothing".to_owned(),
    };
    let state = match output.state() {
        Some(CustomWorkspaceImageImportState::InProgress) => {
            format!("{} percent", output.progress_percentage().unwrap_or(0))
        }
        Some(state) => state.to_string().to_lowercase(),
        None => "unknown".to_owned(),
    };
    let since = output.created().map_or(0, DateTime::secs);
    Ok(Some(format!("{source}: {state} since {since}")))
}

/// Sets the logo that the clients of a directory show, and returns its URL.
///
/// # Errors
/// Returns the error of the call.
pub async fn brand(client: &Client, directory: &str, logo: &[u8]) -> Result<Option<String>, Error> {
    let attributes = DefaultImportClientBrandingAttributes::builder()
        .logo(Blob::new(logo))
        .support_email("help@example.com")
        .login_message("en_US", "Welcome")
        .build();
    debug_assert_eq!(attributes.logo().map(AsRef::as_ref), Some(logo));
    let output: ImportClientBrandingOutput = client
        .import_client_branding()
        .resource_id(directory)
        .device_type_windows(attributes)
        .send()
        .await?;
    Ok(output
        .device_type_windows()
        .and_then(|attributes| attributes.logo_url())
        .map(str::to_owned))
}
