//! The applications of WorkSpaces: what is installed, and what is to be installed or removed.
//!
//! An association says what happens to an application. It changes on request, and what is requested happens when it is deployed.

use std::collections::BTreeSet;
use std::time::Duration;

use aws_smithy_types::DateTime;

use super::bundles;
use super::saved::saved;
use super::service_error::{Failure, ServiceError, code};
use super::state::{Event, State};
use super::workspaces;
use crate::fake::table::Table;
use crate::operation::associate_workspace_application::{
    AssociateWorkspaceApplicationInput, AssociateWorkspaceApplicationOutput,
};
use crate::operation::deploy_workspace_applications::{
    DeployWorkspaceApplicationsInput, DeployWorkspaceApplicationsOutput,
};
use crate::operation::disassociate_workspace_application::{
    DisassociateWorkspaceApplicationInput, DisassociateWorkspaceApplicationOutput,
};
use crate::types::AssociationState::{
    self, Completed, Error, Installing, PendingInstall, PendingInstallDeployment, PendingUninstall,
    PendingUninstallDeployment, Removed, Uninstalling,
};
use crate::types::{
    Application, AssociationErrorCode, AssociationStateReason, OperatingSystemType,
    WorkSpaceApplicationDeployment, WorkSpaceApplicationState, WorkSpaceAssociatedResourceType,
    WorkspaceResourceAssociation, WorkspaceState,
};

mod catalog;
mod describe;

pub(super) use describe::{
    describe, describe_application_associations, describe_bundle_associations,
    describe_image_associations, describe_workspace_associations,
};

use catalog::Entry;

/// Associations by the identifiers of the WorkSpace and the application.
pub(super) type Associations = Table<Table<Association>>;

/// An association of an application with a WorkSpace.
#[derive(Clone, Debug)]
pub(super) struct Association {
    pub(super) state: AssociationState,
    /// The state that the latest deployment began with, which a forced deployment repeats after an error.
    pub(super) deployment: Option<AssociationState>,
    pub(super) created: DateTime,
    pub(super) updated: DateTime,
    pub(super) reason: Option<AssociationStateReason>,
}

saved! {
    Association {
        "State" => state;
        "Deployment" => deployment;
        "Created" => created;
        "Updated" => updated;
        "Reason" => reason;
    }
}

/// The states of a deployment: their duration in minutes, and the state that follows.
const TRANSITIONS: &[(AssociationState, u64, AssociationState)] = &[
    (PendingInstallDeployment, 2, Installing),
    (Installing, 20, Completed),
    (PendingUninstallDeployment, 2, Uninstalling),
    (Uninstalling, 10, Removed),
];

/// The states that a deployment ends, and the state that it begins with.
const DEPLOYMENTS: &[(AssociationState, AssociationState)] = &[
    (PendingInstall, PendingInstallDeployment),
    (PendingUninstall, PendingUninstallDeployment),
];

/// The applications that an import can install, and their identifiers.
const IMPORTED: &[(Application, &str)] = &[
    (Application::MicrosoftOffice2016, "wsa-office2016"),
    (Application::MicrosoftOffice2019, "wsa-office2019"),
];

impl Association {
    fn new(state: AssociationState, now: DateTime) -> Self {
        Self {
            state,
            deployment: None,
            created: now,
            updated: now,
            reason: None,
        }
    }

    fn transition(&self) -> Option<(Duration, &'static AssociationState)> {
        let (_, minutes, to) = TRANSITIONS.iter().find(|(from, ..)| *from == self.state)?;
        Some((Duration::from_secs(60 * minutes), to))
    }

    fn enter(&mut self, state: AssociationState, now: DateTime) {
        self.state = state;
        self.updated = now;
        self.reason = None;
    }
}

/// Returns the identifiers of the applications that an import installs.
pub(super) fn imported(applications: &[Application]) -> BTreeSet<String> {
    let rows = IMPORTED
        .iter()
        .filter(|(application, _)| applications.contains(application));
    rows.map(|(_, id)| (*id).to_owned()).collect()
}

/// Returns the applications that are installed on a WorkSpace, which an image of it contains.
pub(super) fn installed(state: &State, workspace: &str) -> BTreeSet<String> {
    let associations = state
        .applications
        .get(workspace)
        .into_iter()
        .flat_map(Table::iter);
    let installed = associations.filter(|(_, association)| association.state == Completed);
    installed.map(|(id, _)| id.clone()).collect()
}

