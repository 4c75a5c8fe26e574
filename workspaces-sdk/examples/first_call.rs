//! A first call: lists all WorkSpaces with their states and users.
//!
//! `cargo run --example first_call` calls an offline service. With
//! `--features aws -- --aws` it calls your AWS account.

mod common;

use workspaces_sdk::Error;
use workspaces_sdk::fake::Fake;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (_, on_aws) = common::arguments();
    let fake = Fake::builder()
        .directory("d-906700000a", [""; 0])
        .fleet("d-906700000a", 3)
        .build();
    let client = common::client(&fake, on_aws).await;

    let mut workspaces = client.describe_workspaces().into_paginator().items().send();
    while let Some(workspace) = workspaces.try_next().await? {
        println!(
            "{}  {}  {}",
            workspace.workspace_id().unwrap_or("-"),
            workspace.state().map_or("-", |state| state.as_str()),
            workspace.user_name().unwrap_or("-"),
        );
    }
    Ok(())
}
