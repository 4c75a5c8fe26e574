//! Bundles: public ones, and those that the account creates.

use std::collections::BTreeSet;
use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::fake::{BUNDLE_ID, Fake};
use workspaces_sdk::operation::create_workspace_bundle::builders::CreateWorkspaceBundleFluentBuilder;
use workspaces_sdk::types::{
    Capacity, Compute, ComputeType, Tag, UserStorage, WorkspaceBundle, WorkspaceBundleState,
    WorkspaceRequest,
};

use super::enable_byol;
use super::images;
use super::service_errors::assert_service_errors;

pub(crate) fn bundle(
    client: &Client,
    name: &str,
    image: &str,
) -> CreateWorkspaceBundleFluentBuilder {
    client
        .create_workspace_bundle()
        .bundle_name(name)
        .bundle_description("Created by a test")
        .image_id(image)
        .compute_type(ComputeType::builder().name(Compute::Power).build())
        .user_storage(storage("50"))
}

fn storage(gib: &str) -> UserStorage {
    UserStorage::builder().capacity(gib).build().unwrap()
}

/// Returns a service with an available image, a client of it, and the identifier of the image.
async fn with_image() -> (Fake, Client, String) {
    let fake = Fake::builder()
        .directory("d-906700000a", ["ada", "grace"])
        .byol_eligible(true)
        .build();
    enable_byol(&fake).await;
    let client = fake.client();
    let image = images::import(&client, "base").send().await.unwrap();
    fake.advance(images::IMPORT_TIME);
    (fake, client, image.image_id.unwrap())
}

async fn described(client: &Client, id: &str) -> Vec<WorkspaceBundle> {
    let call = client.describe_workspace_bundles().bundle_ids(id);
    call.send().await.unwrap().bundles.unwrap()
}

#[tokio::test]
async fn public_bundles_exist_and_have_unique_names() {
    let client = Fake::new().client();
    let call = client.describe_workspace_bundles().owner("AMAZON");
    let bundles = call.send().await.unwrap().bundles.unwrap();
    let names: BTreeSet<_> = bundles.iter().map(WorkspaceBundle::name).collect();
    assert!(names.len() >= 20, "{names:?}");
    assert_eq!(names.len(), bundles.len());
    for bundle in &bundles {
        assert_eq!(bundle.state(), Some(&WorkspaceBundleState::Available));
        assert!(bundle.creation_time() < bundle.last_updated_time());
        assert!(bundle.root_storage().is_some() && bundle.user_storage().is_some());
    }
    assert_eq!(described(&client, BUNDLE_ID).await.len(), 1);
    let owned = client.describe_workspace_bundles().send().await.unwrap();
    assert_eq!(owned.bundles(), []);
}

#[tokio::test]
async fn a_bundle_is_created_updated_and_deleted() {
    let (fake, client, image) = with_image().await;
    let tag = Tag::builder().key("team").value("blue").build().unwrap();
    let created = bundle(&client, "mine", &image).tags(tag);
    let created = created.send().await.unwrap().workspace_bundle.unwrap();
    let id = created.bundle_id().unwrap();
    assert_eq!(
        described(&client, id).await,
        *std::slice::from_ref(&created)
    );
    assert_eq!(created.owner(), Some("123456789012"));
    assert_eq!(created.root_storage().unwrap().capacity(), "175");
    for owner in [None, Some("123456789012".to_owned())] {
        let call = client.describe_workspace_bundles().set_owner(owner);
        assert_eq!(
            call.send().await.unwrap().bundles(),
            std::slice::from_ref(&created)
        );
    }

    let other = images::import(&client, "other").send().await.unwrap();
    let other = other.image_id.unwrap();
    let update = || client.update_workspace_bundle().bundle_id(id);
    assert_service_errors! {
        update().image_id(&other) => is_resource_unavailable_exception;
    }
    fake.advance(images::IMPORT_TIME);
    update().image_id(&other).send().await.unwrap();
    let changed = &described(&client, id).await[0];
    assert_eq!(changed.image_id(), Some(other.as_str()));
    assert!(changed.last_updated_time() > created.last_updated_time());

    let delete = client.delete_workspace_bundle().bundle_id(id);
    delete.send().await.unwrap();
    assert_eq!(described(&client, id).await, []);
}

