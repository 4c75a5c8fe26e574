//! Evaluates acceptors: a waiter succeeds at its first poll if and only if its acceptor matches the output.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;

use crate::Client;
use crate::client::Waiters;
use crate::config::{Config, Credentials, Region};

/// Returns the same output for every request.
#[derive(Clone, Debug)]
struct Service(&'static str);

impl HttpConnector for Service {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let status = 200.try_into().unwrap();
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(self.0))))
    }
}

/// No time passes.
#[derive(Debug)]
struct NoSleep;

impl AsyncSleep for NoSleep {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

fn client(output: &'static str) -> Client {
    let connector = SharedHttpConnector::new(Service(output));
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .endpoint_url("https://example.com")
        .sleep_impl(NoSleep)
        .http_client(http_client_fn(move |_, _| connector.clone()));
    Client::from_conf(config.build())
}

fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// Compares which outputs the acceptor matches with those that it should match.
fn check(
    acceptor: &str,
    matches: impl Fn(&Client) -> bool,
    expected: &[usize],
    failures: &mut Vec<String>,
) {
    for (i, output) in OUTPUTS.iter().enumerate() {
        let expected = expected.contains(&i);
        if matches(&client(output)) != expected {
            failures.push(format!("{acceptor} is {} for {output}", !expected));
        }
    }
}
