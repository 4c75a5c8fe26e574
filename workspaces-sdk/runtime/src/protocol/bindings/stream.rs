//! Bodies that are streams.

use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use http_body::Body;

use crate::protocol::RequestBody;

impl From<ByteStream> for RequestBody {
    fn from(stream: ByteStream) -> Self {
        let body = stream.into_inner();
        match in_memory(&body) {
            Some(bytes) => Self::Bytes(bytes),
            None => Self::Stream(Mutex::new(Some(body))),
        }
    }
}

/// Returns the bytes of a body that is in memory, without a copy.
///
/// `SdkBody` lends its bytes, but gives them away only to those who read it.
fn in_memory(body: &SdkBody) -> Option<Bytes> {
    let bytes = body.bytes()?;
    let mut copy = body.try_clone()?;
    let mut context = Context::from_waker(Waker::noop());
    match Pin::new(&mut copy).poll_frame(&mut context) {
        Poll::Ready(Some(Ok(frame))) => {
            let data = frame.into_data().ok()?;
            std::ptr::eq(&*data, bytes).then_some(data)
        }
        Poll::Ready(None) if bytes.is_empty() => Some(Bytes::new()),
        _ => None,
    }
}

/// Takes the body of a response, which has not been read yet.
#[doc(hidden)]
pub fn take_stream(response: &mut HttpResponse) -> ByteStream {
    ByteStream::new(std::mem::replace(response.body_mut(), SdkBody::taken()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_in_memory_are_not_copied() {
        let bytes = Bytes::from(vec![7; 1000]);
        for (stream, expected) in [
            (ByteStream::from(bytes.clone()), Some(&bytes)),
            (ByteStream::from_static(b""), Some(&Bytes::new())),
            (ByteStream::default(), Some(&Bytes::new())),
            (
                ByteStream::new(SdkBody::from_body_1_x(SdkBody::from("a"))),
                None,
            ),
        ] {
            match (RequestBody::from(stream), expected) {
                (RequestBody::Bytes(found), Some(expected)) => {
                    assert_eq!(found, expected);
                    assert!(found.is_empty() || found.as_ptr() == expected.as_ptr());
                }
                (RequestBody::Stream(_), None) => {}
                (found, _) => panic!("{found:?} {expected:?}"),
            }
        }
    }
}
