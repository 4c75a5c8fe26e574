//! Tests that measure the time or the memory of the process. `cargo test -p lean-aws-codegen --test measurements growth::` runs those
//! of one file.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot continue fails"
)]

mod common;
#[allow(dead_code, reason = "this program does not use all items")]
#[path = "common/crates.rs"]
mod crates;
mod growth;
#[allow(dead_code, reason = "this program does not use all items")]
#[path = "common/modules.rs"]
mod modules;
mod mutation;
mod size;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Tests that measure run one after the other.
fn alone() -> MutexGuard<'static, ()> {
    static RUNNING: Mutex<()> = Mutex::new(());
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}
