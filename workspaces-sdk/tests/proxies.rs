//! Proxies from the environment. The environment of a process must not change while it runs, so each test runs
//! this program again with the environment that it needs.

use std::process::Command;

use workspaces_sdk::Client;
use workspaces_sdk::config::{Credentials, Region};
use workspaces_sdk::error::DisplayErrorContext;

use crate::server::{Server, Step, response};

/// Calls `ENDPOINT` and prints the outcome, which the test that runs this in [`call`] checks.
#[tokio::test]
#[ignore = "fails unless another test runs it with its variables"]
async fn child() {
    let endpoint = std::env::var("ENDPOINT").expect("another test sets ENDPOINT");
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

/// Returns the outcome of a call of `endpoint` in a process with these environment variables.
async fn call(endpoint: &str, variables: &[(&str, String)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "proxies::child", "--ignored", "--nocapture"])
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
        "REQUEST_METHOD",
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

/// A server that returns its name.
async fn named(name: &'static str) -> Server {
    Server::always(response(200, &[], &format!(r#"{{"NextToken":"{name}"}}"#))).await
}

#[tokio::test]
async fn an_http_request_goes_to_the_proxy_with_its_full_url() {
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
async fn an_https_request_goes_through_a_tunnel() {
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
async fn hosts_in_no_proxy_are_reached_directly() {
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
async fn every_form_of_no_proxy_is_respected() {
    let (proxy, direct) = (named("proxy").await, named("direct").await);
    let address = direct.address().to_string();
    for list in ["*", &address, "127.0.0.0/8", " 127.0.0.1 , b.test"] {
        let variables = [("HTTP_PROXY", proxy.url()), ("NO_PROXY", list.to_owned())];
        let outcome = call(&direct.url(), &variables).await;
        assert_eq!(outcome, r#"Some("direct")"#, "{list}");
    }
}

#[tokio::test]
async fn no_connection_is_made_past_a_proxy_that_cannot_be_used() {
    let direct = named("direct").await;
    for url in [
        "ftp://user:hunter2@proxy:1",
        "http:/proxy:1",
        "socks5://user:hunter2@127.0.0.1:1",
        "http://user:hunter2@proxy:65536",
        "http://pröxy:1",
    ] {
        for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            let outcome = call(&direct.url(), &[(name, url.to_owned())]).await;
            let expected = format!("the environment variable {name} is not the URL of a proxy: ");
            assert!(outcome.contains(&expected), "{outcome}");
            assert!(
                outcome.starts_with("dispatch failure: user error"),
                "{outcome}"
            );
            assert!(!outcome.contains("hunter2"), "{outcome}");
        }
    }
    assert_eq!(direct.requests(), []);
}

#[tokio::test]
async fn a_cgi_program_ignores_the_proxy_that_a_request_may_set() {
    let (proxy, direct) = (named("proxy").await, named("direct").await);
    let mut variables = vec![
        ("HTTP_PROXY", proxy.url()),
        ("REQUEST_METHOD", "GET".to_owned()),
    ];
    assert_eq!(call(&direct.url(), &variables).await, r#"Some("direct")"#);
    variables.push(("http_proxy", proxy.url()));
    assert_eq!(call(&direct.url(), &variables).await, r#"Some("proxy")"#);
}
