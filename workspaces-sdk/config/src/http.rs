//! Requests to metadata endpoints.

use std::error::Error;
use std::fmt;
use std::future::pending;
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep, default_async_sleep};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::retries::classifiers::RetryAction;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use http::header::USER_AGENT;
use http::{HeaderName, HeaderValue, Method, Uri};
use lean_aws_runtime::codegen::{PlainClient, Settings};

use crate::provider_config::{Boxed, ProviderConfig};

/// The user agent of requests to metadata endpoints.
const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// The failure of a request that has no response.
pub(crate) type Failure = SdkError<ErrorMetadata, HttpResponse>;

/// The outcome of an attempt, and whether there is another one.
pub(crate) type Attempt<T, E> = (Result<T, E>, RetryAction);

/// A client for metadata endpoints, with timeouts and retries.
///
/// Without a sleep implementation, nothing is retried, and only the HTTP client has timeouts.
#[derive(Debug)]
pub(crate) struct MetadataClient {
    client: PlainClient,
    timeouts: TimeoutConfig,
}

impl MetadataClient {
    pub(crate) fn new(config: &ProviderConfig, timeouts: TimeoutConfig, max_attempts: u32) -> Self {
        let sleep = config.sleep_impl().cloned().or_else(default_async_sleep);
        let retries = match sleep {
            Some(_) => RetryConfig::standard().with_max_attempts(max_attempts),
            None => RetryConfig::disabled(),
        };
        let settings = Settings {
            http_client: config.http_client().cloned(),
            retry_config: Some(retries),
            time_source: Some(config.time_source().clone()),
            timeout_config: Some(timeouts.clone()),
            ..Settings::default()
        };
        let sleep = sleep.unwrap_or_else(|| SharedAsyncSleep::new(Endless));
        Self {
            client: PlainClient::new(settings, sleep),
            timeouts,
        }
    }

    /// Sends a request without a body and returns the whole response, which can have any status.
    ///
    /// # Errors
    /// When there is no complete response of at most 1 MiB.
    pub(crate) fn send<'a>(
        &'a self,
        method: Method,
        url: &'a Uri,
        headers: &'a [(HeaderName, HeaderValue)],
    ) -> Boxed<'a, Result<HttpResponse, Failure>> {
        Box::pin(async move {
            let mut request = http::Request::new(SdkBody::empty());
            *request.method_mut() = method;
            *request.uri_mut() = url.clone();
            let agent = (USER_AGENT, HeaderValue::from_static(AGENT));
            for (name, value) in headers.iter().chain([&agent]) {
                request.headers_mut().insert(name, value.clone());
            }
            let request = HttpRequest::try_from(request).map_err(SdkError::construction_failure)?;
            self.client.send(request).await
        })
    }

    /// Awaits `future` for at most half the timeout of an attempt.
    pub(crate) async fn wait<T>(&self, future: Boxed<'_, T>) -> Option<T> {
        let limit = self.timeouts.operation_attempt_timeout();
        let limit = limit.map(|limit| limit / 2);
        self.client.within(limit, "the wait", future).await.ok()
    }

    /// Makes attempts until the outcome of one is final, or there have been too many, and returns the last outcome.
    ///
    /// `timed_out` makes an outcome of the timeout of an attempt or of all attempts.
    pub(crate) async fn retry<'a, T: Send, E: Send>(
        &self,
        attempt: &(dyn Fn() -> Boxed<'a, Attempt<T, E>> + Sync),
        timed_out: &(dyn Fn(Failure) -> Attempt<T, E> + Sync),
    ) -> Result<T, E> {
        let limit = self.timeouts.operation_attempt_timeout();
        let all = async {
            let mut attempts = self.client.attempts();
            loop {
                let outcome = self.client.within(limit, "an attempt", attempt());
                let (outcome, action) = outcome.await.unwrap_or_else(timed_out);
                if outcome.is_ok() {
                    attempts.succeeded();
                }
                if !attempts.again(action).await {
                    return outcome;
                }
            }
        };
        let limit = self.timeouts.operation_timeout();
        let outcome = self
            .client
            .within(limit, "all attempts together", Box::pin(all));
        outcome.await.unwrap_or_else(|failure| timed_out(failure).0)
    }
}

/// A sleep that does not end.
#[derive(Debug)]
struct Endless;

impl AsyncSleep for Endless {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(pending())
    }
}

/// Formats the URL of a metadata endpoint for errors, without what can be secret: user information and a query.
pub(crate) fn shown(url: &Uri) -> String {
    origin(url) + url.path()
}

/// Formats the scheme and the host of a URL, whose path can be secret as well.
pub(crate) fn origin(url: &Uri) -> String {
    let authority = url.authority().map_or("", |authority| authority.as_str());
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    match url.scheme_str() {
        Some(scheme) => format!("{scheme}://{host}"),
        None => host.to_owned(),
    }
}

/// The error of an endpoint that did not respond, or whose response is not valid.
#[derive(Debug)]
pub(crate) struct EndpointError {
    url: String,
    what: &'static str,
    source: BoxError,
}

impl EndpointError {
    pub(crate) fn no_response(url: String, source: impl Into<BoxError>) -> Self {
        Self {
            url,
            what: "did not respond",
            source: source.into(),
        }
    }

    pub(crate) fn invalid_response(url: String, source: impl Into<BoxError>) -> Self {
        Self {
            url,
            what: "returned a response that is not valid",
            source: source.into(),
        }
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.url, self.what)
    }
}

impl Error for EndpointError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

#[cfg(test)]
#[cfg(all(feature = "default-https-client", feature = "rt-tokio"))]
mod tests;
