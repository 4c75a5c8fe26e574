//! Applications: the catalog, their associations with WorkSpaces, and deployments.

use std::collections::BTreeMap;

use workspaces_sdk::Client;
use workspaces_sdk::fake::{BUNDLE_ID, Fake, Fault};
use workspaces_sdk::types::{
    Application, ApplicationAssociatedResourceType as Kind, AssociationErrorCode, AssociationState,
    BundleAssociatedResourceType, Compute, ImageAssociatedResourceType, OperatingSystemName,
    WorkSpaceApplicationState, WorkSpaceAssociatedResourceType, WorkspaceRequest, WorkspaceState,
};

use super::bundles::bundle;
use super::images::{IMPORT_TIME, import};
use super::service_errors::assert_service_errors;
use super::{DIRECTORY, created, enable_byol, minutes, request, seeded};

const OFFICE: &str = "wsa-officep21";
const OTHER_OFFICE: &str = "wsa-offices21";
const VISIO: &str = "wsa-visiop21";
const OLD_OFFICE: &str = "wsa-office2019";
const STUDIO: &str = "wsa-vstudiop22";

fn from_bundle(user: &str, bundle: &str) -> WorkspaceRequest {
    let mut request = request(user);
    request.bundle_id = bundle.to_owned();
    request
}

/// Returns the states of a WorkSpace's associations by application.
async fn states(client: &Client, workspace: &str) -> BTreeMap<String, AssociationState> {
    let call = client
        .describe_workspace_associations()
        .workspace_id(workspace)
        .associated_resource_types(WorkSpaceAssociatedResourceType::Application);
    let found = call.send().await.unwrap().associations.unwrap();
    let row = |it: workspaces_sdk::types::WorkspaceResourceAssociation| {
        (it.associated_resource_id.unwrap(), it.state.unwrap())
    };
    found.into_iter().map(row).collect()
}

async fn associate(client: &Client, workspace: &str, application: &str) {
    let call = client
        .associate_workspace_application()
        .workspace_id(workspace)
        .application_id(application);
    let association = call.send().await.unwrap().association.unwrap();
    assert_eq!(association.state(), Some(&AssociationState::PendingInstall));
}

async fn deploy(client: &Client, workspace: &str, force: bool) -> usize {
    let call = client
        .deploy_workspace_applications()
        .workspace_id(workspace)
        .force(force);
    let deployment = call.send().await.unwrap().deployment.unwrap();
    deployment.associations().len()
}

#[tokio::test]
async fn the_catalog_has_filters_and_pages() {
    let client = Fake::new().client();
    let all = || client.describe_applications();
    let ids = |found: &[workspaces_sdk::types::WorkSpaceApplication]| -> Vec<String> {
        let ids = found.iter().map(|it| it.application_id().unwrap());
        ids.map(str::to_owned).collect()
    };
    let every = all().send().await.unwrap().applications.unwrap();
    assert_eq!(every.len(), 10);
    let old: Vec<_> = every
        .iter()
        .filter(|it| it.state() == Some(&WorkSpaceApplicationState::UninstallOnly))
        .cloned()
        .collect();
    assert_eq!(ids(&old), ["wsa-office2016", OLD_OFFICE]);
    for (call, count) in [
        (all().compute_type_names(Compute::Value), 0),
        (all().compute_type_names(Compute::Standard), 8),
        (
            all().operating_system_names(OperatingSystemName::WindowsServer2016),
            2,
        ),
        (all().owner("AMAZON"), 10),
        (all().owner("123456789012"), 0),
        (all().application_ids(OFFICE).application_ids(VISIO), 2),
    ] {
        let request = format!("{call:?}");
        let found = call.send().await.unwrap().applications.unwrap();
        assert_eq!(found.len(), count, "{request}");
    }
    let mut pages = all().max_results(4).into_paginator().send();
    let mut found = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        found.extend(ids(page.applications()));
    }
    assert_eq!(found, ids(&every));
    assert_service_errors! {
        all().application_ids("wsa-nothing01") => is_resource_not_found_exception;
    }
}

