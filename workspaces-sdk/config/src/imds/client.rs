//! The client for IMDS.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::retries::classifiers::{RetryAction, SharedRetryClassifier};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::timeout::TimeoutConfig;
use http::{HeaderName, HeaderValue, Method, Uri};
use lean_aws_runtime::codegen::REDACTED;

use crate::http::{Attempt, EndpointError, Failure, MetadataClient, shown};
use crate::provider_config::{Boxed, ProviderConfig};
use endpoint::EndpointSource;
use error::{ImdsError, InvalidEndpointMode, TokenError, TokenErrorKind};
use token::{Token, TokenCache};

mod endpoint;
pub mod error;
mod retry;
mod token;

pub use retry::ImdsResponseRetryClassifier;

/// The default time to live of tokens.
const TOKEN_TTL: Duration = Duration::from_secs(6 * 60 * 60);

const MAX_ATTEMPTS: u32 = 4;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
const READ_TIMEOUT: Duration = Duration::from_secs(1);
const OPERATION_ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
const OPERATION_TIMEOUT: Duration = Duration::from_secs(30);

/// A client for IMDS, version 2.
///
/// It loads a session token, which clones of the client share, and replaces it before its end. It repeats requests after the
/// statuses 401 and 500 to 599.
///
/// # Endpoint
/// The first of these that is set counts:
///
/// 1. [`Builder::endpoint`],
/// 2. the environment variable `AWS_EC2_METADATA_SERVICE_ENDPOINT`,
/// 3. `ec2_metadata_service_endpoint` in the profile,
/// 4. [`Builder::endpoint_mode`],
/// 5. the environment variable `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`: `IPv4` or `IPv6`,
/// 6. `ec2_metadata_service_endpoint_mode` in the profile,
/// 7. `http://169.254.169.254`.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    endpoint: EndpointSource,
    http: MetadataClient,
    classifier: SharedRetryClassifier,
    tokens: TokenCache,
    token_ttl: Duration,
}

impl Client {
    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns the metadata at a path, such as `/latest/meta-data/ami-id`.
    ///
    /// # Errors
    /// When there is no session token, when the status is no success, or when the response is no text.
    pub async fn get(&self, path: impl Into<String>) -> Result<SensitiveString, ImdsError> {
        self.inner.get(path.into()).await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.inner.endpoint)
            .field("token_ttl", &self.inner.token_ttl)
            .finish_non_exhaustive()
    }
}

impl Inner {
    fn get(&self, path: String) -> Boxed<'_, Result<SensitiveString, ImdsError>> {
        Box::pin(async move {
            let endpoint = self.endpoint.resolve().await;
            let endpoint = endpoint.map_err(ImdsError::unexpected)?;
            let url = endpoint::join(&endpoint, &path).map_err(ImdsError::unexpected)?;
            let attempt = || Box::pin(self.attempt(&endpoint, &url)) as _;
            self.http
                .retry(&attempt, &|failure| self.failed(&url, failure))
                .await
        })
    }

    async fn attempt(&self, endpoint: &Uri, url: &Uri) -> Attempt<SensitiveString, ImdsError> {
        let lock = self.http.wait(Box::pin(self.tokens.lock())).await;
        let token = match self.tokens.get(lock, self.load_token(endpoint)).await {
            Ok(token) => token,
            Err(error) => return (Err(error), RetryAction::NoActionIndicated),
        };
        let header = (
            HeaderName::from_static(token::TOKEN_HEADER),
            token.value.clone(),
        );
        let response = match self.http.send(Method::GET, url, &[header]).await {
            Ok(response) => response,
            Err(failure) => return self.failed(url, failure),
        };
        if response.status().as_u16() == 401 {
            self.tokens.remove(&token);
        }
        let (response, action) = retry::classify_response(&self.classifier, response);
        (read(response, url), action)
    }

    fn failed<T>(&self, url: &Uri, failure: Failure) -> Attempt<T, ImdsError> {
        let action = retry::classify_failure(&self.classifier, &failure);
        let is_io_error = matches!(
            failure,
            SdkError::TimeoutError(_) | SdkError::ResponseError(_)
        );
        let error = match is_io_error {
            true => ImdsError::io_error(shown(url), failure),
            false => ImdsError::unexpected(EndpointError::no_response(shown(url), failure)),
        };
        (Err(error), action)
    }

    async fn load_token(&self, endpoint: &Uri) -> Result<Token, ImdsError> {
        let url = endpoint::join(endpoint, token::PATH).map_err(ImdsError::unexpected)?;
        let attempt = || Box::pin(self.token_attempt(&url)) as _;
        self.http
            .retry(&attempt, &|failure| self.no_token(failure))
            .await
            .map_err(|error| ImdsError::failed_to_load_token(shown(&url), error))
    }

    async fn token_attempt(&self, url: &Uri) -> Attempt<Token, SdkError<TokenError, HttpResponse>> {
        let ttl = HeaderValue::from(self.token_ttl.as_secs());
        let header = (HeaderName::from_static(token::TTL_HEADER), ttl);
        let response = match self.http.send(Method::PUT, url, &[header]).await {
            Ok(response) => response,
            Err(failure) => return self.no_token(failure),
        };
        let token = Token::from_response(&response, self.tokens.now());
        let (response, action) = retry::classify_response(&self.classifier, response);
        // The body may be a token, which must not become a part of an error.
        let response = response.map(|_| SdkBody::empty());
        let token = token.map_err(|error| SdkError::service_error(error, response));
        (token, action)
    }

    fn no_token<T>(&self, failure: Failure) -> Attempt<T, SdkError<TokenError, HttpResponse>> {
        let action = retry::classify_failure(&self.classifier, &failure);
        // A failure without a response has no token.
        let failure = failure.map_service_error(|_| TokenErrorKind::InvalidToken.into());
        (Err(failure), action)
    }
}