/// Installs the applications of a bundle's image on a new WorkSpace.
pub(super) fn install_from_bundle(state: &mut State, workspace: &str, bundle: &str) {
    let now = state.timestamp();
    let applications = bundles::applications(state, bundle);
    let associations: Table<_> = applications
        .iter()
        .map(|id| (id.clone(), Association::new(Completed, now)))
        .collect();
    if !associations.is_empty() {
        let workspace = workspace.to_owned();
        state.applications.insert(workspace, associations);
    }
}

pub(super) fn associate(
    state: &mut State,
    input: AssociateWorkspaceApplicationInput,
) -> Result<AssociateWorkspaceApplicationOutput, ServiceError> {
    let workspace = input.workspace_id.unwrap_or_default();
    let application = input.application_id.unwrap_or_default();
    let entry = catalog::find(&application)?;
    check_manageable(state, &workspace)?;
    let associations = state.applications.get(&workspace);
    let current = associations.and_then(|associations| associations.get(&application));
    if current.is_some_and(|current| current.state != Removed) {
        let message = format!("{application} is already associated with {workspace}.");
        return Err(ServiceError::new(code::RESOURCE_ALREADY_EXISTS, message));
    }
    check_compatible(state, &workspace, entry)?;
    let association = Association::new(PendingInstall, state.timestamp());
    let output = description(&workspace, &application, &association);
    let mut associations = state.applications.remove(&workspace).unwrap_or_default();
    associations.insert(application, association);
    state.applications.insert(workspace, associations);
    Ok(AssociateWorkspaceApplicationOutput::builder()
        .association(output)
        .build())
}

pub(super) fn disassociate(
    state: &mut State,
    input: DisassociateWorkspaceApplicationInput,
) -> Result<DisassociateWorkspaceApplicationOutput, ServiceError> {
    let workspace = input.workspace_id.unwrap_or_default();
    let application = input.application_id.unwrap_or_default();
    catalog::find(&application)?;
    check_manageable(state, &workspace)?;
    let now = state.timestamp();
    let associations = state.applications.get_mut(&workspace);
    let current = associations.and_then(|associations| associations.get_mut(&application));
    let Some(association) = current.filter(|current| current.state != Removed) else {
        let message = format!("{application} is not associated with {workspace}.");
        let error = ServiceError::new(code::RESOURCE_NOT_FOUND, message);
        return Err(error.with_resource(&application));
    };
    association.enter(PendingUninstall, now);
    let output = description(&workspace, &application, association);
    Ok(DisassociateWorkspaceApplicationOutput::builder()
        .association(output)
        .build())
}

/// Begins the deployment of the pending changes, and with `Force` also of those that failed before.
pub(super) fn deploy(
    state: &mut State,
    input: DeployWorkspaceApplicationsInput,
) -> Result<DeployWorkspaceApplicationsOutput, ServiceError> {
    let workspace = input.workspace_id.unwrap_or_default();
    check_manageable(state, &workspace)?;
    let force = input.force == Some(true);
    let now = state.timestamp();
    let mut deployed = Vec::new();
    let associations = state.applications.get_mut(&workspace);
    for (application, association) in associations.into_iter().flat_map(Table::iter_mut) {
        let row = DEPLOYMENTS
            .iter()
            .find(|(from, _)| *from == association.state);
        let to = match row {
            Some((_, to)) => Some(to.clone()),
            None if force && association.state == Error => association.deployment.clone(),
            None => None,
        };
        if let Some(to) = to {
            association.deployment = Some(to.clone());
            association.enter(to, now);
            let after = association.transition().map(|(after, _)| after);
            let output = description(&workspace, application, association);
            deployed.push((application.clone(), after.unwrap_or_default(), output));
        }
    }
    for (application, after, _) in &deployed {
        let items = [application.as_str(), workspace.as_str()];
        state.schedule_change("DeployWorkspaceApplications", &items, *after, |failure| {
            Event::Application(workspace.clone(), application.clone(), failure)
        });
    }
    let associations = deployed.into_iter().map(|(.., output)| output).collect();
    let deployment = WorkSpaceApplicationDeployment::builder();
    let deployment = deployment.set_associations(Some(associations)).build();
    Ok(DeployWorkspaceApplicationsOutput::builder()
        .deployment(deployment)
        .build())
}

