//! Imports of images through EC2 Image Builder.

use workspaces_sdk::Client;
use workspaces_sdk::fake::{Fake, Fault};
use workspaces_sdk::operation::import_custom_workspace_image::builders::ImportCustomWorkspaceImageFluentBuilder;
use workspaces_sdk::types::{
    CustomImageProtocol, CustomWorkspaceImageImportState as State, ImageComputeType,
    ImageSourceIdentifier, OsVersion, Platform, WorkspaceImageState,
};

use super::images::import;
use super::service_errors::assert_service_errors;
use super::{byol_enabled, minutes};

fn custom(client: &Client, name: &str) -> ImportCustomWorkspaceImageFluentBuilder {
    let infrastructure =
        "arn:aws:imagebuilder:us-east-1:123456789012:infrastructure-configuration/mine";
    client
        .import_custom_workspace_image()
        .image_name(name)
        .image_description("Created by a test")
        .compute_type(ImageComputeType::Base)
        .protocol(CustomImageProtocol::Dcv)
        .image_source(ImageSourceIdentifier::Ec2ImageId(
            "ami-0123456789abcdef0".to_owned(),
        ))
        .infrastructure_configuration_arn(infrastructure)
        .platform(Platform::Windows)
        .os_version(OsVersion::Windows11)
}

#[tokio::test]
async fn an_import_reports_its_progress() {
    let (fake, client) = byol_enabled().await;
    let created = custom(&client, "mine").send().await.unwrap();
    assert_eq!(created.state(), Some(&State::Pending));
    let id = created.image_id.unwrap();
    let progress = || {
        client
            .describe_custom_workspace_image_import()
            .image_id(&id)
    };
    let mut seen = Vec::new();
    let mut percents = Vec::new();
    for _ in 0..=125 {
        let now = progress().send().await.unwrap();
        seen.push(now.state.unwrap());
        percents.push(now.progress_percentage.unwrap());
        assert!(now.last_updated_time >= now.created);
        fake.advance(minutes(1));
    }
    seen.dedup();
    assert_eq!(seen.len(), 13, "{seen:?}");
    assert_eq!(seen.last(), Some(&State::Completed));
    assert!(percents.is_sorted());
    assert_eq!((percents[0], percents[125]), (0, 100));
    let done = progress().send().await.unwrap();
    assert!(done.image_builder_instance_id().unwrap().starts_with("i-"));
    assert_eq!(
        done.image_source(),
        Some(&ImageSourceIdentifier::Ec2ImageId(
            "ami-0123456789abcdef0".to_owned()
        ))
    );
    let image = client.describe_workspace_images().image_ids(&id);
    let image = image.send().await.unwrap().images.unwrap().remove(0);
    assert_eq!(image.state(), Some(&WorkspaceImageState::Available));
}

#[tokio::test]
async fn an_import_can_fail() {
    let (fake, client) = byol_enabled().await;
    fake.inject(Fault::end_in_error("PendingReboot", "Restart first.").item("bad"));
    fake.inject(Fault::stuck().item("slow"));
    let bad = custom(&client, "bad")
        .send()
        .await
        .unwrap()
        .image_id
        .unwrap();
    let slow = custom(&client, "slow")
        .send()
        .await
        .unwrap()
        .image_id
        .unwrap();
    fake.advance(minutes(1000));
    let describe = |id: &str| client.describe_custom_workspace_image_import().image_id(id);
    let failed = describe(&bad).send().await.unwrap();
    assert_eq!(failed.state(), Some(&State::Error));
    assert_eq!(
        failed.error_details()[0].error_code(),
        Some("PendingReboot")
    );
    let stuck = describe(&slow).send().await.unwrap();
    assert_eq!(stuck.state(), Some(&State::Publishing));
}

#[tokio::test]
async fn invalid_requests_fail() {
    let (_, client) = byol_enabled().await;
    let other = import(&client, "other").send().await.unwrap();
    let other = other.image_id.unwrap();
    let disabled = Fake::new().client();
    let describe = |id: &str| client.describe_custom_workspace_image_import().image_id(id);
    assert_service_errors! {
        custom(&disabled, "mine") => is_access_denied_exception;
        custom(&client, "other") => is_resource_already_exists_exception;
        custom(&client, "mine").protocol(CustomImageProtocol::Pcoip)
            => is_invalid_parameter_values_exception;
        describe("wsi-nothing01") => is_resource_not_found_exception;
        describe(&other) => is_resource_not_found_exception;
    }
    for number in 1..40 {
        custom(&client, &format!("image-{number}"))
            .send()
            .await
            .unwrap();
    }
    assert_service_errors! {
        custom(&client, "one-more") => is_resource_limit_exceeded_exception;
    }
}
