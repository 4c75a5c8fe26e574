//! Tests of the generator and of what it generates. `cargo test -p lean-aws-codegen --test generator protocol::` runs those of one
//! file.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot continue fails"
)]

mod cbor_peer;
mod changes;
mod common;
mod compile;
#[path = "common/crates.rs"]
mod crates;
mod endpoint_discovery;
mod endpoints;
mod expressions;
mod hostile;
#[path = "common/hostile_models.rs"]
mod hostile_models;
mod import;
#[path = "common/modules.rs"]
mod modules;
mod names;
#[path = "common/programs.rs"]
mod programs;
mod protocol;
mod public_api;
mod readme;
mod smithy;
mod snapshots;
mod streams;
#[path = "common/to_smithy.rs"]
mod to_smithy;
mod types;
mod words;
