//! Tests of the offline WorkSpaces through a client.

mod access;
mod account;
mod account_links;
mod all_operations;
mod applications;
mod branding;
mod bundles;
mod connection_aliases;
mod custom_import;
mod determinism;
mod directories;
mod directory_settings;
mod faults;
mod fleets;
mod images;
mod ip_groups;
mod lifecycle;
mod migration;
mod pools;
mod preconditions;
mod properties;
mod protocols;
mod requests;
mod service_errors;
mod standby;
mod state_file;
mod tags;

use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::fake::{BUNDLE_ID, Builder, Fake};
use workspaces_sdk::types::{
    DedicatedTenancySupportEnum, RunningMode, Workspace, WorkspaceProperties, WorkspaceRequest,
    WorkspaceState,
};

/// The registered directory of [`seeded`].
const DIRECTORY: &str = "d-906700000a";

/// Returns a builder for a service with a directory that has three users.
fn seeded() -> Builder {
    Fake::builder().directory(DIRECTORY, ["ada", "grace", "mary"])
}

fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

fn request(user: &str) -> WorkspaceRequest {
    WorkspaceRequest::builder()
        .directory_id(DIRECTORY)
        .user_name(user)
        .bundle_id(BUNDLE_ID)
        .build()
        .unwrap()
}

fn request_in(user: &str, mode: RunningMode) -> WorkspaceRequest {
    let mut request = request(user);
    request.workspace_properties = Some(WorkspaceProperties::builder().running_mode(mode).build());
    request
}

/// Creates a WorkSpace and advances the clock until it is available.
async fn created(fake: &Fake, request: WorkspaceRequest) -> String {
    let call = fake.client().create_workspaces().workspaces(request);
    let response = call.send().await.unwrap();
    assert_eq!(response.failed_requests(), []);
    fake.advance(minutes(20));
    let id = response.pending_requests()[0].workspace_id().unwrap();
    id.to_owned()
}

async fn described(client: &Client, id: &str) -> Option<Workspace> {
    let response = client.describe_workspaces().workspace_ids(id).send().await;
    response.unwrap().workspaces().first().cloned()
}

async fn state(fake: &Fake, id: &str) -> Option<WorkspaceState> {
    described(&fake.client(), id).await?.state
}

/// Returns a service whose account is enabled to bring its own license, and a client of it.
async fn byol_enabled() -> (Fake, Client) {
    let fake = Fake::builder().byol_eligible(true).build();
    enable_byol(&fake).await;
    let client = fake.client();
    (fake, client)
}

/// Enables the account of a service to bring its own license, which takes ten minutes.
async fn enable_byol(fake: &Fake) {
    let client = fake.client();
    let call = client
        .modify_account()
        .dedicated_tenancy_support(DedicatedTenancySupportEnum::Enabled)
        .dedicated_tenancy_management_cidr_range("10.7.0.0/16");
    call.send().await.unwrap();
    fake.advance(minutes(10));
}
