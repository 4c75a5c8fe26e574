//! Credentials from the endpoint of a container, or of another server that environment variables name.
//!
//! # Endpoint
//! | variable | value |
//! |---|---|
//! | `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` | a path at `http://169.254.170.2`, the endpoint of Amazon ECS |
//! | `AWS_CONTAINER_CREDENTIALS_FULL_URI` | a URL, which is ignored if the first variable is set |
//!
//! A URL must begin with `https://`, or its host must be one of these:
//!
//! - a loopback address, or a name that resolves only to allowed addresses,
//! - `169.254.170.2`, the endpoint of ECS,
//! - `169.254.170.23` or `[fd00:ec2::23]`, the endpoint of EKS Pod Identity.
//!
//! Errors leave out the path of the URL, because it grants access to the credentials of the task.
//!
//! # Authorization
//! | variable | value |
//! |---|---|
//! | `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` | a file that contains the value of the header `authorization` |
//! | `AWS_CONTAINER_AUTHORIZATION_TOKEN` | the value itself, which is ignored if the first variable is set |
//!
//! The file is read each time credentials are loaded, because EKS replaces it.
//!
//! # Response
//! The endpoint returns credentials or an error as a JSON object:
//!
//! ```json
//! {
//!   "AccessKeyId": "ASIA...",
//!   "SecretAccessKey": "...",
//!   "Token": "...",
//!   "AccountId": "111122223333",
//!   "Expiration": "2016-02-25T06:03:31Z"
//! }
//! ```
//!
//! ```json
//! {"code": "AccessDenied", "message": "The task has no role."}
//! ```
//!
//! Source: the section on container credential providers of the AWS SDKs and Tools Reference Guide.

use std::fmt;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use aws_smithy_runtime_api::client::dns::{ResolveDns, SharedDnsResolver};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_runtime_api::client::retries::classifiers::RetryAction;
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::timeout::TimeoutConfig;
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderValue, Method, Uri};

use crate::features::add_feature;
use crate::http::{Attempt, EndpointError, Failure, MetadataClient, origin};
use crate::json_credentials::{self, JsonCredentials};
use crate::provider_config::ProviderConfig;

mod configuration;

pub use configuration::InvalidFullUriError;

const MAX_ATTEMPTS: u32 = 3;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
const READ_TIMEOUT: Duration = Duration::from_secs(5);

/// The statuses after which a request is repeated.
const RETRIED: [u16; 4] = [500, 502, 503, 504];

/// Provides the credentials that the endpoint of a container returns. See the [module](self).
///
/// There are no credentials if the environment names no endpoint.
pub struct EcsCredentialsProvider {
    config: ProviderConfig,
    dns: Option<SharedDnsResolver>,
    http: MetadataClient,
}

impl EcsCredentialsProvider {
    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Loads credentials.
    ///
    /// # Errors
    /// When the environment names no endpoint or is not valid, or when the endpoint returns no credentials.
    pub async fn credentials(&self) -> provider::Result {
        let mut headers = vec![(ACCEPT, HeaderValue::from_static("application/json"))];
        if let Some(token) = configuration::authorization(&self.config).await? {
            headers.push((AUTHORIZATION, token));
        }
        let Some(url) = configuration::url(self.config.env(), self.dns.as_ref()).await? else {
            let error = format!(
                "neither {} nor {} is set",
                configuration::RELATIVE_URI,
                configuration::FULL_URI
            );
            return Err(CredentialsError::not_loaded(error));
        };
        let attempt = || async {
            match self.http.send(Method::GET, &url, &headers).await {
                Ok(response) => read(&response, &url),
                Err(failure) => failed(failure, &url),
            }
        };
        let attempt = || Box::pin(attempt()) as _;
        self.http
            .retry(&attempt, &|failure| failed(failure, &url))
            .await
    }
}

