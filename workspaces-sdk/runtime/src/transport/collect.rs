//! Reading the body of a response into memory.

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::Body;

use super::{Incomplete, Stall, announced_length, check_length};

/// The minimum room, in bytes, for a body that arrives in several parts.
const FIRST_ROOM: usize = 64 * 1024;

/// A limit on the body of a response.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SizeLimit {
    pub(crate) bytes: usize,
    /// The setting that has the limit, if there is one.
    pub(crate) setting: Option<&'static str>,
}

/// Reads the body of a response, up to a limit, into memory.
///
/// `stall` fails if it stops arriving.
///
/// # Errors
/// [`Incomplete`] or [`TooLarge`]. The response has no body then.
pub(crate) async fn collect(
    response: &mut HttpResponse,
    limit: SizeLimit,
    stall: Option<Stall>,
) -> Result<(), BoxError> {
    let length = announced_length(response);
    let body = std::mem::replace(response.body_mut(), SdkBody::empty());
    *response.body_mut() = read(body, length, limit, stall).await?;
    Ok(())
}

async fn read(
    body: SdkBody,
    length: Option<u64>,
    limit: SizeLimit,
    mut stall: Option<Stall>,
) -> Result<SdkBody, BoxError> {
    let check_size = |size: u64| match usize::try_from(size) {
        Ok(size) if size <= limit.bytes => Ok(size),
        _ => Err(TooLarge(limit)),
    };
    // A body that is in memory already is used as it is.
    if let Some(bytes) = body.bytes() {
        check_size(bytes.len() as u64)?;
        check_length(bytes.len() as u64, length)?;
        return Ok(body);
    }
    let expected = length.map(check_size).transpose()?;
    let mut body = pin!(body);
    let mut bytes = Vec::new();
    while let Some(data) = next(body.as_mut(), stall.as_mut()).await? {
        let size = check_size(bytes.len() as u64 + data.len() as u64)?;
        if bytes.is_empty() && body.is_end_stream() {
            // A body in one piece, as short ones are, is not copied.
            check_length(data.len() as u64, length)?;
            return Ok(SdkBody::from(data));
        }
        if size > bytes.capacity() {
            // The room doubles, but a server gets none for bytes that it only announces.
            let room = size.max(bytes.capacity() * 2).max(FIRST_ROOM);
            let room = room.min(expected.unwrap_or(limit.bytes)).max(size);
            bytes.reserve_exact(room - bytes.len());
        }
        bytes.extend_from_slice(&data);
    }
    check_length(bytes.len() as u64, length)?;
    Ok(SdkBody::from(bytes))
}

/// Returns the next part of a body; `None` after the last.
async fn next(
    mut body: Pin<&mut SdkBody>,
    mut stall: Option<&mut Stall>,
) -> Result<Option<Bytes>, Incomplete> {
    let frame = poll_fn(|cx| match (body.as_mut().poll_frame(cx), &mut stall) {
        (Poll::Ready(frame), stall) => {
            stall.iter_mut().for_each(|stall| stall.moved());
            Poll::Ready(frame.transpose().map_err(Incomplete))
        }
        (Poll::Pending, Some(stall)) => stall
            .poll(cx)
            .map(|elapsed| Err(Incomplete(elapsed.into()))),
        (Poll::Pending, None) => Poll::Pending,
    });
    // Other frames are trailers, which are ignored.
    Ok(frame
        .await?
        .map(|frame| frame.into_data().unwrap_or_default()))
}

/// The error of a body that is larger than its limit.
#[derive(Debug)]
struct TooLarge(SizeLimit);

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SizeLimit { bytes, setting } = self.0;
        write!(f, "the response is larger than {bytes} bytes")?;
        match setting {
            Some(name) => write!(f, ", which is the limit `{name}` of the configuration"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for TooLarge {}
