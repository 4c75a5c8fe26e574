//! Bodies of requests that are streams.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::HttpConnectorFuture;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::Stall;

/// The progress of an upload, as the reader of the body sees it.
#[derive(Debug, Default)]
struct Progress(AtomicU8);

/// The stream of the caller has no data yet, or its data has not been requested.
const WAITING: u8 = 0;
/// Data was read.
const MOVED: u8 = 1;
/// No data was read since [`Progress::moved`] was called.
const IDLE: u8 = 2;
/// The stream has ended.
const ENDED: u8 = 3;

impl Progress {
    fn set(&self, state: u8) {
        self.0.store(state, Ordering::Relaxed);
    }

    /// Whether data was read since the last time, or the service is not what the upload waits for; `None` after the end.
    fn moved(&self) -> Option<bool> {
        let (success, failure) = (Ordering::Relaxed, Ordering::Relaxed);
        match self.0.compare_exchange(MOVED, IDLE, success, failure) {
            Ok(_) | Err(WAITING) => Some(true),
            Err(ENDED) => None,
            Err(_) => Some(false),
        }
    }
}

/// Watches an upload, until the stream has ended or the response has arrived.
#[derive(Debug)]
pub(crate) struct Watch(Option<(Stall, Arc<Progress>)>);

/// Returns a request whose body, if it is a stream, must have the length in the header `content-length`, and a watch that
/// fails if the service stops reading the body.
pub(crate) fn watch(mut request: HttpRequest, stall: Option<Stall>) -> (HttpRequest, Watch) {
    if request.body().bytes().is_some() {
        return (request, Watch(None));
    }
    let length = request.headers().get("content-length");
    let length = length.and_then(|length| length.parse().ok());
    let progress = Arc::new(Progress::default());
    let watch = Watch(stall.map(|stall| (stall, progress.clone())));
    let body = std::mem::replace(request.body_mut(), SdkBody::taken());
    *request.body_mut() = body.map_preserve_contents(move |body| {
        SdkBody::from_body_1_x(Upload {
            body,
            sent: 0,
            length,
            progress: progress.clone(),
        })
    });
    (request, watch)
}

impl Watch {
    /// Awaits the response.
    ///
    /// # Errors
    /// The error of `response`; a timeout when the service stops reading the body.
    pub(crate) async fn guard(
        self,
        mut response: HttpConnectorFuture,
    ) -> Result<HttpResponse, ConnectorError> {
        let Some((mut stall, progress)) = self.0 else {
            return response.await;
        };
        poll_fn(|cx| {
            if let Poll::Ready(response) = Pin::new(&mut response).poll(cx) {
                return Poll::Ready(response);
            }
            match progress.moved() {
                None => return Poll::Pending,
                Some(true) => stall.moved(),
                Some(false) => {}
            }
            stall
                .poll(cx)
                .map(|elapsed| Err(ConnectorError::timeout(elapsed.into())))
        })
        .await
    }
}

/// A body that is being sent. It passes on the parts of the stream, without a copy.
struct Upload {
    body: SdkBody,
    sent: u64,
    /// The length that the request announces.
    length: Option<u64>,
    progress: Arc<Progress>,
}

impl Upload {
    /// Checks the length of the stream after `more` bytes.
    fn check(&mut self, more: u64, has_ended: bool) -> Result<(), WrongLength> {
        self.sent = self.sent.saturating_add(more);
        match self.length {
            Some(length) if self.sent > length || (has_ended && self.sent < length) => {
                Err(WrongLength {
                    length,
                    sent: self.sent,
                })
            }
            _ => Ok(()),
        }
    }

    fn poll_part(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Frame<Bytes>>, BoxError>> {
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else {
            self.progress.set(WAITING);
            return Poll::Pending;
        };
        let Some(frame) = frame.transpose()? else {
            self.check(0, true)?;
            return Poll::Ready(Ok(None));
        };
        self.check(frame.data_ref().map_or(0, Bytes::len) as u64, false)?;
        if self.length == Some(self.sent) && !Body::is_end_stream(&self.body) {
            // The HTTP client asks for no more, so this is the last chance to notice that there is more.
            if let Poll::Ready(Some(more)) = Pin::new(&mut self.body).poll_frame(cx) {
                self.check(more?.data_ref().map_or(0, Bytes::len) as u64, false)?;
            }
        }
        Poll::Ready(Ok(Some(frame)))
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let part = self.poll_part(cx);
        match &part {
            Poll::Pending => {}
            Poll::Ready(Ok(Some(_))) if !self.is_end_stream() => self.progress.set(MOVED),
            Poll::Ready(_) => self.progress.set(ENDED),
        }
        part.map(Result::transpose)
    }

    fn is_end_stream(&self) -> bool {
        match self.length {
            Some(length) => length == self.sent,
            None => Body::is_end_stream(&self.body),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self.length {
            Some(length) => SizeHint::with_exact(length.saturating_sub(self.sent)),
            None => Body::size_hint(&self.body),
        }
    }
}

/// The error of a stream that has another length than the request announces.
#[derive(Debug)]
pub(crate) struct WrongLength {
    pub(crate) length: u64,
    pub(crate) sent: u64,
}

impl fmt::Display for WrongLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { length, sent } = self;
        match sent < length {
            true => write!(f, "the stream ended after {sent} of {length} bytes"),
            false => write!(
                f,
                "the stream has more than the {length} bytes that the request announces"
            ),
        }
    }
}

impl std::error::Error for WrongLength {}
