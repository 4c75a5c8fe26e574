//! Tests of the program. They are modules, because linking each of them costs more than compiling it.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot continue fails"
)]

mod failures;
mod loopback;
mod replay;
mod server;
