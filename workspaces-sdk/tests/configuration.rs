//! The effect of settings on requests: endpoints, a shared `SdkConfig`, the user agent, defaults of older versions.

use std::time::{Duration, UNIX_EPOCH};

use aws_config::SdkConfig;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_http_client::test_util::{CaptureRequestReceiver, capture_request};
use workspaces_sdk::config::retry::{RetryConfig, RetryMode};
use workspaces_sdk::config::timeout::TimeoutConfig;
use workspaces_sdk::config::{
    AppName, BehaviorVersion, Builder, Credentials, FrameworkMetadata, Region,
    SharedCredentialsProvider, StalledStreamProtectionConfig,
};
use workspaces_sdk::error::{DisplayErrorContext, SdkError};
use workspaces_sdk::{Client, Config};

use crate::server::{Server, response};

fn credentials() -> Credentials {
    Credentials::new("AKID", "SECRET", None, None, "test")
}

/// A configuration whose requests are captured by the receiver instead of sent.
fn captured() -> (Builder, CaptureRequestReceiver) {
    let (http_client, receiver) = capture_request(None);
    (
        Config::builder()
            .credentials_provider(credentials())
            .http_client(http_client),
        receiver,
    )
}

#[tokio::test]
async fn the_endpoint_follows_from_region_fips_dual_stack_and_url() {
    // The region, FIPS, dual stack and the endpoint that was set; what comes of it.
    type Case<'a> = (
        &'a str,
        bool,
        bool,
        Option<&'a str>,
        Result<&'a str, &'a str>,
    );
    let cases: [Case<'_>; 16] = [
        (
            "us-east-1",
            false,
            false,
            None,
            Ok("https://workspaces.us-east-1.amazonaws.com/"),
        ),
        (
            "us-east-1",
            true,
            false,
            None,
            Ok("https://workspaces-fips.us-east-1.amazonaws.com/"),
        ),
        (
            "us-east-1",
            false,
            true,
            None,
            Ok("https://workspaces.us-east-1.api.aws/"),
        ),
        (
            "us-east-1",
            true,
            true,
            None,
            Ok("https://workspaces-fips.us-east-1.api.aws/"),
        ),
        (
            "cn-northwest-1",
            false,
            false,
            None,
            Ok("https://workspaces.cn-northwest-1.amazonaws.com.cn/"),
        ),
        (
            "cn-north-1",
            true,
            true,
            None,
            Ok("https://workspaces-fips.cn-north-1.api.amazonwebservices.com.cn/"),
        ),
        (
            "us-gov-west-1",
            true,
            false,
            None,
            Ok("https://workspaces-fips.us-gov-west-1.amazonaws.com/"),
        ),
        (
            "us-iso-east-1",
            false,
            false,
            None,
            Ok("https://workspaces.us-iso-east-1.c2s.ic.gov/"),
        ),
        (
            "us-isob-west-9",
            false,
            false,
            None,
            Ok("https://workspaces.us-isob-west-9.sc2s.sgov.gov/"),
        ),
        (
            "eusc-de-west-7",
            false,
            false,
            None,
            Ok("https://workspaces.eusc-de-west-7.amazonaws.eu/"),
        ),
        (
            "eu-atlantis-1",
            false,
            false,
            None,
            Ok("https://workspaces.eu-atlantis-1.amazonaws.com/"),
        ),
        (
            "mars",
            false,
            false,
            None,
            Ok("https://workspaces.mars.amazonaws.com/"),
        ),
        (
            "us-east-1",
            false,
            false,
            Some("https://example.com/stage"),
            Ok("https://example.com/stage/"),
        ),
        (
            "us-east-1",
            true,
            false,
            Some("https://example.com"),
            Err("FIPS and custom endpoint are not supported"),
        ),
        (
            "us-east-1",
            false,
            true,
            Some("https://example.com"),
            Err("Dualstack and custom endpoint are not supported"),
        ),
        (
            "us-east-1",
            false,
            false,
            Some("example.com"),
            Err("`example.com` cannot be used"),
        ),
    ];
    for (region, fips, dual_stack, endpoint, expected) in cases {
        let (mut config, receiver) = captured();
        config
            .set_region(Some(Region::new(region)))
            .set_use_fips(Some(fips))
            .set_use_dual_stack(Some(dual_stack));
        config.set_endpoint_url(endpoint.map(str::to_owned));
        let outcome = Client::from_conf(config.build())
            .describe_workspaces()
            .send()
            .await;
        match expected {
            Ok(url) => {
                let request = receiver.expect_request();
                assert_eq!(request.uri(), url);
                let authorization = request.headers().get("authorization").unwrap();
                assert!(
                    authorization.contains(&format!("/{region}/workspaces/aws4_request")),
                    "{authorization}"
                );
            }
            Err(why) => {
                let error = outcome.unwrap_err();
                assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
                let text = DisplayErrorContext(&error).to_string();
                assert!(text.contains(why), "{text}");
                receiver.expect_no_request();
            }
        }
    }
}

