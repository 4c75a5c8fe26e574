//! The branding of the login page, and the add-in of Amazon Connect.

use workspaces_sdk::primitives::Blob;
use workspaces_sdk::types::builders::DefaultImportClientBrandingAttributesBuilder as ImportBuilder;
use workspaces_sdk::types::{
    ClientDeviceType, DefaultImportClientBrandingAttributes as Import,
    IosImportClientBrandingAttributes as IosImport,
};

use super::service_errors::assert_service_errors;
use super::{DIRECTORY, seeded};

const NOTHING: &str = "d-9067000000";

fn import(change: impl Fn(ImportBuilder) -> ImportBuilder) -> Import {
    change(Import::builder()).build()
}

#[tokio::test]
async fn an_import_replaces_the_branding_of_its_platforms() {
    let client = seeded().build().client();
    let call = || client.import_client_branding().resource_id(DIRECTORY);
    let described = || client.describe_client_branding().resource_id(DIRECTORY);
    let none = described().send().await.unwrap();
    assert!(none.device_type_windows().is_none() && none.device_type_ios().is_none());
    let windows = import(|it| {
        it.logo(Blob::new("png"))
            .support_email("help@example.com")
            .login_message("en_US", "Welcome")
    });
    let ios = IosImport::builder()
        .logo(Blob::new("png"))
        .logo2x(Blob::new("png"))
        .support_link("https://example.com/help");
    let both = call()
        .device_type_windows(windows)
        .device_type_ios(ios.build());
    let imported = both.send().await.unwrap();
    assert!(imported.device_type_web().is_none());
    let found = described().send().await.unwrap();
    assert_eq!(found.device_type_windows(), imported.device_type_windows());
    let windows = found.device_type_windows().unwrap();
    assert_eq!(windows.support_email(), Some("help@example.com"));
    assert!(windows.logo_url().unwrap().starts_with("https://"));
    assert_eq!(windows.login_message().unwrap()["en_US"], "Welcome");
    let ios = found.device_type_ios().unwrap();
    assert!(ios.logo2x_url().is_some() && ios.logo3x_url().is_none());
    assert_eq!(ios.support_email(), None);

    let link = import(|it| it.forgot_password_link("https://example.com/forgot"));
    call().device_type_windows(link).send().await.unwrap();
    let found = described().send().await.unwrap();
    let windows = found.device_type_windows().unwrap();
    assert_eq!(windows.logo_url(), None);
    assert_eq!(
        windows.support_email(),
        Some("workspaces-feedback@amazon.com")
    );
    assert!(found.device_type_ios().is_some());

    let delete = client
        .delete_client_branding()
        .resource_id(DIRECTORY)
        .platforms(ClientDeviceType::DeviceTypeWindows)
        .platforms(ClientDeviceType::DeviceTypeWeb);
    delete.send().await.unwrap();
    let found = described().send().await.unwrap();
    assert!(found.device_type_windows().is_none() && found.device_type_ios().is_some());
}

#[tokio::test]
async fn invalid_branding_fails() {
    let client = seeded().build().client();
    let call = || client.import_client_branding().resource_id(DIRECTORY);
    let web = |import: Import| call().device_type_web(import);
    let both = import(|it| {
        it.support_email("a@example.com")
            .support_link("https://example.com")
    });
    let german = import(|it| it.login_message("de_DE", "Willkommen"));
    let largest = import(|it| it.logo(Blob::new(vec![0; 1_500_000])));
    let too_large = import(|it| it.logo(Blob::new(vec![0; 1_500_001])));
    let all = || {
        call()
            .device_type_windows(largest.clone())
            .device_type_osx(largest.clone())
            .device_type_android(largest.clone())
            .device_type_linux(largest.clone())
    };
    all().send().await.unwrap();
    assert_service_errors! {
        call() => is_invalid_parameter_values_exception;
        web(both) => is_invalid_parameter_values_exception;
        web(german) => is_invalid_parameter_values_exception;
        all().device_type_web(import(|it| it.logo(Blob::new("p"))))
            => is_resource_limit_exceeded_exception;
        client.import_client_branding().resource_id(NOTHING) => is_resource_not_found_exception;
        client.describe_client_branding().resource_id(NOTHING) => is_resource_not_found_exception;
        client.delete_client_branding().resource_id(NOTHING)
            .platforms(ClientDeviceType::DeviceTypeWeb) => is_resource_not_found_exception;
    }
    let error = web(too_large)
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(
        error.meta().message(),
        Some(
            "1 validation error detected: Value '[1500001 bytes]' at 'deviceTypeWeb.logo' failed to satisfy \
             constraint: Member must have length less than or equal to 1500000"
        )
    );
}

#[tokio::test]
async fn a_directory_has_one_add_in() {
    let client = seeded().build().client();
    let create = |directory: &str| {
        client
            .create_connect_client_add_in()
            .resource_id(directory)
            .name("Contact center")
            .url("https://example.com/connect")
    };
    let id = create(DIRECTORY).send().await.unwrap().add_in_id.unwrap();
    let update = |directory: &str, id: &str| {
        client
            .update_connect_client_add_in()
            .resource_id(directory)
            .add_in_id(id)
            .name("New name")
    };
    update(DIRECTORY, &id).send().await.unwrap();
    let described = || client.describe_connect_client_add_ins();
    let found = described().resource_id(DIRECTORY).send().await.unwrap();
    let add_in = &found.add_ins()[0];
    assert_eq!(add_in.name(), Some("New name"));
    assert_eq!(add_in.url(), Some("https://example.com/connect"));
    assert_eq!(add_in.add_in_id(), Some(id.as_str()));
    let other = "00000000-0000-4000-8000-000000000000";
    let delete = |directory: &str, id: &str| {
        client
            .delete_connect_client_add_in()
            .resource_id(directory)
            .add_in_id(id)
    };
    assert_service_errors! {
        create(DIRECTORY) => is_resource_already_exists_exception;
        create(NOTHING) => is_resource_not_found_exception;
        update(DIRECTORY, other) => is_resource_not_found_exception;
        update(NOTHING, &id) => is_resource_not_found_exception;
        delete(DIRECTORY, other) => is_resource_not_found_exception;
        delete(NOTHING, &id) => is_resource_not_found_exception;
        described().resource_id(NOTHING) => is_resource_not_found_exception;
    }
    delete(DIRECTORY, &id).send().await.unwrap();
    let found = described().resource_id(DIRECTORY).send().await.unwrap();
    assert_eq!(found.add_ins(), []);
    assert_service_errors! { delete(DIRECTORY, &id) => is_resource_not_found_exception; }
}
