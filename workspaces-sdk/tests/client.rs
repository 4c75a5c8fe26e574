//! Tests of the client, with servers on the loopback interface or the offline service. `cargo test -p workspaces-sdk --test client
//! retries::` runs those of one file.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot continue fails"
)]

mod auth_schemes;
mod batches;
mod blocking;
mod builders;
mod clock_skew;
mod configuration;
mod connections;
mod credentials;
mod endpoint_resolver;
mod environment;
mod error_responses;
mod errors;
mod fake;
mod golden_requests;
mod http_clients;
mod interceptors;
mod misbehaving_server;
mod mocks;
mod pagination;
mod proxies;
mod replaced_parts;
mod request_rate;
mod response_size;
mod responses;
mod retries;
mod send_and_sync;
mod serde;
mod server;
mod timeouts;
mod tls;
mod waiters;
mod wire;
