//! The ways to reach the service: in memory and on a socket.

use workspaces_sdk::fake::Clock;
use workspaces_sdk::{Client, Config};

use super::{request, seeded};

#[tokio::test]
async fn a_server_answers_any_client_on_its_address() {
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
    let answer = call.send().await.unwrap();
    assert_eq!(answer.pending_requests().len(), 1);
    // The same service in memory.
    let answer = fake.client().describe_workspaces().send().await.unwrap();
    assert_eq!(answer.workspaces().len(), 1);
    assert_eq!(fake.calls().len(), 2);

    let address = server.address();
    drop(server);
    tokio::task::yield_now().await;
    let refused = tokio::net::TcpStream::connect(address).await.is_err();
    assert!(refused, "it goes on after it was dropped");
}

#[tokio::test]
async fn what_is_no_call_is_told_so() {
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
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn two_services_of_one_seed_are_the_same() {
    let ids = async |seed| {
        let fake = seeded().seed(seed).build();
        let call = fake.client().create_workspaces().workspaces(request("ada"));
        let answer = call.send().await.unwrap();
        (
            answer.pending_requests()[0].workspace_id.clone(),
            aws_types::request_id::RequestId::request_id(&answer).map(str::to_owned),
        )
    };
    assert_eq!(ids(1).await, ids(1).await);
    assert_ne!(ids(1).await, ids(2).await);
}