/// Puts an association into the next state of its deployment, whose last step can fail.
pub(super) fn apply_event(
    state: &mut State,
    workspace: String,
    application: String,
    failure: Option<Failure>,
) {
    let now = state.timestamp();
    let associations = state.applications.get_mut(&workspace);
    let Some(association) = associations.and_then(|it| it.get_mut(&application)) else {
        return;
    };
    let Some((_, to)) = association.transition() else {
        return;
    };
    association.enter(to.clone(), now);
    match (association.transition(), failure) {
        (Some((after, _)), failure) => {
            let event = Event::Application(workspace, application, failure);
            state.schedule(after, event);
        }
        (None, Some((code, message))) => {
            association.state = Error;
            association.reason = Some(
                AssociationStateReason::builder()
                    .error_code(AssociationErrorCode::from(code.as_str()))
                    .error_message(message)
                    .build(),
            );
        }
        (None, None) => {}
    }
}

/// Checks that the applications of a WorkSpace can be changed.
///
/// # Errors
/// Returns a ResourceNotFoundException, an OperationNotSupportedException or a ResourceInUseException.
fn check_manageable(state: &mut State, id: &str) -> Result<(), ServiceError> {
    let workspace = workspaces::find(state, id)?;
    let current = workspace.state();
    let unsupported = |message: String| {
        let error = ServiceError::new(code::OPERATION_NOT_SUPPORTED, message);
        Err(error)
    };
    if !matches!(current, WorkspaceState::Available | WorkspaceState::Stopped) {
        let message =
            format!("The WorkSpace {id} is {current}. Applications require AVAILABLE or STOPPED.");
        return unsupported(message);
    }
    let bundle = workspace.description.bundle_id.clone().unwrap_or_default();
    let bundle = state.bundles.get(&bundle);
    let system = bundle.map(|bundle| bundles::operating_system(state, bundle));
    if system.is_some_and(|system| system != OperatingSystemType::Windows) {
        return unsupported(format!("The WorkSpace {id} does not run Windows."));
    }
    let mut associations = state.applications.get(id).into_iter().flat_map(Table::iter);
    if associations.any(|(_, association)| association.transition().is_some()) {
        let message = format!("A deployment of the WorkSpace {id} is in progress.");
        return Err(ServiceError::new(code::RESOURCE_IN_USE, message).with_resource(id));
    }
    Ok(())
}

/// Checks that an application can be installed on a WorkSpace. The errors of these checks have no message.
fn check_compatible(state: &mut State, id: &str, entry: &Entry) -> Result<(), ServiceError> {
    let description = workspaces::find(state, id)?.description.clone();
    let properties = description.workspace_properties.as_ref();
    let compute = properties.and_then(|it| it.compute_type_name.as_ref());
    let system = bundles::operating_system_name(state, &description);
    let others = state.applications.get(id).into_iter().flat_map(Table::iter);
    let mut others = others.filter(|(_, association)| association.state != Removed);
    let conflicts = others
        .any(|(other, _)| catalog::find(other).is_ok_and(|other| other.product == entry.product));
    let checks = [
        (
            entry.state == WorkSpaceApplicationState::Available,
            code::APPLICATION_NOT_SUPPORTED,
        ),
        (
            compute.is_none_or(|compute| entry.computes.contains(compute)),
            code::COMPUTE_NOT_COMPATIBLE,
        ),
        (
            entry.systems.contains(&system),
            code::OPERATING_SYSTEM_NOT_COMPATIBLE,
        ),
        (!conflicts, code::INCOMPATIBLE_APPLICATIONS),
    ];
    let failed = checks.iter().find(|(holds, _)| !holds);
    failed.map_or(Ok(()), |(_, code)| Err(ServiceError::new(code, "")))
}

fn description(
    workspace: &str,
    application: &str,
    association: &Association,
) -> WorkspaceResourceAssociation {
    WorkspaceResourceAssociation::builder()
        .associated_resource_id(application)
        .associated_resource_type(WorkSpaceAssociatedResourceType::Application)
        .created(association.created)
        .last_updated_time(association.updated)
        .state(association.state.clone())
        .set_state_reason(association.reason.clone())
        .workspace_id(workspace)
        .build()
}
