//! The size of a response is limited, and so is the memory that its contents take.

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::{Credentials, Region, StalledStreamProtectionConfig};
use workspaces_sdk::error::{DisplayErrorContext, SdkError};
use workspaces_sdk::{Client, Config};

use crate::server::{Server, Step, response};

/// A body of this many bytes.
fn body(size: usize) -> String {
    let (start, end) = (r#"{"NextToken":""#, r#""}"#);
    [start, &"a".repeat(size - start.len() - end.len()), end].concat()
}

/// The same body in ways that differ in whether the client knows the size before it reads the body.
fn ways_to_send(body: &str) -> [(&'static str, Vec<Step>); 4] {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = |part: &str| format!("{:x}\r\n{part}\r\n", part.len());
    let (first, second) = body.split_at(body.len() / 2);
    let send = |text: String| Step::Send(text.into_bytes());
    [
        ("with a length", response(200, &[], body)),
        (
            "in one chunk",
            vec![send([chunked, &chunk(body), &chunk("")].concat())],
        ),
        (
            "in two chunks",
            vec![
                send([chunked, &chunk(first)].concat()),
                send([chunk(second), chunk("")].concat()),
            ],
        ),
        (
            "until the connection closes",
            vec![
                send(["HTTP/1.1 200 OK\r\n\r\n", body].concat()),
                Step::Close,
            ],
        ),
    ]
}

#[tokio::test]
async fn a_response_may_have_the_limit_and_no_more() {
    for limit in [100, 200_000] {
        for (size, fits) in [(limit, true), (limit + 1, false), (limit * 4, false)] {
            for (way, steps) in ways_to_send(&body(size)) {
                let server = Server::always(steps).await;
                let config = server
                    .config()
                    .retry_config(RetryConfig::standard())
                    .max_response_size_bytes(limit);
                let client = Client::from_conf(config.build());
                let outcome = client.describe_workspaces().send().await;
                assert_eq!(outcome.is_ok(), fits, "{limit} {size} {way}");
                let Err(error) = outcome else { continue };
                assert!(
                    matches!(error, SdkError::ResponseError(_)),
                    "{way}: {error:?}"
                );
                let text = DisplayErrorContext(&error).to_string();
                let expected = format!(
                    "the response is larger than {limit} bytes, which is the limit `max_response_size_bytes` of the configuration"
                );
                assert!(text.contains(&expected), "{way}: {text}");
                assert_eq!(server.requests().len(), 1, "{way}: not retried");
            }
        }
    }
}

#[tokio::test]
async fn a_call_can_override_the_limit() {
    let server = Server::always(response(200, &[], &body(200))).await;
    let config = server.config().max_response_size_bytes(100).build();
    assert_eq!(config.max_response_size_bytes(), Some(100));
    let client = Client::from_conf(config);
    client.describe_workspaces().send().await.unwrap_err();
    let more = Config::builder().max_response_size_bytes(200);
    let call = client.describe_workspaces().customize();
    call.config_override(more).send().await.unwrap();
}

#[tokio::test]
async fn by_default_an_endless_body_is_cut_off_after_64_mebibytes() {
    let chunk = format!("100000\r\n{}\r\n", " ".repeat(0x10_0000)).into_bytes();
    let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let steps = std::iter::once(head).chain(std::iter::repeat_n(chunk, 70));
    let server = Server::always(steps.map(Step::Send).collect()).await;
    let unlimited = StalledStreamProtectionConfig::disabled();
    let config = server.config().stalled_stream_protection(unlimited);
    let client = Client::from_conf(config.build());
    let error = client.describe_workspaces().send().await.unwrap_err();
    let text = DisplayErrorContext(&error).to_string();
    assert!(text.contains("larger than 67108864 bytes"), "{text}");
}

/// Returns the same response for every request.
#[derive(Debug)]
struct Canned(SdkBody);

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let body = self.0.try_clone().expect("in memory");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(200.try_into().unwrap(), body)))
    }
}

fn canned(body: SdkBody) -> Client {
    let connector = SharedHttpConnector::new(Canned(body));
    let config = Config::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .http_client(http_client_fn(move |_, _| connector.clone()))
        .max_response_size_bytes(10_000_000);
    Client::from_conf(config.build())
}

#[tokio::test]
async fn the_limit_holds_for_any_http_client() {
    let send = async |size| canned(body(size).into()).describe_workspaces().send().await;
    assert!(send(10_000_000).await.is_ok());
    assert!(send(10_000_001).await.is_err());
}

/// The maximum memory of a call, as a multiple of the body of its response, which is in memory already.
fn memory(name: &str, start: &str, part: &str, end: &str) -> f64 {
    const SIZE: usize = 1_000_000;
    let count = SIZE / part.len();
    let body = [start, &part.repeat(count), end].concat();
    let client = canned(SdkBody::from(body));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let mut decoded = false;
    let measured = allocation_counter::measure(|| {
        decoded = match name {
            "directories" => runtime
                .block_on(client.describe_workspace_directories().send())
                .is_ok(),
            _ => runtime
                .block_on(client.describe_workspaces().send())
                .is_ok(),
        };
    });
    let factor = measured.bytes_max as f64 / SIZE as f64;
    println!("{factor:5.1} times the body: {name}, {part}, decoded: {decoded}");
    factor
}

#[test]
fn the_memory_of_a_call_is_in_proportion_to_the_body() {
    let workspaces = r#"{"Workspaces":["#;
    let worst = [
        memory("workspaces", workspaces, "{},", "{}]}"),
        memory(
            "workspaces",
            workspaces,
            r#"{"WorkspaceProperties":{}},"#,
            "{}]}",
        ),
        memory("workspaces", workspaces, r#"{"WorkspaceId":"a"},"#, "{}]}"),
        memory(
            "workspaces",
            workspaces,
            r#"{"RelatedWorkspaces":[{}]},"#,
            "{}]}",
        ),
        memory(
            "workspaces",
            workspaces,
            r#"{"ModificationStates":[{},{},{}]},"#,
            "{}]}",
        ),
        memory("directories", r#"{"Directories":["#, "{},", "{}]}"),
        memory(
            "directories",
            r#"{"Directories":["#,
            r#"{"DnsIpAddresses":["a"]},"#,
            "{}]}",
        ),
        memory(
            "directories",
            r#"{"Directories":[{"DnsIpAddresses":["#,
            r#""","#,
            r#"""]}]}"#,
        ),
        memory(
            "directories",
            r#"{"Directories":[{"DnsIpAddresses":["#,
            r#""\u0041","#,
            r#"""]}]}"#,
        ),
        memory("directories", r#"{"Other":["#, "[],", "[]]}"),
    ];
    // 32 times for lists, maps and structures, and once for strings.
    let bound = 33.0;
    assert!(worst.iter().all(|factor| *factor < bound), "{worst:?}");
}