/// Reads the credentials in a response.
fn read(response: &HttpResponse, url: &Uri) -> Attempt<Credentials, CredentialsError> {
    let status = response.status();
    let document = json_credentials::parse(response.body().bytes().unwrap_or_default());
    if !status.is_success() {
        let mut error = format!("{} returned the status {}", origin(url), status.as_u16());
        if let Ok(JsonCredentials::Error { code, message }) = document {
            error = format!("{error}: {code}: {message}");
        }
        let action = match RETRIED.contains(&status.as_u16()) {
            true => RetryAction::transient_error(),
            false => RetryAction::NoActionIndicated,
        };
        return (Err(CredentialsError::provider_error(error)), action);
    }
    match document {
        Ok(JsonCredentials::Credentials(document)) => {
            let mut credentials = document.into_credentials("EcsContainer");
            add_feature(&mut credentials, AwsCredentialFeature::CredentialsHttp);
            (Ok(credentials), RetryAction::NoActionIndicated)
        }
        Ok(JsonCredentials::Error { code, message }) => {
            let error = format!("{} returned no credentials: {code}: {message}", origin(url));
            let error = CredentialsError::provider_error(error);
            (Err(error), RetryAction::NoActionIndicated)
        }
        Err(error) => (
            Err(CredentialsError::unhandled(
                EndpointError::invalid_response(origin(url), error),
            )),
            RetryAction::server_error(),
        ),
    }
}

fn failed(source: Failure, url: &Uri) -> Attempt<Credentials, CredentialsError> {
    let action = match &source {
        SdkError::TimeoutError(_) | SdkError::ResponseError(_) => RetryAction::transient_error(),
        SdkError::DispatchFailure(failure) => match failure.as_connector_error() {
            Some(error) if error.is_timeout() || error.is_io() => RetryAction::transient_error(),
            error => {
                let kind = error.and_then(ConnectorError::as_other);
                kind.map(RetryAction::retryable_error).unwrap_or_default()
            }
        },
        _ => RetryAction::NoActionIndicated,
    };
    let error = CredentialsError::unhandled(EndpointError::no_response(origin(url), source));
    (Err(error), action)
}

/// Shows nothing of the environment, which contains credentials.
impl fmt::Debug for EcsCredentialsProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EcsCredentialsProvider")
            .field("config", &self.config)
            .field("dns", &self.dns)
            .finish_non_exhaustive()
    }
}

impl ProvideCredentials for EcsCredentialsProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}

/// Builds an [`EcsCredentialsProvider`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    config: Option<ProviderConfig>,
    dns: Option<SharedDnsResolver>,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
}

impl Builder {
    /// Sets the environment, the files, the HTTP client and the clock.
    pub fn configure(mut self, provider_config: &ProviderConfig) -> Self {
        self.config = Some(provider_config.clone());
        self
    }

    /// Sets the resolver of the names of hosts, whose addresses must be allowed. The default is that of the system, with the
    /// feature `rt-tokio`.
    ///
    /// It does not change the addresses that the HTTP client connects to.
    pub fn dns(mut self, dns: impl ResolveDns + 'static) -> Self {
        self.dns = Some(dns.into_shared());
        self
    }

    /// Sets the limit on the time to connect. The default is 2 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets the limit on the time between a request and the beginning of its response, and on the time from there to its end.
    /// The default is 5 seconds.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = Some(timeout);
        self
    }

    /// Creates a provider.
    pub fn build(self) -> EcsCredentialsProvider {
        let config = self.config.unwrap_or_default();
        let connect = self.connect_timeout.unwrap_or(CONNECT_TIMEOUT);
        let read = self.read_timeout.unwrap_or(READ_TIMEOUT);
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(connect)
            .read_timeout(read)
            .operation_attempt_timeout(connect.saturating_add(read.saturating_mul(2)))
            .build();
        EcsCredentialsProvider {
            http: MetadataClient::new(&config, timeouts, MAX_ATTEMPTS),
            dns: self.dns,
            config,
        }
    }
}

#[cfg(test)]
#[cfg(all(feature = "default-https-client", feature = "rt-tokio"))]
mod tests;
