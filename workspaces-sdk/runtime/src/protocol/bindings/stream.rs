//! Bodies that are streams.

use std::sync::Mutex;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;

use crate::protocol::RequestBody;

impl From<ByteStream> for RequestBody {
    fn from(stream: ByteStream) -> Self {
        let body = stream.into_inner();
        match body.bytes() {
            Some(bytes) => Self::Bytes(bytes.to_vec().into()),
            None => Self::Stream(Mutex::new(Some(body))),
        }
    }
}

/// Takes the body of a response, which has not been read yet.
#[doc(hidden)]
pub fn take_stream(response: &mut HttpResponse) -> ByteStream {
    ByteStream::new(std::mem::replace(response.body_mut(), SdkBody::taken()))
}
