//! Images: creation, copies, imports, sharing and deletion.

use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::fake::{BUNDLE_ID, Fake, Fault};
use workspaces_sdk::operation::copy_workspace_image::builders::CopyWorkspaceImageFluentBuilder;
use workspaces_sdk::operation::create_updated_workspace_image::builders::CreateUpdatedWorkspaceImageFluentBuilder;
use workspaces_sdk::operation::create_workspace_image::builders::CreateWorkspaceImageFluentBuilder;
use workspaces_sdk::operation::import_workspace_image::builders::ImportWorkspaceImageFluentBuilder;
use workspaces_sdk::types::{
    Application, Compute, ComputeType, ImageType, OperatingSystemType, UserStorage, WorkspaceImage,
    WorkspaceImageIngestionProcess, WorkspaceImageRequiredTenancy, WorkspaceImageState,
    WorkspaceRequest, WorkspaceState,
};

use super::service_errors::assert_service_errors;
use super::{byol_enabled, enable_byol};

/// The time that an import takes.
pub(crate) const IMPORT_TIME: Duration = Duration::from_secs(180 * 60);

const MINUTE: Duration = Duration::from_secs(60);
const REGION: &str = "us-east-1";
const OTHER_ACCOUNT: &str = "210987654321";

pub(crate) fn import(client: &Client, name: &str) -> ImportWorkspaceImageFluentBuilder {
    client
        .import_workspace_image()
        .ec2_image_id("ami-0123456789abcdef0")
        .ingestion_process(WorkspaceImageIngestionProcess::ByolRegularWsp)
        .image_name(name)
        .image_description("Created by a test")
}

fn create(client: &Client, name: &str, workspace: &str) -> CreateWorkspaceImageFluentBuilder {
    client
        .create_workspace_image()
        .name(name)
        .description("Created by a test")
        .workspace_id(workspace)
}

fn create_updated(
    client: &Client,
    name: &str,
    image: &str,
) -> CreateUpdatedWorkspaceImageFluentBuilder {
    client
        .create_updated_workspace_image()
        .name(name)
        .description("Created by a test")
        .source_image_id(image)
}

fn copy(client: &Client, name: &str, image: &str, from: &str) -> CopyWorkspaceImageFluentBuilder {
    client
        .copy_workspace_image()
        .name(name)
        .source_image_id(image)
        .source_region(from)
}

/// Returns a service with an AVAILABLE WorkSpace from a bundle, a client of it, and the WorkSpace's
/// identifier.
async fn with_workspace(bundle: &str) -> (Fake, Client, String) {
    let fake = Fake::builder()
        .directory("d-906700000a", ["ada"])
        .byol_eligible(true)
        .build();
    enable_byol(&fake).await;
    let client = fake.client();
    let request = WorkspaceRequest::builder()
        .directory_id("d-906700000a")
        .user_name("ada")
        .bundle_id(bundle)
        .build();
    let create = client.create_workspaces().workspaces(request.unwrap());
    let created = create.send().await.unwrap();
    let id = created.pending_requests()[0].workspace_id().unwrap();
    fake.advance(60 * MINUTE);
    (fake, client, id.to_owned())
}

/// Creates an image from a WorkSpace and advances the clock until it is available.
async fn image(fake: &Fake, client: &Client, name: &str, workspace: &str) -> String {
    let created = create(client, name, workspace).send().await.unwrap();
    fake.advance(45 * MINUTE);
    created.image_id.unwrap()
}

async fn described(client: &Client, id: &str) -> WorkspaceImage {
    let call = client.describe_workspace_images().image_ids(id);
    call.send().await.unwrap().images.unwrap().remove(0)
}

async fn state(client: &Client, id: &str) -> WorkspaceImageState {
    described(client, id).await.state.unwrap()
}

async fn workspace_state(client: &Client, id: &str) -> WorkspaceState {
    let call = client.describe_workspaces().workspace_ids(id);
    let found = call.send().await.unwrap().workspaces.unwrap();
    found[0].state.clone().unwrap()
}

async fn shared_with(client: &Client, id: &str) -> Vec<String> {
    let call = client.describe_workspace_image_permissions().image_id(id);
    let response = call.send().await.unwrap();
    let permissions = response.image_permissions.unwrap().into_iter();
    permissions
        .filter_map(|permission| permission.shared_account_id)
        .collect()
}

