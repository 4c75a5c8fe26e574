//! A call is traced in a span, with a span for each attempt, and neither has secrets or the content of messages.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot continue fails"
)]

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use server::{Server, response};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use workspaces_sdk::Client;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::{Credentials, Region};

#[allow(dead_code, reason = "this program does not use all items")]
mod server;

/// Records the spans and events of this crate. Each is a line, to which recorded values are appended.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("lean_aws_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut lines = self.0.lock().unwrap();
        let mut line = span.metadata().name().to_owned();
        span.record(&mut Line(&mut line));
        lines.push(line);
        Id::from_u64(lines.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut lines = self.0.lock().unwrap();
        values.record(&mut Line(&mut lines[span.into_u64() as usize - 1]));
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = event.metadata().level().to_string();
        event.record(&mut Line(&mut line));
        self.0.lock().unwrap().push(line);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_is_traced_without_its_content_and_credentials() {
    let server = Server::start(|number, _| match number {
        0 => response(
            500,
            &[("x-amzn-requestid", "id-0"), ("x-amz-retry-after", "1")],
            "secret body",
        ),
        _ => response(
            200,
            &[("x-amzn-requestid", "id-1")],
            r#"{"NextToken":"secret token"}"#,
        ),
    })
    .await;
    let config = server
        .config()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new(
            "AKID",
            "SECRET",
            Some("TOKEN".into()),
            None,
            "test",
        ))
        .retry_config(RetryConfig::standard());
    let client = Client::from_conf(config.build());
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    client
        .describe_workspaces()
        .directory_id("secret directory")
        .send()
        .await
        .unwrap();
    drop(guard);

    let lines = log.0.lock().unwrap().clone();
    let [call, first, event, second] = lines.as_slice() else {
        panic!("{lines:#?}")
    };
    assert_eq!(
        call,
        r#"call rpc.system="aws-api" rpc.service="WorkSpaces" rpc.method="DescribeWorkspaces" http.status_code=200 aws.request_id="id-1""#
    );
    assert_eq!(
        first,
        r#"attempt number=1 http.status_code=500 aws.request_id="id-0""#
    );
    assert!(
        event.starts_with("DEBUG message=the attempt failed; backing off attempt=1"),
        "{event}"
    );
    assert_eq!(
        second,
        r#"attempt number=2 http.status_code=200 aws.request_id="id-1""#
    );
    for line in &lines {
        for secret in ["secret", "AKID", "SECRET", "TOKEN"] {
            assert!(!line.contains(secret), "{line}");
        }
    }
}

#[tokio::test]
async fn a_warning_names_the_required_members_that_are_missing() {
    let server = Server::start(|_, _| response(200, &[], "{}")).await;
    let client = Client::from_conf(server.config().build());
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let call = client.create_tags().resource_id("secret resource");
    call.send().await.unwrap();
    client.describe_tags().resource_id("").send().await.unwrap();
    drop(guard);

    let lines = log.0.lock().unwrap().clone();
    let warnings: Vec<_> = lines
        .iter()
        .filter(|line| line.starts_with("WARN"))
        .collect();
    assert_eq!(
        warnings,
        [
            "WARN message=CreateTags is missing Tags; the request is sent, and the service may reject it"
        ]
    );
}
