//! Tokens that take the place of passwords: a presigned URL without its scheme.
//!
//! Source: [IAM database authentication](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html).

use std::fmt;
use std::time::Duration;

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_types::SdkConfig;
use aws_types::region::Region;
use http::Uri;

use crate::auth::{Scope, Signer};
use crate::codegen::REDACTED;
use crate::percent;

/// The number of seconds for which a token is valid, by default and at most.
const VALID: u64 = 900;

/// The default Region, which is that of the official crate.
const REGION: &str = "us-east-1";

/// A token, which takes the place of a password.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthToken(String);

impl AuthToken {
    /// The token.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes the token.
impl fmt::Display for AuthToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Shows nothing of the token.
impl fmt::Debug for AuthToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AuthToken").field(&REDACTED).finish()
    }
}

/// What a token is for, and the credentials that sign it.
#[derive(Clone, Debug)]
pub struct Config {
    credentials: Option<SharedCredentialsProvider>,
    hostname: String,
    port: u64,
    region: Option<Region>,
    username: String,
    expires_in: Option<u64>,
}

impl Config {
    /// Creates a builder.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// The credentials provider, unless it is that of the [`SdkConfig`].
    pub fn credentials(&self) -> Option<SharedCredentialsProvider> {
        self.credentials.clone()
    }

    /// The host name of the database.
    pub fn hostname(&self) -> &str {
        &self.hostname
    }

    /// The port of the database.
    pub fn port(&self) -> u64 {
        self.port
    }

    /// The Region of the database, unless it is that of the [`SdkConfig`].
    pub fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// The name of the database user.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// The number of seconds for which a token is valid.
    pub fn expires_in(&self) -> Option<u64> {
        self.expires_in
    }
}

/// Builds a [`Config`].
#[derive(Debug, Default)]
pub struct ConfigBuilder {
    credentials: Option<SharedCredentialsProvider>,
    hostname: Option<String>,
    port: Option<u64>,
    region: Option<Region>,
    username: Option<String>,
    expires_in: Option<u64>,
}

impl ConfigBuilder {
    /// Sets the credentials provider. The default is that of the [`SdkConfig`].
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(SharedCredentialsProvider::new(credentials));
        self
    }

    /// Sets the host name of the database. It is required.
    pub fn hostname(mut self, hostname: impl Into<String>) -> Self {
        self.hostname = Some(hostname.into());
        self
    }

    /// Sets the port of the database. It is required.
    pub fn port(mut self, port: u64) -> Self {
        self.port = Some(port);
        self
    }

    /// Sets the Region of the database. The default is that of the [`SdkConfig`], or else `us-east-1`.
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// Sets the name of the database user. It is required.
    pub fn username(mut self, username: impl Into<String>) -> Self {
        self.username = Some(username.into());
        self
    }

    /// Sets the number of seconds for which a token is valid, up to 900, the default.
    pub fn expires_in(mut self, expires_in: u64) -> Self {
        self.expires_in = Some(expires_in);
        self
    }

    /// Builds the [`Config`].
    ///
    /// # Errors
    /// When the host name, the port or the name of the user is not set.
    pub fn build(self) -> Result<Config, BoxError> {
        Ok(Config {
            credentials: self.credentials,
            hostname: self.hostname.ok_or("`hostname` is not set")?,
            port: self.port.ok_or("`port` is not set")?,
            region: self.region,
            username: self.username.ok_or("`username` is not set")?,
            expires_in: self.expires_in,
        })
    }
}

/// Creates a token for the action of a service.
///
/// # Errors
/// When there are no credentials, no time source, or when the host name or the port is not one.
#[doc(hidden)]
pub async fn auth_token(
    service: &str,
    action: &str,
    config: &Config,
    sdk: &SdkConfig,
) -> Result<AuthToken, BoxError> {
    let provider = config.credentials().or_else(|| sdk.credentials_provider());
    let provider = provider.ok_or("no credentials provider is set; use the `SdkConfig` of `aws_config::load_defaults`, or set `credentials`")?;
    let identity = Identity::from(provider.provide_credentials().await?);
    let region = config.region().or(sdk.region());
    let time = sdk.time_source().ok_or("no time source is set; use the `SdkConfig` of `aws_config::load_defaults`, or set its `time_source`")?;
    let valid = config.expires_in().unwrap_or(VALID).min(VALID);

    let (host, port) = (config.hostname(), config.port());
    u16::try_from(port).map_err(|_| format!("{port} is not the number of a port"))?;
    let mut url = format!("https://{host}:{port}/?Action={action}&DBUser=");
    percent::push(&mut url, config.username().as_bytes(), &[]);
    let is_valid = |uri: Uri| !host.is_empty() && uri.host() == Some(host) && uri.path() == "/";
    if !url.parse().is_ok_and(is_valid) {
        return Err(format!("{host:?} is not the name of a host").into());
    }
    let mut request = HttpRequest::empty();
    request.set_uri(url)?;
    let scope = Scope {
        region: region.map_or(REGION, Region::as_ref),
        name: service,
        single_encoding: false,
        hash_header: false,
    };
    let valid = Duration::from_secs(valid);
    Signer::default().presign(&mut request, &identity, &scope, time.now(), valid)?;
    let token = request.uri().trim_start_matches("https://");
    Ok(AuthToken(token.to_owned()))
}

