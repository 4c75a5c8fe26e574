//! Sending a request and receiving a whole response, over any HTTP client.

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorSettings, SharedHttpClient,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::timeout::TimeoutConfig;
use bytes::Bytes;
use http_body::Body;

use crate::error::{Failure, not_sent};
use crate::settings::Settings;
use crate::timeout::Elapsed;

mod components;
#[cfg(feature = "default-https-client")]
mod https;

#[cfg(all(feature = "test-util", feature = "default-https-client"))]
pub use https::proxies::proxy_for;

/// The minimum room, in bytes, for a body that arrives in several parts.
const FIRST_ROOM: usize = 64 * 1024;

/// The minimum rate of a body.
const MIN_BYTES_PER_SECOND: f64 = 1.0;

/// The minimum interval in which the rate is measured.
const SHORTEST_WATCH: Duration = Duration::from_secs(1);

/// The HTTP client of a client, and the components that it needs.
pub(crate) struct Transport {
    client: Option<SharedHttpClient>,
    components: Result<RuntimeComponents, Arc<str>>,
}

impl Transport {
    /// Uses the HTTP client of the settings, or the default one.
    pub(crate) fn new(settings: &Settings) -> Self {
        let components = components::build(settings).map_err(|error| error.to_string().into());
        Self {
            client: settings.http_client.clone().or_else(default_client),
            components,
        }
    }

    /// The transport for other settings, with another client if there is one.
    pub(crate) fn with(&self, settings: &Settings, client: Option<SharedHttpClient>) -> Self {
        let components = components::build(settings).map_err(|error| error.to_string().into());
        Self {
            client: client.or_else(|| self.client.clone()),
            components,
        }
    }

    /// The runtime components for HTTP clients and identity caches.
    pub(crate) fn components(&self) -> Result<&RuntimeComponents, Failure> {
        self.components
            .as_ref()
            .map_err(|why| SdkError::construction_failure(why.to_string()))
    }

