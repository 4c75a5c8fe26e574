use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::credential_fn::provide_credentials_fn;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;

use super::{AssumeRoleProvider, AssumeRoleProviderBuilder};
use crate::BehaviorVersion;
use crate::credentials_tests::cases::case::Reply;
use crate::credentials_tests::cases::server::Server;

fn config(server: &Server) -> SdkConfig {
    let base = Credentials::new("AKIDBASE", "SECRET", None, None, "test");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(base))
        .time_source(StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(1)))
        .retry_config(RetryConfig::disabled())
        .endpoint_url(server.url())
        .build()
}

#[tokio::test]
async fn each_setting_is_a_parameter() {
    type Set = fn(AssumeRoleProviderBuilder) -> AssumeRoleProviderBuilder;
    let cases: [(Set, &'static [(&str, Reply)]); 7] = [
        (
            |builder| builder,
            &[(
                "AKIDBASE AssumeRole RoleArn=arn:a RoleSessionName=assume-role-provider-1000",
                Reply::Keys("ASIA1"),
            )],
        ),
        (
            |builder| builder.external_id("id"),
            &[(
                "AKIDBASE AssumeRole RoleArn=arn:a RoleSessionName=assume-role-provider-1000 ExternalId=id",
                Reply::Keys("ASIA1"),
            )],
        ),
        (
            |builder| builder.session_name("name"),
            &[(
                "AKIDBASE AssumeRole RoleArn=arn:a RoleSessionName=name",
                Reply::Keys("ASIA1"),
            )],
        ),
        (
            |builder| {
                builder
                    .session_name("name")
                    .session_length(Duration::from_millis(1_234_567))
            },
            &[(
                "AKIDBASE AssumeRole RoleArn=arn:a RoleSessionName=name DurationSeconds=1234",
                Reply::Keys("ASIA1"),
            )],
        ),
        (
            |builder| builder.session_name("name").session_length(Duration::MAX),
            &[(
                "AKIDBASE AssumeRole RoleArn=arn:a RoleSessionName=name DurationSeconds=2147483647",
                Reply::Keys("ASIA1"),
            )],
        ),
        (
            |builder| {
                let arns = vec!["arn:p1".to_owned(), "arn:p2".to_owned()];
                builder.session_name("name").policy("{}").policy_arns(arns)
            },
            &[(
                "AKIDBASE AssumeRole RoleArn=arn:a RoleSessionName=name PolicyArns.member.1.arn=arn:p1 \
                 PolicyArns.member.2.arn=arn:p2 Policy={}",
                Reply::Keys("ASIA1"),
            )],
        ),
        (
            |builder| {
                builder
                    .session_name("name")
                    .tags([("team", "a"), ("cost", "1")])
            },
            &[(
                "AKIDBASE AssumeRole RoleArn=arn:a RoleSessionName=name Tags.member.1.Key=team Tags.member.1.Value=a \
                 Tags.member.2.Key=cost Tags.member.2.Value=1",
                Reply::Keys("ASIA1"),
            )],
        ),
    ];
    for (set, script) in cases {
        let server = Server::start(script).await;
        let builder = AssumeRoleProvider::builder("arn:a").configure(&config(&server));
        let provider = set(builder).build().await;
        let credentials = provider.provide_credentials().await.unwrap();
        assert_eq!(credentials.access_key_id(), "ASIA1");
        assert_eq!(credentials.account_id().unwrap().as_str(), "111122223333");
        assert_eq!(
            credentials.get_property::<Vec<AwsCredentialFeature>>(),
            Some(&vec![AwsCredentialFeature::CredentialsStsAssumeRole])
        );
        server.check(&[script[0].0]).unwrap();
    }
}

#[tokio::test]
async fn each_load_asks_the_base_provider_and_sts() {
    const SCRIPT: &[(&str, Reply)] = &[
        (
            "AKID0 AssumeRole RoleArn=arn:a RoleSessionName=name",
            Reply::Keys("ASIA1"),
        ),
        (
            "AKID1 AssumeRole RoleArn=arn:a RoleSessionName=name",
            Reply::Keys("ASIA2"),
        ),
    ];
    let server = Server::start(SCRIPT).await;
    let loads = Arc::new(AtomicUsize::new(0));
    let base = provide_credentials_fn(move || {
        let id = format!("AKID{}", loads.fetch_add(1, Ordering::Relaxed));
        async { Ok(Credentials::new(id, "SECRET", None, None, "test")) }
    });
    let provider = AssumeRoleProvider::builder("arn:a")
        .configure(&config(&server))
        .session_name("name")
        .build_from_provider(base)
        .await;
    for expected in ["ASIA1", "ASIA2"] {
        let credentials = provider.provide_credentials().await.unwrap();
        assert_eq!(credentials.access_key_id(), expected);
    }
    server
        .check(
            &SCRIPT
                .iter()
                .map(|(request, _)| *request)
                .collect::<Vec<_>>(),
        )
        .unwrap();
}

#[tokio::test]
async fn the_region_takes_precedence_over_that_of_the_configuration() {
    let server = Server::start(&[]).await;
    let config = config(&server).to_builder().endpoint_url("").build();
    let provider = AssumeRoleProvider::builder("arn:a")
        .configure(&config)
        .region(Region::from_static("not a host"))
        .build()
        .await;
    let error = provider.provide_credentials().await.unwrap_err();
    let mut source = error.source();
    let mut messages = String::new();
    while let Some(error) = source {
        messages += &error.to_string();
        source = error.source();
    }
    assert!(messages.contains("not a host"), "{messages}");
}

#[tokio::test]
async fn a_policy_or_a_region_that_sts_rejects_is_a_configuration_error() {
    let cases: [(&'static [(&str, Reply)], bool); 4] = [
        (
            &[("", Reply::Error(400, "MalformedPolicyDocument", "x"))],
            true,
        ),
        (
            &[("", Reply::Error(403, "RegionDisabledException", "x"))],
            true,
        ),
        (
            &[("", Reply::Error(400, "PackedPolicyTooLarge", "x"))],
            false,
        ),
        (&[("", Reply::Error(403, "AccessDenied", "x"))], false),
    ];
    for (script, is_configuration) in cases {
        let server = Server::start(script).await;
        let builder = AssumeRoleProvider::builder("arn:a").configure(&config(&server));
        let error = builder
            .build()
            .await
            .provide_credentials()
            .await
            .unwrap_err();
        match is_configuration {
            true => assert!(matches!(error, CredentialsError::InvalidConfiguration(_))),
            false => assert!(matches!(error, CredentialsError::ProviderError(_))),
        }
    }
}

#[tokio::test]
async fn debug_shows_no_secret() {
    let server = Server::start(&[]).await;
    let builder = AssumeRoleProvider::builder("arn:a")
        .configure(&config(&server))
        .external_id("SECRET")
        .tags([("key", "SECRET")]);
    let mut debug = format!("{builder:?}");
    debug += &format!("{:?}", builder.build().await);
    assert!(
        debug.contains("arn:a") && !debug.contains("SECRET"),
        "{debug}"
    );
}