#[tokio::test]
async fn a_shared_sdk_config_sets_what_it_has() {
    let (http_client, receiver) = capture_request(None);
    let shared = SdkConfig::builder()
        .app_name(AppName::new("fleet").unwrap())
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(SharedCredentialsProvider::new(credentials()))
        .http_client(http_client)
        .region(Region::new("us-east-2"))
        .retry_config(RetryConfig::adaptive().with_max_attempts(7))
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .time_source(StaticTimeSource::new(
            UNIX_EPOCH + Duration::from_secs(1_525_132_800),
        ))
        .timeout_config(
            TimeoutConfig::builder()
                .read_timeout(Duration::from_secs(9))
                .build(),
        )
        .use_fips(true)
        .use_dual_stack(true)
        .disable_clock_skew_correction(true)
        .build();

    let client = Client::new(&shared);
    let _ = client.describe_workspaces().send().await;

    let config = client.config();
    assert_eq!(config.region(), Some(&Region::new("us-east-2")));
    assert_eq!(config.app_name().map(AppName::as_ref), Some("fleet"));
    assert_eq!(
        config.retry_config().map(RetryConfig::mode),
        Some(RetryMode::Adaptive)
    );
    assert_eq!(
        config
            .timeout_config()
            .and_then(TimeoutConfig::read_timeout),
        Some(Duration::from_secs(9))
    );
    assert_eq!(
        config
            .stalled_stream_protection()
            .map(StalledStreamProtectionConfig::is_enabled),
        Some(false)
    );
    assert_eq!(config.disable_clock_skew_correction(), Some(true));
    assert_eq!(config.signing_name(), "workspaces");
    assert!(config.http_client().is_some() && config.credentials_provider().is_some());
    assert!(config.time_source().is_some() && config.sleep_impl().is_none());
    let request = receiver.expect_request();
    assert_eq!(request.uri(), "https://workspaces-fips.us-east-2.api.aws/");
    assert_eq!(
        request.headers().get("x-amz-date"),
        Some("20180501T000000Z")
    );
    assert_eq!(
        request.headers().get("amz-sdk-request"),
        Some("attempt=1; max=7")
    );
    assert!(
        request
            .headers()
            .get("user-agent")
            .unwrap()
            .ends_with(" m/F md/http#capture-request-handler app/fleet")
    );
}

#[tokio::test]
async fn a_configuration_loaded_by_aws_config_is_used() {
    let server = Server::always(response(200, &[], "{}")).await;
    let shared = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(credentials())
        .endpoint_url(server.url())
        .load()
        .await;
    let client = Client::new(&shared);
    client.describe_workspaces().send().await.unwrap();
    client.describe_workspaces().send().await.unwrap();
    // aws-config brings a cache for identities along, and it is used.
    assert!(client.config().identity_cache().is_some());
    assert!(
        server
            .request_at(1)
            .header("authorization")
            .unwrap()
            .contains("Credential=AKID/")
    );
}

#[tokio::test]
async fn a_configuration_can_be_turned_into_a_builder_and_changed() {
    let (config, receiver) = captured();
    let client = Client::from_conf(config.region(Region::new("eu-west-1")).build());
    let other = Client::from_conf(
        client
            .config()
            .to_builder()
            .region(Region::new("eu-west-2"))
            .build(),
    );
    let _ = other.describe_workspaces().send().await;
    assert_eq!(
        receiver.expect_request().uri(),
        "https://workspaces.eu-west-2.amazonaws.com/"
    );
    assert_eq!(client.config().region(), Some(&Region::new("eu-west-1")));
}

#[tokio::test]
async fn the_user_agent_has_the_app_name_and_frameworks() {
    let (config, receiver) = captured();
    let config = config
        .region(Region::new("eu-west-1"))
        .endpoint_url("https://example.com")
        .app_name(AppName::new("fleet").unwrap())
        .framework_metadata(FrameworkMetadata::new("axum", Some("0.8")).unwrap());
    let _ = Client::from_conf(config.build())
        .describe_workspaces()
        .send()
        .await;
    let request = receiver.expect_request();
    let agent = request.headers().get("user-agent").unwrap();
    assert_eq!(request.headers().get("x-amz-user-agent"), Some(agent));
    let version = workspaces_sdk::meta::PKG_VERSION;
    let start = format!(
        "workspaces-sdk/{version} ua/2.1 api/workspaces/{version} os/{} lang/rust/1.",
        std::env::consts::OS
    );
    assert!(agent.starts_with(&start), "{agent}");
    assert!(
        agent.ends_with(" m/E,N lib/axum/0.8 md/http#capture-request-handler app/fleet"),
        "{agent}"
    );
}

#[tokio::test]
async fn older_behavior_versions_do_not_retry_by_default() {
    #[expect(deprecated, reason = "that is what is tested")]
    let versions = [
        (None, 3),
        (Some(BehaviorVersion::latest()), 3),
        (Some(BehaviorVersion::v2025_01_17()), 1),
    ];
    for (version, expected) in versions {
        let server = Server::always(response(500, &[("x-amz-retry-after", "1")], "")).await;
        let mut config = Config::builder()
            .credentials_provider(credentials())
            .endpoint_url(server.url());
        config
            .set_region(server.config().build().region().cloned())
            .set_behavior_version(version);
        Client::from_conf(config.build())
            .describe_workspaces()
            .send()
            .await
            .unwrap_err();
        assert_eq!(server.requests().len(), expected, "{version:?}");
    }
}

#[tokio::test]
async fn credentials_are_never_printed() {
    let server = Server::always(response(200, &[], "{}")).await;
    let config = server.config().region(Region::new("eu-west-1"));
    let config = config.credentials_provider(Credentials::new(
        "AKID",
        "SECRET",
        Some("TOKEN".into()),
        None,
        "test",
    ));
    let client = Client::from_conf(config.build());
    let builder = client.describe_workspaces().directory_id("d-1");
    let text = format!(
        "{client:?} {:?} {builder:?} {:?}",
        client.config(),
        builder.clone().customize()
    );
    assert!(text.contains("eu-west-1"));
    for secret in ["AKID", "SECRET", "TOKEN"] {
        assert!(!text.contains(secret), "{text}");
    }
}
