//! Bodies of responses that the caller reads as streams.

use std::pin::Pin;
use std::task::{Context, Poll};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::{Incomplete, Stall, announced_length, check_length};

/// Lets the body of a response fail if it stalls, or ends before the length that the response announces.
///
/// # Errors
/// When the body is in memory and has another length.
pub(crate) fn watch(response: &mut HttpResponse, stall: Option<Stall>) -> Result<(), Incomplete> {
    let length = announced_length(response);
    // A body that is in memory already is used as it is.
    if let Some(bytes) = response.body().bytes() {
        return check_length(bytes.len() as u64, length);
    }
    let body = Download {
        body: response.take_body(),
        received: 0,
        length,
        stall,
    };
    *response.body_mut() = SdkBody::from_body_1_x(body);
    Ok(())
}

/// A body that is being received. It passes on the parts of the inner body, without a copy.
struct Download {
    body: SdkBody,
    received: u64,
    /// The length that the response announced.
    length: Option<u64>,
    stall: Option<Stall>,
}

impl Download {
    fn poll_part(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Option<Frame<Bytes>>, Incomplete>> {
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else {
            // Only now is the caller waiting.
            return match &mut self.stall {
                Some(stall) => stall
                    .poll(cx)
                    .map(|elapsed| Err(Incomplete(elapsed.into()))),
                None => Poll::Pending,
            };
        };
        let Some(frame) = frame.transpose().map_err(Incomplete)? else {
            check_length(self.received, self.length)?;
            return Poll::Ready(Ok(None));
        };
        if let Some(stall) = &mut self.stall {
            stall.moved();
        }
        let data = frame.data_ref().map_or(0, Bytes::len);
        self.received = self.received.saturating_add(data as u64);
        if self.length.is_some_and(|length| self.received > length) {
            check_length(self.received, self.length)?;
        }
        Poll::Ready(Ok(Some(frame)))
    }
}

impl Body for Download {
    type Data = Bytes;
    type Error = Incomplete;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Incomplete>>> {
        let part = self.poll_part(cx);
        if let Poll::Ready(Err(_)) = part {
            // The connection is closed, and the body ends after the error.
            self.body = SdkBody::empty();
            self.length = None;
        }
        part.map(Result::transpose)
    }

    fn is_end_stream(&self) -> bool {
        // Otherwise the error of a body that ends early would not be read.
        let is_whole = self.length.is_none_or(|length| length == self.received);
        is_whole && Body::is_end_stream(&self.body)
    }

    fn size_hint(&self) -> SizeHint {
        Body::size_hint(&self.body)
    }
}
