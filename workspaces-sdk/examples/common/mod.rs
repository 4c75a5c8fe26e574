//! The clients of the examples: for an offline service in this process, or with `--aws` for your AWS
//! account, which needs the feature `aws`.

use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::fake::{BUNDLE_ID, Fake};
use workspaces_sdk::types::{RunningMode, WorkspaceProperties, WorkspaceRequest};

/// Returns the command-line arguments without `--aws`, and whether `--aws` is among them.
pub(crate) fn arguments() -> (Vec<String>, bool) {
    let (flags, others): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|it| it == "--aws");
    (others, !flags.is_empty())
}

/// Creates a client for the AWS account that environment variables or the profile select.
#[cfg(feature = "aws")]
#[allow(dead_code, reason = "not every example calls this function")]
pub(crate) async fn aws() -> Client {
    let latest = workspaces_sdk::config::BehaviorVersion::latest();
    Client::new(&aws_config::load_defaults(latest).await)
}

/// Ends the program. With the feature `aws`, this creates a client for an AWS account.
#[cfg(not(feature = "aws"))]
#[allow(
    dead_code,
    clippy::unused_async,
    reason = "not every example calls this function, which has an asynchronous form"
)]
pub(crate) async fn aws() -> Client {
    eprintln!(
        "error: --aws needs the feature `aws`; run the example with `--features aws -- --aws`"
    );
    std::process::exit(1)
}

/// Starts an offline service with `count` WorkSpaces. Nobody has used a third of them for more than 30 days.
#[allow(dead_code, reason = "not every example calls this function")]
pub(crate) async fn fleet(count: usize) -> Result<Fake, Box<dyn std::error::Error>> {
    let users: Vec<String> = (1..=count).map(|number| format!("user-{number}")).collect();
    let fake = Fake::builder()
        .directory("d-906700000a", users.clone())
        .build();
    let request = |user: String| {
        let manual = WorkspaceProperties::builder().running_mode(RunningMode::Manual);
        WorkspaceRequest::builder()
            .directory_id("d-906700000a")
            .user_name(user)
            .bundle_id(BUNDLE_ID)
            .workspace_properties(manual.build())
            .build()
    };
    let requests = users
        .into_iter()
        .map(request)
        .collect::<Result<Vec<_>, _>>()?;
    let batch = fake
        .client()
        .create_workspaces()
        .into_batch()
        .items(requests);
    let created = batch.send().await.into_result()?;
    let connect = |every: usize| {
        let ids = created.iter().skip(every - 1).step_by(every);
        for id in ids.filter_map(|it| it.workspace_id()) {
            fake.set_connected(id, true);
            fake.set_connected(id, false);
        }
    };
    fake.advance(Duration::from_secs(60 * 60));
    connect(1);
    fake.advance(Duration::from_secs(40 * 24 * 60 * 60));
    connect(2);
    connect(3);
    fake.advance(Duration::from_secs(60 * 60));
    Ok(fake)
}

/// Creates a client for the offline service or for your AWS account.
#[allow(dead_code, reason = "not every example calls this function")]
pub(crate) async fn client(fake: &Fake, on_aws: bool) -> Client {
    if on_aws { aws().await } else { fake.client() }
}