#[tokio::test]
async fn an_image_of_a_workspace_is_available_after_45_minutes() {
    for (bundle, system) in [
        (BUNDLE_ID, OperatingSystemType::Windows),
        ("wsb-ubuntu001", OperatingSystemType::Linux),
    ] {
        let (fake, client, workspace) = with_workspace(bundle).await;
        let created = create(&client, "base", &workspace).send().await.unwrap();
        let id = created.image_id().unwrap();
        assert_eq!(created.state(), Some(&WorkspaceImageState::Pending));
        assert_eq!(created.owner_account_id(), Some("123456789012"));
        assert_eq!(
            workspace_state(&client, &workspace).await,
            WorkspaceState::Suspended
        );
        fake.advance(44 * MINUTE);
        assert_eq!(state(&client, id).await, WorkspaceImageState::Pending);
        fake.advance(MINUTE);
        let image = described(&client, id).await;
        assert_eq!(image.state(), Some(&WorkspaceImageState::Available));
        assert_eq!(image.operating_system().unwrap().r#type(), Some(&system));
        assert_eq!(
            image.required_tenancy(),
            Some(&WorkspaceImageRequiredTenancy::Default)
        );
        assert_eq!(
            workspace_state(&client, &workspace).await,
            WorkspaceState::Available
        );
    }
}

#[tokio::test]
async fn images_are_updated_copied_and_imported() {
    let (fake, client, workspace) = with_workspace(BUNDLE_ID).await;
    let base = image(&fake, &client, "base", &workspace).await;
    let updated = create_updated(&client, "updated", &base).send().await;
    let copied = copy(&client, "copied", &base, REGION).send().await;
    let foreign = copy(&client, "foreign", "wsi-elsewhere1", "eu-west-1");
    let imported = import(&client, "imported").send().await;
    let rows = [
        (updated.unwrap().image_id, 60, "updated"),
        (copied.unwrap().image_id, 30, "copied"),
        (foreign.send().await.unwrap().image_id, 30, "foreign"),
        (imported.unwrap().image_id, 180, "imported"),
    ];
    let mut elapsed = 0;
    let mut rows = rows.map(|(id, minutes, name)| (minutes, id.unwrap(), name));
    rows.sort();
    for (minutes, id, name) in &rows {
        if *minutes > elapsed {
            assert_eq!(state(&client, id).await, WorkspaceImageState::Pending);
        }
        fake.advance((minutes - elapsed) * MINUTE);
        elapsed = *minutes;
        let image = described(&client, id).await;
        assert_eq!(image.state(), Some(&WorkspaceImageState::Available));
        assert_eq!(image.name(), Some(*name));
        let dedicated = image.required_tenancy() == Some(&WorkspaceImageRequiredTenancy::Dedicated);
        assert_eq!(dedicated, *name == "imported");
    }
}

#[tokio::test]
async fn faults_apply_to_images_by_name_or_identifier() {
    let (fake, client) = byol_enabled().await;
    fake.inject(Fault::end_in_error("DiskFreeSpace", "The disk is full.").item("bad"));
    fake.inject(
        Fault::stuck()
            .item("slow")
            .on("ImportWorkspaceImage")
            .times(1),
    );
    let mut ids = Vec::new();
    for name in ["bad", "slow", "good"] {
        let created = import(&client, name).send().await.unwrap();
        ids.push(created.image_id.unwrap());
    }
    fake.advance(IMPORT_TIME);
    let bad = described(&client, &ids[0]).await;
    assert_eq!(bad.state(), Some(&WorkspaceImageState::Error));
    assert_eq!(bad.error_code(), Some("DiskFreeSpace"));
    assert_eq!(bad.error_message(), Some("The disk is full."));
    assert_eq!(state(&client, &ids[1]).await, WorkspaceImageState::Pending);
    assert_eq!(
        state(&client, &ids[2]).await,
        WorkspaceImageState::Available
    );
    fake.clear_faults();
    fake.advance(IMPORT_TIME);
    assert_eq!(
        state(&client, &ids[1]).await,
        WorkspaceImageState::Available
    );
}

#[tokio::test]
async fn images_are_paginated_and_limited_in_number() {
    let (_, client) = byol_enabled().await;
    for number in 0..40 {
        let call = import(&client, &format!("image-{number}"));
        call.send().await.unwrap();
    }
    assert_service_errors! {
        import(&client, "image-40") => is_resource_limit_exceeded_exception;
        copy(&client, "image-40", "wsi-elsewhere1", "eu-west-1")
            => is_resource_limit_exceeded_exception;
    }
    let mut sizes = Vec::new();
    let mut token = None;
    loop {
        let call = client.describe_workspace_images().max_results(15);
        let page = call.set_next_token(token).send().await.unwrap();
        sizes.push(page.images().len());
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [15, 15, 10]);
    for (kind, count) in [(ImageType::Owned, 25), (ImageType::Shared, 0)] {
        let call = client.describe_workspace_images().image_type(kind);
        assert_eq!(call.send().await.unwrap().images().len(), count);
    }
    let unknown = client
        .describe_workspace_images()
        .image_ids("wsi-nothing01");
    assert_eq!(unknown.send().await.unwrap().images(), []);
}

#[tokio::test]
async fn an_image_is_shared_and_deleted_when_it_is_no_longer_shared() {
    let (fake, client, workspace) = with_workspace(BUNDLE_ID).await;
    let id = image(&fake, &client, "base", &workspace).await;
    let share = |allow: bool, account: &str| {
        client
            .update_workspace_image_permission()
            .image_id(&id)
            .allow_copy_image(allow)
            .shared_account_id(account)
    };
    let delete = || client.delete_workspace_image().image_id(&id);
    share(true, OTHER_ACCOUNT).send().await.unwrap();
    share(true, "111111111111").send().await.unwrap();
    assert_eq!(
        shared_with(&client, &id).await,
        ["111111111111", OTHER_ACCOUNT]
    );
    let permissions = || client.describe_workspace_image_permissions().image_id(&id);
    let first = permissions().max_results(1).send().await.unwrap();
    assert_eq!(first.image_permissions().len(), 1);
    let second = permissions().set_next_token(first.next_token);
    let second = second.send().await.unwrap();
    assert_eq!(
        second.image_permissions()[0].shared_account_id(),
        Some(OTHER_ACCOUNT)
    );

    assert_service_errors! {
        delete() => is_resource_associated_exception;
        share(true, "123456789012") => is_invalid_parameter_values_exception;
        share(false, "999999999999") => is_invalid_parameter_values_exception;
    }
    share(false, OTHER_ACCOUNT).send().await.unwrap();
    share(false, "111111111111").send().await.unwrap();
    assert_eq!(shared_with(&client, &id).await, [] as [&str; 0]);
    delete().send().await.unwrap();
    assert_service_errors! {
        client.describe_workspace_image_permissions().image_id(&id)
            => is_resource_not_found_exception;
    }
}

#[tokio::test]
async fn invalid_requests_fail() {
    let (fake, client, workspace) = with_workspace("wsb-ubuntu001").await;
    let linux = image(&fake, &client, "linux", &workspace).await;
    let pending = import(&client, "pending").send().await.unwrap();
    let pending = pending.image_id.unwrap();
    let used = client
        .create_workspace_bundle()
        .bundle_name("mine")
        .bundle_description("Created by a test")
        .image_id(&linux)
        .compute_type(ComputeType::builder().name(Compute::Power).build())
        .user_storage(UserStorage::builder().capacity("50").build().unwrap());
    used.send().await.unwrap();
    let nothing = "wsi-nothing01";
    let delete = |id: &str| client.delete_workspace_image().image_id(id);
    let share = |id: &str| {
        client
            .update_workspace_image_permission()
            .image_id(id)
            .allow_copy_image(true)
            .shared_account_id(OTHER_ACCOUNT)
    };
    let office = [
        Application::MicrosoftOffice2016,
        Application::MicrosoftOffice2019,
    ];
    let disabled = Fake::new().client();
    assert_service_errors! {
        import(&disabled, "mine") => is_access_denied_exception;
        create(&client, "new", "ws-nothing01") => is_resource_not_found_exception;
        create(&client, "linux", &workspace) => is_resource_already_exists_exception;
        create_updated(&client, "new", nothing) => is_resource_not_found_exception;
        create_updated(&client, "new", &pending) => is_invalid_resource_state_exception;
        create_updated(&client, "new", &linux) => is_operation_not_supported_exception;
        copy(&client, "new", nothing, REGION) => is_resource_not_found_exception;
        copy(&client, "new", &pending, REGION) => is_resource_unavailable_exception;
        copy(&client, "linux", &linux, REGION) => is_resource_already_exists_exception;
        import(&client, "linux") => is_resource_already_exists_exception;
        import(&client, "new").set_applications(Some(office.to_vec()))
            => is_invalid_parameter_values_exception;
        share(nothing) => is_resource_not_found_exception;
        share(&pending) => is_resource_unavailable_exception;
        client.describe_workspace_image_permissions().image_id(nothing)
            => is_resource_not_found_exception;
        delete(nothing) => is_access_denied_exception;
        delete(&pending) => is_invalid_resource_state_exception;
        delete(&linux) => is_resource_associated_exception;
    }
    create(&client, "one", &workspace).send().await.unwrap();
    assert_service_errors! {
        create(&client, "two", &workspace) => is_invalid_resource_state_exception;
    }
}
