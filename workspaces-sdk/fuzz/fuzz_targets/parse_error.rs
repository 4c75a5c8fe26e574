//! An answer whose status, operation, error type, request id and body the input chooses: a status that is no
//! success is an error, nothing panics, and no text about an error tells what requests are signed with.
//!
//! The input is a byte for the status, a byte for the operation, two lines for the headers (none if empty), the
//! rest is the body.

#![no_main]

use std::error::Error;
use std::fmt::Debug;

use libfuzzer_sys::fuzz_target;
use workspaces_sdk::Client;
use workspaces_sdk::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use workspaces_sdk::operation::RequestId;
use workspaces_sdk_fuzz::{Answer, SECRET_KEY, SESSION_TOKEN, Service};

const STATUSES: [u16; 16] = [
    400, 500, 200, 403, 404, 429, 503, 413, 418, 301, 304, 204, 599, 999, 201, 100,
];

thread_local!(static SERVICE: Service = Service::new());

/// Whether the call failed, every text about it being fit to be read by anyone.
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
    innocent(&format!(
        "{error} {error:?} {}",
        DisplayErrorContext(&error)
    ));
    innocent(&format!(
        "{:?} {:?} {:?}",
        error.code(),
        error.message(),
        error.request_id()
    ));
    let error = workspaces_sdk::Error::from(error);
    innocent(&format!(
        "{error} {error:?} {} {:?}",
        DisplayErrorContext(&error),
        error.request_id()
    ));
    true
}

fn innocent(text: &str) {
    assert!(
        !text.contains(SECRET_KEY) && !text.contains(SESSION_TOKEN),
        "{text}"
    );
}

/// Whether the call of this number failed.
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

/// The first line and what comes after it.
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
    // An answer that tells the secrets itself may be quoted.
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
        service.answer(Answer {
            status,
            headers,
            body: body.to_vec(),
        });
        let failed = service.runtime.block_on(call(&service.client, *operation));
        assert!(
            failed || (200..300).contains(&status),
            "{status} is taken for a success"
        );
    });
});
