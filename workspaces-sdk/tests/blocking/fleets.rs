//! Paginators, batches and waiters, on the offline service.

use std::time::Duration;

use workspaces_sdk::client::Waiters;
use workspaces_sdk::error::ProvideErrorMetadata;
use workspaces_sdk::fake::{Fake, Fault};

const DIRECTORY: &str = "d-906700000a";

fn fleet(count: usize) -> Fake {
    let builder = Fake::builder().directory(DIRECTORY, [""; 0]);
    builder.fleet(DIRECTORY, count).build()
}

#[test]
fn pages_are_an_iterator() {
    let client = fleet(60).client();
    let pages = client.describe_workspaces().into_paginator();
    let sizes = pages
        .send_blocking()
        .map(|page| page.unwrap().workspaces().len());
    assert_eq!(sizes.collect::<Vec<_>>(), [25, 25, 10]);
}

#[test]
fn items_go_on_after_an_error() {
    let fake = fleet(60);
    let client = fake.client();
    let items = client.describe_workspaces().into_paginator().items();
    let (mut count, mut codes) = (0, Vec::new());
    for item in items.send_blocking() {
        match item {
            Ok(_) => count += 1,
            Err(error) => codes.push(error.code().unwrap().to_owned()),
        }
        if count == 10 && codes.is_empty() {
            fake.inject(Fault::access_denied().times(1));
        }
    }
    assert_eq!(
        (count, codes.as_slice()),
        (60, &["AccessDeniedException".to_owned()][..])
    );
}

#[test]
fn a_batch_and_a_waiter() {
    let fake = fleet(60);
    let client = fake.client();
    let items = client.describe_workspaces().into_paginator().items();
    let items = items
        .send_blocking()
        .map(|it| it.unwrap().workspace_id.unwrap());
    let ids: Vec<String> = items.collect();

    let batch = client.reboot_workspaces().into_batch().ids(ids.clone());
    let outcome = batch.send_blocking().unwrap();
    assert_eq!(outcome.succeeded().len(), 60);

    let waiter = client.wait_until_workspaces_available();
    let waiter = waiter.set_workspace_ids(Some(ids));
    let available = waiter.wait_blocking(Duration::from_secs(3600)).unwrap();
    let available = available.into_result().unwrap();
    assert_eq!(available.workspaces().len(), 60);
}
