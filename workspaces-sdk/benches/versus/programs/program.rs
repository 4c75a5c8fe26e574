//! Lists WorkSpaces, with static credentials.

use aws_sdk_workspaces::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_workspaces::{Client, Config, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "program"))
        .build();
    let output = Client::from_conf(config)
        .describe_workspaces()
        .send()
        .await?;
    for workspace in output.workspaces() {
        println!("{:?} {:?}", workspace.workspace_id(), workspace.state());
    }
    Ok(())
}
