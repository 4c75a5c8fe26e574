//! Where a blocking call is possible.

use std::error::Error;
use std::future::{poll_fn, ready};
use std::task::Poll;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::task::{LocalSet, block_in_place, spawn_blocking, unconstrained, yield_now};
use tokio::time::{sleep, timeout};
use workspaces_sdk::blocking::{BlockOnError, block_on};
use workspaces_sdk::client::Waiters;
use workspaces_sdk::error::{DisplayErrorContext, SdkError};
use workspaces_sdk::fake::Fake;
use workspaces_sdk::waiters::WaitError;

const REMEDY: &str = "a blocking call in an asynchronous task would stall other tasks; await the asynchronous method instead, or \
                      make the call in `tokio::task::spawn_blocking`";

fn runtimes() -> [Runtime; 2] {
    let mut multi_thread = Builder::new_multi_thread();
    multi_thread.worker_threads(2);
    [Builder::new_current_thread(), multi_thread].map(|mut it| it.enable_all().build().unwrap())
}

/// Whether a blocking call is possible here.
fn is_possible() -> bool {
    match block_on(ready(1)) {
        Ok(one) => one == 1,
        Err(error) => {
            assert!(matches!(error, BlockOnError::InTask));
            assert_eq!(error.to_string(), REMEDY);
            false
        }
    }
}

#[test]
fn a_task_cannot_block() {
    for runtime in runtimes() {
        runtime.block_on(async {
            assert!(!is_possible(), "in the first task");
            let spawned = tokio::spawn(async {
                let before = is_possible();
                yield_now().await;
                before || is_possible()
            });
            assert!(!spawned.await.unwrap(), "in a spawned task");
            let local = LocalSet::new();
            let in_set = local.run_until(async {
                let spawned = tokio::task::spawn_local(async { is_possible() });
                spawned.await.unwrap() || is_possible()
            });
            assert!(!in_set.await, "in a local set");
        });
    }
}

/// The check leaves the task as it was: it can go on to make as many operations as before.
#[test]
fn the_check_takes_nothing_from_a_task() {
    for runtime in runtimes() {
        runtime.block_on(async {
            let mut polls = 0;
            let steps = std::future::poll_fn(|context| {
                polls += 1;
                assert!(!is_possible());
                let step = tokio::task::coop::poll_proceed(context);
                step.map(|step| step.made_progress())
            });
            steps.await;
            assert_eq!(polls, 1);
        });
    }
}

#[test]
fn other_code_can_block() {
    assert!(is_possible(), "on a thread");
    assert!(block_on(async { is_possible() }).unwrap(), "in itself");
    for runtime in runtimes() {
        {
            let _entered = runtime.enter();
            assert!(is_possible(), "in the context of a runtime");
        }
        runtime.block_on(async {
            let blocking = spawn_blocking(|| is_possible() && is_possible());
            assert!(blocking.await.unwrap(), "in `spawn_blocking`");
            let thread = thread::spawn(is_possible);
            assert!(thread.join().unwrap(), "on a thread of a task");
        });
    }
    let [_, multi_thread] = runtimes();
    let in_place = multi_thread.block_on(async { block_in_place(is_possible) });
    assert!(in_place, "in `block_in_place`");
}

/// What the future does can wait on the same thread, for something else.
#[test]
fn no_wakeup_is_lost() {
    let (sender, receiver) = oneshot::channel();
    let thread = thread::spawn(move || {
        thread::sleep(Duration::from_millis(50));
        sender.send(()).unwrap();
    });
    let nested = async { block_on(sleep(Duration::from_millis(100))).unwrap() };
    let both = async { tokio::join!(receiver, nested) };
    let begin = Instant::now();
    // The limit wakes the future as well.
    let outcome = block_on(async { timeout(Duration::from_secs(10), both).await });
    outcome.unwrap().unwrap().0.unwrap();
    assert!(begin.elapsed() < Duration::from_secs(5));
    thread.join().unwrap();
}

#[test]
fn a_future_is_dropped_in_the_runtime() {
    struct SpawnOnDrop;

    impl Drop for SpawnOnDrop {
        fn drop(&mut self) {
            tokio::spawn(async {});
        }
    }

    let held = SpawnOnDrop;
    let future = poll_fn(move |_| {
        let _ = &held;
        Poll::Ready(())
    });
    block_on(future).unwrap();
}

/// Tokio does not say that such a task is one. The call stalls it, and does not panic.
#[test]
fn a_task_without_limits_blocks() {
    for runtime in runtimes() {
        assert!(runtime.block_on(unconstrained(async { is_possible() })));
    }
}

#[test]
fn every_method_reports_a_task() {
    let [runtime, _] = runtimes();
    let fake = Fake::builder().directory("d-906700000a", ["ada"]).build();
    runtime.block_on(async {
        let client = fake.client();
        let request = client.describe_workspaces();

        let error = request.clone().send_blocking().unwrap_err();
        assert!(matches!(error, SdkError::ConstructionFailure(_)));
        assert!(DisplayErrorContext(&error).to_string().contains(REMEDY));
        assert!(error.source().unwrap().is::<BlockOnError>());

        let error = request.clone().customize().send_blocking().unwrap_err();
        assert!(DisplayErrorContext(&error).to_string().contains(REMEDY));

        let mut pages = request.clone().into_paginator().send_blocking();
        let error = pages.next().unwrap().unwrap_err();
        assert!(DisplayErrorContext(&error).to_string().contains(REMEDY));
        assert!(pages.next().is_none(), "a loop over the pages ends");

        let batch = request.workspace_ids("ws-1").into_batch();
        assert_eq!(batch.send_blocking().unwrap_err().to_string(), REMEDY);

        let waiter = client.wait_until_workspaces_available();
        let error = waiter.workspace_ids("ws-1");
        let error = error.wait_blocking(Duration::from_secs(1)).unwrap_err();
        assert!(matches!(error, WaitError::ConstructionFailure(_)));
        assert!(DisplayErrorContext(&error).to_string().contains(REMEDY));
    });
    assert_eq!(fake.calls(), []);
}
