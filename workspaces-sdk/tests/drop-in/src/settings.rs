//! The settings of the clients of the program.

use std::time::Duration;

use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_workspaces::config::retry::{RetryConfig, RetryMode};
use aws_sdk_workspaces::config::timeout::TimeoutConfig;
use aws_sdk_workspaces::config::{
    AppName, Credentials, HttpClient, ProvideCredentials, Region, StalledStreamProtectionConfig,
};
use aws_sdk_workspaces::error::BoxError;
use aws_sdk_workspaces::{Client, Config, config};

/// Credentials of no account.
pub fn credentials() -> Credentials {
    Credentials::new(
        "AKIDEXAMPLE",
        "very-secret",
        Some("session-token".to_owned()),
        None,
        "drop-in",
    )
}

/// The settings that all services share, with the HTTP client of the caller.
pub async fn shared(http_client: impl HttpClient + 'static) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(credentials())
        .http_client(http_client)
        .load()
        .await
}

/// The settings that all services share, with the default HTTP client.
pub async fn shared_at(endpoint_url: impl Into<String>) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .region("eu-west-1")
        .credentials_provider(credentials())
        .endpoint_url(endpoint_url)
        .load()
        .await
}

/// The settings of a client with long timeouts, several attempts and short delays.
///
/// # Errors
/// Returns an error if the app name is invalid, which it is not.
pub fn patient(shared: &SdkConfig) -> Result<Config, BoxError> {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        .read_timeout(Duration::from_secs(10))
        .operation_attempt_timeout(Duration::from_secs(20))
        .operation_timeout(Duration::from_secs(60))
        .build();
    let retries = RetryConfig::standard()
        .with_max_attempts(4)
        .with_initial_backoff(Duration::from_millis(1))
        .with_max_backoff(Duration::from_millis(5));
    Ok(Config::from(shared)
        .to_builder()
        .app_name(AppName::new("fleet-keeper")?)
        .retry_config(retries)
        .timeout_config(timeouts)
        .stalled_stream_protection(
            StalledStreamProtectionConfig::enabled()
                .grace_period(Duration::from_secs(5))
                .build(),
        )
        .build())
}

/// The settings of a client that does not retry and has this timeout.
pub fn hasty(shared: &SdkConfig, limit: Duration) -> Config {
    let mut builder = config::Builder::from(shared);
    builder
        .set_retry_config(Some(RetryConfig::disabled()))
        .set_timeout_config(Some(
            TimeoutConfig::builder().operation_timeout(limit).build(),
        ))
        .set_stalled_stream_protection(Some(StalledStreamProtectionConfig::disabled()))
        .set_app_name(None)
        .set_use_fips(Some(false))
        .set_use_dual_stack(None);
    builder.build()
}

/// A client without shared settings.
pub fn alone(
    region: Option<Region>,
    credentials: impl ProvideCredentials + 'static,
    http_client: impl HttpClient + 'static,
) -> Client {
    let config = Config::builder()
        .behavior_version(config::BehaviorVersion::latest())
        .region(region)
        .credentials_provider(credentials)
        .http_client(http_client)
        .use_fips(true)
        .use_dual_stack(true)
        .build();
    Client::from_conf(config)
}

/// Describes the settings of a client, for a log.
pub fn describe(config: &Config) -> String {
    let attempts = config.retry_config().map(RetryConfig::max_attempts);
    let adaptive = config
        .retry_config()
        .is_some_and(|retries| retries.mode() == RetryMode::Adaptive);
    let limit = config
        .timeout_config()
        .and_then(TimeoutConfig::operation_timeout);
    format!(
        "{} in {}, {} attempts{}, {:?} in all, stalls {}, for {}",
        config.signing_name(),
        config
            .region()
            .map_or("no region", |region| region.as_ref()),
        attempts.unwrap_or_default(),
        if adaptive { " (adaptive)" } else { "" },
        limit.unwrap_or_default(),
        match config.stalled_stream_protection() {
            Some(protection) if protection.is_enabled() => "watched",
            Some(_) => "ignored",
            None => "unset",
        },
        config.app_name().map_or("nobody", |name| name.as_ref()),
    )
}
