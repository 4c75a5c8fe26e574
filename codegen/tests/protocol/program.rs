//! Runs protocol cases against the crate that was generated from their model.
#![allow(dead_code, unused_imports)]

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use lean_aws_runtime::codegen::json::{self, Decode, Encode};
use lean_aws_runtime::codegen::{Operation, Request};
use serde_json::Value;

use crate::config::{Config, Credentials, Region};
use crate::error::SdkError;
use crate::{Client, operation};

/// The idempotency token of requests whose callers do not set one.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// A case of the harness. Absent parts are not checked.
struct Case {
    id: &'static str,
    endpoint: &'static str,
    /// The input on the wire.
    params: &'static str,
    /// The expected request.
    serialized: &'static str,
    /// The response of the service.
    response: &'static str,
    /// The output on the wire, or the members of the error.
    result: &'static str,
    code: &'static str,
    message: &'static str,
}

/// Records the request and returns the response of the case, without a connection.
#[derive(Clone, Debug)]
struct Wire {
    sent: Arc<Mutex<Vec<HttpRequest>>>,
    response: &'static str,
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.sent.lock().unwrap().push(request);
        let response = parse(self.response);
        let status = response["status_code"].as_u64().unwrap_or(200) as u16;
        let body = response["body"].as_str().unwrap_or_default().to_owned();
        let mut answer = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
        for (name, value) in response["headers"].as_object().into_iter().flatten() {
            let name: &'static str = name.to_lowercase().leak();
            answer
                .headers_mut()
                .insert(name, value.as_str().unwrap().to_owned());
        }
        HttpConnectorFuture::ready(Ok(answer))
    }
}

/// Sleeps return immediately.
#[derive(Debug)]
struct NoSleep;

impl AsyncSleep for NoSleep {
    fn sleep(&self, _: std::time::Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// Runs a case; `members` encodes the error that it models.
fn run<I>(case: &Case, members: fn(&I::Error) -> Option<Vec<u8>>, failures: &mut Vec<String>)
where
    I: Operation + Decode + Default,
    I::Output: Encode,
    I::Error: ProvideErrorMetadata,
{
    let wire = Wire {
        sent: Arc::default(),
        response: case.response,
    };
    let connector = SharedHttpConnector::new(wire.clone());
    let mut config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .endpoint_url(case.endpoint)
        .retry_config(crate::config::retry::RetryConfig::disabled())
        .sleep_impl(NoSleep)
        .http_client(http_client_fn(move |_, _| connector.clone()));
    config.settings.service_specific.idempotency_token_provider = Some(TOKEN.into());
    let client = Client::from_conf(config.build());
    let mut request = Request::<I>::new(client.handle.clone());
    let mut fail = |what: String| failures.push(format!("{}: {what}", case.id));
    match json::decode(case.params.as_bytes()) {
        Ok(input) => request.input = input,
        Err(error) => return fail(format!("the params are no input: {error}")),
    }
    let outcome = wait(request.send());
    if !case.serialized.is_empty() {
        match wire.sent.lock().unwrap().first() {
            Some(sent) => check_request(&parse(case.serialized), sent, &mut fail),
            None => fail(format!("nothing was sent: {:?}", outcome.as_ref().err())),
        }
        return;
    }
    let (found, code, message) = match outcome {
        Ok(output) => (Some(json::encode(&output)), String::new(), String::new()),
        Err(SdkError::ServiceError(context)) => {
            let error = context.err();
            let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
            (members(error), text(error.code()), text(error.message()))
        }
        Err(error) => return fail(format!("{error:?}")),
    };
    if code != case.code {
        fail(format!("the code is {code:?}, not {:?}", case.code));
    }
    if !case.message.is_empty() && message != case.message {
        fail(format!(
            "the message is {message:?}, not {:?}",
            case.message
        ));
    }
    match found {
        None => fail("the error is not the one that is modeled".to_owned()),
        Some(found) if serde_json::from_slice::<Value>(&found).unwrap() != parse(case.result) => {
            let found = String::from_utf8_lossy(&found).into_owned();
            fail(format!("the result is {found}, not {}", case.result));
        }
        Some(_) => {}
    }
}

fn check_request(expected: &Value, sent: &HttpRequest, fail: &mut dyn FnMut(String)) {
    let url: http::Uri = sent.uri().parse().unwrap();
    let mut same = |what: &str, found: &str, expected: &Value| {
        if let Some(expected) = expected.as_str()
            && found != expected
        {
            fail(format!("{what} is {found:?}, not {expected:?}"));
        }
    };
    same("the method", sent.method(), &expected["method"]);
    same("the path", url.path(), &expected["uri"]);
    for (name, value) in expected["headers"].as_object().into_iter().flatten() {
        let found = sent.headers().get(name.to_lowercase()).unwrap_or("nothing");
        same(name, found, value);
    }
    if let Some(host) = expected["host"].as_str() {
        // In these cases, the host includes the path.
        let found = format!("{}{}", url.host().unwrap(), url.path());
        if !found.starts_with(host) {
            fail(format!("the host is {found:?}, not {host:?}"));
        }
    }
    for name in expected["forbidHeaders"].as_array().into_iter().flatten() {
        if sent
            .headers()
            .get(name.as_str().unwrap().to_lowercase())
            .is_some()
        {
            fail(format!("there is a header {name}"));
        }
    }
    if let Some(body) = expected["body"].as_str() {
        let found = String::from_utf8_lossy(sent.body().bytes().unwrap()).into_owned();
        if parse(&found) != parse(body) {
            fail(format!("the body is {found}, not {body}"));
        }
    }
}

fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// The decoder of each type accepts or rejects an object without members, and does not panic.
#[test]
fn an_empty_object_is_accepted_or_rejected() {
    let types = crate::generated::all_types::ALL_TYPES;
    assert!(!types.is_empty());
    for (name, round_trip) in types {
        if let Ok(written) = round_trip(b"{}") {
            assert!(serde_json::from_slice::<Value>(&written).is_ok(), "{name}");
        }
    }
}
