//! Access to the service in memory and over HTTP, and its determinism.

use workspaces_sdk::fake::Clock;
use workspaces_sdk::{Client, Config};

use super::{request, seeded};

#[tokio::test]
async fn a_server_accepts_calls_of_any_client() {
    let fake = seeded().clock(Clock::faster(3600)).build();
    let server = fake.serve("127.0.0.1:0").await.unwrap();
    let config = Config::builder()
        .region(workspaces_sdk::config::Region::new("us-east-1"))
        .credentials_provider(workspaces_sdk::config::Credentials::new(
            "any", "any", None, None, "test",
        ))
        .endpoint_url(server.url())
        .build();
    let client = Client::from_conf(config);
    let call = client.create_workspaces().workspaces(request("ada"));
    let response = call.send().await.unwrap();
    assert_eq!(response.pending_requests().len(), 1);
    // A client in memory uses the same service.
    let response = fake.client().describe_workspaces().send().await.unwrap();
    assert_eq!(response.workspaces().len(), 1);
    assert_eq!(fake.calls().len(), 2);

    let address = server.address();
    drop(server);
    tokio::task::yield_now().await;
    let closed = tokio::net::TcpStream::connect(address).await.is_err();
    assert!(closed, "the server still runs after it was dropped");
}

#[tokio::test]
async fn invalid_requests_are_http_errors() {
    let fake = seeded().build();
    let server = fake.serve("127.0.0.1:0").await.unwrap();
    for (request, status) in [
        (
            "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
            "405",
        ),
        (
            "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}",
            "400",
        ),
        (
            "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-amz-target: DescribeWorkspaces\r\ncontent-length: 2\r\n\r\n{}",
            "400",
        ),
        (
            "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-amz-target: WorkspacesService.DescribeWorkspaces\r\ncontent-length: 3\r\n\r\n{{{",
            "400",
        ),
    ] {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut stream = tokio::net::TcpStream::connect(server.address())
            .await
            .unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).await.unwrap();
        assert!(
            response.starts_with(&format!("HTTP/1.1 {status}")),
            "{response}"
        );
    }
}

#[tokio::test]
async fn services_with_the_same_seed_generate_the_same_identifiers() {
    let ids = async |seed| {
        let fake = seeded().seed(seed).build();
        let call = fake.client().create_workspaces().workspaces(request("ada"));
        let response = call.send().await.unwrap();
        (
            response.pending_requests()[0].workspace_id.clone(),
            aws_types::request_id::RequestId::request_id(&response).map(str::to_owned),
        )
    };
    assert_eq!(ids(1).await, ids(1).await);
    assert_ne!(ids(1).await, ids(2).await);
}