#[tokio::test]
async fn an_application_is_installed_and_removed_by_deployments() {
    let fake = seeded().build();
    let client = fake.client();
    let id = created(&fake, request("ada")).await;
    associate(&client, &id, OFFICE).await;
    associate(&client, &id, VISIO).await;
    assert_eq!(deploy(&client, &id, false).await, 2);
    let mut seen = Vec::new();
    for step in [0, 1, 1, 19, 1] {
        fake.advance(minutes(step));
        seen.push(states(&client, &id).await[OFFICE].clone());
    }
    use AssociationState::{
        Completed, Installing, PendingInstallDeployment, PendingUninstall, Removed, Uninstalling,
    };
    assert_eq!(
        seen,
        [
            PendingInstallDeployment,
            PendingInstallDeployment,
            Installing,
            Installing,
            Completed
        ]
    );
    assert_eq!(deploy(&client, &id, true).await, 0);

    let remove = || {
        client
            .disassociate_workspace_application()
            .workspace_id(&id)
            .application_id(OFFICE)
    };
    let removed = remove().send().await.unwrap().association.unwrap();
    assert_eq!(removed.state(), Some(&PendingUninstall));
    assert_eq!(deploy(&client, &id, false).await, 1);
    fake.advance(minutes(2));
    assert_eq!(states(&client, &id).await[OFFICE], Uninstalling);
    fake.advance(minutes(10));
    let after = states(&client, &id).await;
    assert_eq!((&after[OFFICE], &after[VISIO]), (&Removed, &Completed));
    assert_service_errors! { remove() => is_resource_not_found_exception; }
    associate(&client, &id, OTHER_OFFICE).await;
}

#[tokio::test]
async fn associations_have_rules() {
    let fake = seeded().build();
    let client = fake.client();
    let standard = created(&fake, request("ada")).await;
    let value = created(&fake, from_bundle("grace", "wsb-value0001")).await;
    let linux = created(&fake, from_bundle("mary", "wsb-linux0001")).await;
    let other = Fake::builder().directory(DIRECTORY, ["ada"]).build();
    let older = created(&other, from_bundle("ada", "wsb-power0002")).await;
    let older_client = other.client();
    let call = |client: &Client, workspace: &str, application: &str| {
        client
            .associate_workspace_application()
            .workspace_id(workspace)
            .application_id(application)
    };
    associate(&client, &standard, OFFICE).await;
    assert_service_errors! {
        call(&client, "ws-nothing01", OFFICE) => is_resource_not_found_exception;
        call(&client, &standard, "wsa-nothing01") => is_resource_not_found_exception;
        call(&client, &standard, OFFICE) => is_resource_already_exists_exception;
        call(&client, &standard, OTHER_OFFICE) => is_incompatible_applications_exception;
        call(&client, &standard, OLD_OFFICE) => is_application_not_supported_exception;
        call(&client, &value, OFFICE) => is_compute_not_compatible_exception;
        call(&client, &standard, STUDIO) => is_compute_not_compatible_exception;
        call(&older_client, &older, STUDIO) => is_operating_system_not_compatible_exception;
        call(&client, &linux, OFFICE) => is_operation_not_supported_exception;
    }
    fake.set_workspace_state(&standard, WorkspaceState::Unhealthy);
    assert_service_errors! {
        call(&client, &standard, VISIO) => is_operation_not_supported_exception;
    }
    fake.set_workspace_state(&standard, WorkspaceState::Stopped);
    deploy(&client, &standard, false).await;
    assert_service_errors! {
        call(&client, &standard, VISIO) => is_resource_in_use_exception;
        client.deploy_workspace_applications().workspace_id(&standard)
            => is_resource_in_use_exception;
        client.disassociate_workspace_application().workspace_id(&standard).application_id(OFFICE)
            => is_resource_in_use_exception;
    }
}

#[tokio::test]
async fn a_failed_deployment_is_repeated_by_force() {
    let fake = seeded().build();
    let client = fake.client();
    let id = created(&fake, request("ada")).await;
    let code = "DeploymentError.WorkspaceUnreachable";
    let fault = Fault::end_in_error(code, "No response.").item(OFFICE);
    fake.inject(fault.on("DeployWorkspaceApplications").times(1));
    associate(&client, &id, OFFICE).await;
    deploy(&client, &id, false).await;
    fake.advance(minutes(30));
    let call = client
        .describe_workspace_associations()
        .workspace_id(&id)
        .associated_resource_types(WorkSpaceAssociatedResourceType::Application);
    let found = call.send().await.unwrap().associations.unwrap();
    assert_eq!(found[0].state(), Some(&AssociationState::Error));
    let reason = found[0].state_reason().unwrap();
    let expected = AssociationErrorCode::from(code);
    assert_eq!(reason.error_code(), Some(&expected));
    assert_eq!(reason.error_message(), Some("No response."));
    assert_eq!(deploy(&client, &id, false).await, 0);
    assert_eq!(deploy(&client, &id, true).await, 1);
    fake.advance(minutes(30));
    assert_eq!(
        states(&client, &id).await[OFFICE],
        AssociationState::Completed
    );
    assert!(fake.unused_faults().is_empty());
}

