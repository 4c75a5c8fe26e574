//! Paginators: streams that go on after an error, that start anywhere, and that show how far they have got.

use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use aws_smithy_async::time::TimeSource;
use workspaces_sdk::error::ProvideErrorMetadata;
use workspaces_sdk::fake::{Fake, Fault};

const DIRECTORY: &str = "d-906700000a";

/// An offline service with that number of WorkSpaces, which are on pages of 25.
fn fleet(count: usize) -> Fake {
    let builder = Fake::builder().directory(DIRECTORY, [""; 0]);
    builder.fleet(DIRECTORY, count).build()
}

#[tokio::test]
async fn a_stream_of_items_goes_on_after_errors() {
    let fake = fleet(80);
    let client = fake.client();
    let mut items = client.describe_workspaces().into_paginator().items().send();
    let (mut ids, mut codes) = (Vec::new(), Vec::new());
    while let Some(item) = items.next().await {
        match item {
            Ok(workspace) => ids.push(workspace.workspace_id.unwrap()),
            Err(error) => codes.push(error.code().unwrap().to_owned()),
        }
        // Two calls of three attempts fail on the second page, and one on the last.
        match ids.len() {
            10 => fake.inject(Fault::throttle().times(6)),
            60 => fake.inject(Fault::access_denied().times(1)),
            _ => {}
        }
    }
    let throttled = "ThrottlingException";
    assert_eq!(codes, [throttled, throttled, "AccessDeniedException"]);
    assert_eq!(ids.len(), 80);
    ids.dedup();
    assert_eq!(ids.len(), 80);
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_stream_of_pages_goes_on_after_errors() {
    let fake = fleet(60);
    let client = fake.client();
    let mut pages = client.describe_workspaces().into_paginator().send();
    let mut sizes = Vec::new();
    for fault in [Fault::throttle().times(3), Fault::access_denied().times(1)] {
        fake.inject(fault);
        assert!(pages.try_next().await.is_err());
        sizes.push(pages.try_next().await.unwrap().unwrap().workspaces().len());
    }
    sizes.push(pages.try_next().await.unwrap().unwrap().workspaces().len());
    assert_eq!(sizes, [25, 25, 10]);
    assert!(pages.try_next().await.unwrap().is_none());
}

/// A program that ignores errors is not to loop forever; one that polls during an outage is to see that the list is incomplete.
#[tokio::test]
async fn only_rejections_end_a_stream_and_outages_are_waited_for() {
    let fake = fleet(60);
    fake.inject(Fault::access_denied());
    let client = fake.client();
    let stream = || client.describe_workspaces().into_paginator().send();
    let collected: Vec<_> = stream().collect().await;
    assert_eq!(collected.len(), 10);
    assert_eq!(fake.calls().len(), 10);

    fake.clear_faults();
    fake.inject(Fault::server_error(503));
    let (mut pages, start) = (stream(), fake.clock().now());
    for _ in 0..50 {
        assert!(pages.try_next().await.is_err());
    }
    // Each error after the first waits for up to 20 seconds.
    let passed = fake.clock().now().duration_since(start).unwrap();
    assert!(passed > Duration::from_secs(100), "{passed:?}");
    fake.clear_faults();
    assert_eq!(pages.try_collect().await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_stored_token_resumes_a_stream() {
    let fake = fleet(60);
    let client = fake.client();
    let paginator = || client.describe_workspaces().into_paginator();

    // Of items: the page that was interrupted is returned again.
    let mut first = paginator();
    let position = first.position();
    assert_eq!(position.token(), None);
    let mut items = first.items().send();
    for _ in 0..30 {
        items.try_next().await.unwrap().unwrap();
    }
    let stored = position.token();
    assert!(stored.is_some());
    drop(items);
    let mut again = paginator().set_starting_token(stored.clone());
    assert_eq!(again.position().token(), stored);
    let rest = again.items().send().try_collect().await.unwrap();
    assert_eq!(rest.len(), 35);

    // Of pages: a page is not skipped if the wait for it is canceled.
    let mut second = paginator();
    let position = second.position();
    let mut pages = second.send();
    let page = loop {
        let polled = std::future::poll_fn(|context| {
            let next = pin!(pages.try_next());
            Poll::Ready(next.poll(context))
        });
        match polled.await {
            Poll::Ready(page) => break page.unwrap().unwrap(),
            Poll::Pending => assert_eq!(position.token(), None),
        }
        tokio::task::yield_now().await;
    };
    // The page has been returned once the next one is requested. An error changes nothing.
    assert_eq!(position.token(), None);
    fake.inject(Fault::access_denied().times(1));
    pages.try_next().await.unwrap_err();
    assert_eq!(position.token(), page.next_token);
    let rest = paginator().starting_token(position.token().unwrap()).send();
    assert_eq!(rest.try_collect().await.unwrap().len(), 2);
    while pages.try_next().await.unwrap().is_some() {}
    assert_eq!(position.token(), None);
}
