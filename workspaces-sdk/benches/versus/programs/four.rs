//! Uses four services in one program, with the default settings and credentials.

use aws_config::BehaviorVersion;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let caller = aws_sdk_sts::Client::new(&config).get_caller_identity();
    println!("{:?}", caller.send().await?.account());
    let workspaces = aws_sdk_workspaces::Client::new(&config).describe_workspaces();
    for workspace in workspaces.send().await?.workspaces() {
        println!("{:?} {:?}", workspace.workspace_id(), workspace.state());
    }
    let tables = aws_sdk_dynamodb::Client::new(&config).list_tables();
    for table in tables.send().await?.table_names() {
        println!("{table}");
    }
    let buckets = aws_sdk_s3::Client::new(&config).list_buckets();
    for bucket in buckets.send().await?.buckets() {
        println!("{:?}", bucket.name());
    }
    Ok(())
}
