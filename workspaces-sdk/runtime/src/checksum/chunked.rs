//! The encoding `aws-chunked` of a stream: one chunk with the whole stream, and a trailer with its checksum.
//!
//! ```text
//! 5\r\n
//! hello\r\n
//! 0\r\n
//! x-amz-checksum-crc32:NhCmhg==\r\n
//! \r\n
//! ```
//!
//! The [documentation of S3](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html) specifies it. Chunks
//! can have any size above 8 KiB. One chunk needs no buffer, and the length of the body is known in advance.

use std::pin::Pin;
use std::task::{Context, Poll};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::{Algorithm, Hasher};
use crate::transport::upload::WrongLength;

/// The trailer of a stream, and the length of the stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trailer {
    pub(crate) algorithm: Algorithm,
    pub(crate) length: u64,
}

impl Trailer {
    /// The length of the encoded body.
    pub(crate) fn encoded_length(&self) -> u64 {
        let value = self.algorithm.encoded_length();
        let end = "0\r\n".len() + self.algorithm.header().len() + ":\r\n\r\n".len() + value;
        let chunk = match self.length {
            0 => 0,
            length => self.head().len() as u64 + length + "\r\n".len() as u64,
        };
        chunk + end as u64
    }

    /// Encodes a stream.
    pub(crate) fn encode(&self, body: SdkBody) -> SdkBody {
        SdkBody::from_body_1_x(Chunked {
            body,
            trailer: *self,
            checksum: Hasher::new(self.algorithm),
            read: 0,
            sent: 0,
            part: Part::Head,
        })
    }

    fn head(&self) -> String {
        format!("{:x}\r\n", self.length)
    }

    fn end(&self, checksum: Hasher) -> String {
        let separator = if self.length > 0 { "\r\n" } else { "" };
        let (name, value) = (self.algorithm.header(), checksum.finish());
        format!("{separator}0\r\n{name}:{value}\r\n\r\n")
    }
}

/// The part of the encoded body that comes next.
enum Part {
    Head,
    Data,
    Nothing,
}

struct Chunked {
    body: SdkBody,
    trailer: Trailer,
    checksum: Hasher,
    /// The bytes of the stream so far.
    read: u64,
    /// The bytes of the encoded body so far.
    sent: u64,
    part: Part,
}

impl Chunked {
    fn poll_part(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, BoxError>> {
        let length = self.trailer.length;
        if let Part::Head = self.part {
            self.part = Part::Data;
            if length > 0 {
                return Poll::Ready(Ok(Some(self.trailer.head().into())));
            }
        }
        if let Part::Nothing = self.part {
            return Poll::Ready(Ok(None));
        }
        while let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            let frame = frame.transpose()?;
            let is_end = frame.is_none();
            let data = frame.and_then(|frame| frame.into_data().ok());
            self.read = (self.read).saturating_add(data.as_ref().map_or(0, Bytes::len) as u64);
            if self.read > length || (is_end && self.read < length) {
                return Poll::Ready(Err(WrongLength {
                    length,
                    sent: self.read,
                }
                .into()));
            }
            if is_end {
                self.part = Part::Nothing;
                let checksum = Hasher::new(self.trailer.algorithm);
                let checksum = std::mem::replace(&mut self.checksum, checksum);
                return Poll::Ready(Ok(Some(self.trailer.end(checksum).into())));
            }
            if let Some(data) = data.filter(|data| !data.is_empty()) {
                self.checksum.update(&data);
                return Poll::Ready(Ok(Some(data)));
            }
        }
        Poll::Pending
    }
}

impl Body for Chunked {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.poll_part(cx).map(|part| {
            let part = part
                .inspect_err(|_| self.part = Part::Nothing)
                .transpose()?;
            Some(part.map(|data| {
                self.sent = self.sent.saturating_add(data.len() as u64);
                Frame::data(data)
            }))
        })
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.part, Part::Nothing)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.trailer.encoded_length().saturating_sub(self.sent))
    }
}
