//! Decodes the body of a successful response. The first byte of the input selects the operation, and whether the body arrives in
//! parts.
//!
//! Either the body is decoded, or the call fails with a `ResponseError`. A body that is not JSON is never decoded, and nothing
//! panics. What stands between two zero bytes is repeated, until the body is so large that its memory is limited; the memory of
//! the call is then in proportion to the body.

#![no_main]

use std::fmt::{Debug, Write};

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use workspaces_sdk::Client;
use workspaces_sdk::error::{DisplayErrorContext, SdkError};
use workspaces_sdk_fuzz::{CannedResponse, MAX_RESPONSE_SIZE, Service};

thread_local!(static SERVICE: Service = Service::new());

/// Takes text without storing it.
struct Sink;

impl Write for Sink {
    fn write_str(&mut self, _: &str) -> std::fmt::Result {
        Ok(())
    }
}

/// Checks the outcome of a call, and returns whether it is an output.
fn check<T: Debug, E: std::error::Error + 'static>(outcome: Result<T, SdkError<E>>) -> bool {
    match outcome {
        Ok(output) => {
            write!(Sink, "{output:?}").expect("a sink");
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

/// The size from which the memory of a response is in proportion to its body.
const LARGE: usize = 256 * 1024;

/// The maximum memory of lists, maps and structures, as a multiple of the body.
const FACTOR: usize = 32;

/// The memory of a call that does not depend on its response.
const CALL: usize = 64 * 1024;

/// Repeats what stands between two zero bytes.
fn repeated(body: &[u8]) -> Vec<u8> {
    let mut parts = body.splitn(3, |byte| *byte == 0);
    let (Some(start), Some(part), Some(end)) = (parts.next(), parts.next(), parts.next()) else {
        return body.to_vec();
    };
    let count = LARGE / part.len().max(1);
    [start, &part.repeat(count), end].concat()
}

fuzz_target!(|data: &[u8]| {
    let Some((&number, body)) = data.split_first() else {
        return;
    };
    let body = Bytes::from(repeated(body));
    let size = body.len();
    SERVICE.with(|service| {
        service.set_response(CannedResponse {
            status: 200,
            headers: Vec::new(),
            body: body.clone(),
            in_parts: number >= 128,
        });
        let mut decoded = false;
        let memory = allocation_counter::measure(|| {
            decoded = service.runtime.block_on(call(&service.client, number));
        });
        // The strings, and the body twice while its parts are joined, come on top.
        let most = (FACTOR + 3) * size.max(LARGE) + CALL;
        assert!(
            memory.bytes_max <= most as u64,
            "{} bytes for a body of {size}",
            memory.bytes_max
        );
        assert!(
            size <= MAX_RESPONSE_SIZE || !decoded,
            "decoded {size} bytes"
        );
        let is_json =
            body.trim_ascii().is_empty() || serde_json::from_slice::<IgnoredAny>(&body).is_ok();
        assert!(is_json || !decoded, "decoded a body that is not JSON");
    });
});
