//! Proxies from the environment. The environment of a process must not change while it runs, so each
//! test runs this program again with the environment it needs.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

use std::process::Command;

use server::{Server, Step, response};
use workspaces_sdk::Client;
use workspaces_sdk::config::{Credentials, Region};
use workspaces_sdk::error::DisplayErrorContext;

mod server;

/// Calls the endpoint of `ENDPOINT` and prints what comes of it; see [`call`].
#[tokio::test]
#[ignore = "started by the other tests"]
async fn child() {
    let Ok(endpoint) = std::env::var("ENDPOINT") else {
        return;
    };
    let config = workspaces_sdk::Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .retry_config(workspaces_sdk::config::retry::RetryConfig::disabled())
        .endpoint_url(endpoint);
    match Client::from_conf(config.build())
        .describe_workspaces()
        .send()
        .await
    {
        Ok(output) => println!("outcome: {:?}", output.next_token()),
        Err(error) => println!("outcome: {}", DisplayErrorContext(&error)),
    }
}

/// What a program gets that calls `endpoint` with these variables in its environment.
async fn call(endpoint: &str, variables: &[(&str, String)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env("ENDPOINT", endpoint);
    for name in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "no_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
    ] {
        command.env_remove(name);
    }
    command.envs(variables.iter().cloned());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, outcome) = text
        .split_once("outcome: ")
        .unwrap_or_else(|| panic!("{text}"));
    outcome.lines().next().unwrap().to_owned()
}

/// A server that says its name.
async fn named(name: &'static str) -> Server {
    Server::always(response(200, &[], &format!(r#"{{"NextToken":"{name}"}}"#))).await
}

#[tokio::test]
async fn a_plain_request_goes_to_the_proxy_as_a_whole_url() {
    let proxy = named("proxy").await;
    let with_password = proxy.url().replace("http://", "http://user:pass@");
    let outcome = call(
        "http://workspaces.invalid/a",
        &[("HTTP_PROXY", with_password)],
    )
    .await;
    assert_eq!(outcome, r#"Some("proxy")"#);
    let request = proxy.request();
    assert_eq!(request.line, "POST http://workspaces.invalid/a/ HTTP/1.1");
    assert_eq!(request.header("host"), Some("workspaces.invalid"));
    assert_eq!(
        request.header("proxy-authorization"),
        Some("Basic dXNlcjpwYXNz")
    );
    assert!(
        !request
            .header("authorization")
            .unwrap()
            .contains("proxy-authorization")
    );
}

#[tokio::test]
async fn an_encrypted_request_goes_through_a_tunnel() {
    let proxy = Server::always(vec![
        Step::Send(b"HTTP/1.1 407 No\r\n\r\n".to_vec()),
        Step::Close,
    ])
    .await;
    let with_password = proxy.url().replace("http://", "http://user:pass@");
    let outcome = call(
        "https://workspaces.invalid",
        &[("HTTPS_PROXY", with_password)],
    )
    .await;
    assert!(
        outcome.contains("proxy authorization required"),
        "{outcome}"
    );
    let request = proxy.request();
    assert_eq!(request.line, "CONNECT workspaces.invalid:443 HTTP/1.1");
    assert_eq!(
        request.header("proxy-authorization"),
        Some("Basic dXNlcjpwYXNz")
    );
    assert_eq!(request.header("authorization"), None);
}

#[tokio::test]
async fn some_hosts_are_reached_without_proxy() {
    let (proxy, direct) = (named("proxy").await, named("direct").await);
    let variables = [
        ("ALL_PROXY", proxy.url()),
        ("NO_PROXY", "example.com,127.0.0.1".to_owned()),
    ];
    assert_eq!(call(&direct.url(), &variables).await, r#"Some("direct")"#);
    assert_eq!(
        call(&direct.url(), &variables[..1]).await,
        r#"Some("proxy")"#
    );
    assert_eq!(call(&direct.url(), &[]).await, r#"Some("direct")"#);
}

#[tokio::test]
async fn a_proxy_of_a_kind_that_is_not_known() {
    let outcome = call(
        "http://workspaces.invalid",
        &[("ALL_PROXY", "socks5://127.0.0.1:1".to_owned())],
    )
    .await;
    assert!(
        outcome.contains("a proxy with the scheme `socks5` cannot be used"),
        "{outcome}"
    );
}
