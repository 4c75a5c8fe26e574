//! Requests that belong to no operation, such as those to metadata endpoints.

use std::pin::Pin;
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::retries::classifiers::{RetryAction, RetryReason};
use aws_smithy_types::timeout::TimeoutConfig;

use super::{SizeLimit, Transport, collect, direct_client};
use crate::error::Failure;
use crate::retry::{Retries, RetryClassification, RetryPolicy};
use crate::settings::Settings;
use crate::timeout::within;

/// The limit on the body of a response.
const MAX_SIZE: SizeLimit = SizeLimit {
    bytes: 1024 * 1024,
    setting: None,
};

/// A client for requests that are not signed. It uses the HTTP client, the time source, the timeouts for connecting and
/// reading, and the retries of its settings.
///
/// The default HTTP client ignores the proxies of the environment here. They cannot reach the metadata endpoints of this
/// machine, and must not see its credentials.
#[doc(hidden)]
#[derive(Debug)]
pub struct PlainClient {
    transport: Transport,
    timeouts: TimeoutConfig,
    retry: RetryPolicy,
    sleep: SharedAsyncSleep,
    time_source: SharedTimeSource,
}

impl PlainClient {
    /// Creates a client. `sleep` is used for timeouts and between attempts.
    pub fn new(settings: Settings, sleep: SharedAsyncSleep) -> Self {
        let settings = Settings {
            http_client: settings.http_client.or_else(direct_client),
            sleep_impl: Some(sleep.clone()),
            ..settings
        };
        Self {
            transport: Transport::new(&settings),
            timeouts: settings.timeout_config_or_default(),
            retry: RetryPolicy::unshared(settings.retry_config_or_default()),
            sleep,
            time_source: settings.time_source.unwrap_or_default(),
        }
    }

    /// Sends a request, and reads the response, of at most 1 MiB, into memory. The response can have any status.
    ///
    /// # Errors
    /// A construction or dispatch failure when there is no response, and a response error when it is incomplete or too large.
    pub fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + '_>> {
        Box::pin(async move {
            let response = self.transport.send(request, &self.timeouts)?;
            let mut response = response.await.map_err(SdkError::dispatch_failure)?;
            match collect(&mut response, MAX_SIZE, None).await {
                Ok(()) => Ok(response),
                Err(error) => Err(SdkError::response_error(error, response)),
            }
        })
    }

    /// Awaits `future` for at most `limit`.
    ///
    /// # Errors
    /// A timeout error that names `what`.
    pub async fn within<T>(
        &self,
        limit: Option<Duration>,
        what: &'static str,
        future: Pin<Box<dyn Future<Output = T> + Send + '_>>,
    ) -> Result<T, Failure> {
        within(limit, what, &self.sleep, async { Ok(future.await) }).await
    }

    /// Starts the attempts of a request.
    pub fn attempts(&self) -> Attempts<'_> {
        Attempts {
            retries: self.retry.start(false),
            client: self,
        }
    }
}

/// The attempts of one request.
#[doc(hidden)]
#[derive(Debug)]
pub struct Attempts<'a> {
    retries: Retries<'a>,
    client: &'a PlainClient,
}

impl Attempts<'_> {
    /// Records that the last attempt succeeded, which refills the retry quota.
    pub fn succeeded(&self) {
        self.retries.succeeded(|| self.client.time_source.now());
    }

    /// Waits for the next attempt. Returns whether there is one, according to the classification of the last attempt, the
    /// number of attempts and the retry quota.
    pub async fn again(&mut self, action: RetryAction) -> bool {
        let classification = match action {
            RetryAction::RetryIndicated(RetryReason::RetryableError { kind, retry_after }) => {
                RetryClassification::new(kind, retry_after)
            }
            _ => return false,
        };
        let (number, now) = (self.retries.attempt(), self.client.time_source.now());
        let Some(delay) = self.retries.failed(Some(&classification), true, now) else {
            return false;
        };
        tracing::debug!(?delay, "backing off");
        self.client.sleep.sleep(delay).await;
        self.retries.attempt() > number
    }
}
