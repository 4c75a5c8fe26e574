//! A nightly job over a fleet: stops the WorkSpaces that nobody has used for 30 days, waits, and prints a report.
//!
//! `cargo run --example nightly` uses an offline fleet. `--features aws -- --aws` stops
//! WorkSpaces of your AWS account.

mod common;

use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::client::Waiters;
use workspaces_sdk::config::published_request_rate;
use workspaces_sdk::types::{RunningMode, Workspace, WorkspaceConnectionStatus, WorkspaceState};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (_, on_aws) = common::arguments();
    let client = match on_aws {
        true => common::aws().await,
        false => common::fleet(60).await?.client(),
    };
    // The job shares the rate of the account with others, and is never throttled by itself.
    let config = client.config().to_builder();
    let client = Client::from_conf(config.request_rate(published_request_rate()).build());

    let workspaces = client.describe_workspaces().into_paginator().items().send();
    let workspaces = workspaces.try_collect().await?;
    let running = workspaces.iter().filter(|it| can_be_stopped(it));
    let running: Vec<&str> = running.filter_map(|it| it.workspace_id()).collect();
    let status = client.describe_workspaces_connection_status().into_batch();
    let status = status.ids(running.clone()).send().await;
    let unused = status.succeeded().iter().filter(|it| is_unused(it));
    let unused: Vec<&str> = unused.filter_map(|it| it.workspace_id()).collect();
    let batch = client.stop_workspaces().into_batch();
    let stopped = batch.ids(unused.clone()).send().await;
    let waiter = client.wait_until_workspaces_stopped();
    let waiter = waiter.set_workspace_ids(Some(stopped.succeeded().to_vec()));
    let waited = waiter.wait(Duration::from_secs(20 * 60)).await;
    let [all, running, unused] = [workspaces.len(), running.len(), unused.len()];
    println!("{all} WorkSpaces, {running} of them running, {unused} of those unused");
    let (done, failed) = (stopped.succeeded(), stopped.failed());
    done.iter().for_each(|id| println!("stopped {id}"));
    failed.iter().for_each(|it| println!("not stopped: {it}"));
    waited?;
    Ok(())
}

fn can_be_stopped(workspace: &Workspace) -> bool {
    let properties = workspace.workspace_properties();
    let mode = properties.and_then(|it| it.running_mode());
    workspace.state() == Some(&WorkspaceState::Available) && mode != Some(&RunningMode::AlwaysOn)
}

/// Whether the last connection was more than 30 days before the last check.
fn is_unused(status: &WorkspaceConnectionStatus) -> bool {
    let last = status.last_known_user_connection_timestamp();
    let checked = status.connection_state_check_timestamp();
    checked.is_some_and(|it| last.is_none_or(|last| it.secs() - last.secs() > 30 * 24 * 60 * 60))
}
