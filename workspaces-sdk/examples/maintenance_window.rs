//! A maintenance window: starts a WorkSpace if it is stopped, puts it into ADMIN_MAINTENANCE, runs some
//! work, and restores the previous state, even if the work fails.
//!
//! `cargo run --example maintenance_window` uses an offline service, once with work that succeeds and
//! once with work that fails. `--features aws -- --aws ws-...` uses a WorkSpace of your AWS account.

mod common;

use std::error::Error;
use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::client::Waiters;
use workspaces_sdk::fake::{BUNDLE_ID, Fake};
use workspaces_sdk::types::{
    RunningMode, StartRequest, StopRequest, TargetWorkspaceState, WorkspaceProperties,
    WorkspaceRequest, WorkspaceState,
};

/// The maximum time to wait for a state change.
const MAX_WAIT: Duration = Duration::from_secs(40 * 60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (arguments, on_aws) = common::arguments();
    if on_aws {
        let id = arguments.first();
        let id = id.ok_or("--aws requires the identifier of a WorkSpace: --aws ws-...")?;
        return window(&common::aws().await, id, install_updates).await;
    }

    let fake = Fake::builder().directory("d-906700000a", ["ada"]).build();
    let client = fake.client();
    let id = stopped_workspace(&client).await?;
    window(&client, &id, install_updates).await?;
    println!();
    if let Err(error) = window(&client, &id, async |_| Err("the disk is full".into())).await {
        println!("the second window failed: {error}");
    }
    Ok(())
}

/// Stands for the actual maintenance work.
async fn install_updates(id: &str) -> Result<(), Box<dyn Error>> {
    println!("{id}  updates are installed");
    Ok(())
}

/// Runs `work` on a WorkSpace while its users cannot connect, and restores its previous state.
async fn window(
    client: &Client,
    id: &str,
    work: impl AsyncFnOnce(&str) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let was_stopped = state(client, id).await? == WorkspaceState::Stopped;
    if was_stopped {
        start(client, id).await?;
    }
    // Restore the state even if the maintenance fails.
    let outcome = in_maintenance(client, id, work).await;
    let stopped = match was_stopped {
        true => stop(client, id).await,
        false => Ok(()),
    };
    show(client, id).await?;
    outcome.and(stopped)
}

/// Runs `work` on a WorkSpace in ADMIN_MAINTENANCE.
async fn in_maintenance(
    client: &Client,
    id: &str,
    work: impl AsyncFnOnce(&str) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    set_state(client, id, TargetWorkspaceState::AdminMaintenance).await?;
    let outcome = async {
        let waiter = client.wait_until_workspaces_in_admin_maintenance();
        waiter.workspace_ids(id).wait(MAX_WAIT).await?;
        show(client, id).await?;
        work(id).await
    };
    let outcome = outcome.await;
    let restored = set_state(client, id, TargetWorkspaceState::Available).await;
    outcome.and(restored)
}

async fn set_state(
    client: &Client,
    id: &str,
    to: TargetWorkspaceState,
) -> Result<(), Box<dyn Error>> {
    let call = client.modify_workspace_state().workspace_id(id);
    call.workspace_state(to).send().await?;
    Ok(())
}

async fn start(client: &Client, id: &str) -> Result<(), Box<dyn Error>> {
    let request = StartRequest::builder().workspace_id(id).build();
    let call = client.start_workspaces().start_workspace_requests(request);
    // The call succeeds even if an item fails.
    if let [failed, ..] = call.send().await?.failed_requests() {
        return Err(format!("{id} cannot be started: {failed:?}").into());
    }
    show(client, id).await?;
    let waiter = client.wait_until_workspaces_available().workspace_ids(id);
    waiter.wait(MAX_WAIT).await?;
    show(client, id).await
}

async fn stop(client: &Client, id: &str) -> Result<(), Box<dyn Error>> {
    let request = StopRequest::builder().workspace_id(id).build();
    let call = client.stop_workspaces().stop_workspace_requests(request);
    if let [failed, ..] = call.send().await?.failed_requests() {
        return Err(format!("{id} cannot be stopped: {failed:?}").into());
    }
    let waiter = client.wait_until_workspaces_stopped().workspace_ids(id);
    waiter.wait(MAX_WAIT).await?;
    Ok(())
}

async fn state(client: &Client, id: &str) -> Result<WorkspaceState, Box<dyn Error>> {
    let response = client
        .describe_workspaces()
        .workspace_ids(id)
        .send()
        .await?;
    let state = response.workspaces().first().and_then(|it| it.state());
    Ok(state.ok_or(format!("there is no WorkSpace {id}"))?.clone())
}

async fn show(client: &Client, id: &str) -> Result<(), Box<dyn Error>> {
    println!("{id}  {}", state(client, id).await?.as_str());
    Ok(())
}

/// Creates a stopped WorkSpace and returns its identifier.
async fn stopped_workspace(client: &Client) -> Result<String, Box<dyn Error>> {
    let request = WorkspaceRequest::builder()
        .directory_id("d-906700000a")
        .user_name("ada")
        .bundle_id(BUNDLE_ID)
        .workspace_properties(
            WorkspaceProperties::builder()
                .running_mode(RunningMode::Manual)
                .build(),
        )
        .build()?;
    let response = client
        .create_workspaces()
        .workspaces(request)
        .send()
        .await?;
    let pending = response.pending_requests().first();
    let id = pending
        .and_then(|it| it.workspace_id())
        .ok_or("the WorkSpace was not created")?;
    let waiter = client.wait_until_workspaces_available().workspace_ids(id);
    waiter.wait(MAX_WAIT).await?;
    stop(client, id).await?;
    show(client, id).await?;
    Ok(id.to_owned())
}
