use std::process::Command;
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use super::*;
use crate::metadata_tests::cases::Reply::Status;
use crate::metadata_tests::cases::server::Server;

fn client(config: &ProviderConfig) -> MetadataClient {
    MetadataClient::new(config, TimeoutConfig::builder().build(), 1)
}

/// Sends a request to `ENDPOINT`, for the test that runs this with other variables.
#[tokio::test]
#[ignore = "fails unless another test runs it with its variables"]
async fn child() {
    let url = std::env::var("ENDPOINT").expect("another test sets ENDPOINT");
    let client = client(&ProviderConfig::default());
    let url = url.parse().unwrap();
    let response = client.send(Method::GET, &url, &[]);
    assert_eq!(response.await.unwrap().status().as_u16(), 200);
}

#[tokio::test]
async fn proxies_of_the_environment_are_ignored() {
    let server = Server::start(&[("GET /c", &[Status(200, "")])]).await;
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "http::tests::child", "--ignored"])
        .env("ENDPOINT", server.fill_in("http://{server}/c"));
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env(name, server.fill_in("http://{closed}"));
    }
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("1 passed"), "{text}");
    assert_eq!(server.take_requests(), ["GET /c"]);
}

#[test]
fn shown_urls_have_no_secrets() {
    for (url, expected, path) in [
        ("http://127.0.0.1:80/a?b=c", "http://127.0.0.1:80", "/a"),
        ("http://user:secret@[::1]/", "http://[::1]", "/"),
        ("http://user@secret@localhost/", "http://localhost", "/"),
        ("localhost", "localhost", ""),
        ("/a?b", "", "/a"),
    ] {
        let Ok(url) = url.parse() else { continue };
        assert_eq!(origin(&url), expected);
        assert_eq!(shown(&url), format!("{expected}{path}"));
    }
}

/// An HTTP client that keeps the headers of the last request and returns no response.
#[derive(Clone, Debug, Default)]
struct Headers(Arc<Mutex<Vec<(String, String)>>>);

impl HttpClient for Headers {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Headers {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        *self.0.lock().unwrap() = headers.collect();
        HttpConnectorFuture::ready(Err(ConnectorError::other("no response".into(), None)))
    }
}

#[tokio::test]
async fn requests_have_a_user_agent() {
    let headers = Headers::default();
    let client = client(&ProviderConfig::default().with_http_client(headers.clone()));
    let url = Uri::from_static("http://localhost/");
    let other = (
        HeaderName::from_static("name"),
        HeaderValue::from_static("value"),
    );
    client.send(Method::GET, &url, &[other]).await.unwrap_err();
    let mut found = headers.0.lock().unwrap().clone();
    found.sort();
    let expected = [("name", "value"), ("user-agent", AGENT)];
    assert_eq!(
        found,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    assert!(AGENT.starts_with("lean-aws-config/0."), "{AGENT}");
}
