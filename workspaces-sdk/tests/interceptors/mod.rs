//! Interceptors, retry classifiers and runtime plugins: which hooks run when, what they see, and what they can change.
//!
//! The expected values are those of the official crate: with aws-sdk-workspaces 1.144.0, all modules but `misuse` and `plugins` pass as well.

mod bag;
mod changes;
mod classifiers;
mod interrupted;
mod misuse;
mod order;
mod plugins;
mod tracer;
mod unsent;

use std::time::Duration;

use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::{Builder, Intercept};

use crate::server::{Server, response};

/// An interceptor without hooks. A call with it takes the steps of calls with interceptors.
#[derive(Debug)]
pub(crate) struct Idle;

impl Intercept for Idle {
    fn name(&self) -> &'static str {
        "Idle"
    }
}

/// A configuration with two attempts and no delays.
fn config(server: &Server) -> Builder {
    server.config().retry_config(
        RetryConfig::standard()
            .with_max_attempts(2)
            .with_initial_backoff(Duration::from_millis(1)),
    )
}

/// A server whose first response is an error that is retried.
async fn flaky() -> Server {
    Server::start(|number, _| match number {
        0 => response(503, &[], "{}"),
        _ => response(200, &[], r#"{"Workspaces":[]}"#),
    })
    .await
}
