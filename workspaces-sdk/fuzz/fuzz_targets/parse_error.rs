//! Parses responses with any status, error type, request ID and body.
//!
//! A call fails unless the status is one of a success, nothing panics, and the text of an error never contains the credentials.
//!
//! The input consists of a byte for the status, a byte for the operation, two lines for the headers, which are absent if the
//! line is empty, and the body.

#![no_main]

use std::error::Error;
use std::fmt::Debug;

use libfuzzer_sys::fuzz_target;
use workspaces_sdk::Client;
use workspaces_sdk::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use workspaces_sdk::operation::RequestId;
use workspaces_sdk_fuzz::{CannedResponse, SECRET_KEY, SESSION_TOKEN, Service};

const STATUSES: [u16; 16] = [
    400, 500, 200, 403, 404, 429, 503, 413, 418, 301, 304, 204, 599, 999, 201, 100,
];

thread_local!(static SERVICE: Service = Service::new());

/// Checks the outcome of a call, and returns whether it is an error.
fn check<T: Debug, E>(outcome: Result<T, SdkError<E>>) -> bool
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
async fn call(client: &Client, number: u8) -> bool {
    match number % 5 {
        0 => check(client.describe_workspaces().send().await),
        1 => check(
            client
                .create_tags()
                .resource_id("ws-1")
                .set_tags(Some(Vec::new()))
                .send()
                .await,
        ),
        2 => check(client.modify_account().send().await),
        3 => check(client.describe_ip_groups().send().await),
        _ => check(
            client
                .deploy_workspace_applications()
                .workspace_id("ws-1")
                .send()
                .await,
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
    let (error_type, rest) = line(rest);
    let (request_id, body) = line(rest);
    let headers = [
        ("x-amzn-errortype", error_type),
        ("x-amzn-requestid", request_id),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .filter_map(|(name, value)| Some((name, str::from_utf8(value).ok()?.to_owned())))
    .collect();
    SERVICE.with(|service| {
        service.set_response(CannedResponse {
            status,
            headers,
            body: body.to_vec(),
        });
        let failed = service.runtime.block_on(call(&service.client, *operation));
        assert!(
            failed || (200..300).contains(&status),
            "the call succeeded with status {status}"
        );
    });
});
