//! Decodes the body of a successful response. The first byte of the input selects the operation.
//!
//! Either the body is decoded, or the call fails with a `ResponseError`. A body that is not JSON is never decoded, and nothing
//! panics.

#![no_main]

use std::fmt::Debug;

use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use workspaces_sdk::Client;
use workspaces_sdk::error::{DisplayErrorContext, SdkError};
use workspaces_sdk_fuzz::{CannedResponse, Service};

thread_local!(static SERVICE: Service = Service::new());

/// Checks the outcome of a call, and returns whether it is an output.
fn check<T: Debug, E: std::error::Error + 'static>(outcome: Result<T, SdkError<E>>) -> bool {
    match outcome {
        Ok(output) => {
            drop(format!("{output:?}"));
            true
        }
        Err(error @ SdkError::ResponseError(_)) => {
            drop(DisplayErrorContext(&error).to_string());
            false
        }
        Err(error) => panic!("{error:?}"),
    }
}

/// Calls an operation, and returns whether the outcome is an output.
async fn call(client: &Client, number: u8) -> bool {
    match number % 10 {
        0 => check(client.describe_workspaces().send().await),
        1 => check(client.describe_workspace_directories().send().await),
        2 => check(client.describe_ip_groups().send().await),
        3 => check(
            client
                .describe_custom_workspace_image_import()
                .image_id("wsi-1")
                .send()
                .await,
        ),
        4 => check(client.describe_workspaces_pools().send().await),
        5 => check(
            client
                .describe_client_branding()
                .resource_id("d-1")
                .send()
                .await,
        ),
        6 => check(
            client
                .describe_application_associations()
                .application_id("wsa-1")
                .associated_resource_types("WORKSPACE".into())
                .send()
                .await,
        ),
        7 => check(client.describe_workspaces_connection_status().send().await),
        8 => check(client.describe_account_modifications().send().await),
        _ => check(
            client
                .delete_tags()
                .resource_id("ws-1")
                .tag_keys("a")
                .send()
                .await,
        ),
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((&number, body)) = data.split_first() else {
        return;
    };
    SERVICE.with(|service| {
        service.set_response(CannedResponse {
            status: 200,
            headers: Vec::new(),
            body: body.to_vec(),
        });
        let decoded = service.runtime.block_on(call(&service.client, number));
        let is_json =
            body.trim_ascii().is_empty() || serde_json::from_slice::<IgnoredAny>(body).is_ok();
        assert!(is_json || !decoded, "decoded a body that is not JSON");
    });
});
