//! Descriptions of applications and of their associations.

use aws_smithy_types::DateTime;

use super::{catalog, description};
use crate::fake::page::Page;
use crate::fake::service_error::ServiceError;
use crate::fake::state::State;
use crate::fake::table::Table;
use crate::fake::{bundles, images, workspaces};
use crate::operation::describe_application_associations::{
    DescribeApplicationAssociationsInput, DescribeApplicationAssociationsOutput,
};
use crate::operation::describe_applications::{
    DescribeApplicationsInput, DescribeApplicationsOutput,
};
use crate::operation::describe_bundle_associations::{
    DescribeBundleAssociationsInput, DescribeBundleAssociationsOutput,
};
use crate::operation::describe_image_associations::{
    DescribeImageAssociationsInput, DescribeImageAssociationsOutput,
};
use crate::operation::describe_workspace_associations::{
    DescribeWorkspaceAssociationsInput, DescribeWorkspaceAssociationsOutput,
};
use crate::types::builders::ApplicationResourceAssociationBuilder;
use crate::types::{
    ApplicationAssociatedResourceType, ApplicationResourceAssociation, AssociationState,
    BundleAssociatedResourceType, BundleResourceAssociation, ImageAssociatedResourceType,
    ImageResourceAssociation, WorkSpaceApplication,
};

pub(in crate::fake) fn describe(
    _: &mut State,
    input: DescribeApplicationsInput,
) -> Result<DescribeApplicationsOutput, ServiceError> {
    let token = input.next_token.as_deref();
    let page = Page::new("DescribeApplications", token, input.max_results)?;
    let ids = input.application_ids();
    for id in ids {
        catalog::find(id)?;
    }
    let after = page.after.as_deref();
    let (found, next) = page.take(
        catalog::all()
            .filter(|entry| after.is_none_or(|after| entry.id > after))
            .filter(|entry| ids.is_empty() || ids.iter().any(|id| id == entry.id))
            .map(|entry| (entry.id.to_owned(), entry.describe()))
            .filter(|(_, application)| matches_filters(&input, application)),
    );
    Ok(DescribeApplicationsOutput::builder()
        .set_applications(found)
        .set_next_token(next)
        .build())
}

/// Whether an application matches each filter, of whose values it needs one.
fn matches_filters(input: &DescribeApplicationsInput, application: &WorkSpaceApplication) -> bool {
    let computes = input.compute_type_names();
    let systems = input.operating_system_names();
    let mut supported = application.supported_compute_type_names().iter();
    let mut supported_systems = application.supported_operating_system_names().iter();
    (computes.is_empty() || supported.any(|it| computes.contains(it)))
        && (systems.is_empty() || supported_systems.any(|it| systems.contains(it)))
        && (input.license_type.is_none() || input.license_type == application.license_type)
        && (input.owner.is_none() || input.owner == application.owner)
}

pub(in crate::fake) fn describe_workspace_associations(
    state: &mut State,
    input: DescribeWorkspaceAssociationsInput,
) -> Result<DescribeWorkspaceAssociationsOutput, ServiceError> {
    let id = input.workspace_id.unwrap_or_default();
    workspaces::find(state, &id)?;
    let associations = state
        .applications
        .get(&id)
        .into_iter()
        .flat_map(Table::iter);
    let found = associations.map(|(application, it)| description(&id, application, it));
    Ok(DescribeWorkspaceAssociationsOutput::builder()
        .set_associations(Some(found.collect()))
        .build())
}

pub(in crate::fake) fn describe_bundle_associations(
    state: &mut State,
    input: DescribeBundleAssociationsInput,
) -> Result<DescribeBundleAssociationsOutput, ServiceError> {
    let id = input.bundle_id.unwrap_or_default();
    let bundle = bundles::find(state, &id)?;
    let applications = bundles::applications(state, &id).iter();
    let found = applications.map(|application| {
        BundleResourceAssociation::builder()
            .associated_resource_id(application)
            .associated_resource_type(BundleAssociatedResourceType::Application)
            .bundle_id(&id)
            .set_created(bundle.creation_time)
            .set_last_updated_time(bundle.last_updated_time)
            .state(AssociationState::Completed)
            .build()
    });
    Ok(DescribeBundleAssociationsOutput::builder()
        .set_associations(Some(found.collect()))
        .build())
}