/// Declares the generator of tokens for the action of a service, with its configuration and the tokens.
#[doc(hidden)]
#[macro_export]
macro_rules! __auth_token_generator {
    ($service:literal $action:literal) => {
        pub use $crate::auth_token::{AuthToken, Config, ConfigBuilder};

        /// Creates tokens that take the place of passwords.
        ///
        /// A token is valid for new connections for up to 15 minutes, and only over TLS. The README of the crate has an example.
        #[derive(Debug)]
        pub struct AuthTokenGenerator {
            config: Config,
        }

        impl AuthTokenGenerator {
            /// Creates a generator.
            pub fn new(config: Config) -> Self {
                Self { config }
            }

            /// Creates a token. Credentials and the Region are those of the generator, or else those of `config`, which has the time
            /// source as well.
            ///
            /// # Errors
            /// When there are no credentials, no time source, or when the host name or the port is not one.
            pub async fn auth_token(
                &self,
                config: &$crate::codegen::SdkConfig,
            ) -> Result<AuthToken, $crate::error::BoxError> {
                $crate::auth_token::auth_token($service, $action, &self.config, config).await
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::time::UNIX_EPOCH;

    use aws_credential_types::Credentials;
    use aws_smithy_async::time::StaticTimeSource;

    use super::*;

    #[allow(unreachable_pub, reason = "the module is public in a generated crate")]
    mod generator {
        crate::__auth_token_generator! { "rds-db" "connect" }
    }
    use generator::{AuthTokenGenerator, ConfigBuilder};

    const HOST: &str = "prod-instance.us-east-1.rds.amazonaws.com";

    fn sdk(session: Option<&str>) -> SdkConfig {
        let credentials =
            Credentials::new("AKID", "SECRET", session.map(str::to_owned), None, "test");
        SdkConfig::builder()
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .region(Region::from_static("us-west-2"))
            .time_source(StaticTimeSource::new(
                UNIX_EPOCH + Duration::from_secs(1_541_626_050),
            ))
            .build()
    }

    /// Static credentials are there at once.
    fn token(config: ConfigBuilder, sdk: &SdkConfig) -> Result<String, String> {
        let generator = AuthTokenGenerator::new(config.build().unwrap());
        let mut token = pin!(generator.auth_token(sdk));
        let Poll::Ready(token) = token.as_mut().poll(&mut Context::from_waker(Waker::noop()))
        else {
            panic!("not ready");
        };
        token
            .map(|token| token.to_string())
            .map_err(|error| error.to_string())
    }

    /// The signatures are those of botocore.
    #[test]
    fn tokens_are_presigned_urls() {
        let config = || Config::builder().hostname(HOST).port(3306);
        let begin = "prod-instance.us-east-1.rds.amazonaws.com:3306/?Action=connect&DBUser=";
        let middle = "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20181107%2Fus-west-2%2Frds-db%2Faws4_request\
            &X-Amz-Date=20181107T212730Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host";
        let signature = "7d11e6d9b826bc4faa8c5bf525123ce32b9ff96bdf36b4a6cbe7cb112fea9d79";
        let found = token(config().username("peccy"), &sdk(None)).unwrap();
        assert_eq!(
            found,
            format!("{begin}peccy{middle}&X-Amz-Signature={signature}")
        );

        let signature = "bce5eea4f79bb872df3cf0950155e686abe27043d8ea20245f92b8c34a6dadb9";
        let user = config().username("a b/+\u{fc}").expires_in(10_000);
        let found = token(user, &sdk(Some("TOKEN"))).unwrap();
        let user = "a%20b%2F%2B%C3%BC";
        let rest = format!("&X-Amz-Signature={signature}&X-Amz-Security-Token=TOKEN");
        assert_eq!(found, format!("{begin}{user}{middle}{rest}"));
    }

    #[test]
    fn a_generator_has_its_own_region_and_credentials() {
        let config = Config::builder()
            .hostname(HOST)
            .port(5432)
            .username("ada")
            .expires_in(60)
            .region(Region::from_static("eu-west-1"))
            .credentials(Credentials::new("OWN", "SECRET", None, None, "test"));
        let found = token(config, &sdk(None)).unwrap();
        assert!(found.contains("OWN%2F20181107%2Feu-west-1%2F"), "{found}");
        assert!(found.contains("&X-Amz-Expires=60&"), "{found}");
    }

    #[test]
    fn what_is_missing_or_no_host_is_an_error() {
        let config = |host: &str, port| Config::builder().hostname(host).port(port).username("ada");
        let none = SdkConfig::builder().build();
        let error = token(config(HOST, 1), &none).unwrap_err();
        assert!(
            error.starts_with("no credentials provider is set;"),
            "{error}"
        );
        for (host, port) in [
            ("a/b", 1),
            ("a?b", 1),
            ("a@b", 1),
            ("", 1),
            ("a b", 1),
            (HOST, 70_000),
        ] {
            let error = token(config(host, port), &sdk(None)).unwrap_err();
            assert!(error.contains(" is not the n"), "{error}");
        }
        for (config, missing) in [
            (Config::builder(), "hostname"),
            (Config::builder().hostname(HOST), "port"),
            (Config::builder().hostname(HOST).port(1), "username"),
        ] {
            let error = config.build().unwrap_err().to_string();
            assert_eq!(error, format!("`{missing}` is not set"));
        }
        assert!(!format!("{:?}", AuthToken("secret".to_owned())).contains("secret"));
    }
}