#[tokio::test]
async fn associations_of_a_bundle_have_the_same_times_in_both_directions() {
    let fake = seeded().byol_eligible(true).build();
    enable_byol(&fake).await;
    let client = fake.client();
    let mut images = Vec::new();
    for name in ["first", "second"] {
        let imported = import(&client, name).applications(Application::MicrosoftOffice2019);
        images.push(imported.send().await.unwrap().image_id.unwrap());
    }
    fake.advance(IMPORT_TIME);
    let bundle = bundle(&client, "mine", &images[0])
        .send()
        .await
        .unwrap()
        .workspace_bundle
        .unwrap();
    let id = bundle.bundle_id().unwrap();
    fake.advance(minutes(60));
    let update = client.update_workspace_bundle().bundle_id(id);
    update.image_id(&images[1]).send().await.unwrap();
    fake.advance(minutes(60));

    let hour_later = bundle.creation_time().unwrap().secs() + 60 * 60;
    let of_bundle = client
        .describe_bundle_associations()
        .bundle_id(id)
        .associated_resource_types(BundleAssociatedResourceType::Application);
    let of_bundle = of_bundle.send().await.unwrap().associations.unwrap();
    let of_application = client
        .describe_application_associations()
        .application_id(OLD_OFFICE)
        .associated_resource_types(Kind::Bundle);
    let of_application = of_application.send().await.unwrap().associations.unwrap();
    for (created, updated) in [
        (of_bundle[0].created(), of_bundle[0].last_updated_time()),
        (
            of_application[0].created(),
            of_application[0].last_updated_time(),
        ),
    ] {
        assert_eq!(created, bundle.creation_time());
        assert_eq!(updated.unwrap().secs(), hour_later);
    }
}

#[tokio::test]
async fn images_and_bundles_contain_applications() {
    let fake = seeded().byol_eligible(true).build();
    enable_byol(&fake).await;
    let client = fake.client();
    let imported = import(&client, "office").applications(Application::MicrosoftOffice2019);
    let image = imported.send().await.unwrap().image_id.unwrap();
    fake.advance(IMPORT_TIME);
    let bundle = bundle(&client, "mine", &image)
        .send()
        .await
        .unwrap()
        .workspace_bundle
        .unwrap();
    let bundle = bundle.bundle_id().unwrap();
    let workspace = created(&fake, from_bundle("ada", bundle)).await;
    let installed = BTreeMap::from([(OLD_OFFICE.to_owned(), AssociationState::Completed)]);
    assert_eq!(states(&client, &workspace).await, installed);

    let of_image = client
        .describe_image_associations()
        .image_id(&image)
        .associated_resource_types(ImageAssociatedResourceType::Application);
    let of_bundle = client
        .describe_bundle_associations()
        .bundle_id(bundle)
        .associated_resource_types(BundleAssociatedResourceType::Application);
    let of_image = of_image.send().await.unwrap().associations.unwrap();
    let of_bundle = of_bundle.send().await.unwrap().associations.unwrap();
    assert_eq!(of_image[0].associated_resource_id(), Some(OLD_OFFICE));
    assert_eq!(of_bundle[0].associated_resource_id(), Some(OLD_OFFICE));

    let of_application = || {
        client
            .describe_application_associations()
            .application_id(OLD_OFFICE)
    };
    for (kind, id) in [
        (Kind::Image, image.as_str()),
        (Kind::Bundle, bundle),
        (Kind::Workspace, &workspace),
    ] {
        let call = of_application().associated_resource_types(kind.clone());
        let found = call.send().await.unwrap().associations.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].associated_resource_id(), Some(id));
        assert_eq!(found[0].associated_resource_type(), Some(&kind));
    }
    let kinds = [Kind::Image, Kind::Bundle, Kind::Workspace];
    let call = of_application().set_associated_resource_types(Some(kinds.to_vec()));
    let mut pages = call.max_results(2).into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        sizes.push(page.associations().len());
    }
    assert_eq!(sizes, [2, 1]);

    let remove = client
        .disassociate_workspace_application()
        .workspace_id(&workspace)
        .application_id(OLD_OFFICE);
    remove.send().await.unwrap();
    deploy(&client, &workspace, false).await;
    fake.advance(minutes(12));
    assert_eq!(
        states(&client, &workspace).await[OLD_OFFICE],
        AssociationState::Removed
    );
    let public = client.describe_bundle_associations().bundle_id(BUNDLE_ID);
    let public = public.associated_resource_types(BundleAssociatedResourceType::Application);
    assert_eq!(public.send().await.unwrap().associations(), []);
    assert_service_errors! {
        client.describe_bundle_associations().bundle_id("wsb-nothing01")
            .associated_resource_types(BundleAssociatedResourceType::Application)
            => is_resource_not_found_exception;
        client.describe_image_associations().image_id("wsi-nothing01")
            .associated_resource_types(ImageAssociatedResourceType::Application)
            => is_resource_not_found_exception;
        client.describe_application_associations().application_id("wsa-nothing01")
            .associated_resource_types(Kind::Image) => is_resource_not_found_exception;
    }
}
