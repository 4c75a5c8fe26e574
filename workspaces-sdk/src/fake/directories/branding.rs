//! The branding of the login page, by platform.

use std::collections::HashMap;

use aws_smithy_types::Blob;

use super::find;
use super::modify::update;
use crate::fake::service_error::{ServiceError, check_quota, code};
use crate::fake::state::State;
use crate::operation::delete_client_branding::{
    DeleteClientBrandingInput, DeleteClientBrandingOutput,
};
use crate::operation::describe_client_branding::{
    DescribeClientBrandingInput, DescribeClientBrandingOutput,
};
use crate::operation::import_client_branding::{
    ImportClientBrandingInput, ImportClientBrandingOutput,
};
use crate::types::{
    ClientDeviceType, DefaultClientBrandingAttributes, DefaultImportClientBrandingAttributes,
    IosClientBrandingAttributes, IosImportClientBrandingAttributes,
};

/// The maximum size of the logos of a request, in bytes.
const MAX_SIZE: usize = 6_000_000;

/// The only language of login messages.
const LANGUAGE: &str = "en_US";

/// The support address of a platform whose branding has neither an address nor a link.
const DEFAULT_EMAIL: &str = "workspaces-feedback@amazon.com";

/// Returns the branding of a directory that has none.
pub(super) fn no_branding() -> DescribeClientBrandingOutput {
    DescribeClientBrandingOutput::builder().build()
}

/// Replaces the branding of the platforms that a request contains.
pub(in crate::fake) fn import_branding(
    state: &mut State,
    input: ImportClientBrandingInput,
) -> Result<ImportClientBrandingOutput, ServiceError> {
    let id = input.resource_id.unwrap_or_default();
    let region = state.region.clone();
    let directory = find(state, &id)?;
    let mut size = 0;
    let mut default = |platform: &str, import: Option<DefaultImportClientBrandingAttributes>| {
        let Some(import) = import else {
            return Ok::<_, ServiceError>(None);
        };
        check_texts(
            import.support_email.as_ref(),
            import.support_link.as_ref(),
            import.login_message.as_ref(),
        )?;
        size += import.logo.as_ref().map_or(0, length);
        let logo = import.logo.map(|_| logo_url(&region, &id, platform));
        Ok(Some(DefaultClientBrandingAttributes {
            logo_url: logo,
            support_email: support_email(import.support_email, import.support_link.as_ref()),
            support_link: import.support_link,
            forgot_password_link: import.forgot_password_link,
            login_message: import.login_message,
        }))
    };
    let windows = default("windows", input.device_type_windows)?;
    let osx = default("osx", input.device_type_osx)?;
    let android = default("android", input.device_type_android)?;
    let linux = default("linux", input.device_type_linux)?;
    let web = default("web", input.device_type_web)?;
    let (ios, ios_size) = ios(&region, &id, input.device_type_ios)?;
    check_quota(size + ios_size, MAX_SIZE, "The logos have", "bytes")?;
    let none = ImportClientBrandingOutput::builder().build();
    let imported = ImportClientBrandingOutput::builder()
        .set_device_type_windows(windows)
        .set_device_type_osx(osx)
        .set_device_type_android(android)
        .set_device_type_ios(ios)
        .set_device_type_linux(linux)
        .set_device_type_web(web)
        .build();
    if imported == none {
        return Err(invalid("At least one platform is required."));
    }
    let (branding, new) = (&mut directory.branding, imported.clone());
    update!(branding, new;
        device_type_windows, device_type_osx, device_type_android, device_type_ios,
        device_type_linux, device_type_web,
    );
    Ok(imported)
}

/// Returns the branding for iOS, which has logos of three resolutions, and their size.
fn ios(
    region: &str,
    id: &str,
    import: Option<IosImportClientBrandingAttributes>,
) -> Result<(Option<IosClientBrandingAttributes>, usize), ServiceError> {
    let Some(import) = import else {
        return Ok((None, 0));
    };
    check_texts(
        import.support_email.as_ref(),
        import.support_link.as_ref(),
        import.login_message.as_ref(),
    )?;
    let logos = [&import.logo, &import.logo2x, &import.logo3x];
    let size = logos.into_iter().flatten().map(length).sum();
    let url = |logo: &Option<Blob>, platform| {
        let logo = logo.as_ref();
        logo.map(|_| logo_url(region, id, platform))
    };
    let branding = IosClientBrandingAttributes {
        logo_url: url(&import.logo, "ios"),
        logo2x_url: url(&import.logo2x, "ios2x"),
        logo3x_url: url(&import.logo3x, "ios3x"),
        support_email: support_email(import.support_email, import.support_link.as_ref()),
        support_link: import.support_link,
        forgot_password_link: import.forgot_password_link,
        login_message: import.login_message,
    };
    Ok((Some(branding), size))
}

fn length(logo: &Blob) -> usize {
    logo.as_ref().len()
}

/// Returns the URL at which clients find a logo. The offline service keeps no logos.
fn logo_url(region: &str, directory: &str, platform: &str) -> String {
    format!("https://branding.{region}.workspaces.example.com/{directory}/{platform}.png")
}

fn support_email(email: Option<String>, link: Option<&String>) -> Option<String> {
    match link {
        Some(_) => None,
        None => Some(email.unwrap_or_else(|| DEFAULT_EMAIL.to_owned())),
    }
}

fn check_texts(
    email: Option<&String>,
    link: Option<&String>,
    messages: Option<&HashMap<String, String>>,
) -> Result<(), ServiceError> {
    if email.is_some() && link.is_some() {
        return Err(invalid(
            "SupportEmail and SupportLink are mutually exclusive.",
        ));
    }
    let mut languages = messages.into_iter().flat_map(HashMap::keys);
    if languages.any(|language| language != LANGUAGE) {
        return Err(invalid("The language of a LoginMessage must be en_US."));
    }
    Ok(())
}

fn invalid(message: &str) -> ServiceError {
    ServiceError::new(code::INVALID_PARAMETER_VALUES, message)
}

pub(in crate::fake) fn describe_branding(
    state: &mut State,
    input: DescribeClientBrandingInput,
) -> Result<DescribeClientBrandingOutput, ServiceError> {
    let directory = find(state, input.resource_id().unwrap_or_default())?;
    Ok(directory.branding.clone())
}

pub(in crate::fake) fn delete_branding(
    state: &mut State,
    input: DeleteClientBrandingInput,
) -> Result<DeleteClientBrandingOutput, ServiceError> {
    let branding = &mut find(state, input.resource_id().unwrap_or_default())?.branding;
    for platform in input.platforms() {
        match platform {
            ClientDeviceType::DeviceTypeWindows => branding.device_type_windows = None,
            ClientDeviceType::DeviceTypeOsx => branding.device_type_osx = None,
            ClientDeviceType::DeviceTypeAndroid => branding.device_type_android = None,
            ClientDeviceType::DeviceTypeIos => branding.device_type_ios = None,
            ClientDeviceType::DeviceTypeLinux => branding.device_type_linux = None,
            _ => branding.device_type_web = None,
        }
    }
    Ok(DeleteClientBrandingOutput::builder().build())
}