    /// Sends a request. The body of the response has not been read yet.
    ///
    /// # Errors
    /// A dispatch failure when there is no response or no HTTP client.
    pub(crate) async fn send(
        &self,
        request: HttpRequest,
        timeouts: &TimeoutConfig,
    ) -> Result<HttpResponse, Failure> {
        let client = self.client.as_ref().ok_or_else(|| {
            not_sent(
                "no HTTP client is available; enable the feature `default-https-client` or set `http_client` on the configuration".into(),
            )
        })?;
        let mut settings = HttpConnectorSettings::builder();
        settings
            .set_connect_timeout(timeouts.connect_timeout())
            .set_read_timeout(timeouts.read_timeout());
        let connector = client.http_connector(&settings.build(), self.components()?);
        connector
            .call(request)
            .await
            .map_err(SdkError::dispatch_failure)
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}

/// Reads the body of a response, of at most `max_size` bytes, into memory.
///
/// `stall` is the time in which a part of the body must arrive.
///
/// # Errors
/// A response error whose response has no body: [`Incomplete`] or [`TooLarge`].
pub(crate) async fn collect(
    mut response: HttpResponse,
    max_size: usize,
    stall: Option<Duration>,
    sleep: &SharedAsyncSleep,
) -> Result<HttpResponse, Failure> {
    let length = response
        .headers()
        .get("content-length")
        .and_then(|length| length.parse().ok());
    let body = std::mem::replace(response.body_mut(), SdkBody::empty());
    match read(body, length, max_size, stall, sleep).await {
        Ok(body) => {
            *response.body_mut() = body;
            Ok(response)
        }
        Err(error) => Err(SdkError::response_error(error, response)),
    }
}

async fn read(
    body: SdkBody,
    length: Option<u64>,
    max_size: usize,
    stall: Option<Duration>,
    sleep: &SharedAsyncSleep,
) -> Result<SdkBody, BoxError> {
    let check_size = |size: u64| match usize::try_from(size) {
        Ok(size) if size <= max_size => Ok(size),
        _ => Err(TooLarge { max_size }),
    };
    // A body that is in memory already is used as it is.
    if let Some(bytes) = body.bytes() {
        check_size(bytes.len() as u64)?;
        check_length(bytes.len(), length)?;
        return Ok(body);
    }
    let expected = length.map(check_size).transpose()?;
    let mut body = pin!(body);
    let mut bytes = Vec::new();
    let mut watch = stall.map(|limit| Watch::new(limit, sleep));
    while let Some(data) = next(body.as_mut(), watch.as_mut(), bytes.len()).await? {
        let size = check_size(bytes.len() as u64 + data.len() as u64)?;
        if bytes.is_empty() && body.is_end_stream() {
            // A body in one piece, as short ones are, is not copied.
            check_length(data.len(), length)?;
            return Ok(SdkBody::from(data));
        }
        if size > bytes.capacity() {
            // The room doubles, but a server gets none for bytes that it only announces.
            let room = size.max(bytes.capacity() * 2).max(FIRST_ROOM);
            let room = room.min(expected.unwrap_or(max_size)).max(size);
            bytes.reserve_exact(room - bytes.len());
        }
        bytes.extend_from_slice(&data);
    }
    check_length(bytes.len(), length)?;
    Ok(SdkBody::from(bytes))
}

/// Returns the next part of a body of which `len` bytes have arrived; `None` after the last.
async fn next(
    mut body: Pin<&mut SdkBody>,
    mut watch: Option<&mut Watch<'_>>,
    len: usize,
) -> Result<Option<Bytes>, Incomplete> {
    let frame = poll_fn(|cx| match (body.as_mut().poll_frame(cx), &mut watch) {
        (Poll::Ready(frame), _) => Poll::Ready(frame.transpose().map_err(Incomplete)),
        (Poll::Pending, Some(watch)) => watch
            .poll(len, cx)
            .map(|elapsed| Err(Incomplete(elapsed.into()))),
        (Poll::Pending, None) => Poll::Pending,
    });
    // Other frames are trailers, which are ignored.
    Ok(frame
        .await?
        .map(|frame| frame.into_data().unwrap_or_default()))
}

/// Checks that a body has the length that the response announced.
fn check_length(received: usize, length: Option<u64>) -> Result<(), Incomplete> {
    match length {
        Some(length) if length != received as u64 => Err(Incomplete(
            format!("received {received} of {length} bytes").into(),
        )),
        _ => Ok(()),
    }
}

/// Checks from time to time that a body is still arriving.
struct Watch<'a> {
    limit: Duration,
    sleep: &'a SharedAsyncSleep,
    alarm: Sleep,
    /// The number of bytes at the last check.
    last_len: usize,
}

impl<'a> Watch<'a> {
    fn new(limit: Duration, sleep: &'a SharedAsyncSleep) -> Self {
        let limit = limit.max(SHORTEST_WATCH);
        Self {
            limit,
            sleep,
            alarm: sleep.sleep(limit),
            last_len: 0,
        }
    }

    /// Is ready when too few bytes have arrived since the last check.
    fn poll(&mut self, len: usize, cx: &mut Context<'_>) -> Poll<Elapsed> {
        while Pin::new(&mut self.alarm).poll(cx).is_ready() {
            let received = (len - self.last_len) as f64;
            if received < MIN_BYTES_PER_SECOND * self.limit.as_secs_f64() {
                return Poll::Ready(Elapsed::new(
                    "waiting for the rest of the response",
                    self.limit,
                ));
            }
            self.last_len = len;
            self.alarm = self.sleep.sleep(self.limit);
        }
        Poll::Pending
    }
}

/// The error of a body that ended early. The service may have processed the request nevertheless.
#[derive(Debug)]
pub(crate) struct Incomplete(BoxError);

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the response is incomplete")
    }
}

impl std::error::Error for Incomplete {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

/// The error of a body that is larger than the limit in the settings.
#[derive(Debug)]
struct TooLarge {
    max_size: usize,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the response is larger than {} bytes, which is the limit `max_response_size_bytes` of the configuration",
            self.max_size
        )
    }
}

impl std::error::Error for TooLarge {}

#[cfg(feature = "default-https-client")]
fn default_client() -> Option<SharedHttpClient> {
    Some(SharedHttpClient::new(https::DefaultClient::default()))
}

#[cfg(not(feature = "default-https-client"))]
fn default_client() -> Option<SharedHttpClient> {
    None
}
