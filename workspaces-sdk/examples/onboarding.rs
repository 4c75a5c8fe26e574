//! Onboarding: creates a WorkSpace for each new user, waits until all are available, and prints a line for each user.
//!
//! `cargo run --example onboarding -- ada grace` uses an offline service, which knows the users `ada`, `grace` and `alan`.
//! `--features aws -- --aws DIRECTORY BUNDLE USER...` creates WorkSpaces in your AWS account.

mod common;

use std::time::Duration;

use workspaces_sdk::client::Waiters;
use workspaces_sdk::fake::{BUNDLE_ID, Fake};
use workspaces_sdk::types::{RunningMode, WorkspaceProperties, WorkspaceRequest};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut users, on_aws) = common::arguments();
    let (mut directory, mut bundle) = ("d-906700000a".to_owned(), BUNDLE_ID.to_owned());
    if on_aws {
        if users.len() < 3 {
            return Err("--aws requires a directory, a bundle and users".into());
        }
        (directory, bundle) = (users.remove(0), users.remove(0));
    }
    let fake = Fake::builder()
        .directory(&directory, ["ada", "grace", "alan"])
        .build();
    let client = common::client(&fake, on_aws).await;

    let mode = RunningMode::AutoStop;
    let properties = WorkspaceProperties::builder().running_mode(mode).build();
    let request = |user: &String| {
        WorkspaceRequest::builder()
            .directory_id(&directory)
            .bundle_id(&bundle)
            .user_name(user)
            .workspace_properties(properties.clone())
            .build()
    };
    let requests = users.iter().map(request).collect::<Result<Vec<_>, _>>()?;
    let batch = client.create_workspaces().into_batch();
    let outcome = batch.items(requests).send().await;
    for failure in outcome.failed() {
        println!("{:<8} {failure}", failure.item().user_name());
    }

    let created = outcome.succeeded().iter();
    for workspace in created.clone() {
        let (user, id) = (workspace.user_name(), workspace.workspace_id());
        println!("{:<8} gets {}", user.unwrap_or("-"), id.unwrap_or("-"));
    }
    let ids = created.filter_map(|it| it.workspace_id.clone()).collect();
    let waiter = client.wait_until_workspaces_available();
    let waiter = waiter.set_workspace_ids(Some(ids));
    waiter.wait(Duration::from_secs(60 * 60)).await?;
    outcome.into_result()?;
    println!("all users have a WorkSpace");
    Ok(())
}
