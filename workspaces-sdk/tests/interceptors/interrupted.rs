//! A timeout that interrupts the body of a response: hooks still see its status and headers.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use workspaces_sdk::Client;
use workspaces_sdk::config::timeout::{TimeoutConfig, TimeoutConfigBuilder};
use workspaces_sdk::error::SdkError;

use super::config;
use crate::server::{Server, Step};

/// Records the status and the request ID of a response in the last hooks.
#[derive(Clone, Debug, Default)]
struct Reader(Arc<Mutex<Vec<String>>>);

impl Reader {
    fn read(&self, hook: &str, context: &FinalizerInterceptorContextRef<'_>) {
        let seen = context.response().map(|it| {
            let id = it.headers().get("x-amzn-requestid");
            format!("{hook}: {} {}", it.status(), id.unwrap_or("no ID"))
        });
        self.0.lock().unwrap().extend(seen);
    }
}

impl Intercept for Reader {
    fn name(&self) -> &'static str {
        "Reader"
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.read("attempt", context);
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.read("call", context);
        Ok(())
    }
}

/// What hooks see of a response whose body stops.
async fn seen(timeouts: TimeoutConfigBuilder) -> Vec<String> {
    let head = "HTTP/1.1 200 OK\r\nx-amzn-requestid: r-1\r\ncontent-length: 100\r\n\r\n{";
    let server = Server::always(vec![
        Step::Send(head.into()),
        Step::Wait(Duration::from_secs(20)),
    ])
    .await;
    let reader = Reader::default();
    let config = config(&server)
        .timeout_config(timeouts.build())
        .interceptor(reader.clone());
    let client = Client::from_conf(config.build());
    let error = client.describe_workspaces().send().await.unwrap_err();
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    std::mem::take(&mut reader.0.lock().unwrap())
}

#[tokio::test]
async fn the_headers_of_an_interrupted_response_remain() {
    let soon = Duration::from_millis(200);
    let of_attempt = TimeoutConfig::builder().operation_attempt_timeout(soon);
    let expected = ["attempt: 200 r-1", "attempt: 200 r-1", "call: 200 r-1"];
    assert_eq!(seen(of_attempt).await, expected);
    let of_call = TimeoutConfig::builder().operation_timeout(soon);
    let expected = ["attempt: 200 r-1", "call: 200 r-1"];
    assert_eq!(seen(of_call).await, expected);
}
