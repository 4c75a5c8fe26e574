//! The headers of requests, over a socket, compared with those of version 1.144.0 of the official crate.
//!
//! The official crate sends the same headers for the same calls, except for the name and the version of the crate in the user
//! agent, the value of the header `authorization`, and the order.

use std::time::Duration;

use aws_credential_types::credential_feature::AwsCredentialFeature;
use workspaces_sdk::Client;
use workspaces_sdk::client::Waiters;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::{AppName, Builder, Credentials};

use crate::server::{Request, Server, response};

const SIGNED: &str = "content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target;x-amz-user-agent";

/// The user agent behind the version of the language.
fn agent(request: &Request) -> &str {
    let agent = request.header("user-agent").unwrap();
    assert_eq!(request.header("x-amz-user-agent"), Some(agent));
    &agent[agent.find(" m/").unwrap() + 1..]
}

fn signed(request: &Request) -> &str {
    let authorization = request.header("authorization").unwrap();
    let (_, names) = authorization.split_once("SignedHeaders=").unwrap();
    names.split_once(", Signature=").unwrap().0
}

fn credentials(features: &[AwsCredentialFeature]) -> Credentials {
    let mut credentials = Credentials::new("AKID", "SECRET", Some("TOKEN".into()), None, "test");
    credentials
        .get_property_mut_or_default::<Vec<AwsCredentialFeature>>()
        .extend(features.iter().cloned());
    credentials
}

#[tokio::test]
async fn the_user_agent_has_the_features_of_the_client_and_its_credentials() {
    let server = Server::always(response(200, &[], "{}")).await;
    let config = || server.config().credentials_provider(credentials(&[]));
    let profile = [
        AwsCredentialFeature::CredentialsProfile,
        AwsCredentialFeature::CredentialsStsAssumeRole,
    ];
    let account = Credentials::builder()
        .access_key_id("AKID")
        .secret_access_key("SECRET")
        .session_token("TOKEN")
        .account_id("123456789012")
        .provider_name("test")
        .build();
    let cases: [(Builder, &str); 5] = [
        (config(), "m/E,N md/http#hyper-1.x"),
        (
            config().retry_config(RetryConfig::adaptive()),
            "m/F,N md/http#hyper-1.x",
        ),
        (
            config().app_name(AppName::new("my-app").unwrap()),
            "m/E,N md/http#hyper-1.x app/my-app",
        ),
        (
            config().credentials_provider(credentials(&profile)),
            "m/E,N,n,i md/http#hyper-1.x",
        ),
        (
            config().credentials_provider(account),
            "m/E,N,T md/http#hyper-1.x",
        ),
    ];
    for (config, expected) in cases {
        let client = Client::from_conf(config.build());
        client.describe_workspaces().send().await.unwrap();
        let requests = server.requests();
        let request = requests.last().unwrap();
        assert_eq!(agent(request), expected);
        assert_eq!(signed(request), SIGNED);
        assert_eq!(request.header("amz-sdk-request").unwrap().len(), 16);
        assert_eq!(request.header("amz-sdk-invocation-id").unwrap().len(), 36);
    }
}

#[tokio::test]
async fn paginators_and_waiters_are_features_of_their_requests() {
    let body = r#"{"Workspaces":[{"WorkspaceId":"ws-000000001","State":"AVAILABLE"}]}"#;
    let server = Server::always(response(200, &[], body)).await;
    let client = Client::from_conf(server.config().build());
    let mut pages = client.describe_workspaces().into_paginator().send();
    pages.next().await.unwrap().unwrap();
    let wait = client.wait_until_workspaces_available();
    let wait = wait.workspace_ids("ws-000000001");
    wait.wait(Duration::from_secs(5)).await.unwrap();
    client.describe_workspaces().send().await.unwrap();
    let requests = server.requests();
    let agents: Vec<_> = requests.iter().map(agent).collect();
    assert_eq!(
        agents,
        [
            "m/E,C,N md/http#hyper-1.x",
            "m/E,B,N md/http#hyper-1.x",
            "m/E,N md/http#hyper-1.x",
        ]
    );
}