fn read(response: HttpResponse, url: &Uri) -> Result<SensitiveString, ImdsError> {
    if !response.status().is_success() {
        return Err(ImdsError::error_response(shown(url), response));
    }
    let body = response.body().bytes().unwrap_or_default();
    match std::str::from_utf8(body) {
        Ok(text) => Ok(SensitiveString::from(text.to_owned())),
        Err(error) => Err(ImdsError::unexpected(EndpointError::invalid_response(
            shown(url),
            error,
        ))),
    }
}

/// A string that `Debug` does not show.
#[derive(Clone)]
pub struct SensitiveString(String);

impl fmt::Debug for SensitiveString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SensitiveString").field(&REDACTED).finish()
    }
}

impl AsRef<str> for SensitiveString {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<String> for SensitiveString {
    fn from(string: String) -> Self {
        Self(string)
    }
}

impl From<SensitiveString> for String {
    fn from(string: SensitiveString) -> Self {
        string.0
    }
}

/// The protocol by which IMDS is reached.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum EndpointMode {
    /// `http://169.254.169.254`, the default.
    IpV4,
    /// `http://[fd00:ec2::254]`
    IpV6,
}

impl EndpointMode {
    fn url(&self) -> Uri {
        match self {
            Self::IpV4 => Uri::from_static("http://169.254.169.254"),
            Self::IpV6 => Uri::from_static("http://[fd00:ec2::254]"),
        }
    }
}

/// Reads `IPv4` or `IPv6`, in any case.
impl FromStr for EndpointMode {
    type Err = InvalidEndpointMode;

    fn from_str(mode: &str) -> Result<Self, Self::Err> {
        match mode {
            mode if mode.eq_ignore_ascii_case("ipv4") => Ok(Self::IpV4),
            mode if mode.eq_ignore_ascii_case("ipv6") => Ok(Self::IpV6),
            mode => Err(InvalidEndpointMode::new(mode)),
        }
    }
}

/// Builds a [`Client`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    config: Option<ProviderConfig>,
    endpoint: Option<Uri>,
    endpoint_mode: Option<EndpointMode>,
    max_attempts: Option<u32>,
    token_ttl: Option<Duration>,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    operation_timeout: Option<Duration>,
    operation_attempt_timeout: Option<Duration>,
    retry_classifier: Option<SharedRetryClassifier>,
}

impl Builder {
    /// Sets the environment, the files, the HTTP client and the clock.
    pub fn configure(mut self, provider_config: &ProviderConfig) -> Self {
        self.config = Some(provider_config.clone());
        self
    }

    /// Sets the URL of IMDS.
    ///
    /// # Errors
    /// When the URL is not valid.
    pub fn endpoint(mut self, endpoint: impl AsRef<str>) -> Result<Self, BoxError> {
        self.endpoint = Some(endpoint.as_ref().parse()?);
        Ok(self)
    }

    /// Sets the protocol by which IMDS is reached, if no URL is set.
    pub fn endpoint_mode(mut self, mode: EndpointMode) -> Self {
        self.endpoint_mode = Some(mode);
        self
    }

    /// Sets the maximum number of attempts for a token, and for metadata. The default is 4.
    pub fn max_attempts(mut self, max_attempts: u32) -> Self {
        self.max_attempts = Some(max_attempts);
        self
    }

    /// Sets the time for which a session token is valid. It is replaced two minutes earlier. The default is 6 hours, which is
    /// the maximum.
    pub fn token_ttl(mut self, ttl: Duration) -> Self {
        self.token_ttl = Some(ttl);
        self
    }

    /// Sets the limit on the time to connect. The default is 1 second.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets the limit on the time between a request and the beginning of its response. The default is 1 second.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = Some(timeout);
        self
    }

    /// Sets the limit on the time of all attempts together, with the delays between them. The default is 30 seconds.
    pub fn operation_timeout(mut self, timeout: Duration) -> Self {
        self.operation_timeout = Some(timeout);
        self
    }

    /// Sets the limit on the time of an attempt, including loading a token. The default is 10 seconds.
    pub fn operation_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.operation_attempt_timeout = Some(timeout);
        self
    }

    /// Sets which requests are repeated. The default is [`ImdsResponseRetryClassifier`].
    pub fn retry_classifier(mut self, retry_classifier: SharedRetryClassifier) -> Self {
        self.retry_classifier = Some(retry_classifier);
        self
    }

    /// Creates a client. Its endpoint is determined, and can turn out to be invalid, when it is used.
    pub fn build(self) -> Client {
        let config = self.config.unwrap_or_default();
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))
            .read_timeout(self.read_timeout.unwrap_or(READ_TIMEOUT))
            .operation_attempt_timeout(
                self.operation_attempt_timeout
                    .unwrap_or(OPERATION_ATTEMPT_TIMEOUT),
            )
            .operation_timeout(self.operation_timeout.unwrap_or(OPERATION_TIMEOUT))
            .build();
        let attempts = self.max_attempts.unwrap_or(MAX_ATTEMPTS);
        let default_classifier =
            || SharedRetryClassifier::new(ImdsResponseRetryClassifier::default());
        Client {
            inner: Arc::new(Inner {
                http: MetadataClient::new(&config, timeouts, attempts),
                classifier: self.retry_classifier.unwrap_or_else(default_classifier),
                tokens: TokenCache::new(config.time_source().clone()),
                token_ttl: self.token_ttl.unwrap_or(TOKEN_TTL),
                endpoint: EndpointSource::new(self.endpoint, self.endpoint_mode, config),
            }),
        }
    }
}

#[cfg(test)]
#[cfg(all(feature = "default-https-client", feature = "rt-tokio"))]
mod tests;
