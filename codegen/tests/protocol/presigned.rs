//! Presigned requests of the fixture `presigned`, whose body becomes the query.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, UNIX_EPOCH};

use crate::Client;
use crate::config::{Config, Credentials, Region};
use crate::error::{DisplayErrorContext, SdkError};
use crate::presigning::{PresignedRequest, PresigningConfig};

fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// Never sleeps.
#[derive(Debug)]
struct NoSleep;

impl aws_smithy_async::rt::sleep::AsyncSleep for NoSleep {
    fn sleep(&self, _: Duration) -> aws_smithy_async::rt::sleep::Sleep {
        aws_smithy_async::rt::sleep::Sleep::new(std::future::pending())
    }
}

fn settings() -> crate::config::Builder {
    Config::builder()
        .region(Region::new("eu-west-1"))
        .endpoint_url("https://polly.eu-west-1.amazonaws.com")
        .sleep_impl(NoSleep)
}

fn client() -> Client {
    let credentials = Credentials::new("AKID", "SECRET", Some("TOKEN/".into()), None, "test");
    Client::from_conf(settings().credentials_provider(credentials).build())
}

fn config() -> PresigningConfig {
    PresigningConfig::builder()
        .start_time(UNIX_EPOCH + Duration::from_secs(1_440_938_160))
        .expires_in(Duration::from_secs(90))
        .build()
        .unwrap()
}

/// The URI without the value of the signature.
fn unsigned(request: &PresignedRequest) -> String {
    let (before, rest) = request.uri().split_once("X-Amz-Signature=").unwrap();
    let (signature, after) = rest.split_at(64);
    assert!(signature.bytes().all(|byte| byte.is_ascii_hexdigit()));
    format!("{before}X-Amz-Signature=..{after}")
}

#[test]
fn members_of_the_body_are_in_the_query() {
    let request = client()
        .synthesize_speech()
        .kind("a b")
        .note("n")
        .text("Hello, world & all")
        .names("x")
        .names("y")
        .rate(8);
    let request = wait(request.presigned(config())).unwrap();
    assert_eq!(request.method(), "GET");
    assert_eq!(request.headers().collect::<Vec<_>>(), [("x-note", "n")]);
    assert_eq!(
        unsigned(&request),
        "https://polly.eu-west-1.amazonaws.com/v1/a%20b/speech?Text=Hello%2C%20world%20%26%20all&Names=x&Names=y&Rate=8\
         &X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20150830%2Feu-west-1%2Fpolly%2Faws4_request\
         &X-Amz-Date=20150830T123600Z&X-Amz-Expires=90&X-Amz-SignedHeaders=host%3Bx-note&X-Amz-Signature=..\
         &X-Amz-Security-Token=TOKEN%2F"
    );
    let http = request.make_http_1x_request("body");
    assert_eq!(http.uri().to_string(), request.uri());
    assert_eq!((http.method().as_str(), *http.body()), ("GET", "body"));
    assert_eq!(http.headers()["x-note"], "n");
    let shown = format!("{request:?}");
    assert!(shown.contains("/v1/a%20b/speech") && !shown.contains("TOKEN"), "{shown}");
}

#[test]
fn edits_precede_the_signature() {
    let request = client().synthesize_speech().kind("k").text("t");
    let request = request.customize().mutate_request(|request| {
        request.headers_mut().insert("x-more", "m");
    });
    let request = wait(request.presigned(config())).unwrap();
    assert!(request.uri().contains("X-Amz-SignedHeaders=host%3Bx-more&"));
    assert_eq!(request.headers().collect::<Vec<_>>(), [("x-more", "m")]);
}

#[test]
fn errors_are_those_of_sending() {
    let error = wait(client().synthesize_speech().text("t").presigned(config())).unwrap_err();
    assert!(matches!(error, SdkError::ConstructionFailure(_)));
    let text = DisplayErrorContext(error).to_string();
    assert!(text.contains("cannot be empty or unset"), "{text}");

    let anonymous = Client::from_conf(settings().build());
    let request = anonymous.synthesize_speech().kind("k");
    let error = wait(request.presigned(config())).unwrap_err();
    assert!(matches!(error, SdkError::DispatchFailure(_)));
    let text = DisplayErrorContext(error).to_string();
    assert!(text.contains("no credentials provider is set"), "{text}");
}
