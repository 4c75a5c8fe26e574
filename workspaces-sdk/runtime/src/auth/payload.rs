//! The hash of a stream whose content is signed.

use std::future::poll_fn;
use std::pin::pin;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::body::SdkBody;
use http_body::Body;

use super::hash::Sha256;
use crate::error::Failure;
use crate::headers::CONTENT_SHA256;
use crate::hex::push_hex;
use crate::protocol::SerializedRequest;

/// Adds the header `x-amz-content-sha256`, which is signed, if the body is a stream that can be read more than once.
///
/// The official crates sign any stream as `UNSIGNED-PAYLOAD`, even if the model does not allow it. Here, that is the last resort
/// for streams that can be read only once.
///
/// # Errors
/// A construction failure when the stream cannot be read.
pub(crate) async fn add_content_sha256(message: &mut SerializedRequest) -> Result<(), Failure> {
    let mut names = message.headers.iter().map(|(name, _)| name);
    if !names.any(|name| *name == CONTENT_SHA256)
        && let Some(stream) = message.body.copy_of_stream()
    {
        let hash = sha256(stream)
            .await
            .map_err(SdkError::construction_failure)?;
        message.headers.push((CONTENT_SHA256, hash.into()));
    }
    Ok(())
}

/// Returns the hash of a stream, in hexadecimal digits. Nothing of the stream stays in memory.
async fn sha256(stream: SdkBody) -> Result<String, BoxError> {
    let mut stream = pin!(stream);
    let mut hash = Sha256::new();
    while let Some(frame) = poll_fn(|cx| stream.as_mut().poll_frame(cx)).await {
        if let Some(data) = frame?.data_ref() {
            hash.update(data);
        }
    }
    let mut text = String::with_capacity(64);
    push_hex(&mut text, hash.finish().as_ref());
    Ok(text)
}
