//! Runs protocol cases against the crate that was generated from their model.
#![allow(dead_code, unused_imports, unused_macros)]

use std::collections::HashMap;
use std::fmt::Debug;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::Number;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use lean_aws_runtime::codegen::{ModeledError, Operation, Output, Request};
use serde_json::Value;

use crate::config::{Config, Credentials, Region};
use crate::error::SdkError;
use crate::primitives::{Blob, DateTime, Document};
use crate::{Client, operation, types};

/// The idempotency token of requests whose callers do not set one.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// A case of the harness. Absent parts are not checked.
struct Case {
    id: &'static str,
    endpoint: &'static str,
    /// The expected request.
    serialized: &'static str,
    /// The response of the service.
    response: &'static str,
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
        let body = body_of(&response).unwrap_or_default();
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

/// Runs a case. `check` examines the outcome.
fn run<I: Operation>(
    case: &Case,
    input: I,
    check: impl FnOnce(Result<I::Output, SdkError<I::Error>>, &mut dyn FnMut(String)),
    failures: &mut Vec<String>,
) {
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
    let request = Request::new(client.handle.clone(), input);
    let mut fail = |what: String| failures.push(format!("{}: {what}", case.id));
    let outcome = wait(request.send());
    if !case.serialized.is_empty() {
        match wire.sent.lock().unwrap().first() {
            Some(sent) => check_request(&parse(case.serialized), sent, &mut fail),
            None => fail(format!("nothing was sent: {:?}", outcome.as_ref().err())),
        }
    }
    check(outcome, &mut fail);
}

fn check_output<O: Output + Debug + PartialEq, E: Debug>(
    outcome: Result<O, SdkError<E>>,
    expected: O,
    fail: &mut dyn FnMut(String),
) {
    match outcome {
        Ok(mut output) => {
            output.set_request_id(None);
            compare(output, expected, fail);
        }
        Err(error) => fail(format!("{error:?}")),
    }
}

/// Checks that the response is rejected.
fn check_malformed<O: Debug, E: Debug>(
    outcome: Result<O, SdkError<E>>,
    fail: &mut dyn FnMut(String),
) {
    if !matches!(outcome, Err(SdkError::ResponseError(_))) {
        fail(format!("expected a response error, found {outcome:?}"));
    }
}

/// Checks that an outcome is an error of a variant, with these members, code and message.
macro_rules! check_error {
    ($outcome:ident, $($variant:ident)::+, $expected:expr, $code:expr, $message:expr, $fail:ident) => {
        match service_error($outcome, $code, $message, $fail) {
            Some($($variant)::+(found)) => {
                let mut expected = $expected;
                ModeledError::set_meta(&mut expected, found.meta().clone());
                compare(found, expected, $fail);
            }
            Some(_) => $fail("the error is not the one that is modeled".to_owned()),
            None => {}
        }
    };
}
use check_error;

/// Returns the error of the service, and checks its code and its message.
fn service_error<O: Debug, E: Debug + ProvideErrorMetadata>(
    outcome: Result<O, SdkError<E>>,
    code: &str,
    message: Option<&str>,
    fail: &mut dyn FnMut(String),
) -> Option<E> {
    let error = match outcome {
        Err(SdkError::ServiceError(context)) => context.into_err(),
        other => {
            fail(format!("expected a service error, found {other:?}"));
            return None;
        }
    };
    if error.code() != Some(code) {
        fail(format!("the code is {:?}, not {code:?}", error.code()));
    }
    if message.is_some() && error.message() != message {
        fail(format!("the message is {:?}, not {message:?}", error.message()));
    }
    Some(error)
}

/// Checks that two values are the same. NaN is the same as NaN.
fn compare<T: Debug + PartialEq>(found: T, expected: T, fail: &mut dyn FnMut(String)) {
    if found != expected && format!("{found:?}") != format!("{expected:?}") {
        fail(format!("the result is {found:?}, not {expected:?}"));
    }
}

/// A document with this JSON.
fn document(json: &str) -> Document {
    fn of(value: Value) -> Document {
        match value {
            Value::Null => Document::Null,
            Value::Bool(value) => Document::Bool(value),
            Value::Number(value) => Document::Number(match (value.as_u64(), value.as_i64()) {
                (Some(value), _) => Number::PosInt(value),
                (None, Some(value)) => Number::NegInt(value),
                (None, None) => Number::Float(value.as_f64().unwrap()),
            }),
            Value::String(value) => Document::String(value),
            Value::Array(values) => Document::Array(values.into_iter().map(of).collect()),
            Value::Object(entries) => {
                let entries = entries.into_iter();
                Document::Object(entries.map(|(key, value)| (key, of(value))).collect())
            }
        }
    }
    of(parse(json))
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
    if let Some(uri) = expected["uri"].as_str() {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        same("the path", url.path(), &path.into());
        let found = sorted(url.query().unwrap_or_default());
        same("the query", &found, &sorted(query).into());
    }
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
    for name in expected["requireHeaders"].as_array().into_iter().flatten() {
        let name = name.as_str().unwrap();
        if sent.headers().get(name.to_lowercase()).is_none() {
            fail(format!("there is no header {name}"));
        }
    }
    let media_type = sent.headers().get("content-type").unwrap_or_default();
    if let Some(body) = body_of(expected)
        && media_type == "application/cbor"
    {
        let found = cbor::description(sent.body().bytes().unwrap());
        let body = cbor::description(&body);
        if found != body {
            fail(format!("the body is {found}, not {body}"));
        }
    } else if let Some(body) = expected["body"].as_str() {
        let found = String::from_utf8_lossy(sent.body().bytes().unwrap()).into_owned();
        let is_same = match media_type {
            "application/x-www-form-urlencoded" => sorted(&found) == sorted(body),
            _ if media_type.contains("json") => parse(&found) == parse(body),
            _ => found == body,
        };
        if !is_same {
            fail(format!("the body is {found}, not {body}"));
        }
    }
}

/// The body of an expected request or of a response: text, base64, or CBOR in the notation of the cases.
fn body_of(message: &Value) -> Option<Vec<u8>> {
    let text = |key: &str| message[key].as_str();
    if let Some(notation) = text("cbor") {
        return Some(cbor::bytes(notation));
    }
    if let Some(base64) = text("base64") {
        return Some(aws_smithy_types::base64::decode(base64).unwrap());
    }
    text("body").map(|text| text.as_bytes().to_vec())
}

/// The parameters of a query or a form, in sorted order.
fn sorted(parameters: &str) -> String {
    let mut parameters: Vec<_> = parameters.split('&').collect();
    parameters.sort_unstable();
    parameters.join("&")
}

fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}
