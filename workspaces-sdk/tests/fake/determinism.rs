//! What is the same in every run: the delays of clients and the time of a test.

use std::time::{Duration, SystemTime};

use workspaces_sdk::Client;
use workspaces_sdk::client::Waiters;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::fake::{Clock, Fake, Fault};
use workspaces_sdk::operation::create_workspaces::CreateWorkspacesInput;
use workspaces_sdk::operation::describe_tags::DescribeTagsInput;

use super::{DIRECTORY, request, seeded};

/// Retries calls and waits, and returns the times of all calls.
async fn times(seed: u64) -> Vec<SystemTime> {
    let fake = seeded().seed(seed).build();
    fake.inject(Fault::throttle().times(4));
    let retry = RetryConfig::standard().with_max_attempts(5);
    let client = Client::from_conf(fake.config().retry_config(retry).build());
    let call = client.create_workspaces().workspaces(request("ada"));
    call.send().await.unwrap();
    let waiter = client.wait_until_workspaces_available();
    let hour = Duration::from_secs(3600);
    waiter.directory_id(DIRECTORY).wait(hour).await.unwrap();
    fake.calls().iter().map(|call| call.at).collect()
}

#[test]
fn the_delays_of_clients_depend_on_the_seed() {
    let run = |seed| {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.unwrap().block_on(times(seed))
    };
    let first = run(7);
    assert!(first.len() > 8, "{first:?}");
    // Random numbers that others draw change nothing.
    for _ in 0..fastrand::usize(1..100) {
        fastrand::u64(..);
    }
    assert_eq!(run(7), first);
    assert_ne!(run(8), first);
}

#[tokio::test(start_paused = true)]
async fn the_paused_time_of_tokio_drives_the_service() {
    let fake = seeded().clock(Clock::tokio()).build();
    let client = fake.client();
    let start = std::time::Instant::now();
    let paused = tokio::time::Instant::now();
    let call = client.create_workspaces().workspaces(request("ada"));
    call.send().await.unwrap();
    let waiter = client.wait_until_workspaces_available();
    let hour = Duration::from_secs(3600);
    waiter.directory_id(DIRECTORY).wait(hour).await.unwrap();
    assert!(paused.elapsed() >= Duration::from_secs(20 * 60));
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[tokio::test]
async fn calls_have_their_inputs() {
    let fake = seeded().build();
    let client = fake.client();
    fake.inject(Fault::throttle().times(1));
    let call = client.create_workspaces().workspaces(request("ada"));
    call.send().await.unwrap();
    assert!(
        client
            .describe_tags()
            .resource_id("ws-000000001")
            .send()
            .await
            .is_err()
    );
    let calls = fake.calls();
    assert_eq!(calls.len(), 3);
    assert_eq!(calls[0].input::<CreateWorkspacesInput>(), None);
    let created = calls[1].input::<CreateWorkspacesInput>().unwrap();
    assert_eq!(created.workspaces(), [request("ada")]);
    assert_eq!(calls[1].input::<DescribeTagsInput>(), None);
    let described = calls[2].input::<DescribeTagsInput>().unwrap();
    assert_eq!(described.resource_id(), Some("ws-000000001"));
    assert_eq!(Fake::new().calls(), []);
}
