//! The requests of the comparison, with the SDK with which this program is built.

use aws_sdk_workspaces::config::retry::RetryConfig;
use aws_sdk_workspaces::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_workspaces::types::{Compute, RunningMode, Tag, TargetWorkspaceState};
use aws_sdk_workspaces::types::{WorkspaceProperties, WorkspaceRequest};
use aws_sdk_workspaces::{Client, Config};
use measure::Job;

mod bodies;
mod canned;
mod measure;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let job = Job::from_arguments();
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "versus"))
        .retry_config(RetryConfig::standard());
    let config = match job.url.as_str() {
        "memory" => config.http_client(canned::client(&job.scenario)),
        url => config.endpoint_url(format!("{url}/{}", job.scenario)),
    };
    let client = Client::from_conf(config.build());
    match job.scenario.as_str() {
        "void" => job.run(move || void(client.clone())).await,
        "error" => job.run(move || error(client.clone())).await,
        "input-25" => {
            let requests = requests(25);
            job.run(move || create_nothing(client.clone(), requests.clone()))
                .await;
        }
        "create-25" => {
            let requests = requests(25);
            job.run(move || create(client.clone(), requests.clone()))
                .await;
        }
        page => {
            let count = page.strip_prefix("page-").expect("a scenario");
            let count = count.parse().expect("a number of WorkSpaces");
            job.run(move || describe(client.clone(), count)).await;
        }
    }
}

async fn void(client: Client) {
    let call = client.modify_workspace_state().workspace_id("ws-000000001");
    let call = call.workspace_state(TargetWorkspaceState::AdminMaintenance);
    call.send().await.expect("an output");
}

async fn error(client: Client) {
    let call = client.modify_workspace_state().workspace_id("ws-000000001");
    let call = call.workspace_state(TargetWorkspaceState::AdminMaintenance);
    let error = call
        .send()
        .await
        .expect_err("an error")
        .into_service_error();
    assert!(error.is_resource_not_found_exception());
}

async fn describe(client: Client, count: usize) {
    let call = client
        .describe_workspaces()
        .directory_id("d-926722edaf")
        .send();
    let output = call.await.expect("an output");
    assert_eq!(output.workspaces().len(), count);
}

async fn create(client: Client, requests: Vec<WorkspaceRequest>) {
    let call = client.create_workspaces().set_workspaces(Some(requests));
    call.send().await.expect("an output");
}

/// Sends an empty request, and creates and drops the input of a large one.
async fn create_nothing(client: Client, requests: Vec<WorkspaceRequest>) {
    void(client).await;
    drop(requests);
}

/// The largest request: 25 WorkSpaces, with properties and tags.
fn requests(count: usize) -> Vec<WorkspaceRequest> {
    let request = |number| {
        let properties = WorkspaceProperties::builder()
            .compute_type_name(Compute::Standard)
            .running_mode(RunningMode::AutoStop)
            .running_mode_auto_stop_timeout_in_minutes(60)
            .root_volume_size_gib(80)
            .user_volume_size_gib(50);
        let tag = |key: &str| Tag::builder().key(key).value("some value").build();
        WorkspaceRequest::builder()
            .directory_id("d-926722edaf")
            .user_name(format!("user{number:06}"))
            .bundle_id("wsb-clj85qzj1")
            .volume_encryption_key(
                "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            )
            .user_volume_encryption_enabled(true)
            .root_volume_encryption_enabled(true)
            .workspace_properties(properties.build())
            .tags(tag("team").expect("a tag"))
            .tags(tag("cost-centre").expect("a tag"))
            .build()
            .expect("a request")
    };
    (0..count).map(request).collect()
}