pub(in crate::fake) fn describe_image_associations(
    state: &mut State,
    input: DescribeImageAssociationsInput,
) -> Result<DescribeImageAssociationsOutput, ServiceError> {
    let id = input.image_id.unwrap_or_default();
    let image = images::find(state, &id)?;
    let found = image.applications.iter().map(|application| {
        ImageResourceAssociation::builder()
            .associated_resource_id(application)
            .associated_resource_type(ImageAssociatedResourceType::Application)
            .image_id(&id)
            .set_created(image.created())
            .set_last_updated_time(image.created())
            .state(AssociationState::Completed)
            .build()
    });
    Ok(DescribeImageAssociationsOutput::builder()
        .set_associations(Some(found.collect()))
        .build())
}

pub(in crate::fake) fn describe_application_associations(
    state: &mut State,
    input: DescribeApplicationAssociationsInput,
) -> Result<DescribeApplicationAssociationsOutput, ServiceError> {
    let id = input.application_id.unwrap_or_default();
    catalog::find(&id)?;
    let page = Page::new(
        "DescribeApplicationAssociations",
        input.next_token.as_deref(),
        input.max_results,
    )?;
    let mut found: Table<ApplicationResourceAssociation> = Table::new();
    let kinds = input.associated_resource_types.unwrap_or_default();
    for kind in KINDS.iter().filter(|kind| kinds.contains(kind)) {
        found.extend(associated(state, &id, kind));
    }
    let rest = page.select(&found, None);
    let (found, next) = page.take(rest.map(|(key, it)| (key.to_owned(), it.clone())));
    Ok(DescribeApplicationAssociationsOutput::builder()
        .set_associations(found)
        .set_next_token(next)
        .build())
}

/// The kinds of resources that applications are associated with.
const KINDS: &[ApplicationAssociatedResourceType] = &[
    ApplicationAssociatedResourceType::Workspace,
    ApplicationAssociatedResourceType::Bundle,
    ApplicationAssociatedResourceType::Image,
];

/// Returns the associations of an application with resources of a kind, by the resource's identifier.
fn associated(
    state: &State,
    application: &str,
    kind: &ApplicationAssociatedResourceType,
) -> Vec<(String, ApplicationResourceAssociation)> {
    let row = |id: &String, rest: ApplicationResourceAssociationBuilder| {
        let association = rest
            .application_id(application)
            .associated_resource_id(id)
            .associated_resource_type(kind.clone());
        (id.clone(), association.build())
    };
    let completed = |created: Option<DateTime>, updated: Option<DateTime>| {
        ApplicationResourceAssociation::builder()
            .set_created(created)
            .set_last_updated_time(updated)
            .state(AssociationState::Completed)
    };
    match kind {
        ApplicationAssociatedResourceType::Workspace => {
            let all = state.applications.iter();
            let found = all.filter_map(|(id, associations)| {
                let association = associations.get(application)?;
                let rest = ApplicationResourceAssociation::builder()
                    .created(association.created)
                    .last_updated_time(association.updated)
                    .state(association.state.clone())
                    .set_state_reason(association.reason.clone());
                Some(row(id, rest))
            });
            found.collect()
        }
        ApplicationAssociatedResourceType::Bundle => {
            let all = state.bundles.iter();
            let found =
                all.filter(|(id, _)| bundles::applications(state, id).contains(application));
            found
                .map(|(id, bundle)| {
                    let rest = completed(bundle.creation_time, bundle.last_updated_time);
                    row(id, rest)
                })
                .collect()
        }
        _ => {
            let all = state.images.iter();
            let found = all.filter(|(_, image)| image.applications.contains(application));
            found
                .map(|(id, image)| row(id, completed(image.created(), image.created())))
                .collect()
        }
    }
}