#[tokio::test]
async fn owned_bundles_are_paginated_and_limited_in_number() {
    let (_fake, client, image) = with_image().await;
    for number in 0..50 {
        let call = bundle(&client, &format!("bundle-{number}"), &image);
        call.send().await.unwrap();
    }
    assert_service_errors! {
        bundle(&client, "bundle-50", &image) => is_resource_limit_exceeded_exception;
    }
    let first = client.describe_workspace_bundles().send().await.unwrap();
    assert_eq!(first.bundles().len(), 25);
    let second = client
        .describe_workspace_bundles()
        .set_next_token(first.next_token)
        .send()
        .await
        .unwrap();
    assert_eq!(second.bundles().len(), 25);
    assert_eq!(second.next_token(), None);
}

#[tokio::test]
async fn invalid_requests_fail() {
    let (fake, client, image) = with_image().await;
    let pending = images::import(&client, "pending").send().await.unwrap();
    let pending = pending.image_id.unwrap();
    let mine = bundle(&client, "mine", &image).send().await.unwrap();
    let mine = mine.workspace_bundle.unwrap().bundle_id.unwrap();
    let none = ComputeType::builder().build();
    let update = || client.update_workspace_bundle();
    let delete = || client.delete_workspace_bundle();
    assert_service_errors! {
        client.describe_workspace_bundles().bundle_ids(BUNDLE_ID).owner("AMAZON")
            => is_invalid_parameter_values_exception;
        bundle(&client, "mine", &image) => is_resource_already_exists_exception;
        bundle(&client, "new", "wsi-nothing01") => is_resource_not_found_exception;
        bundle(&client, "new", &pending) => is_resource_unavailable_exception;
        bundle(&client, "new", &image).compute_type(none) => is_invalid_parameter_values_exception;
        bundle(&client, "new", &image).user_storage(storage("much"))
            => is_invalid_parameter_values_exception;
        bundle(&client, "new", &image).user_storage(storage("2001"))
            => is_invalid_parameter_values_exception;
        update().image_id(&image) => is_invalid_parameter_values_exception;
        update().bundle_id(&mine) => is_invalid_parameter_values_exception;
        update().bundle_id("wsb-nothing01").image_id(&image) => is_resource_not_found_exception;
        update().bundle_id(&mine).image_id("wsi-nothing01") => is_resource_not_found_exception;
        update().bundle_id(BUNDLE_ID).image_id(&image) => is_access_denied_exception;
        delete() => is_invalid_parameter_values_exception;
        delete().bundle_id("wsb-nothing01") => is_resource_not_found_exception;
        delete().bundle_id(BUNDLE_ID) => is_access_denied_exception;
    }

    let pooled = bundle(&client, "pooled", &image).send().await.unwrap();
    let pooled = pooled.workspace_bundle.unwrap().bundle_id.unwrap();
    let sessions = Capacity::builder().desired_user_sessions(1).build();
    let pool = client
        .create_workspaces_pool()
        .pool_name("desks")
        .description("Created by a test")
        .directory_id("d-906700000a")
        .bundle_id(&pooled)
        .capacity(sessions.unwrap());
    pool.send().await.unwrap();
    let request = WorkspaceRequest::builder()
        .directory_id("d-906700000a")
        .user_name("ada")
        .bundle_id(&mine)
        .build();
    let create = client.create_workspaces().workspaces(request.unwrap());
    create.send().await.unwrap();
    fake.advance(Duration::from_secs(60 * 60));
    assert_service_errors! {
        delete().bundle_id(&mine) => is_resource_associated_exception;
        delete().bundle_id(&pooled) => is_resource_associated_exception;
    }
    assert_eq!(described(&client, &mine).await.len(), 1);
}
