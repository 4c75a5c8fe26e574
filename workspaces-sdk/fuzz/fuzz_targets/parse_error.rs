//! Parses responses with any status, headers and body.
//!
//! A call fails unless the status is one of a success, nothing panics, and the text of an error never contains the credentials.
//! The code in the header of an error is the code of the error, whatever the body is. Output for debugging is short unless the
//! body is an object. After any response, the client can still sign a request, with a time that is not absurd.
//!
//! The input consists of a byte for the status, a byte for the operation and whether the body arrives in parts, a line for each
//! header, which is absent if the line is empty or not a valid value, and the body.

#![no_main]

use std::error::Error;
use std::fmt::Debug;

use bytes::Bytes;
use http::HeaderValue;
use libfuzzer_sys::fuzz_target;
use workspaces_sdk::Client;
use workspaces_sdk::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use workspaces_sdk::operation::RequestId;
use workspaces_sdk_fuzz::{CannedResponse, SECRET_KEY, SESSION_TOKEN, Service};

const STATUSES: [u16; 16] = [
    400, 500, 200, 403, 404, 429, 503, 408, 418, 301, 304, 204, 599, 999, 201, 100,
];

/// The headers, in the order of their lines.
const HEADERS: [&str; 6] = [
    "x-amzn-errortype",
    "x-amzn-requestid",
    "x-amzn-error-message",
    "date",
    "content-length",
    "x-amz-retry-after",
];

thread_local!(static SERVICE: Service = Service::new());

/// What a response says of the error, for checks that need no parser.
struct Expected<'a> {
    /// The code in the header.
    code: Option<&'a str>,
    /// Whether the body may be an object, whose members can be long.
    object: bool,
}

/// Checks the outcome of a call, and returns whether it is an error.
fn check<T: Debug, E>(outcome: Result<T, SdkError<E>>, expected: &Expected<'_>) -> bool
where
    E: Error + ProvideErrorMetadata + RequestId + Send + Sync + 'static,
    workspaces_sdk::Error: From<SdkError<E>>,
{
    let error = match outcome {
        Ok(output) => {
            drop(format!("{output:?}"));
            return false;
        }
        Err(error) => error,
    };
    assert!(
        matches!(
            error,
            SdkError::ServiceError(_) | SdkError::ResponseError(_)
        ),
        "{error:?}"
    );
    if let SdkError::ServiceError(_) = error
        && let Some(code) = expected.code
    {
        assert_eq!(error.code(), Some(code));
    }
    let debug = format!("{error:?}");
    assert!(expected.object || debug.len() < 30_000, "{debug}");
    assert_no_credentials(&format!(
        "{error} {error:?} {}",
        DisplayErrorContext(&error)
    ));
    assert_no_credentials(&format!(
        "{:?} {:?} {:?}",
        error.code(),
        error.message(),
        error.request_id()
    ));
    let error = workspaces_sdk::Error::from(error);
    assert_no_credentials(&format!(
        "{error} {error:?} {} {:?}",
        DisplayErrorContext(&error),
        error.request_id()
    ));
    true
}

fn assert_no_credentials(text: &str) {
    assert!(
        !text.contains(SECRET_KEY) && !text.contains(SESSION_TOKEN),
        "{text}"
    );
}

/// Calls an operation, and returns whether the call failed.
async fn call(client: &Client, number: u8, expected: &Expected<'_>) -> bool {
    match number % 5 {
        0 => check(client.describe_workspaces().send().await, expected),
        1 => check(
            client
                .create_tags()
                .resource_id("ws-1")
                .set_tags(Some(Vec::new()))
                .send()
                .await,
            expected,
        ),
        2 => check(client.modify_account().send().await, expected),
        3 => check(client.describe_ip_groups().send().await, expected),
        _ => check(
            client
                .deploy_workspace_applications()
                .workspace_id("ws-1")
                .send()
                .await,
            expected,
        ),
    }
}

/// Splits off the first line.
fn line(data: &[u8]) -> (&[u8], &[u8]) {
    let end = data.iter().position(|&byte| byte == b'\n');
    match end {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &[]),
    }
}

fn contains(data: &[u8], part: &str) -> bool {
    data.windows(part.len())
        .any(|window| window == part.as_bytes())
}

fuzz_target!(|data: &[u8]| {
    // Errors may quote a response that contains the credentials.
    if contains(data, SECRET_KEY) || contains(data, SESSION_TOKEN) {
        return;
    }
    let [status, operation, rest @ ..] = data else {
        return;
    };
    let status = STATUSES[usize::from(*status) % STATUSES.len()];
    let mut body: &[u8] = rest;
    let mut headers = Vec::new();
    for name in HEADERS {
        let (value, rest) = line(body);
        body = rest;
        if !value.is_empty() && HeaderValue::from_bytes(value).is_ok() {
            headers.push((name, value.to_vec()));
        }
    }
    // A body of another length is incomplete, which is no error of the service.
    let cut = headers
        .iter()
        .find(|(name, _)| *name == "content-length")
        .and_then(|(_, value)| str::from_utf8(value).ok()?.parse::<u64>().ok())
        .is_some_and(|length| length != body.len() as u64);
    let code = headers
        .iter()
        .find(|(name, _)| *name == "x-amzn-errortype")
        .and_then(|(_, value)| str::from_utf8(value).ok())
        .and_then(|value| value.split(':').next())
        .map(|value| value.split_once('#').map_or(value, |(_, name)| name).trim())
        .filter(|name| (1..=256).contains(&name.len()) && !name.contains(char::is_control));
    let expected = Expected {
        code,
        object: contains(body, "{"),
    };
    SERVICE.with(|service| {
        service.set_response(CannedResponse {
            status,
            headers: headers.clone(),
            body: Bytes::copy_from_slice(body),
            in_parts: *operation >= 128,
        });
        let failed = service
            .runtime
            .block_on(call(&service.client, *operation, &expected));
        assert!(
            failed || ((200..300).contains(&status) && !cut),
            "the call succeeded with status {status}"
        );

        service.set_response(CannedResponse {
            status: 200,
            headers: vec![("x-amzn-requestid", b"1".to_vec())],
            body: Bytes::from_static(b"{}"),
            in_parts: false,
        });
        let next = service
            .runtime
            .block_on(service.client.modify_account().send());
        next.expect("a client that any response leaves usable");
        let signed_at = service.signed_at();
        assert!(
            ("1900".."2200").contains(&&signed_at[..4]),
            "signed at {signed_at}"
        );
    });
});
