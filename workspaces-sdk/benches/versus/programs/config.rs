//! Lists WorkSpaces, with the default settings and credentials.

use aws_sdk_workspaces::config::BehaviorVersion;
use aws_sdk_workspaces::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let output = Client::new(&config).describe_workspaces().send().await?;
    for workspace in output.workspaces() {
        println!("{:?} {:?}", workspace.workspace_id(), workspace.state());
    }
    Ok(())
}
